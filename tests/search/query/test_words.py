"""Which words a leaf stands for."""

import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.nodes import Fuzzy, Leaf, Prefix, Term, Wildcard
from search.query.words import expression, fits, within_edits

WORDS = ("license", "licenses", "licensing", "licensed", "licence", "licensee", "lice", "drug")


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (Term("licensing"), {"license", "licenses", "licensing", "licensed"}),
        (Term("license", exact=True), {"license"}),
        (Prefix("licens"), {"license", "licenses", "licensing", "licensed", "licensee"}),
        (Prefix(""), set(WORDS)),
        (Wildcard("lice??e"), {"license", "licence"}),
        (Wildcard("*se*"), {"license", "licenses", "licensed", "licensee"}),
        (Wildcard("l*s?e"), {"licensee"}),
        (Fuzzy("license", 1), {"license", "licenses", "licensed", "licence", "licensee"}),
        (Fuzzy("drgu", 1), {"drug"}),
    ],
)
def test_a_leaf_stands_for_the_words_that_fit(leaf: Leaf, expected: set[str]) -> None:
    assert set(filter(fits(leaf), WORDS)) == expected


@given(pattern=st.text(alphabet="ab*?", max_size=8), word=st.text(alphabet="ab", max_size=8))
def test_wildcards_are_those_of_the_shell(pattern: str, word: str) -> None:
    assert (expression(pattern).fullmatch(word) is not None) == fnmatchcase(word, pattern)


@pytest.mark.parametrize("pattern", ["a.b", "(a", "[a]", "a\\", "ex-10(*", "^", "$"])
def test_all_else_in_a_pattern_is_itself(pattern: str) -> None:
    assert expression(pattern).fullmatch(pattern.replace("*", "x"))
    assert not expression(pattern).fullmatch("b")


def test_a_pattern_of_many_stars_does_not_backtrack() -> None:
    pattern = "a*" * 64
    assert not expression(pattern + "b").fullmatch("a" * 128)
    assert expression(pattern).fullmatch("a" * 128)


def distance(word: str, other: str) -> int:
    """Optimal string alignment, as defined: the least over the last edit."""
    if not word or not other:
        return len(word) + len(other)
    options = [
        distance(word[:-1], other) + 1,
        distance(word, other[:-1]) + 1,
        distance(word[:-1], other[:-1]) + (word[-1] != other[-1]),
    ]
    if len(word) > 1 and len(other) > 1 and word[-1] == other[-2] and word[-2] == other[-1]:
        options.append(distance(word[:-2], other[:-2]) + 1)
    return min(options)


SHORT = st.text(alphabet="abc", max_size=5)


@given(SHORT, SHORT)
def test_edits_are_counted_as_defined(word: str, other: str) -> None:
    for edits in range(4):
        assert within_edits(word, edits)(other) == (distance(word, other) <= edits)


def test_expressions_are_for_whole_words() -> None:
    assert isinstance(expression("a*"), re.Pattern)
    assert not expression("a?").fullmatch("abc")
