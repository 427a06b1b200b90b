"""What people write for an item, and what the index calls it."""

import pytest

from search.errors import QuerySyntaxError
from search.parsing.parser import parse_query
from search.query.nodes import Field, Or, Prefix, Query, Term, Wildcard
from search.terms.section_names import family, item


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("1A", "1a"),
        ("Item 1A", "1a"),
        ("item1a.", "1a"),
        ("items 7", "7"),
        ("7(a)", "7a"),
        ("9A(T)", "9a"),
        ("7.01", "7.01"),
        ("I.2", "i.2"),
        ("Part I, Item 2", "i.2"),
        ("part ii item 1a", "ii.1a"),
        ("Part II, Item 7A.", "7a"),
        ("Part III - Item 10", "10"),
        ("I.4T", "i.4"),
        ("I.4(T)", "i.4"),
        ("16.K", "16k"),
        ("5.02(b)", "5.02"),
        ("Risk Factors", "risk-factors"),
        ("legal-proceedings", "legal-proceedings"),
        ("MD&A", "mdna"),
        ("Management’s Discussion", "mdna"),
        ("principal stockholders", "ownership"),
    ],
)
def test_an_item_as_people_write_it(typed: str, name: str) -> None:
    assert item(typed.lower()) == name
    assert parse_query(f'section:="{typed}"') == parse_query(f"section:={name}")


@pytest.mark.parametrize(
    "typed", ["banana", "risk factor of life", "item", "1A 7", "2017", "7.001", "part ii", "1..7", "-1", "1l"]
)
def test_what_is_no_item_is_said_so(typed: str) -> None:
    with pytest.raises(QuerySyntaxError, match="a section is named by its item"):
        parse_query(f'section:"{typed}"')


def term(name: str) -> Query:
    return Term(name, exact=True)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("section:2", Or((term("2"), term("i.2"), term("ii.2")))),
        ("section:=2", term("2")),
        ("section:1A", Or((term("1a"), term("i.1a"), term("ii.1a")))),
        ("section:7", term("7")),
        ("section:10", term("10")),
        ("section:2.02", term("2.02")),
        ("section:ii.2", term("ii.2")),
        ("section:7*", Prefix("7")),
        ("section:*", Prefix("")),
        ("section:?a", Wildcard("?a")),
        ("section:7,8", Or((term("7"), term("8")))),
        ("section:(7 OR 8)", Or((term("7"), term("8")))),
    ],
)
def test_what_is_asked_of_the_names(query: str, names: Query) -> None:
    assert parse_query(query) == Field("section", names)


def test_a_beginning_is_in_the_parts_too() -> None:
    assert family("1*") == ("1*", "i.1*", "ii.1*")
    assert family("i*") == ("i*",)
