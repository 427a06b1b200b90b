"""EDGAR's tables of tickers, of those that the filings of the index say: `/files/company_tickers*.json`."""

from collections.abc import Iterator
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from search.ask import Index
from search.output.json import dumped
from search.web.efts.entities import entities_of
from search.web.mirror.file_reply import file_reply
from search.web.mirror.fund_tickers import fund_tickers
from search.web.routing import page
from search.web.site import WebSite


class _Ticker(NamedTuple):
    cik: int
    name: str
    ticker: str


def tickers(site: WebSite, request: Request) -> Response:
    """Serve the tickers of companies."""
    rows = site.ask(lambda index: list(_rows(index)))
    table = {str(n): {"cik_str": each.cik, "ticker": each.ticker, "title": each.name} for n, each in enumerate(rows)}
    return file_reply(request, dumped(table).encode(), "application/json")


def exchanges(site: WebSite, request: Request) -> Response:
    """Serve the same with exchanges, which no filing says."""
    rows = site.ask(lambda index: [[each.cik, each.name, each.ticker, None] for each in _rows(index)])
    table = {"fields": ["cik", "name", "ticker", "exchange"], "data": rows}
    return file_reply(request, dumped(table).encode(), "application/json")


def funds(site: WebSite, request: Request) -> Response:
    """Serve the symbols of funds' share classes."""
    rows = site.ask(fund_tickers)
    table = {"fields": ["cik", "seriesId", "classId", "symbol"], "data": [list(each) for each in rows]}
    return file_reply(request, dumped(table).encode(), "application/json")


def plain(site: WebSite, request: Request) -> Response:
    """Serve the tickers as lines: in small letters, a tab, the CIK."""
    rows = site.ask(lambda index: [f"{each.ticker.lower()}\t{each.cik}\n" for each in _rows(index)])
    return file_reply(request, "".join(rows).encode(), "text/plain")


def _rows(index: Index) -> Iterator[_Ticker]:
    of = entities_of(index)
    for cik, symbols in of.every_ticker():
        yield from (_Ticker(int(cik), of.name(cik), symbol) for symbol in symbols)


ROUTES = [
    page("/files/company_tickers.json", tickers),
    page("/files/company_tickers_exchange.json", exchanges),
    page("/files/company_tickers_mf.json", funds),
    page("/include/ticker.txt", plain),
]
