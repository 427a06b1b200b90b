"""Where EDGAR lists the filings that are wanted: a company's own list, the indexes of quarters and days, what is new.

Each list is read row after row, so that it may be longer than memory; a filing comes once for each party and list that
names it, and whoever gathers them keeps one. Lists that are read again and again are kept (`indexer.http.copies`).
"""

import json
import re
import zipfile
from collections.abc import Generator, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from indexer.download.atom import PAGE, parse_current
from indexer.download.index_files import day_of, read_index
from indexer.download.wanted import ListedFiling, WantedFilings
from indexer.edgar.accession import accession_number_in
from indexer.errors import AbsentError, DownloadError
from indexer.http.copies import Copies

FIRST_QUARTER = (1993, 1)
BULK = "/Archives/edgar/daily-index/bulkdata/submissions.zip"
"""Every company's own list, made anew each night; more than a gigabyte."""
CURRENT = "/cgi-bin/browse-edgar?action=getcurrent&type=&company=&dateb=&owner=include"
FEW_DAYS = 31
"""Up to so many days, the index of each day is read as well as the quarter's: either has rows that the other lacks."""
COMPANIES_A_QUARTER = 10
"""For more companies than this for each quarter wanted, the indexes of the quarters are the shorter way."""

_KINDS = ("master.gz", "master.idx", "form.gz", "form.idx", "company.gz", "company.idx")
"""The files of a quarter's index, each of which has all of it, in the order they are tried."""
_DAY_FILE = re.compile(r"(master|form|company)\.(\d{8}|\d{6})\.(idx\.gz|idx|gz)")
_ORDER = ("master", "form", "company")
_MOST_PAGES = 100
_MOST_TIMES = 3
"""That a list is read because it has changed meanwhile."""

Filings: TypeAlias = Iterator[ListedFiling]
_FilingsThatFit: TypeAlias = Generator[ListedFiling, None, bool]


class ListKind(StrEnum):
    """Which of EDGAR's lists."""

    COMPANY = "company"
    """Each company's own (data.sec.gov/submissions): the newest, and the one with sizes."""
    QUARTER = "quarter"
    DAY = "day"
    BULK = "bulk"
    """Every company's own, in one archive."""
    CURRENT = "current"
    """What came in last, some days back."""


