"""EDGAR's lists, read from a server that has them all: alone, together, and while they change."""

import gzip
import json
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from indexer.download.journal import Journal
from indexer.download.lists import BULK, ListKind, Lists
from indexer.download.wanted import ListedFiling, WantedFilings
from indexer.errors import DownloadError
from indexer.http.client import Client
from indexer.http.copies import Copies
from indexer.http.site import Site
from tests.indexer.download.server import Edgar, Held, made_up, master
from tests.indexer.edgar_fixtures import CONTACT, QUICK, RATE

TODAY = date(2025, 3, 1)
MakeLists = Callable[[Edgar], Lists]


@pytest.fixture
def lists_of(cache: Path) -> MakeLists:
    """Makes the lists of a server."""

    def make(edgar: Edgar) -> Lists:
        client = Client(Site.at(edgar.url), CONTACT, cache=cache, rate=RATE, patience=QUICK)
        return Lists(Copies.of(client, cache), today=TODAY)

    return make


def numbers(filings: "object") -> list[str]:
    return sorted({filing.accession for filing in filings})  # type: ignore[attr-defined]


def expected(held: list[Held], cik: str = "", form: str = "", filed: str = "") -> list[str]:
    return sorted(
        each.accession
        for each in held
        if (not cik or cik in dict(each.parties)) and (not form or each.form == form) and each.filed.startswith(filed)
    )


@pytest.mark.parametrize("kind", [ListKind.COMPANY, ListKind.QUARTER, ListKind.DAY, ListKind.BULK, ListKind.CURRENT])
@pytest.mark.parametrize("cik", ["9012704", "9000417", "9060014"])
def test_every_list_has_the_same_filings_of_a_company(
    edgar: Edgar, lists_of: MakeLists, sample: list[Held], kind: ListKind, cik: str
) -> None:
    lists = lists_of(edgar)
    found = list(lists.filings(WantedFilings(frozenset({cik}), filed=(20160101, None)), (kind,)))
    assert numbers(found) == expected([each for each in sample if each.filed > "2016"], cik)
    held = {each.accession: each for each in sample}
    for filing in found:
        assert (filing.cik, filing.form) == (cik, held[filing.accession].form)
        assert filing.filed == int(held[filing.accession].day)


@pytest.mark.parametrize("cut", [1, 2, 4, 1000])
def test_a_company_s_list_with_pages(
    serve: Callable[..., Edgar], lists_of: MakeLists, sample: list[Held], cut: int
) -> None:
    edgar = serve(sample, page=cut)
    assert numbers(lists_of(edgar).filings(WantedFilings(frozenset({"9000417"})))) == expected(sample, "9000417")


def test_only_pages_of_the_days_wanted_are_asked_for(
    serve: Callable[..., Edgar], lists_of: MakeLists, sample: list[Held]
) -> None:
    edgar = serve(sample, page=3)
    wanted = WantedFilings(frozenset({"9000417"}), filed=(20090101, 20091231))
    assert numbers(lists_of(edgar).filings(wanted, (ListKind.COMPANY,))) == expected(sample, "9000417", filed="2009")
    assert len(edgar.paths("-submissions-")) == 1


def test_a_list_that_changes_between_its_pages_loses_nothing(serve: Callable[..., Edgar], lists_of: MakeLists) -> None:
    """A filing comes in when the first page was read: another moves from there to the second, and so on."""
    edgar = serve([made_up(number, filed=f"2024-05-{number:02}") for number in range(1, 10)], page=3)
    before = [each.accession for each in edgar.held]
    late = made_up(10, filed="2024-05-10")

    def comes(path: str) -> None:
        if "submissions-001" in path and late not in edgar.held:
            edgar.held.append(late)

    edgar.before = comes
    lists = lists_of(edgar)
    found = numbers(lists.filings(WantedFilings(frozenset({"9000001"}))))
    assert found == sorted([*before, late.accession])
    assert lists.gaps == []


