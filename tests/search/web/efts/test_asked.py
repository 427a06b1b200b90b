"""The parameters of EDGAR full-text search, as a question."""

from datetime import date

import pytest

from search.errors import SearchError
from search.lookups.lookup import Filter, filter_tree
from search.query import nodes as q
from search.web.efts.asked import BLANK, DEEPEST, full_text_request

TODAY = date(2026, 1, 31)
WORD = q.Term("merger", exact=True)


def asked(**given: str) -> q.Query:
    return full_text_request({name.rstrip("_"): value for name, value in given.items()}, TODAY).query


def filed(span: str) -> q.Query:
    return q.And((WORD, filter_tree(Filter("filed", (span,)))))


@pytest.mark.parametrize(
    ("given", "span"),
    [
        ({"startdt": "2017-01-02", "enddt": "2017-03-04"}, "2017-01-02..2017-03-04"),
        ({"dateRange": "custom", "startdt": "2017-01-02"}, "2017-01-02.."),
        ({"dateRange": "custom", "enddt": "2017-01-02"}, "..2017-01-02"),
        ({"dateRange": "30d"}, "2026-01-01..2026-01-31"),
        ({"dateRange": "1y", "startdt": "1999-01-01"}, "2025-01-31..2026-01-31"),
        ({"startdt": "2017-01-02", "enddt": "2017-01-02"}, "2017-01-02"),
    ],
)
def test_both_dates_hold_each_for_itself(given: dict[str, str], span: str) -> None:
    assert asked(q="merger", **given) == filed(span)


def test_days_the_wrong_way_round_are_none() -> None:
    query = asked(q="merger", startdt="2020-01-02", enddt="2020-01-01")
    assert query == q.And((WORD, q.Field("filed", q.Range(20200102, 20200101))))


def test_all_is_all() -> None:
    assert asked(q="merger", dateRange="all", startdt="2001-01-01", enddt="2020-01-01") == WORD


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("mergers", q.Term("mergers", exact=True)),
        ("%22merger%20agreement%22", q.Phrase((q.Term("merger", exact=True), q.Term("agreement", exact=True)))),
        ('"0009000101-17-004512"', q.Field("accession", q.Term("0009000101-17-004512", exact=True))),
        ("5% of 100%", asked(q="5% of 100%")),
    ],
)
def test_keywords_are_exact_and_may_be_encoded_twice(typed: str, query: q.Query) -> None:
    assert asked(q=typed) == query


@pytest.mark.parametrize(
    ("given", "filters"),
    [
        ({"forms": "10-K,-10-K/A"}, 2),
        ({"forms": "", "category": "form-cat2"}, 1),
        ({"category": "custom", "forms": "4"}, 1),
        ({"category": "form-cat1", "forms": "4"}, 1),
        ({"ciks": "0000320193,1326801"}, 1),
        ({"entityName": 'Wrexley "Industries"'}, 1),
        ({"locationCodes": "CA,X1", "locationCode": "NY"}, 1),
        ({"locationCode": "CA", "locationType": "incorporated"}, 1),
        ({"locationCode": "all", "sics": "2834", "items": "5.02,7.01"}, 2),
        ({"filter_forms": "10-K", "filter_ciks": "0000320193", "filter_location": "CA"}, 3),
    ],
)
def test_filters(given: dict[str, str], filters: int) -> None:
    query = asked(q="merger", **given)
    assert isinstance(query, q.And)
    assert len(query.parts) == 1 + filters


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, BLANK),
        ({"dateRange": "all", "category": "custom", "locationCode": "all"}, BLANK),
        ({"startdt": "2017-01-01", "enddt": "2017-12-31"}, BLANK),
        ({"q": "x", "startdt": "2017-13-01"}, "startdt=2017-13-01: a day is written"),
        ({"q": "x", "dateRange": "3y"}, "dateRange=3y"),
        ({"q": "x", "from_": "-1"}, "from=-1"),
        ({"q": "x", "from_": str(DEEPEST + 1)}, f"from={DEEPEST + 1}: hits can be reached up to 100,000"),
        ({"q": "x", "ciks": "apple"}, "ciks=apple: a CIK has at most ten digits"),
        ({"q": "x" * 5_000}, "q: more than 4,000 characters"),
        ({"q": "x", "ciks": "1," * 1_001}, "ciks: more than 1,000 values"),
        ({"q": "x", "forms": "--"}, "forms: 1 to 1,000 form types"),
    ],
)
def test_what_cannot_be_asked_is_said(given: dict[str, str], said: str) -> None:
    with pytest.raises(SearchError) as refused:
        asked(**given)
    assert str(refused.value).startswith(said)


def test_files_of_the_server_are_not_read() -> None:
    assert asked(q="x", entityName="@/etc/passwd") == asked(q="x", entityName="/etc/passwd")
