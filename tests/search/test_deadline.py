"""A search that takes longer than it may ends in an error, whatever it was doing, and gives no part of an answer."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.errors import UnusableIndexError
from search import deadline
from search.ask import Index, Wanted
from search.ask import search as ask
from search.cli import commands
from search.deadline import check, fail_after
from search.errors import SearchTimeoutError
from search.lookups.lookup import Lookup

QUERIES = [
    "license",
    "lic*",
    "*e* OR l?cense",
    "license~1",
    '"orphan drug"',
    "orphan NEAR(5) drug",
    "section:1A climate NEAR(3) risk",
    "NOT lic*",
]


def test_nothing_is_bounded_outside_of_a_block() -> None:
    with fail_after(0), pytest.raises(SearchTimeoutError):
        check()
    check()
    with fail_after(None):
        check()


def test_the_earlier_of_two_bounds_holds() -> None:
    with fail_after(0), fail_after(1000), pytest.raises(SearchTimeoutError, match="longer than 0 s"):
        check()
    with fail_after(1000):
        with fail_after(0), pytest.raises(SearchTimeoutError):
            check()
        check()


@pytest.mark.parametrize("query", QUERIES)
def test_a_search_without_time_has_no_answer(sample_index: Path, query: str) -> None:
    with pytest.raises(SearchTimeoutError):
        ask(query, sample_index, timeout=0)
    with Index(sample_index, timeout=0) as index:
        for ask_for in (index.find, index.totals, index.hits, index.coverage):
            with pytest.raises(SearchTimeoutError):
                ask_for(Lookup(query))


@pytest.mark.parametrize("query", QUERIES)
def test_time_may_run_out_at_any_step(sample_index: Path, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock goes on by a second with each look at it: every bound falls between two other steps."""
    with Index(sample_index) as index:
        expected = index.search(query)
    gave_up = 0
    for seconds in [1, 2, 3, 5, *(8 * 2**power for power in range(12))]:
        ticks = iter(range(10_000))
        monkeypatch.setattr(deadline.time, "monotonic", lambda ticks=ticks: next(ticks))
        with Index(sample_index) as index:
            try:
                found = index.search(query, timeout=seconds)
            except SearchTimeoutError:
                gave_up += 1
                assert replace(index.search(query), seconds=0) == replace(expected, seconds=0)
                continue
        assert replace(found, seconds=0) == replace(expected, seconds=0)
        break
    else:
        pytest.fail("the time never sufficed")
    assert gave_up


def test_printing_takes_as_long_as_it_takes(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(deadline.time, "monotonic", lambda: now[0])
    with Index(sample_index, timeout=5) as index:
        hits = index.hits(Lookup("license"), Wanted(limit=None))
        now[0] = 60.0
        assert len(list(hits)) == index.totals(Lookup("license")).filings


@pytest.mark.parametrize("mode", [(), ("--count",), ("--all",), ("--explain",), ("--csv",), ("--counts",)])
def test_the_command_says_so(sample_index: Path, mode: tuple[str, ...]) -> None:
    ran = CliRunner().invoke(commands, ["license", "--timeout", "0", "--index", str(sample_index), *mode])
    assert isinstance(ran.exception, SearchTimeoutError)
    assert ran.stdout == ""
    assert "longer than 0 s" in str(ran.exception)


def test_a_closed_index_says_that_it_is(sample_index: Path) -> None:
    with Index(sample_index) as index:
        index.search("license")
    index.close()
    for ask_for in (
        lambda: index.search("license"),
        lambda: index.text("a:b"),
        lambda: index.header("a"),
        lambda: index.coverage(Lookup("license")),
    ):
        with pytest.raises(UnusableIndexError, match="has been closed"):
            ask_for()
    with pytest.raises(UnusableIndexError, match="has been closed"):
        index.manifest.status()
