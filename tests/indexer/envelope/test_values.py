from datetime import date, datetime

import pytest

from indexer.envelope import values
from indexer.envelope.values import Sic


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("19940131", date(1994, 1, 31)),
        ("20170308160221", date(2017, 3, 8)),
        ("20170229", None),
        ("2017030", None),
        ("2017-03-08", None),
        ("²0170308", None),
        ("", None),
    ],
)
def test_day(value: str, expected: date | None) -> None:
    assert values.day(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("20170308160221", datetime(2017, 3, 8, 16, 2, 21)),
        ("201703081602", datetime(2017, 3, 8, 16, 2)),
        ("20170308", datetime(2017, 3, 8)),
        ("20170308256161", None),
        ("20170308 16:02", None),
    ],
)
def test_moment(value: str, expected: datetime | None) -> None:
    assert values.moment(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("PHARMACEUTICAL PREPARATIONS [2834]", Sic("2834", "PHARMACEUTICAL PREPARATIONS")),
        ("[6331]", Sic("6331", "")),
        ("[6331", Sic("6331", "")),
        ("AGRICULTURE [100]", Sic("0100", "AGRICULTURE")),
        ("3571", Sic("3571", "")),
        ("[]", Sic("", "")),
        ("0000", Sic("0000", "")),
        ("NO CODE", None),
        ("[12345]", None),
    ],
)
def test_sic(value: str, expected: Sic | None) -> None:
    assert values.sic(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1934 Act", "34"),
        ("34", "34"),
        ("1940 ACT", "40"),
        ("Dodd Frank Act", "Dodd Frank Act"),
        ("DF", "Dodd Frank Act"),
        ("", ""),
        ("Trust Indenture", "Trust Indenture"),
    ],
)
def test_act(value: str, expected: str) -> None:
    assert values.act(value) == expected


def test_cik() -> None:
    assert values.cik("9990001") == "0009990001"
    assert values.cik("00099900011") is None
    assert values.cik("MOMUS") is None


def test_irs_number_loses_its_hyphen_only_when_it_is_a_number() -> None:
    assert values.irs_number("99-0000001") == "990000001"
    assert values.irs_number("NOT-ASSIGNED") == "NOT-ASSIGNED"


def test_text_is_decoded_whatever_its_bytes() -> None:
    assert values.text_of("Société".encode()) == "Société"
    assert values.text_of("Société".encode("cp1252")) == "Société"
    assert len(values.text_of(bytes(range(256)))) == 256
