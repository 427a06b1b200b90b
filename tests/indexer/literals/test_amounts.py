"""Dollar amounts as texts write them, in cents."""

import pytest

from indexer.literals.amounts import amounts, cents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$1.5M or $1.5 million or $1,500,000", ["150000000"]),
        ("US$ 1.5 mm, ($1.5MM)", ["150000000"]),
        ("$2.25\nbillion", ["225000000000"]),
        ("$3-million notes", ["300000000"]),
        ("$.01 par, $0.0001 par", ["1", "0"]),
        ("$ (1,318)", ["131800"]),
        ("$5 mills", ["500"]),
        ("$1,2", ["100"]),
        ("5 million, £5, 5%", []),
        ("between $1 and $2 million", ["100", "200000000"]),
        ("$" + "9" * 40, ["999999999999999" + "00"]),
    ],
)
def test_amounts_of_a_text(text: str, expected: list[str]) -> None:
    assert sorted(amounts(text)) == sorted(expected)


@pytest.mark.parametrize("scale", ["k", " thousand", "K", "\nThousand"])
def test_scales_are_read_in_any_case(scale: str) -> None:
    assert cents("1.25", scale) == "125000"
