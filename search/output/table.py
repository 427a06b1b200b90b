"""Tables: named columns and rows, and what columns a table of hits can have. Printing is elsewhere."""

from __future__ import annotations  # a table of hits need not load what headers are made of

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from indexer.edgar.form_titles import title
from indexer.printing import one_line, plain, several
from search.errors import SearchError
from search.output.printer import Printer, Report
from search.output.summary import aside, count_lines
from search.results import DocumentRow, Facet, Hit, Results, Timeline, rows
from search.suggestions import nearest

if TYPE_CHECKING:
    from indexer.filings import Address, Header, Party
    from search.coverage.covered import CoverageReport

Cell: TypeAlias = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; the rows can be gone through once."""

    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


class DocumentMatch(NamedTuple):
    """A document that matched, its filing, and how to get at the filing's header."""

    row: DocumentRow
    hit: Hit
    header: Callable[[], Header]

    @property
    def parties(self) -> tuple[Party, ...]:
        """Read the parties from the header."""
        return self.header().parties


class Column(NamedTuple):
    """A column of a table of hits."""

    name: str
    about: str
    cell: Callable[[DocumentMatch], Cell]


def _of_row(name: str, about: str) -> Column:
    return Column(name, about, lambda match: getattr(match.row, name))


def _of_parties(name: str, about: str, values: Callable[[Party], Iterable[str]]) -> Column:
    return Column(name, about, lambda match: several(value for party in match.parties for value in values(party)))


def _places(party: Party) -> Iterator[str]:
    if party.business_address:
        yield _place(party.business_address)


def _place(address: Address) -> str:
    return ", ".join(part for part in (address.city, address.state) if part)


def _file_numbers(party: Party) -> Iterator[str]:
    return (values.file_number for values in party.filing_values)


def _tickers(match: DocumentMatch) -> str:
    return several(each.ticker for series in match.header().series for each in series.classes)


_FILE_SEARCH = "https://www.sec.gov/cgi-bin/browse-edgar/?action=getcompany&filenum="

COLUMNS: tuple[Column, ...] = (
    _of_row("rank", "place of the filing among all found, from 1"),
    _of_row("accession", "accession number"),
    _of_row("form", "form type"),
    Column("filed", "date filed", lambda match: match.hit.filed),
    Column("period", "period of report", lambda match: match.hit.period),
    _of_row("items", "items of the filing"),
    _of_row("company", "names of the parties"),
    _of_row("cik", "CIKs of the parties, ten digits"),
    _of_row("document", "id of the document, as `indexer show` takes it"),
    _of_row("type", "document type"),
    _of_row("filename", "document file name"),
    _of_row("description", "document description"),
    _of_row("score", "BM25 score of the document"),
    _of_row("passages", "passages, separated by …"),
    _of_row("offsets", "where the passages stand in the document's text, START..END"),
    _of_row("url", "the document on sec.gov"),
    _of_row("filing_url", "the filing's index page on sec.gov"),
    _of_row("source", "the file of the corpus"),
    # More, when asked for
    Column("sha256", "SHA-256 of the submission", lambda match: match.hit.sha256),
    Column("roles", "what each party is to the filing", lambda match: several(p.role for p in match.hit.parties)),
    Column("matching", "how many documents of the filing matched", lambda match: match.hit.matching),
    Column("root_form", "form type without /A", lambda match: match.hit.form.partition("/")[0]),
    Column("form_name", "what the form is called", lambda match: title(match.hit.form)),
    Column("filed_at", "date filed", lambda match: match.hit.filed),
    Column("reporting_for", "period of report", lambda match: match.hit.period),
    Column("entity_name", "names of the parties", lambda match: match.row.company),
    Column("ticker", "ticker symbols of the filing's share classes", _tickers),
    Column("company_cik", "CIKs of the parties, ten digits", lambda match: match.row.cik),
    Column(
        "company_cik_trimmed",
        "CIKs without leading zeros",
        lambda match: several(party.cik.lstrip("0") for party in match.hit.parties),
    ),
    _of_parties("place_of_business", "city and state of business", _places),
    _of_parties("incorporated_location", "state of incorporation", lambda party: [party.state_of_incorporation]),
    _of_parties("file_num", "SEC file numbers", _file_numbers),
    _of_parties("film_num", "film numbers", lambda party: (values.film_number for values in party.filing_values)),
    _of_parties(
        "file_num_search_url",
        "filings under the file number on sec.gov",
        lambda party: (_FILE_SEARCH + number for number in _file_numbers(party) if number),
    ),
    Column("filing_details_url", "the filing's index page on sec.gov", lambda match: match.row.filing_url),
    Column("filing_document_url", "the document on sec.gov", lambda match: match.row.url),
    _of_parties("sic", "industry codes", lambda party: [party.sic]),
    _of_parties("irs_number", "IRS numbers", lambda party: [party.irs_number]),
    _of_parties("fiscal_year_end", "fiscal year ends, MMDD", lambda party: [party.fiscal_year_end]),
    _of_parties("former_names", "former names", lambda party: (former.name for former in party.former_names)),
)
BY_NAME = {column.name: column for column in COLUMNS}
DEFAULT = DocumentRow._fields
EDGAR_TOOL = (
    *("root_form", "form_name", "filed_at", "reporting_for", "entity_name", "ticker", "company_cik"),
    *("company_cik_trimmed", "place_of_business", "incorporated_location", "file_num", "film_num"),
    *("file_num_search_url", "filing_details_url", "filing_document_url"),
)
"""The columns that people know from exports of EDGAR full-text search."""
SETS = {"default": DEFAULT, "edgar-tool": EDGAR_TOOL, "all": tuple(BY_NAME)}
"""Names for several columns at once."""


