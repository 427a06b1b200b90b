"""Dates, periods and ranges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.dates import Ends, days, numbers


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2017", (20170101, 20171231)),
        ("2017-02", (20170201, 20170228)),
        ("2016-02", (20160201, 20160229)),
        ("2017/03", (20170301, 20170331)),
        ("2017-03-08", (20170308, 20170308)),
        ("20170308", (20170308, 20170308)),
        ("2017.03.08", (20170308, 20170308)),
        ("201703", (20170301, 20170331)),
        ("2017Q1", (20170101, 20170331)),
        ("2017-q4", (20171001, 20171231)),
        ("2017-01..2017-06", (20170101, 20170630)),
        ("2017..2017", (20170101, 20171231)),
        ("2017-03-08..2017-03-08", (20170308, 20170308)),
        ("2017Q1..2017Q2", (20170101, 20170630)),
        ("2017..", (20170101, None)),
        ("..2017", (None, 20171231)),
        ("2017..*", (20170101, None)),
        ("..", (None, None)),
        ("*", (None, None)),
        (">=2020", (20200101, None)),
        (">2019", (20200101, None)),
        (">2020-02-28", (20200229, None)),
        (">2019-12-31", (20200101, None)),
        ("<2019-03", (None, 20190228)),
        ("<2019", (None, 20181231)),
        ("<=2019-03", (None, 20190331)),
        ("=2019", (20190101, 20191231)),
        (">=2020Q3", (20200701, None)),
        (" 2017 ", (20170101, 20171231)),
    ],
)
def test_days(text: str, ends: Ends) -> None:
    assert days(text) == ends


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "x",
            "17",
            "2017-1",
            "2017-00",
            "2017-13",
            "2017-02-29",
            "2017-04-31",
            "2017-01-00",
            "2017-01-32",
            "2017Q5",
        ),
        *("1899", "2100", "0000", "03/08/2017", "March 2017", "2018..2017", "2017-02..2017-01", ">", "..x", "x.."),
        *("２０１７", "2017-01-01-01", "20170101..2016", "2017...2018", "<>2017", "2017-01-01T00:00"),
    ],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|ends before"):
        days(text)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("3", (3, 3)),
        ("0012", (12, 12)),
        ("2..5", (2, 5)),
        ("2..", (2, None)),
        (">1", (2, None)),
        ("<=4", (None, 4)),
        ("<4", (None, 3)),
    ],
)
def test_numbers(text: str, ends: Ends) -> None:
    assert numbers(text) == ends


@pytest.mark.parametrize("text", ["", "x", "1.5", "-1", "5..2", "1" * 10, "²"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a number|ends before"):
        numbers(text)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_itself(day: date) -> None:
    number = int(f"{day:%Y%m%d}")
    assert days(f"{day:%Y-%m-%d}") == days(f"{day:%Y%m%d}") == (number, number)
    month, year = days(f"{day:%Y-%m}"), days(f"{day:%Y}")
    assert sorted([*year, *month, number]) == [year[0], month[0], number, month[1], year[1]]
