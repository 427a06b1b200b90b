"""A search as an address says it."""

from datetime import date

import pytest

from search.errors import SearchError
from search.lookups.lookup import Filter
from search.results import Sort
from search.web.search_state import SearchState
from search.web.web_settings import LONGEST_QUERY

TODAY = date(2026, 11, 28)


def state(**fields: str) -> SearchState:
    return SearchState.of(fields.items())


def test_an_address_is_read_and_written() -> None:
    asked = SearchState.of([("q", "orphan drug"), ("form", "8-K"), ("form", "10-K"), ("sic", ""), ("page", "2")])
    assert asked.address() == "/search?q=orphan+drug&form=8-K&form=10-K&page=2"
    assert asked.all("form") == ("8-K", "10-K")
    assert SearchState(()).address() == "/search"


def test_another_filter_begins_at_the_first_page() -> None:
    asked = state(q="license", page="3", sort="filed")
    assert asked.adding("form", "8-K").address() == "/search?q=license&sort=filed&form=8-K"
    assert asked.adding("form", "8-K").adding("form", "8-K") == asked.adding("form", "8-K")
    assert asked.setting("sort", "company").address() == "/search?q=license&sort=company"
    assert asked.setting("page", 4).address() == "/search?q=license&sort=filed&page=4"
    assert asked.dropping("sort").address() == "/search?q=license"
    assert asked.adding("form", "4").adding("form", "5").dropping("form", "4").all("form") == ("5",)


def test_fields_become_filters() -> None:
    lookup = state(q="license", entity="Tessalune", form="8-K,10-K", state="MN", filed="2017..2018").lookup(TODAY)
    assert lookup.query == "license"
    assert lookup.filters == (
        Filter("company", ("Tessalune",)),
        Filter("form", ("8-K", "10-K")),
        Filter("state", ("MN",)),
        Filter("filed", ("2017..2018",)),
    )


@pytest.mark.parametrize(
    ("fields", "filed"),
    [
        ({"filed": "30d"}, "2026-10-29.."),
        ({"filed": "1y"}, "2025-11-28.."),
        ({"from": "2017-01-01"}, "2017-01-01.."),
        ({"to": "2018-12-31"}, "..2018-12-31"),
    ],
)
def test_dates(fields: dict[str, str], filed: str) -> None:
    assert state(**fields).lookup(TODAY).filters == (Filter("filed", (filed,)),)


def test_a_period_and_days_must_both_hold() -> None:
    lookup = state(to="2018-12-31", filed="2017").lookup(TODAY)
    assert lookup.filters == (Filter("filed", ("2017",)), Filter("filed", ("..2018-12-31",)))


def test_a_role_says_whom_the_entity_is_looked_for_among() -> None:
    assert state(entity="Halvorsen", role="owner").lookup(TODAY).filters == (Filter("owner", ("Halvorsen",)),)
    assert state(entity="Halvorsen", role="text").lookup(TODAY).filters == (Filter("company", ("Halvorsen",)),)


@pytest.mark.parametrize("name", ["form", "entity", "cik", "section"])
@pytest.mark.parametrize("value", ["@/etc/passwd", "-@list.csv"])
def test_no_file_of_the_server_is_read(name: str, value: str) -> None:
    with pytest.raises(SearchError, match="command line only"):
        state(**{name: value}).lookup(TODAY)


def test_what_is_wanted() -> None:
    wanted = state(page="3", size="25", sort="filed:asc").wanted()
    assert (wanted.offset, wanted.limit, wanted.sort) == (50, 25, Sort("filed", descending=False))
    assert not wanted.relaxed
    assert state(q="a").wanted().relaxed
    assert state(size="100000").size == 100


@pytest.mark.parametrize(
    "fields",
    [
        {"page": "0"},
        {"page": "-1"},
        {"page": "x"},
        {"page": "1001"},
        {"page": "²"},
        {"size": "0"},
        {"sort": "size"},
        {"sort": "filed:up"},
    ],
)
def test_what_cannot_be_wanted(fields: dict[str, str]) -> None:
    with pytest.raises(SearchError):
        state(**fields).wanted()


def test_bounds() -> None:
    with pytest.raises(SearchError, match="longer than"):
        state(q="a" * (LONGEST_QUERY + 1)).lookup(TODAY)
    with pytest.raises(SearchError, match="more than"):
        SearchState.of([("form", "8-K")] * 201)