class Lists:
    """EDGAR's lists, read for what is wanted."""

    def __init__(self, copies: Copies, *, today: date | None = None) -> None:
        self.copies = copies
        self.gaps: list[str] = []
        """What should have been read, and is not there; one line each."""
        self.last_day = 0
        """The last day (YYYYMMDD) whose index was read."""
        self.today = number_of(today or date.today())

    def filings(self, wanted: WantedFilings, kinds: Iterable[ListKind] = ()) -> Filings:
        """Yield every filing that is wanted, from these lists, or from those that have it in the fewest requests."""
        for kind in tuple(kinds) or self.shortest(wanted):
            yield from filter(wanted.fits, self._of(kind, wanted))

    def shortest(self, wanted: WantedFilings) -> tuple[ListKind, ...]:
        """Say which lists have it all: companies' own for some companies, else quarters, with the days of a few."""
        quarters = self.quarters(wanted)
        if wanted.ciks and len(wanted.ciks) <= COMPANIES_A_QUARTER * len(quarters):
            return (ListKind.COMPANY,)
        low, high = wanted.filed
        few = low is not None and (_date(high or self.today) - _date(low)).days < FEW_DAYS
        return (ListKind.QUARTER, ListKind.DAY) if few else (ListKind.QUARTER,)

    def quarters(self, wanted: WantedFilings) -> list[tuple[int, int]]:
        """Yield year and number of each quarter wanted, up to today's."""
        low, high = wanted.filed
        first = max(FIRST_QUARTER, _quarter(low)) if low else FIRST_QUARTER
        last = min(_quarter(high or self.today), _quarter(self.today))
        return [(year, number) for year in range(first[0], last[0] + 1) for number in (1, 2, 3, 4)
                if first <= (year, number) <= last]  # fmt: skip

    def _of(self, kind: ListKind, wanted: WantedFilings) -> Filings:
        match kind:
            case ListKind.COMPANY:
                for cik in sorted(wanted.ciks, key=int):
                    yield from self._company(cik, wanted)
            case ListKind.QUARTER:
                for quarter in self.quarters(wanted):
                    yield from self._quarter(quarter)
            case ListKind.DAY:
                for day, path in self._days(wanted):
                    yield from self._index(path, day)
                    self.last_day = max(self.last_day, day)
            case ListKind.BULK:
                yield from self._bulk(wanted)
            case ListKind.CURRENT:
                yield from self._current()

    # A company's own list

    def _company(self, cik: str, wanted: WantedFilings) -> Filings:
        """The list of a company: its newest filings, and pages of older ones.

        A filing that comes in meanwhile pushes others from page to page: the list is looked at again after its pages,
        and read once more when it has changed.
        """
        name = f"/submissions/CIK{int(cik):010}.json"
        try:
            for _ in range(_MOST_TIMES):
                if (yield from self._pages(cik, name, wanted)):
                    return
            self.gaps.append(f"the list of CIK {cik} changes while it is read")
        except AbsentError:
            self._lack(f"list of filings for CIK {cik}")
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise DownloadError(f"{name} is not a list as EDGAR writes it ({error!r})") from error

    def _pages(self, cik: str, name: str, wanted: WantedFilings) -> _FilingsThatFit:
        """The filings of a list with its pages; whether it was the same list all the while."""
        before = self._json(name)
        company = str(before.get("name", ""))
        yield from _columns(before["filings"]["recent"], cik, company)
        pages = [page for page in before["filings"].get("files") or () if _may_have(page, wanted)]
        for page in pages:
            yield from self._page(f"/submissions/{PurePosixPath(page['name']).name}", cik, company)
        return not pages or bool(self._json(name) == before)

    def _page(self, path: str, cik: str, company: str) -> list[ListedFiling]:
        try:
            return list(_columns(self._json(path), cik, company))
        except AbsentError:
            self._lack(f"{path}, which the list of CIK {cik} names,")
            return []

    def _lack(self, what: str) -> None:
        self.gaps.append(f"no {what} was kept" if self.copies.is_offline else f"EDGAR has no {what}".removesuffix(","))

    def _json(self, path: str) -> Any:
        copy = self.copies.file(path)
        try:
            return json.loads(copy.read_bytes())
        except ValueError as error:
            self.copies.drop(path)
            raise DownloadError(f"{path} cannot be read: {error}") from error

    def _bulk(self, wanted: WantedFilings) -> Filings:
        """The lists of all companies, or of those wanted, from the archive of them."""
        try:
            with zipfile.ZipFile(self.copies.file(BULK, hours=24)) as archive:
                for member in archive.namelist():
                    found = re.fullmatch(r"CIK(\d{10})(-submissions-\d+)?\.json", member)
                    if found and (not wanted.ciks or found[1].lstrip("0") in wanted.ciks):
                        listed = json.loads(archive.read(member))
                        columns = listed if found[2] else listed["filings"]["recent"]
                        yield from _columns(columns, found[1].lstrip("0"), str(listed.get("name", "")))
        except (zipfile.BadZipFile, EOFError, ValueError, KeyError) as error:
            self.copies.drop(BULK)
            raise DownloadError(f"{BULK} is damaged: {error}") from error

    # The indexes

    def _quarter(self, quarter: tuple[int, int]) -> Filings:
        folder = f"/Archives/edgar/full-index/{quarter[0]}/QTR{quarter[1]}"
        for name in _KINDS:
            try:
                yield from self._index(f"{folder}/{name}")
                return
            except AbsentError:
                continue
        if self.copies.is_offline or quarter != _quarter(self.today):
            self._lack(f"index of {quarter[0]}, quarter {quarter[1]}")

    def _days(self, wanted: WantedFilings) -> Iterator[tuple[int, str]]:
        """Each day wanted that has an index (YYYYMMDD), and where it is; weekends have none."""
        for year, number in self.quarters(wanted):
            folder = f"/Archives/edgar/daily-index/{year}/QTR{number}"
            try:
                names = [str(item["name"]) for item in self._json(f"{folder}/index.json")["directory"]["item"]]
            except AbsentError:
                if self.copies.is_offline:
                    self._lack(f"list of the daily indexes of {year}, quarter {number}")
                continue
            for day, name in sorted(_day_files(names, year).items()):
                if wanted.covers(day):
                    yield day, f"{folder}/{name}"

    def _index(self, path: str, day: int = 0) -> Filings:
        """The rows of an index; damaged ones are had once more, and rows without a day have that of the file."""
        try:
            yield from self._rows(path, day)
        except DownloadError:
            self.copies.drop(path)
            yield from self._rows(path, day)

    def _rows(self, path: str, day: int) -> Filings:
        for row in read_index(self.copies.file(path), name=path):
            yield row if row.filed else row._replace(filed=day)

    # Single filings

    def located(self, filing: ListedFiling) -> ListedFiling:
        """Say under whose CIK a filing is that is known by its number only.

        EDGAR's full-text search knows it, of filings since 2001; else it may be the one with whose CIK the accession
        number begins, who submitted it.
        """
        if filing.cik:
            return filing
        asked = f'/LATEST/search-index?q="{filing.accession}"'.replace('"', "%22")
        try:
            hits = json.loads(self.copies.fresh(asked))["hits"]["hits"]
            ciks = [cik for hit in hits if hit["_source"]["adsh"] == filing.accession for cik in hit["_source"]["ciks"]]
        except (AbsentError, ValueError, KeyError, TypeError):
            ciks = []
        return filing._replace(cik=str(int(ciks[0] if ciks else filing.accession[:10])))

    # What is new

    def _current(self) -> Filings:
        """What came in last, page by page.

        Filings that come in between two pages push others to the next page, where they are read again; none is missed.
        """
        seen: set[str] = set()
        for start in range(0, _MOST_PAGES * PAGE, PAGE):
            path = f"{CURRENT}&start={start}&count={PAGE}&output=atom"
            rows = list(parse_current(self.copies.fresh(path)))
            yield from rows
            fresh = {row.accession for row in rows} - seen
            if not fresh:
                return
            seen |= fresh


