"""What an answer rests on as a table, for the sheet beside the rows: what was asked, searched, and not read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from indexer.printing import one_line
from search.answer_basis import Coverage
from search.output.table import Cell, Table
from search.results import Results

if TYPE_CHECKING:
    from search.coverage.covered import CoverageReport

_Row: TypeAlias = tuple[str, Cell, Cell]


def coverage_table(results: Results, report: "CoverageReport | None" = None) -> Table:
    """Make a table of what was asked and found, and of what that rests on; with a report, of each document not read."""
    covered = report.coverage if report else results.coverage
    rows = [*_asked(results), *(_searched(covered) if covered else ()), *(_in_full(report) if report else ())]
    cleaned = [(what, *(one_line(cell) if isinstance(cell, str) else cell for cell in cells)) for what, *cells in rows]
    return Table(("what", "value", "detail"), cleaned)


def _asked(results: Results) -> Iterator[_Row]:
    yield "query", results.query, None
    yield "understood as", results.understood, None
    yield "commit of the index", results.generation, None
    yield "filings found", results.filings, None
    yield "documents found", results.documents, None
    yield from (("note", note, None) for note in results.notes)


def _searched(covered: Coverage) -> Iterator[_Row]:
    yield "filters", covered.filters or "none: the whole index was searched", None
    yield "filings searched", covered.filings, None
    yield "documents searched", covered.documents, None
    yield "first filed", covered.first_filed, None
    yield "last filed", covered.last_filed, None
    yield "documents not read", covered.unread, None
    yield from (("documents not read", each.documents, each.kind) for each in covered.unread_kinds)
    yield "filings read in part", covered.incomplete, None if covered.incomplete is not None else "too many to look at"
    yield "files of the corpus that could not be read", covered.unreadable_files, None
    yield "documents in which an item was not located", covered.unlocated, None
    yield from (("not in the index", each, None) for each in covered.missing)


def _in_full(report: "CoverageReport") -> Iterator[_Row]:
    yield from (("documents by what became of them", each.documents, each.kind) for each in report.readings)
    yield from (("document not read", each.id, f"{each.type} {each.kind}") for each in report.unread)
    yield from (("filing read in part", each.accession, str(each.problem)) for each in report.incomplete)
    if listed := report.completeness:
        yield "filings that EDGAR lists", listed.listed, f"{listed.wanted}, as of {listed.as_of}"
        yield "of these in the index", listed.here, None
        yield from (("missing", accession, None) for accession in listed.missing)
