"""The symbols of funds' share classes, each as the newest filing that says it has it. Served by `ticker_tables`."""

from collections.abc import Iterator
from typing import NamedTuple

from indexer.filings import Header
from search.ask import Index
from search.query import nodes as q
from search.results import Question, Sort
from search.web.answers.remembered import remembered


class FundTicker(NamedTuple):
    """A share class that has a symbol, in the order of EDGAR's own table."""

    cik: int
    series: str
    share_class: str
    symbol: str


_WITH_CLASSES = q.Field("share_class", q.Prefix(""))


def fund_tickers(index: Index) -> tuple[FundTicker, ...]:
    """Return every share class that has a symbol, by CIK."""
    return remembered(index, FundTicker, lambda: tuple(sorted(_found(index).values())))


def _found(index: Index) -> dict[str, FundTicker]:
    """Read one header for each symbol that none of those before had."""
    found: dict[str, FundTicker] = {}
    for each in index.engine.facets(_WITH_CLASSES, ["ticker"])[0].counts:
        if each.value.upper() not in found:
            asked = q.And((q.Field("ticker", q.Term(each.value, exact=True)), _WITH_CLASSES))
            newest = Question(asked, limit=1, sort=Sort("filed"), documents=0)
            for hit in index.engine.search(newest).hits:
                found = {ticker.symbol: ticker for ticker in _of(index.header(hit.accession))} | found
    return found


def _of(header: Header) -> Iterator[FundTicker]:
    filer = next((party.cik for party in header.parties if party.cik), "0")
    for series in header.series:
        owner = int(series.owner_cik if series.owner_cik.isdecimal() else filer)
        yield from (
            FundTicker(owner, series.id, each.id, each.ticker.upper()) for each in series.classes if each.ticker
        )
