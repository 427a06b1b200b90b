"""Which words a `section:` bounds."""

import pytest

from search.parsing.parser import parse_query
from search.parsing.section_scope import asks_text
from search.query.nodes import And, Field, Not, Or, Phrase, Query, Term, Within

CLIMATE, FLOOD = Term("climate"), Term("flood")
SEVEN, EIGHT = Term("7", exact=True), Term("8", exact=True)
FORM = Field("form", Term("4", exact=True))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("section:7 climate", Within(SEVEN, CLIMATE)),
        ("climate section:7", Within(SEVEN, CLIMATE)),
        ("climate AND section:7 AND flood", Within(SEVEN, And((CLIMATE, FLOOD)))),
        ("section:7 -climate", Within(SEVEN, Not(CLIMATE))),
        ('section:7 "climate flood"', Within(SEVEN, Phrase((Term("climate", True), Term("flood", True))))),
        ("section:7 form:=4", And((Field("section", SEVEN), FORM))),
        ("section:7 climate form:=4", And((Within(SEVEN, CLIMATE), FORM))),
        ("section:7 *:*", And((Field("section", SEVEN), parse_query("*:*")))),
        ("-section:7 climate", And((Not(Field("section", SEVEN)), CLIMATE))),
        ("section:7 OR climate", Or((Field("section", SEVEN), CLIMATE))),
        ("section:7 climate OR flood", Or((Within(SEVEN, CLIMATE), FLOOD))),
        ("(section:7 climate) flood", And((Within(SEVEN, CLIMATE), FLOOD))),
        ("section:7 (climate OR flood)", Within(SEVEN, Or((CLIMATE, FLOOD)))),
        ("section:7 (climate OR form:=4)", Within(SEVEN, Or((CLIMATE, FORM)))),
        ("section:(7 OR 8) climate", Within(Or((SEVEN, EIGHT)), CLIMATE)),
        ("(section:7 OR section:8) climate", Within(Or((SEVEN, EIGHT)), CLIMATE)),
        ("section:7 section:8 climate", And((Within(SEVEN, CLIMATE), Within(EIGHT, CLIMATE)))),
        ("section:(7 8) climate", And((Within(SEVEN, CLIMATE), Within(EIGHT, CLIMATE)))),
        ("section:7 section:8", And((Field("section", SEVEN), Field("section", EIGHT)))),
        ("section:8 (section:7 climate)", Within(EIGHT, Within(SEVEN, CLIMATE))),
        ("section:7**2 climate", Within(SEVEN, CLIMATE)),
        ("section:(7 -8) climate", And((Field("section", And((SEVEN, Not(EIGHT)))), CLIMATE))),
        ("section:7 text:climate", Within(SEVEN, CLIMATE)),
        ("title:(section:7 climate)", Field("title", And((Field("section", SEVEN), CLIMATE)))),
    ],
)
def test_a_section_bounds_the_words_of_its_group(query: str, tree: Query) -> None:
    assert parse_query(query) == tree


def test_what_is_bounded_asks_the_text() -> None:
    assert asks_text(parse_query("section:7 climate"))
    assert not asks_text(parse_query("section:7 form:4"))
