"""The search itself: hits, totals, and the table of how often each part of a query occurs. Printers print them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.printing import several, visible
from search.ask import Index
from search.commands.destination import say
from search.commands.request import FOUND, NOTHING_FOUND, Request, is_beside
from search.deadline import fail_after
from search.errors import SearchError
from search.lookups.lookup import Lookup, is_filtered
from search.query import nodes as q
from search.results import Hit, Results

if TYPE_CHECKING:
    from search.coverage.covered import CoverageReport
    from search.output.table import Cell

# What only one of them needs is imported there.
# ruff: noqa: PLC0415


MEMBER = " > "
"""Between the path of an archive and the member of it that a submission was read from."""


def find(request: Request) -> int:
    """Search, and print the hits."""
    with Index(request.folder, timeout=request.typed.timeout, cache=request.cache) as index:
        lookup = request.resolved()
        exact = request.typed.all_words or request.typed.evidence or request.typed.report
        relaxed = request.printer.relaxes and not exact  # what is printed beside evidence is what the evidence has
        results, hits = _answer(index, lookup, request._replace(wanted=request.wanted._replace(relaxed=relaxed)))
        if is_beside(request.typed):
            request.printer.coverage(coverage_report(index, lookup))
        with suppress(BrokenPipeError):  # who reads no further has the evidence all the same
            request.printer.hits(results, hits, index.header)
        _keep_evidence(index, lookup, request, results)
    return FOUND if results.filings else NOTHING_FOUND


def count(request: Request) -> int:
    """Print how many filings and documents there are, and what that rests on."""
    with Index(request.folder, timeout=request.typed.timeout, cache=request.cache) as index:
        lookup = request.resolved()
        results, _ = _answer(index, lookup, request._replace(wanted=request.wanted._replace(limit=0)))
        request.printer.count(results)
        _keep_evidence(index, lookup, request, results)
    return FOUND if results.filings else NOTHING_FOUND


def _answer(index: Index, lookup: Lookup, request: Request) -> tuple[Results, Iterable[Hit]]:
    """Find totals and hits; without a limit the hits come one by one."""
    wanted = request.wanted._replace(coverage=request.printer.covers or is_filtered(lookup, index.tree))
    if wanted.limit is None:
        results = index.totals(lookup, wanted)
        hits: Iterable[Hit] = index.hits(lookup, wanted)
    else:
        results = index.find(lookup, wanted)
        hits = results.hits
    if results.filings == 0 and results.coverage is None:
        results = replace(results, coverage=index.coverage(lookup))
    return results, hits


def _keep_evidence(index: Index, lookup: Lookup, request: Request, results: Results) -> None:
    if request.typed.evidence or request.typed.report:
        from search.commands.evidence import write_evidence

        write_evidence(index, lookup, request, results)


def coverage_report(index: Index, lookup: Lookup) -> "CoverageReport":
    """Find out in full what a lookup's answer rests on."""
    from search.coverage.completeness import completeness
    from search.coverage.covered import missing, report
    from search.lookups.lookup import filters_said

    with fail_after(index.timeout):
        tree = index.tree(lookup)
        covered = report(tree, index.engine, index.manifest, filters=filters_said(lookup))
        absent = tuple(missing(lookup.filters, index.engine))
        listed = completeness(tree, index.folder)
    return covered._replace(coverage=covered.coverage._replace(missing=absent), completeness=listed)


def files(request: Request) -> int:
    """Print the paths of the submission files of all hits, each once, in the order of the hits."""
    from search.output.printer import Report

    with Index(request.folder, timeout=request.typed.timeout, cache=request.cache) as index:
        lookup = request.resolved()
        results = index.totals(lookup)
        limit = None if request.typed.limit is None else request.wanted.limit
        hits = index.hits(lookup, request.wanted._replace(limit=limit, documents=1, snippets=0))
        paths = list(dict.fromkeys(hit.source.partition(MEMBER)[0] for hit in hits))
        request.printer.report(Report(paths if request.typed.null else map(visible, paths), paths, "path"))
        for note in results.notes:
            say(visible(note))
        _keep_evidence(index, lookup, request, results)
    return FOUND if results.filings else NOTHING_FOUND


def counts(request: Request) -> int:
    """Print a row for each filing: how often each word, phrase and NEAR of the query occurs in its documents."""
    from search.lookups.term_counts import counted, titles
    from search.output.summary import aside
    from search.output.table import Counted, Table

    with Index(request.folder, timeout=request.typed.timeout, cache=request.cache) as index:
        lookup = request.resolved()
        parts = counted(index.tree(lookup))
        if not parts:
            raise SearchError("--counts counts words, and the query asks for none")
        hits = Counted(index.hits(lookup, request.wanted._replace(documents=None, snippets=0)))
        columns = ("accession", "form", "filed", "company", *titles(parts), "total")
        request.printer.table(Table(columns, _rows(hits, parts, index)))
        results = index.totals(lookup)
        for line in aside(results, shown=hits.number):
            say(line)
        _keep_evidence(index, lookup, request, results)
    return FOUND if results.filings else NOTHING_FOUND


def _rows(hits: Iterable[Hit], parts: Sequence[q.Query], index: Index) -> "Iterator[Sequence[Cell]]":
    from indexer.printing import one_line
    from search.lookups.term_counts import tally

    for hit in hits:
        handles = [document.handle for document in hit.documents]
        sections = [index.engine.parts(each).sections for each in handles]
        numbers = tally(parts, [index.engine.text(each) for each in handles], sections)
        company = one_line(several(party.name for party in hit.parties))
        yield one_line(hit.accession), one_line(hit.form), hit.filed, company, *numbers, sum(numbers)