def columns(names: str) -> tuple[str, ...]:
    """Read names of columns and of sets, separated by commas; SearchError for one there is none of.

    >>> columns("accession, form")
    ('accession', 'form')
    """
    wanted = [name.strip().lower().replace("-", "_") for name in names.split(",") if name.strip()]
    chosen = [each for name in wanted for each in SETS.get(name.replace("_", "-"), (name,))]
    for name in chosen:
        if name not in BY_NAME:
            meant = nearest(name, BY_NAME)
            hint = f"did you mean {meant}?" if meant else f"there are {', '.join((*SETS, *BY_NAME))}"
            raise SearchError(f"there is no column {name}; {hint}")
    if not chosen:
        raise SearchError("--columns names no column")
    return tuple(dict.fromkeys(chosen))


def of_hits(hits: Iterable[Hit], names: Sequence[str], header: Callable[[str], Header]) -> Table:
    """Make a row for each document shown; `header` gives that of an accession number, for the columns that need it."""
    wanted = [BY_NAME[name] for name in names]
    read = lru_cache(maxsize=1)(header)

    def cells() -> Iterator[Sequence[Cell]]:
        for hit in hits:
            for row in rows(hit):
                match = DocumentMatch(row, hit, lambda hit=hit: read(hit.accession))  # type: ignore[misc]
                yield [_clean(column.cell(match)) for column in wanted]

    return Table(tuple(names), cells())


def of_counts(results: Results) -> Table:
    """Make a row for each value of each facet, and for each year or month."""

    def cells() -> Iterator[Sequence[Cell]]:
        counted: list[Facet | Timeline] = [*results.facets, *([results.timeline] if results.timeline else [])]
        for each in counted:
            name = each.field if isinstance(each, Facet) else f"filed, by {each.unit}"
            yield from ((name, _clean(value.value), value.filings) for value in each.counts)

    return Table(("field", "value", "filings"), cells())


class TablePrinter(Printer):
    """Print every answer as a table; a subclass says how a table looks.

    What is no row of the table is told beside it.
    """

    default = "default"
    """The columns of hits where the user names none."""

    @property
    def documents(self) -> None:
        """Show all: a table has a row for each document."""

    def hits(self, results: Results, hits: Iterable[Hit], header: Callable[[str], Header]) -> None:
        """Print a row for each document, or for each count where counts were asked for."""
        counted = Counted(hits)
        self.table(self._of(results, counted, header))
        if not _counts(results):
            for line in aside(results, shown=counted.number):
                self._sink.say(line)

    def _of(self, results: Results, hits: Iterable[Hit], header: Callable[[str], Header]) -> Table:
        return of_counts(results) if _counts(results) else of_hits(hits, columns(self._columns or self.default), header)

    def coverage(self, report: CoverageReport) -> None:
        """Write what the answer rests on, as JSON, into a file beside that of the answer."""
        from search.output.json import dumped, versioned  # noqa: PLC0415  (few answers have it)

        self._sink.beside(".coverage.json", [dumped(versioned(report), indent=2)])

    def count(self, results: Results) -> None:
        """Print the totals as a table of one row, and tell what they rest on beside it."""
        self.table(Table(("filings", "documents"), [(results.filings, results.documents)]))
        for line in islice(count_lines(results), 1, None):
            self._sink.say(line)

    def report(self, report: Report) -> None:
        """Print what the report holds for programs, a row for each of several or for each value; else its lines."""
        lines_only = report.data is None
        self.table(of_data(list(report.lines), "line") if lines_only else of_data(report.data, report.kind))


def of_data(data: object, kind: str) -> Table:
    """Make a table of what a report holds: a row for each of several things of a kind, or for each value of one.

    >>> of_data({"a": 1, "b": {"c": ["x", "y"]}}, "coverage").rows
    [('a', 1), ('b.c.0', 'x'), ('b.c.1', 'y')]
    """
    values = plain(data, without=("handle",))
    if not isinstance(values, list):
        return Table(("name", "value"), list(_values("", values)))
    if all(isinstance(each, dict) for each in values):
        names = tuple(dict.fromkeys(name for each in values for name in each))
        return Table(names, [[_cell(each.get(name)) for name in names] for each in values])
    return Table((kind,), [[_cell(each)] for each in values])


def _values(name: str, value: Any) -> Iterator[tuple[str, Cell]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if pairs is None:
        yield name, _cell(value)
        return
    for part, each in pairs:
        yield from _values(f"{name}.{part}" if name else str(part), each)


def _cell(value: Any) -> Cell:
    """Put a value into a cell, several as one text."""
    if isinstance(value, list):
        return "; ".join(text_of(_cell(each)) for each in value)
    return _clean(value) if isinstance(value, str | int | float | None) else _clean(str(value))


def _counts(results: Results) -> bool:
    """Tell whether counts were asked for in place of hits."""
    return bool(results.facets or results.timeline)


class Counted:
    """Count hits as they go by."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._hits = hits
        self.number = 0

    def __iter__(self) -> Iterator[Hit]:
        for hit in self._hits:
            self.number += 1
            yield hit


def text_of(cell: Cell) -> str:
    """Write a cell as text: a date as YYYY-MM-DD, nothing for None."""
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def _clean(cell: Cell) -> Cell:
    return one_line(cell) if isinstance(cell, str) else cell
