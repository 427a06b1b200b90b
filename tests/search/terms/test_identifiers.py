"""Identifiers in one piece and in parts."""

import pytest

from search.terms.identifiers import TYPED, has_check_digit, spellings


@pytest.mark.parametrize("typed", ["98Q76K100", "98q76k 10 0", "98Q76K-10-0", "98Q76K 100", "98Q76K10 0"])
def test_a_cusip_in_all_its_ways(typed: str) -> None:
    assert set(spellings(typed)) == {("98q76k", "10", "0"), ("98q76k100",), ("98q76k", "100"), ("98q76k10", "0")}


@pytest.mark.parametrize(
    "typed", ["98Q76K101", "Q98Q76100", "98Q76K 10", "license", "10-K", "2017-04-18", "24/7", "1,234"]
)
def test_what_is_no_identifier(typed: str) -> None:
    assert spellings(typed) == ()


def test_one_check_digit_in_ten_is_right() -> None:
    assert sum(has_check_digit(f"98Q76K10{digit}") for digit in range(10)) == 1


@pytest.mark.parametrize(
    "typed", ["(212) 555-0134", "212-555-0134", "212.555.0134", "2125550134", "+1 212 555 0134", "212/555-0134"]
)
def test_a_telephone_number_in_all_its_ways(typed: str) -> None:
    assert {("212", "555", "0134"), ("2125550134",)} < set(spellings(typed))


@pytest.mark.parametrize("typed", ["001-99001", "1-99001", "00199001"])
def test_a_file_number_with_zeros_and_without(typed: str) -> None:
    assert {("001", "99001"), ("1", "99001"), ("00199001",)} == set(spellings(typed))


@pytest.mark.parametrize(("text", "whole"), [("98Q76K 10 0 and", "98Q76K 10 0"), ("(212) 555-0134)", "(212) 555-0134")])
def test_those_with_blanks_are_one_word_of_a_query(text: str, whole: str) -> None:
    match = TYPED.match(text)
    assert match and match.group() == whole
