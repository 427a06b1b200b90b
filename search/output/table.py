"""Tables: named columns and rows, and what columns a table of hits can have. Printing is elsewhere."""

from __future__ import annotations  # a table of hits need not load what headers are made of

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from indexer.edgar.form_titles import title
from indexer.printing import one_line
from search.errors import SearchError
from search.results import Facet, Hit, Results, Row, Timeline, rows, several
from search.suggestions import nearest

if TYPE_CHECKING:
    from indexer.filings import Address, Header, Party

Cell: TypeAlias = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; the rows can be gone through once."""

    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


class Found(NamedTuple):
    """A document that matched, its filing, and how to get at the filing's header."""

    row: Row
    hit: Hit
    header: Callable[[], Header]

    @property
    def parties(self) -> tuple[Party, ...]:
        """Those of the header."""
        return self.header().parties


class Column(NamedTuple):
    """A column of a table of hits."""

    name: str
    about: str
    cell: Callable[[Found], Cell]


def _of_row(name: str, about: str) -> Column:
    return Column(name, about, lambda found: getattr(found.row, name))


def _of_parties(name: str, about: str, values: Callable[[Party], Iterable[str]]) -> Column:
    return Column(name, about, lambda found: several(value for party in found.parties for value in values(party)))


def _places(party: Party) -> Iterator[str]:
    if party.business_address:
        yield _place(party.business_address)


def _place(address: Address) -> str:
    return ", ".join(part for part in (address.city, address.state) if part)


def _file_numbers(party: Party) -> Iterator[str]:
    return (values.file_number for values in party.filing_values)


def _tickers(found: Found) -> str:
    return several(each.ticker for series in found.header().series for each in series.classes)


_FILE_SEARCH = "https://www.sec.gov/cgi-bin/browse-edgar/?action=getcompany&filenum="

COLUMNS: tuple[Column, ...] = (
    _of_row("rank", "place of the filing among all found, from 1"),
    _of_row("accession", "accession number"),
    _of_row("form", "form type"),
    Column("filed", "date filed", lambda found: found.hit.filed),
    Column("period", "period of report", lambda found: found.hit.period),
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
    Column("sha256", "SHA-256 of the submission", lambda found: found.hit.sha256),
    Column("roles", "what each party is to the filing", lambda found: several(p.role for p in found.hit.parties)),
    Column("matching", "how many documents of the filing matched", lambda found: found.hit.matching),
    Column("root_form", "form type without /A", lambda found: found.hit.form.partition("/")[0]),
    Column("form_name", "what the form is called", lambda found: title(found.hit.form)),
    Column("filed_at", "date filed", lambda found: found.hit.filed),
    Column("reporting_for", "period of report", lambda found: found.hit.period),
    Column("entity_name", "names of the parties", lambda found: found.row.company),
    Column("ticker", "ticker symbols of the filing's share classes", _tickers),
    Column("company_cik", "CIKs of the parties, ten digits", lambda found: found.row.cik),
    Column(
        "company_cik_trimmed",
        "CIKs without leading zeros",
        lambda found: several(party.cik.lstrip("0") for party in found.hit.parties),
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
    Column("filing_details_url", "the filing's index page on sec.gov", lambda found: found.row.filing_url),
    Column("filing_document_url", "the document on sec.gov", lambda found: found.row.url),
    _of_parties("sic", "industry codes", lambda party: [party.sic]),
    _of_parties("irs_number", "IRS numbers", lambda party: [party.irs_number]),
    _of_parties("fiscal_year_end", "fiscal year ends, MMDD", lambda party: [party.fiscal_year_end]),
    _of_parties("former_names", "former names", lambda party: (former.name for former in party.former_names)),
)
BY_NAME = {column.name: column for column in COLUMNS}
DEFAULT = Row._fields
EDGAR_TOOL = (
    *("root_form", "form_name", "filed_at", "reporting_for", "entity_name", "ticker", "company_cik"),
    *("company_cik_trimmed", "place_of_business", "incorporated_location", "file_num", "film_num"),
    *("file_num_search_url", "filing_details_url", "filing_document_url"),
)
"""The columns that people know from exports of EDGAR full-text search."""
SETS = {"default": DEFAULT, "edgar-tool": EDGAR_TOOL, "all": tuple(BY_NAME)}
"""Names for several columns at once."""


def columns(names: str) -> tuple[str, ...]:
    """The columns named, separated by commas; SearchError for one there is none of.

    >>> columns("accession, form")
    ('accession', 'form')
    """
    wanted = [name.strip().lower().replace("-", "_") for name in names.split(",") if name.strip()]
    found = [each for name in wanted for each in SETS.get(name.replace("_", "-"), (name,))]
    for name in found:
        if name not in BY_NAME:
            meant = nearest(name, BY_NAME)
            hint = f"did you mean {meant}?" if meant else f"there are {', '.join((*SETS, *BY_NAME))}"
            raise SearchError(f"there is no column {name}; {hint}")
    if not found:
        raise SearchError("--columns names no column")
    return tuple(dict.fromkeys(found))


def of_hits(hits: Iterable[Hit], names: Sequence[str], header: Callable[[str], Header]) -> Table:
    """A row for each document shown; `header` gives the header of an accession number, for the columns that need it."""
    wanted = [BY_NAME[name] for name in names]
    read = lru_cache(maxsize=1)(header)

    def cells() -> Iterator[Sequence[Cell]]:
        for hit in hits:
            for row in rows(hit):
                found = Found(row, hit, lambda hit=hit: read(hit.accession))  # type: ignore[misc]
                yield [_clean(column.cell(found)) for column in wanted]

    return Table(tuple(names), cells())


def of_counts(results: Results) -> Table:
    """A row for each value of each facet, and for each year or month."""

    def cells() -> Iterator[Sequence[Cell]]:
        counted: list[Facet | Timeline] = [*results.facets, *([results.timeline] if results.timeline else [])]
        for each in counted:
            name = each.field if isinstance(each, Facet) else f"filed, by {each.unit}"
            yield from ((name, _clean(value.value), value.filings) for value in each.counts)

    return Table(("field", "value", "filings"), cells())


def _clean(cell: Cell) -> Cell:
    return one_line(cell) if isinstance(cell, str) else cell