def _columns(columns: dict[str, Any], cik: str, company: str) -> Filings:
    """The filings of a list that is written by columns."""
    accessions = columns["accessionNumber"]
    sizes = columns.get("size") or [0] * len(accessions)
    for accession, form, filed, size in zip(accessions, columns["form"], columns["filingDate"], sizes, strict=True):
        if number := accession_number_in(str(accession)):
            yield ListedFiling(number, cik, str(form), day_of(str(filed)), company, int(size or 0))


def _may_have(page: dict[str, Any], wanted: WantedFilings) -> bool:
    """Say whether a page of a list can have filings of the days wanted, by what the list says of it."""
    first, last = (day_of(str(page.get(end, ""))) for end in ("filingFrom", "filingTo"))
    return not (first and last) or wanted.covers(first, last)


def _day_files(names: Iterable[str], year: int) -> dict[int, str]:
    """Of the names in a folder of daily indexes, the best file for each day: by kind, and not compressed before gzip.

    >>> _day_files(["form.19980105.idx", "master.19980105.idx.gz", "company.980106.idx", "master.980106.Z"], 1998)
    {19980105: 'master.19980105.idx.gz', 19980106: 'company.980106.idx'}
    """
    found: dict[int, str] = {}
    files = filter(None, map(_DAY_FILE.fullmatch, names))
    for file in sorted(files, key=lambda file: (_ORDER.index(file[1]), len(file[3]))):
        found.setdefault(_day_of_name(file[2], year), file[0])
    return dict(sorted(found.items()))


def _day_of_name(digits: str, year: int) -> int:
    """The day in a file's name: with the year in four digits, in two, or in two at the end, as in 1994."""
    if len(digits) == 8:
        return int(digits)
    month_and_day = digits[2:] if int(digits[:2]) == year % 100 else digits[:4]
    return year * 10000 + int(month_and_day)


def _quarter(day: int) -> tuple[int, int]:
    return day // 10000, (day // 100 % 100 + 2) // 3


def number_of(day: date) -> int:
    """Write a day as the number YYYYMMDD."""
    return day.year * 10000 + day.month * 100 + day.day


def days_before(day: int, number: int) -> int:
    """Return the day (YYYYMMDD) so many days before another.

    >>> days_before(20240302, 7), days_before(20231231, -1)
    (20240224, 20240101)
    """
    return number_of(_date(day) - timedelta(days=number))


def _date(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)
