"""Dates, periods and ranges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.literals.dates import Ends, absolute, days, numbers


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


MONDAY = date(2024, 3, 4)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2019-2020", (20190101, 20201231)),
        ("1999 - 2001", (19990101, 20011231)),
        ("30d..", (20240203, None)),
        ("30d", (20240203, 20240304)),
        ("2w..1w", (20240219, 20240226)),
        ("..1y", (None, 20230304)),
        ("1m", (20240204, 20240304)),
        ("today", (20240304, 20240304)),
        ("Yesterday", (20240303, 20240303)),
        ("yesterday..today", (20240303, 20240304)),
        ("this-week", (20240304, 20240310)),
        ("last-week", (20240226, 20240303)),
        ("this-month", (20240301, 20240331)),
        ("last-month", (20240201, 20240229)),
        ("this-quarter", (20240101, 20240331)),
        ("last-quarter", (20231001, 20231231)),
        ("this-year", (20240101, 20241231)),
        ("last year", (20230101, 20231231)),
        ("lastyear", (20230101, 20231231)),
        ("last-year..", (20230101, None)),
        ("2020..last-year", (20200101, 20231231)),
        (">1y", (20230305, None)),
        ("9999y..", (19000301, None)),
    ],
)
def test_ranges_from_today_on(text: str, ends: Ends) -> None:
    found = days(text, today=MONDAY)
    assert found == ends if text != "9999y.." else found[0] and found[0] < 19000201


@pytest.mark.parametrize(("day", "before"), [(date(2024, 2, 29), 20230228), (date(2024, 12, 31), 20231231)])
def test_a_year_ago_is_a_day(day: date, before: int) -> None:
    assert days("1y..", today=day) == (before, None)


@pytest.mark.parametrize("text", ["30x", "last-decade", "tomorrow", "2019-20", "today..yesterday", "30d..1y"])
def test_what_is_no_such_range(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|ends before it begins"):
        days(text, today=MONDAY)


@given(
    st.sampled_from(["30d..", "1y", "last-month", "..today", "2w..1w", ">1m", "<=last-year"]),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
)
def test_written_out_it_says_the_same_on_any_other_day(text: str, today: date) -> None:
    assert days(absolute(text, today=today), today=MONDAY) == days(text, today=today)


def test_what_is_of_no_day_stays_as_it_is() -> None:
    assert [absolute(text) for text in ("2019-2020", "2017Q1..", "", "30x..", "*")] == [
        "2019-2020",
        "2017Q1..",
        "",
        "30x..",
        "*",
    ]
