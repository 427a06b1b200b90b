"""Decimal numbers as terms: sorted as the numbers are, and read as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.literals.decimals import LARGEST, decimal, decimal_term, millionths

numbers = st.integers(0, LARGEST)


@given(numbers, numbers)
def test_terms_sort_as_the_numbers_do(first: int, second: int) -> None:
    assert (decimal_term(first) < decimal_term(second)) == (first < second)
    assert (decimal_term(first) == decimal_term(second)) == (first == second)


@given(numbers)
def test_a_number_is_read_as_it_is_written(number: int) -> None:
    assert millionths(decimal(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7_000_000),
        ("7.", 7_000_000),
        (".5", 500_000),
        ("1,234,567.25", 1_234_567_250_000),
        ("$12.50", 12_500_000),
        ("5.3%", 5_300_000),
        (" 5 ", 5_000_000),
        ("0.0000004", 0),
        ("1,23", None),
        ("-5", None),
        ("5-6", None),
        ("", None),
        (".", None),
        ("٣", None),
        ("9" * 61, None),
        ("9" * 19, None),
    ],
)
def test_what_is_a_number(text: str, number: int | None) -> None:
    assert millionths(text) == number
