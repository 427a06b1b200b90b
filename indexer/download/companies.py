"""Companies by their tickers and names, from the tables that EDGAR publishes. The tables are kept for a day."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from indexer.errors import AbsentError, DownloadError, IndexerError
from indexer.http.copies import Copies

TICKERS = "/files/company_tickers.json"
EXCHANGES = "/files/company_tickers_exchange.json"
FUNDS = "/files/company_tickers_mf.json"
NAMES = "/Archives/edgar/cik-lookup-data.txt"
"""Every name that any filer has or had, with its CIK; some hundred megabytes."""

_HOURS = 24.0
_MOST = 10
"""Companies that a message names."""
_WORD = re.compile(r"[^\W_]+")


class Company(NamedTuple):
    """A filer as a table names it."""

    cik: str
    """Without leading zeros."""
    name: str
    ticker: str = ""


class Companies:
    """EDGAR's tables of companies."""

    def __init__(self, copies: Copies) -> None:
        self._copies = copies

    def by_ticker(self, ticker: str) -> tuple[Company, ...]:
        """Find the company that a ticker belongs to, or the fund of a class; IndexerError when there is none.

        `BRK.B`, `BRK/B` and `BRK-B` are the same.
        """
        wanted = _plain(ticker)
        tables = 0
        for table in (TICKERS, EXCHANGES, FUNDS):
            try:
                rows = self._rows(table)
            except AbsentError:
                continue
            tables += 1
            if found := {row.cik: row for row in rows if _plain(row.ticker) == wanted}:
                return tuple(found.values())
        if not tables:
            raise IndexerError("no table of tickers is here yet: `indexer fetch --ticker` has EDGAR's")
        raise IndexerError(f"EDGAR's tables have no ticker {ticker}: try --company or --cik")

    def by_name(self, name: str) -> tuple[Company, ...]:
        """Find the company of a name: the whole name, in any case, now or formerly; else the one that has its words.

        Raises IndexerError where there is none, and where the words are those of several, which it names.
        """
        words = _words(name)
        if not words:
            raise IndexerError("a company's name has a letter or a digit in it")
        near: dict[str, Company] = {}
        for company in self._named():
            theirs = _words(company.name)
            if theirs == words:
                return self._all_called(words)
            if len(near) <= _MOST and set(words) <= set(theirs):
                near.setdefault(company.cik, company)
        if len(near) == 1:
            return tuple(near.values())
        raise IndexerError(_unclear(name, list(near.values())))

    def _all_called(self, words: list[str]) -> tuple[Company, ...]:
        """Every company that has, or had, exactly this name."""
        return tuple({each.cik: each for each in self._named() if _words(each.name) == words}.values())

    def _named(self) -> Iterator[Company]:
        """Every name: those of companies with tickers first, then those of all."""
        tables = 0
        for rows in (self._listed, self._looked_up):
            try:
                yield from rows()
                tables += 1
            except AbsentError:
                continue
        if not tables:
            raise IndexerError("no table of names is here yet: `indexer fetch --company` has EDGAR's")

    def _listed(self) -> Iterator[Company]:
        yield from self._rows(TICKERS)

    def _looked_up(self) -> Iterator[Company]:
        with self._copies.file(NAMES, hours=_HOURS).open("rb") as file:
            for line in file:
                name, _, cik = line.decode("latin-1").rstrip(":\r\n").rpartition(":")
                if cik.isdecimal() and name:
                    yield Company(cik.lstrip("0"), name)

    def _rows(self, path: str) -> list[Company]:
        try:
            return list(_companies(json.loads(self._copies.file(path, hours=_HOURS).read_bytes())))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self._copies.drop(path)
            raise DownloadError(f"{path} is not a table as EDGAR writes it ({error!r})") from error


def _companies(table: Any) -> Iterator[Company]:
    """The rows of a table: objects under numbers, or lists under the names of fields."""
    if "data" in table:
        rows = [dict(zip(table["fields"], row, strict=True)) for row in table["data"]]
    else:
        rows = list(table.values())
    for row in rows:
        cik: Any = row["cik_str"] if "cik_str" in row else row["cik"]
        ticker = row.get("ticker") or row.get("symbol") or ""
        yield Company(str(int(cik)), str(row.get("title", row.get("name", ""))), str(ticker))


def _plain(ticker: str) -> str:
    return re.sub(r"[./ -]", "-", ticker.strip().upper())


def _words(name: str) -> list[str]:
    return _WORD.findall(name.casefold())


def _unclear(name: str, near: list[Company]) -> str:
    if not near:
        return f"EDGAR's tables have no company called {name}"
    named = "; ".join(f"{company.name} (CIK {company.cik})" for company in near[:_MOST])
    more = " and others" if len(near) > _MOST else ""
    return f"{name} may be several companies: {named}{more}. Give the whole name, or --cik"