def test_a_page_that_is_missing_is_said(serve: Callable[..., Edgar], lists_of: MakeLists) -> None:
    edgar = serve([made_up(number, filed=f"2024-05-{number:02}") for number in range(1, 10)], page=3)
    edgar.gone.add("/submissions/CIK0009000001-submissions-001.json")
    lists = lists_of(edgar)
    assert len(numbers(lists.filings(WantedFilings(frozenset({"9000001"}))))) == 6
    assert lists.gaps == [
        "EDGAR has no /submissions/CIK0009000001-submissions-001.json, which the list of CIK 9000001 names"
    ]


def test_the_current_list_changes_between_its_pages(serve: Callable[..., Edgar], lists_of: MakeLists) -> None:
    edgar = serve([made_up(number, filed="2024-05-07") for number in range(250)])
    before = expected(edgar.held)
    edgar.before = lambda path: edgar.held.append(made_up(1000 + len(edgar.asked), filed="2024-05-08"))
    found = numbers(lists_of(edgar).filings(WantedFilings(), (ListKind.CURRENT,)))
    assert set(before) <= set(found)
    assert len(edgar.paths("getcurrent")) < 10


def test_a_filing_of_several_parties_comes_for_each(edgar: Edgar, lists_of: MakeLists, sample: list[Held]) -> None:
    rows = list(lists_of(edgar).filings(WantedFilings(filed=(20230711, 20230711)), (ListKind.DAY,)))
    assert len(rows) == 26
    assert len(numbers(rows)) == 1


# Which lists


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [
        (WantedFilings(frozenset({"1"})), ("company",)),
        (WantedFilings(frozenset({"1", "2"}), filed=(20240101, 20240331)), ("company",)),
        (WantedFilings(frozenset(map(str, range(1, 50))), filed=(20240101, 20240331)), ("quarter",)),
        (WantedFilings(forms=("8-K",), filed=(20240101, 20240331)), ("quarter",)),
        (WantedFilings(forms=("8-K",), filed=(20240603, 20240603)), ("quarter", "day")),
        (WantedFilings(forms=("8-K",), filed=(20250225, None)), ("quarter", "day")),
        (WantedFilings(forms=("8-K",)), ("quarter",)),
    ],
)
def test_the_shortest_way(edgar: Edgar, lists_of: MakeLists, wanted: WantedFilings, kinds: tuple[str, ...]) -> None:
    assert lists_of(edgar).shortest(wanted) == kinds


def test_a_row_of_one_index_only_is_found(serve: Callable[..., Edgar], lists_of: MakeLists) -> None:
    edgar = serve([made_up(number) for number in range(1, 4)])
    one, two, _ = (each.accession for each in edgar.held)
    edgar.only_in = {one: "full", two: "daily"}
    found = numbers(lists_of(edgar).filings(WantedFilings(filed=(20240507, 20240507))))
    assert found == expected(edgar.held)


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_quarter_has_its_index_in_one_form_at_least(
    edgar: Edgar, lists_of: MakeLists, sample: list[Held], number: int
) -> None:
    names = ("master.gz", "master.idx", "form.gz", "form.idx", "company.gz")
    edgar.gone = {f"/Archives/edgar/full-index/2017/QTR2/{name}" for name in names[:number]}
    found = lists_of(edgar).filings(WantedFilings(filed=(20170401, 20170630)), (ListKind.QUARTER,))
    assert numbers(found) == expected(sample, filed="2017")


def test_days_that_have_only_a_compressed_index(serve: Callable[..., Edgar], lists_of: MakeLists) -> None:
    held = [made_up(1, filed="2011-07-05")]
    edgar = serve(held)
    folder = "/Archives/edgar/daily-index/2011/QTR3"
    names = ["company.20110705.idx.gz", "master.20110705.idx.gz", "master.20110706.idx.Z"]
    edgar.texts[f"{folder}/index.json"] = json.dumps(
        {"directory": {"item": [{"name": each} for each in names]}}
    ).encode()
    edgar.texts[f"{folder}/master.20110705.idx.gz"] = gzip.compress(master(held, hyphens=False))
    assert numbers(lists_of(edgar).filings(WantedFilings(filed=(20110701, 20110731)), (ListKind.DAY,))) == expected(
        held
    )


