"""Which points and commas belong to a number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.numerals import canonical, runs, value

NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,15})?(?![\w]|[.,]\d)")


def found(text: str) -> list[str]:
    return [canonical(text[start:end]) for start, end in runs(text)]


@given(st.integers(0, 10**15 - 1), st.integers(0, 10**6), st.sampled_from([" ", "(", "$", "; "]), st.booleans())
def test_any_number_is_one_word(whole: int, behind: int, before: str, grouped: bool) -> None:
    text = f"{whole:,}.{behind}" if grouped else f"{whole}.{behind}"
    assert found(f"{before}{text} a") == [canonical(f"{whole}.{behind}"), "a"]
    assert NUMBER.fullmatch(text)


@pytest.mark.parametrize(
    "text", ["1,2", "1,23", "1234,567", "5.2.1", "1,234,56", "a1.5", "10.2a", "1.5m-2", "1" * 16 + ".5"]
)
def test_what_is_several_words(text: str) -> None:
    assert len(found(text)) > 1


@pytest.mark.parametrize(
    ("word", "expected"), [("1.50", "1.5"), ("1.05", "1.05"), (".00", None), ("10", None), ("a.0", None)]
)
def test_values(word: str, expected: str | None) -> None:
    assert value(word) == expected
