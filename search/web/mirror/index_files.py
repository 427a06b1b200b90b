"""EDGAR's indexes of a quarter and of a day, made of what the index holds: `full-index` and `daily-index`."""

import gzip
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from indexer.edgar.accession import accession_number
from search.ask import Index
from search.lookups.lookup import Filter, filter_tree
from search.lookups.paging import every
from search.output.json import dumped
from search.results import Question, Sort
from search.web.mirror.file_reply import file_reply
from search.web.routing import page
from search.web.site import WebSite

_FILE = re.compile(r"(form|company|master)(?:\.(\d{8}))?(?:\.(idx)(?:\.(gz))?|\.(gz))", re.ASCII)
_QUARTER = re.compile(r"(\d{4})/QTR([1-4])", re.ASCII)
_MOST = 4_000_000
"""Rows of a file; EDGAR's busiest quarter has some hundred thousand."""


class _Row(NamedTuple):
    cik: int
    company: str
    form: str
    filed: date
    path: str


class _Days(NamedTuple):
    first: date
    last: date


def of_quarter(site: WebSite, request: Request) -> Response:
    """Serve an index of a quarter."""
    name = request.path_params["name"]
    days, found = _quarter(request.path_params["quarter"]), _FILE.fullmatch(name)
    if name == "index.json":
        return _listing(request, [f"{kind}.{end}" for kind in _WRITTEN for end in ("idx", "gz")])
    if not found or found[2]:
        raise HTTPException(404, f"{name[:60]}: form, company or master, as .idx or .gz")
    return _file(site, request, found, days)


def of_day(site: WebSite, request: Request) -> Response:
    """Serve an index of a day, or the list of the days that have one."""
    name = request.path_params["name"]
    days, found = _quarter(request.path_params["quarter"]), _FILE.fullmatch(name)
    if name == "index.json":
        filed = site.ask(lambda index: sorted({row.filed for row in _rows(index, days)}))
        return _listing(request, [f"{kind}.{day:%Y%m%d}.idx" for day in filed for kind in _WRITTEN])
    day = _day(found[2]) if found and found[2] else None
    if not found or day is None or not days.first <= day <= days.last:
        raise HTTPException(404, f"{name[:60]}: form, company or master of a day, as in form.20170308.idx")
    return _file(site, request, found, _Days(day, day))


def _quarter(path: str) -> _Days:
    found = _QUARTER.fullmatch(path)
    if not found or not 1993 <= int(found[1]) <= 9998:
        raise HTTPException(404, f"{path[:40]}: a quarter is written YYYY/QTR1")
    year, month = int(found[1]), 3 * int(found[2]) - 2
    return _Days(date(year, month, 1), date(year + month // 10, (month + 3) % 12, 1) - timedelta(1))


def _day(digits: str) -> date | None:
    try:
        return date.fromisoformat(digits)
    except ValueError:
        return None


def _file(site: WebSite, request: Request, found: re.Match[str], days: _Days) -> Response:
    rows = site.ask(lambda index: list(_rows(index, days)))
    if not rows and days.first == days.last:
        raise HTTPException(404, f"the index has no filing of {days.first}")
    text = "".join(_WRITTEN[found[1]](rows, days)).encode("latin-1", "replace")
    if found[4] or found[5]:
        return file_reply(request, gzip.compress(text, 5, mtime=0), "application/gzip")
    return file_reply(request, text, "text/plain")


def _rows(index: Index, days: _Days) -> Iterator[_Row]:
    """Yield a row for each party of the filings of these days that have an accession number of EDGAR's."""
    asked = filter_tree(Filter("filed", (f"{days.first}..{days.last}",)))
    for hit in every(index.engine, Question(asked, _MOST, sort=Sort("filed"), documents=0)):
        if accession_number(hit.accession) == hit.accession and hit.filed:
            parties = {party.cik: party.name for party in hit.parties if party.cik}
            for cik, name in parties.items():
                path = f"edgar/data/{int(cik)}/{hit.accession}.txt"
                yield _Row(int(cik), name, hit.form, hit.filed, path)


def _preamble(kind: str, days: _Days) -> str:
    return (
        f"Description:           {kind} Index of the filings of a local corpus\n"
        f"Last Data Received:    {days.last:%B %d, %Y}\n\n\n\n"
    )


def _by_form(rows: list[_Row], days: _Days) -> Iterator[str]:
    yield _preamble("Form", days)
    yield f"{'Form Type':<20}{'Company Name':<62}{'CIK':<12}{'Date Filed':<12}File Name\n{'-' * 140}\n"
    for row in sorted(rows, key=lambda row: (row.form, row.company, row.path)):
        yield f"{row.form:<20}{row.company:<62}{row.cik:<12}{row.filed!s:<12}{row.path}\n"


def _by_company(rows: list[_Row], days: _Days) -> Iterator[str]:
    yield _preamble("Company", days)
    yield f"{'Company Name':<62}{'Form Type':<20}{'CIK':<12}{'Date Filed':<12}File Name\n{'-' * 140}\n"
    for row in sorted(rows, key=lambda row: (row.company, row.form, row.path)):
        yield f"{row.company:<62}{row.form:<20}{row.cik:<12}{row.filed!s:<12}{row.path}\n"


def _master(rows: list[_Row], days: _Days) -> Iterator[str]:
    yield _preamble("Master", days)
    yield f"CIK|Company Name|Form Type|Date Filed|Filename\n{'-' * 80}\n"
    for row in sorted(rows, key=lambda row: (row.cik, row.form, row.path)):
        yield f"{row.cik}|{row.company}|{row.form}|{row.filed}|{row.path}\n"


_WRITTEN: dict[str, Callable[[list[_Row], _Days], Iterator[str]]] = {
    "master": _master,
    "form": _by_form,
    "company": _by_company,
}


def _listing(request: Request, names: list[str]) -> Response:
    items = [{"last-modified": "", "name": name, "type": "file", "href": name, "size": ""} for name in names]
    listed = {"directory": {"item": items, "name": request.url.path.rpartition("/")[0] + "/", "parent-dir": "../"}}
    return file_reply(request, dumped(listed).encode(), "application/json")


ROUTES = [
    page("/Archives/edgar/full-index/{quarter:path}/{name}", of_quarter),
    page("/Archives/edgar/daily-index/{quarter:path}/{name}", of_day),
]
