"""What shares a stem, and what does not."""

import pytest

from indexer.analysis.stemming import stem


@pytest.mark.parametrize(
    ("one", "other"), [("license", "licensing"), ("company", "companies"), ("acquire", "acquired")]
)
def test_inflections_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("21.50", "21.5"), ("5.00", "5"), ("0000320193", "320193"), ("-nonrecourse", "nonrecourse")]
)
def test_numbers_of_one_value_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("5.02", "502"), ("10.1", "10.01"), ("0012", "12"), ("$5", "5")])
def test_other_numbers_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)
