"""The search itself: hits, counts and coverage, in every format."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from indexer.printing import count as number_of
from indexer.printing import one_line
from search.ask import Index
from search.commands.destination import print_lines, print_table, say, styled
from search.commands.request import Printing, Request
from search.lookups.lookup import Lookup, scope
from search.output import table
from search.query.nodes import Everything
from search.results import Hit, Results

# Formats are imported when they are asked for.
# ruff: noqa: PLC0415

FOUND, NOTHING_FOUND, FAILED = 0, 1, 2


def find(request: Request) -> int:
    """Search, and print the hits."""
    with Index(request.folder) as index:
        lookup = request.resolved()
        results, hits = _answer(index, lookup, request)
        print_results(results, hits, request.printing, index)
        keep_evidence(index, lookup, request, results)
    return FOUND if results.filings else NOTHING_FOUND


def _answer(index: Index, lookup: Lookup, request: Request) -> tuple[Results, Iterable[Hit]]:
    """Totals and hits; without a limit the hits come one by one."""
    wanted = request.wanted._replace(coverage=_is_filtered(index, lookup))
    if wanted.limit is None:
        results = index.totals(lookup, wanted)
        hits: Iterable[Hit] = index.hits(lookup, wanted)
    else:
        results = index.find(lookup, wanted)
        hits = results.hits
    if results.filings == 0 and results.coverage is None:
        results = results._replace(coverage=index.coverage(lookup))
    return results, hits


def keep_evidence(index: Index, lookup: Lookup, request: Request, results: Results) -> None:
    """Write evidence of the answer, where that is asked for."""
    if request.evidence:
        from search.commands.evidence import write_evidence

        write_evidence(index, lookup, request, results)


def _is_filtered(index: Index, lookup: Lookup) -> bool:
    """Whether the answer is about a part of the index: then it says which part."""
    asks = bool(lookup.query or lookup.filters)
    return asks and not isinstance(scope(index.tree(replace(lookup, like=""))), Everything)


def print_results(results: Results, hits: Iterable[Hit], printing: Printing, index: Index) -> None:
    """Print an answer in the format asked for."""
    match printing.format:
        case "json":
            from search.output.json import streamed

            print_lines(streamed(results, hits), printing)
        case "jsonl" if not printing.columns:
            from search.output.json import as_json_lines

            print_lines(as_json_lines(results, hits), printing)
        case "text":
            from search.output.text import as_text

            print_lines(as_text(results, hits, styled(printing)), printing)
        case _:
            _print_table(results, hits, printing, index)


def _print_table(results: Results, hits: Iterable[Hit], printing: Printing, index: Index) -> None:
    """The hits as a table, or the counts where there are any; what is no row is said on standard error."""
    from search.output.summary import aside

    if results.facets or results.timeline:
        print_table(table.of_counts(results), printing)
        return
    counted = Counted(hits)
    names = table.columns(printing.columns) if printing.columns else table.DEFAULT
    print_table(table.of_hits(counted, names, index.header), printing)
    for line in aside(results, shown=counted.number):
        say(line)


class Counted:
    """Hits, counted as they go by."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._hits = hits
        self.number = 0

    def __iter__(self) -> Iterator[Hit]:
        for hit in self._hits:
            self.number += 1
            yield hit


def count(request: Request) -> int:
    """Print how many filings and documents there are, and what that rests on."""
    with Index(request.folder) as index:
        lookup = request.resolved()
        results, _ = _answer(index, lookup, request._replace(wanted=request.wanted._replace(limit=0)))
        printers: dict[str, Callable[[Results], Iterator[str]]] = {"json": _count_json, "jsonl": _count_json}
        print_lines(printers.get(request.printing.format, _count_text)(results), request.printing)
        keep_evidence(index, lookup, request, results)
    return FOUND if results.filings else NOTHING_FOUND


def _count_json(results: Results) -> Iterator[str]:
    from indexer.printing import plain
    from search.output.json import VERSION, dumped

    yield dumped({"version": VERSION, **{k: v for k, v in plain(results).items() if k not in ("hits", "seconds")}})


def _count_text(results: Results) -> Iterator[str]:
    from search.output import summary

    yield f"{number_of(results.filings, 'filing')} ({number_of(results.documents, 'document')})"
    yield from map(one_line, results.notes)
    if results.coverage:
        yield from summary.coverage_lines(results.coverage, notes=results.notes)
