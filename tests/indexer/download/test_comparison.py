"""What is missing from an index, by EDGAR's own lists."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from indexer.download.comparison import Comparison, missing
from indexer.download.lists import ListKind, Lists
from indexer.download.wanted import WantedFilings
from indexer.errors import NoIndexError
from indexer.http.client import Client
from indexer.http.copies import Copies
from indexer.http.site import Site
from tests.indexer.download.server import Edgar, made_up

WREXLEY = WantedFilings(frozenset({"9000417"}))


@pytest.fixture
def lists(client: Client, cache: Path) -> Lists:
    return Lists(Copies.of(client, cache))


def test_an_index_that_has_all_of_a_company(sample_index: Path, lists: Lists) -> None:
    found = missing(sample_index, WREXLEY, lists)
    assert (found.listed, found.here, found.missing, found.gaps) == (15, 15, (), ())
    assert found.as_of and abs((datetime.now(UTC) - found.as_of).total_seconds()) < 3600


def test_what_an_index_lacks(sample_index: Path, edgar: Edgar, lists: Lists) -> None:
    edgar.held += [
        made_up(1, cik=9000417, filed="2024-05-07"),
        made_up(2, cik=9000417, form="10-Q", filed="2024-08-07"),
    ]
    found = missing(sample_index, WREXLEY, lists)
    assert (found.listed, found.here) == (17, 15)
    assert [(each.accession, each.form, each.filed) for each in found.missing] == [
        ("0009000417-24-000002", "10-Q", 20240807),
        ("0009000417-24-000001", "8-K", 20240507),
    ]
    some = missing(sample_index, WantedFilings(frozenset({"9000417"}), ("8-K",), (20240101, 20241231)), lists)
    assert (some.listed, some.here, len(some.missing)) == (2, 1, 1)


@pytest.mark.parametrize("kind", [ListKind.QUARTER, ListKind.DAY, ListKind.BULK])
def test_by_whatever_list(sample_index: Path, lists: Lists, kind: ListKind) -> None:
    wanted = WantedFilings(frozenset({"9012704"}), filed=(20170101, 20191231))
    found = missing(sample_index, wanted, lists, kinds=(kind,))
    assert (found.listed, found.here) == (4, 4)


def test_a_filing_of_several_parties_counts_once(sample_index: Path, lists: Lists) -> None:
    found = missing(sample_index, WantedFilings(filed=(20230711, 20230711)), lists)
    assert (found.listed, found.here) == (1, 1)


def test_offline_every_list_that_was_not_kept_is_named(sample_index: Path, edgar: Edgar, cache: Path) -> None:
    """Also those that EDGAR need not have: what was not asked may be there."""
    lists = Lists(Copies.offline(Site.at(edgar.url), cache), today=date(2023, 7, 12))
    assert missing(sample_index, WantedFilings(filed=(20230711, None)), lists).gaps == (
        "no index of 2023, quarter 3 was kept", "no list of the daily indexes of 2023, quarter 3 was kept"
    )  # fmt: skip


def test_offline_by_the_lists_that_were_kept(sample_index: Path, edgar: Edgar, lists: Lists, cache: Path) -> None:
    offline = Copies.offline(Site.at(edgar.url), cache)
    assert missing(sample_index, WREXLEY, Lists(offline)) == Comparison(
        0, 0, (), None, ("no list of filings for CIK 9000417 was kept",)
    )
    online = missing(sample_index, WREXLEY, lists)
    edgar.asked.clear()
    assert missing(sample_index, WREXLEY, Lists(offline)) == online
    assert edgar.asked == []


def test_without_lists_those_of_edgar_that_were_kept_are_meant(sample_index: Path) -> None:
    assert missing(sample_index, WREXLEY).as_of is None


def test_there_must_be_an_index(tmp_path: Path, lists: Lists) -> None:
    with pytest.raises(NoIndexError):
        missing(tmp_path / "none", WREXLEY, lists)