def test_a_quarter_without_an_index_is_said(edgar: Edgar, lists_of: MakeLists) -> None:
    lists = lists_of(edgar)
    assert list(lists.filings(WantedFilings(filed=(20160101, 20160331)), (ListKind.QUARTER,))) == []
    assert lists.gaps == ["EDGAR has no index of 2016, quarter 1"]


def test_a_company_that_edgar_does_not_know_is_said(edgar: Edgar, lists_of: MakeLists) -> None:
    lists = lists_of(edgar)
    assert numbers(lists.filings(WantedFilings(frozenset({"1", "9012704"})), (ListKind.COMPANY,)))
    assert lists.gaps == ["EDGAR has no list of filings for CIK 1"]


def test_an_index_that_came_damaged_is_had_once_more(edgar: Edgar, lists_of: MakeLists, sample: list[Held]) -> None:
    path = "/Archives/edgar/full-index/2017/QTR2/master.gz"
    edgar.behave(path, "cut")
    wanted = WantedFilings(filed=(20170401, 20170630))
    assert numbers(lists_of(edgar).filings(wanted, (ListKind.QUARTER,))) == expected(sample, filed="2017")
    assert edgar.paths(path) == [path, path]


@pytest.mark.parametrize(
    "content", [b"{}", b"[", b'{"filings": {"recent": {"accessionNumber": [1]}}}', b'{"filings": 3}']
)
def test_a_list_that_makes_no_sense_is_an_error(edgar: Edgar, lists_of: MakeLists, content: bytes) -> None:
    edgar.texts["/submissions/CIK0009012704.json"] = content
    with pytest.raises(DownloadError, match="CIK0009012704"):
        list(lists_of(edgar).filings(WantedFilings(frozenset({"9012704"}))))


def test_a_bulk_archive_that_is_damaged_is_an_error(edgar: Edgar, lists_of: MakeLists) -> None:
    edgar.texts[BULK] = b"PK damaged"
    with pytest.raises(DownloadError, match="damaged"):
        list(lists_of(edgar).filings(WantedFilings(), (ListKind.BULK,)))


@pytest.mark.parametrize(
    ("accession", "cik"), [("0009000101-17-004512", "9012704"), ("0009999999-17-000001", "9999999")]
)
def test_who_filed_a_filing_that_is_known_by_its_number(
    edgar: Edgar, lists_of: MakeLists, accession: str, cik: str
) -> None:
    assert lists_of(edgar).located(ListedFiling(accession, "")).cik == cik


def test_thousands_of_filings_are_listed_in_bounded_memory(serve: Callable[..., Edgar], lists_of: MakeLists) -> None:
    """Four quarters of 25,000 rows each; what is held at a time does not grow with their number."""
    quarters = {f"2024/QTR{number}": 3 * number - 1 for number in (1, 2, 3, 4)}
    edgar = serve([])
    for quarter, month in quarters.items():
        rows = (
            Held(f"0009000001-24-{month * 25_000 + at:06}", "8-K" if at % 20 == 0 else "4", f"2024-{month:02}-14",
                 ((str(1000 + at), f"COMPANY NUMBER {at}"),), b"")
            for at in range(25_000)
        )  # fmt: skip
        edgar.texts[f"/Archives/edgar/full-index/{quarter}/master.idx"] = master(rows)
    lists = lists_of(edgar)
    wanted = WantedFilings(forms=("8-K",), filed=(20240101, 20241231))
    for path in (f"/Archives/edgar/full-index/{quarter}/master.idx" for quarter in quarters):
        lists.copies.file(path)  # what the server holds is not counted
    with closing(Journal.passing()) as journal:
        tracemalloc.start()
        try:
            request = journal.request(str(wanted))
            number = journal.name(request, lists.filings(wanted, (ListKind.QUARTER,)))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert number == 5000
        assert sum(1 for _ in journal.entries(request)) == 5000
    assert peak < 4 << 20
