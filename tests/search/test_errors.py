"""Errors draw themselves so that the marker stands under what is wrong, on any terminal."""

import pytest

from indexer.errors import MARGIN, clipped
from search.errors import QuerySyntaxError, marked


@pytest.mark.parametrize(
    ("source", "span", "line", "marker"),
    [
        ("orphan OR", (7, 9), "orphan OR", "       ^^"),
        ("", (0, 0), "", "^"),
        ("ab", (2, 2), "ab", "  ^"),
        ("a\tb\nc)", (5, 6), "a b c)", "     ^"),
        ("\x1b[31m)", (5, 6), " [31m)", "     ^"),
        ("医薬品 )", (4, 5), "医薬品 )", "       ^"),
        ("e\u0301 )", (3, 4), "e\u0301 )", "  ^"),
        ("אבג OR", (4, 6), "אבג [OR]", "at character 5"),
        ("a\u202eb )", (4, 5), "a b )", "    ^"),
    ],
)
def test_the_marker_stands_under_the_span(source: str, span: tuple[int, int], line: str, marker: str) -> None:
    assert marked(source, span) == (line, marker)


def test_a_long_query_is_cut_around_the_span() -> None:
    line, marker = marked("x" * 500 + "!" + "y" * 500, (500, 501))
    assert line == "…" + "x" * 24 + "!" + "y" * 22 + "…"
    assert len(line) < 78
    assert line[marker.index("^")] == "!"
    line, marker = marked("(" + "z" * 9999, (0, 10_000))
    assert len(line) < 200
    assert len(marker) < 200


def test_an_error_is_its_message_the_query_and_the_marker() -> None:
    error = QuerySyntaxError("there is no ( for this )", "a)", (1, 2))
    assert str(error) == "there is no ( for this )\n  a)\n   ^"


def test_long_words_are_cut_in_messages() -> None:
    assert clipped("a" * MARGIN) == "a" * MARGIN
    assert clipped("a" * 99) == "a" * MARGIN + "…"
