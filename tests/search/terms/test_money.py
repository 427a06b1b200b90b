"""Amounts as people type them."""

import pytest

from search.parsing.format import format_query
from search.parsing.parser import parse_query
from search.query import nodes as q
from search.terms.money import amount


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("1500000", q.Term("150000000", exact=True)),
        ("$1,500,000.50", q.Term("150000050", exact=True)),
        ("1.5 million", q.Term("150000000", exact=True)),
        ("1m..2m", q.Range(100_000_000, 200_000_000)),
        ("..5", q.Range(None, 500)),
        ("5..", q.Range(500, None)),
        (">5", q.Range(501, None)),
        ("<=.01", q.Range(None, 1)),
    ],
)
def test_amounts_and_ranges(typed: str, query: q.Query) -> None:
    assert amount(typed) == query
    asked = q.Field("amount", query)
    assert parse_query(format_query(asked)) == asked


@pytest.mark.parametrize("typed", ["banana", "1..2..3", "-5", "2m..1m", ">x"])
def test_what_is_no_amount(typed: str) -> None:
    with pytest.raises(ValueError, match=r"amount|ends before"):
        amount(typed)
