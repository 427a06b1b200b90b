"""The table of how often each part of a query occurs in each filing."""

from collections.abc import Iterable, Iterator, Sequence

from indexer.printing import one_line
from search.ask import Index
from search.commands.destination import print_table, say
from search.commands.find import FOUND, NOTHING_FOUND, Counted, keep_evidence
from search.commands.request import Request
from search.errors import SearchError
from search.lookups.term_counts import counted, tally, titles
from search.output.summary import aside
from search.output.table import Cell, Table
from search.query.nodes import Query
from search.results import Hit, several

_LONGEST = 40
"""Characters of the parties' names in text."""


def counts(request: Request) -> int:
    """Print a row for each filing: how often each word, phrase and NEAR of the query occurs in its documents."""
    with Index(request.folder) as index:
        lookup = request.resolved()
        parts = counted(index.tree(lookup))
        if not parts:
            raise SearchError("--counts counts words, and the query asks for none")
        hits = Counted(index.hits(lookup, request.wanted._replace(documents=None, snippets=0)))
        longest = _LONGEST if request.printing.format == "text" else None
        columns = ("accession", "form", "filed", "company", *titles(parts), "total")
        print_table(Table(columns, _rows(hits, parts, index, longest=longest)), request.printing)
        results = index.totals(lookup)
        for line in aside(results, shown=hits.number):
            say(line)
        keep_evidence(index, lookup, request, results)
    return FOUND if results.filings else NOTHING_FOUND


def _rows(
    hits: Iterable[Hit], parts: Sequence[Query], index: Index, *, longest: int | None
) -> Iterator[Sequence[Cell]]:
    for hit in hits:
        ids = [document.id for document in hit.documents]
        sections = [index.engine.parts(each).sections for each in ids]
        numbers = tally(parts, [index.text(each) for each in ids], sections)
        company = one_line(several(party.name for party in hit.parties))[:longest]
        yield one_line(hit.accession), one_line(hit.form), hit.filed, company, *numbers, sum(numbers)
