"""Words like `of` need not occur beside others."""

import pytest

from search.parsing.format import format_query
from search.parsing.parser import parse_query
from search.query import nodes as q

FREE = q.AtLeast((q.Term("of"),), 0)


@pytest.mark.parametrize("text", ["group of", "of -fund group", "section:1A group of", "(group of) OR fund"])
def test_beside_other_words_it_need_not_be_there(text: str) -> None:
    found = parse_query(text)
    assert FREE in list(_below(found))
    assert parse_query(format_query(found)) == found


@pytest.mark.parametrize(
    "text",
    ["of", "of the", "=of group", '"of" group', "(of) group", "of AND group", "of -fund", "of form:4", "of*", "-of"],
)
def test_alone_or_marked_it_must(text: str) -> None:
    found = parse_query(text)
    assert not any(isinstance(part, q.AtLeast) for part in _below(found))
    assert parse_query(format_query(found)) == found


def test_exactly_as_typed_it_must() -> None:
    assert not any(isinstance(part, q.AtLeast) for part in _below(parse_query("group of", exact=True)))


def _below(query: q.Query) -> list[q.Query]:
    from search.query.walk import nodes

    return [node for node, _ in nodes(query)]
