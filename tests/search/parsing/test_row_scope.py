"""Which conditions hold in one and the same row."""

import pytest

from search.parsing.format import format_query
from search.parsing.parser import parse_query
from search.query import nodes as q


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("transaction:P shares:>5", "transaction:=p shares:>5"),
        ("plan transaction:P shares:>5", "plan (transaction:=p shares:>5)"),
        ("transaction:P plan shares:>5", "(transaction:=p shares:>5) plan"),
        ("transaction:P sic:2834 price:1..2", "(transaction:=p price:1..2) sic:=2834"),
        ("(transaction:P price:1) (transaction:S price:2)", "(transaction:=p price:1) (transaction:=s price:2)"),
        ("(transaction:P OR transaction:S) price:1", "(transaction:=p OR transaction:=s) price:1"),
        ("transaction:P -officer-title:treasurer", "transaction:=p -officer_title:treasurer"),
    ],
)
def test_conditions_of_a_group_are_of_one_row(text: str, written: str) -> None:
    assert format_query(parse_query(text)) == written
    assert any(isinstance(part, q.Row) for part in _parts(parse_query(text)))


@pytest.mark.parametrize(
    "text",
    [
        "transaction:P",
        "transaction:P plan",
        "transaction:P -transaction:S",
        "-transaction:P -price:0",
        "owner:maestri -transaction:P",
        "transaction:(P S)",
        "transaction:P OR price:5",
        'owner:="quenby john" transaction:P',
        "company:fernly transaction:P",
    ],
)
def test_what_is_not_bound_to_a_row(text: str) -> None:
    assert not any(isinstance(part, q.Row) for part in _parts(parse_query(text)))


def test_the_owner_beside_a_value_is_that_of_the_row() -> None:
    assert parse_query("owner:quenby transaction:P") == q.Row(
        q.And((q.Field("row_owner", q.Term("quenby", exact=True)), q.Field("transaction", q.Term("p", exact=True))))
    )
    assert parse_query("owner:quenby plan") == q.And((q.Field("owner", q.Term("quenby", exact=True)), q.Term("plan")))


def _parts(query: q.Query) -> tuple[q.Query, ...]:
    return query.parts if isinstance(query, q.And) else (query,)
