"""Dates and ranges as a query spells them, text in, a pair of numbers out; and the time. No field and no tree.

What is said from today on (`30d..`, `last-year`) is of the day on which it is read; `absolute` writes it as dates.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from indexer.errors import clipped
from indexer.first_use import regex
from indexer.literals.decimals import millionths

Ends: TypeAlias = tuple[int | None, int | None]
"""Both included; None is open. Days are the number YYYYMMDD."""

FIRST_YEAR, LAST_YEAR = 1900, 2099
_PERIOD = regex(r"(\d{4})(?:[-/.]?(\d\d)(?:[-/.]?(\d\d))?|[-/]?[qQ]([1-4]))?", re.ASCII)
_YEARS = regex(r"((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)", re.ASCII)
"""From a year to a year: no month is 19 or 20."""
_AGO = regex(r"(\d{1,4})(d|w|m|y)", re.ASCII)
_NAMED = regex(r"(this|last)[-_ ]?(week|month|quarter|year)|(today|yesterday)", re.ASCII)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_COMPARED = regex(r"(>=|<=|>|<|=)?(.*)", re.DOTALL)


def now() -> str:
    """Tell the time, to the second: ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def days(text: str, *, today: date | None = None) -> Ends:
    """Read a date, a period, or a range of them as its first and last day; ValueError says what is wrong.

    From `today` on, which is the day of this machine where it is not given, count `30d` (also `w`, `m` and `y`: so long
    ago, and until today where it stands alone), `today`, `yesterday`, and `this-` or `last-` before `week`, `month`,
    `quarter`, `year`.

    >>> days("2017"), days("2017-02"), days("2017Q1")
    ((20170101, 20171231), (20170201, 20170228), (20170101, 20170331))
    >>> days("2017-01..2017-06"), days(">=2020"), days("<2019-03"), days("..2018")
    ((20170101, 20170630), (20200101, None), (None, 20190228), (None, 20181231))
    >>> days("2019-2020"), days("30d..", today=date(2024, 3, 1)), days("last-year", today=date(2024, 3, 1))
    ((20190101, 20201231), (20240131, None), (20230101, 20231231))
    """
    plain = text.strip().lower()
    if years := _YEARS.fullmatch(plain):
        plain = f"{years[1]}..{years[2]}"
    now = today or date.today()
    if _AGO.fullmatch(plain):
        plain = f"{plain}..today"
    return _range(plain, lambda each: _relative(each, now) or _period(each), _next_day)


def absolute(text: str, *, today: date | None = None) -> str:
    """Write a range that is said from today on by its dates; any other text is left as it is.

    >>> absolute("30d..", today=date(2024, 3, 1)), absolute("2019-2020"), absolute("whenever")
    ('2024-01-31..', '2019-2020', 'whenever')
    """
    ends = text.lower().lstrip(" <>=").split("..")
    if not any(_AGO.fullmatch(end.strip()) or _NAMED.fullmatch(end.strip()) for end in ends):
        return text
    try:
        first, last = days(text, today=today)
    except ValueError:
        return text
    return f"{_written(first)}..{_written(last)}"


def _written(day: int | None) -> str:
    return f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}" if day else ""


def numbers(text: str) -> Ends:
    """Read a whole number or a range of them; ValueError says what is wrong.

    >>> numbers("3"), numbers("2..5"), numbers(">1")
    ((3, 3), (2, 5), (2, None))
    """
    return _range(text, _number, lambda number, step: number + step)


def decimals(text: str) -> Ends:
    """Read a number that may have a fraction, or a range of them, in millionths; ValueError says what is wrong.

    `k`, `m` and `b` behind a number are thousands, millions and billions.

    >>> decimals("10.25"), decimals(">1k"), decimals("1m..2m")
    ((10250000, 10250000), (1000000001, None), (1000000000000, 2000000000000))
    """
    return _range(text, _decimal, lambda number, step: number + step)


def _decimal(text: str) -> tuple[int, int]:
    plain = text.strip().lower()
    factor = _SCALES.get(plain[-1:], 1)
    number = millionths(plain[:-1] if factor > 1 else plain)
    if number is None:
        raise ValueError(f"{clipped(text) or 'nothing'} is not a number, as in 1000, 12.50 or 1.5m")
    return number * factor, number * factor


_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9}


def _range(text: str, read: Callable[[str], tuple[int, int]], step: Callable[[int, int], int]) -> Ends:
    low, dots, high = text.partition("..")
    ends = _between(low, high, read) if dots else _compared(text, read, step)
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        raise ValueError(f"the range {clipped(text)} ends before it begins")
    return ends


def _between(low: str, high: str, read: Callable[[str], tuple[int, int]]) -> Ends:
    first, last = ("" if end.strip() == "*" else end.strip() for end in (low, high))
    return read(first)[0] if first else None, read(last)[1] if last else None


def _compared(text: str, read: Callable[[str], tuple[int, int]], step: Callable[[int, int], int]) -> Ends:
    if text.strip() == "*":
        return None, None
    compared = _COMPARED.fullmatch(text.strip())
    sign, value = compared.groups() if compared else (None, text)
    low, high = read(value.strip())
    match sign:
        case ">=":
            return low, None
        case ">":
            return step(high, 1), None
        case "<=":
            return None, high
        case "<":
            return None, step(low, -1)
        case _:
            return low, high


def _relative(text: str, today: date) -> tuple[int, int] | None:
    """Read days that are said from today on; None for what says no such thing."""
    if ago := _AGO.fullmatch(text):
        day = _before(today, int(ago[1]), ago[2])
        return _of_day(day), _of_day(day)
    named = _NAMED.fullmatch(text)
    if not named:
        return None
    if named[3]:
        day = today - timedelta(days=named[3] == "yesterday")
        return _of_day(day), _of_day(day)
    first = _start(today, named[2])
    before = _start(first - timedelta(days=1), named[2])
    if named[1] == "last":
        return _of_day(before), _of_day(first - timedelta(days=1))
    return _of_day(first), _of_day(_start(first + timedelta(days=_LONGEST[named[2]]), named[2]) - timedelta(days=1))


_LONGEST = {"week": 7, "month": 31, "quarter": 92, "year": 366}
"""Days, at most."""


def _start(day: date, unit: str) -> date:
    """Find the first day of the week (Monday), month, quarter or year that a day is in."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[unit]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _before(today: date, number: int, unit: str) -> date:
    """Count so many days, weeks, months or years back; the first that this program knows where that is too far."""
    if unit in "dw":
        days_ago = number * (7 if unit == "w" else 1)
        return max(date(FIRST_YEAR, 1, 1), today - timedelta(days=min(days_ago, today.toordinal() - 1)))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
    year, month = divmod(max(months, FIRST_YEAR * 12), 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _of_day(day: date) -> int:
    return _number_of(day.year, day.month, day.day)


def _period(text: str) -> tuple[int, int]:
    found = _PERIOD.fullmatch(text)
    if not found:
        raise ValueError(
            f"{clipped(text) or 'nothing'} is not a date: write 2017, 2017-03, 2017-03-08, 2017Q1 or 30d.."
        )
    year, month, day, quarter = (int(part) if part else None for part in found.groups())
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{clipped(text)} is not a date: years are {FIRST_YEAR} to {LAST_YEAR}")
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"{clipped(text)} is not a date: there is no month {found[2]}")
    first_month = month or (3 * quarter - 2 if quarter else 1)
    last_month = month or (3 * quarter if quarter else 12)
    length = monthrange(year, last_month)[1]
    if day is not None and not 1 <= day <= length:
        raise ValueError(f"{clipped(text)} is not a date: that month has {length} days")
    return _number_of(year, first_month, day or 1), _number_of(year, last_month, day or length)


def _number_of(year: int, month: int, day: int) -> int:
    return year * 10000 + month * 100 + day


def _next_day(number: int, step: int) -> int:
    day = date(number // 10000, number // 100 % 100, number % 100) + timedelta(days=step)
    return _number_of(day.year, day.month, day.day)


def _number(text: str) -> tuple[int, int]:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise ValueError(f"{clipped(text) or 'nothing'} is not a number")
    return int(text), int(text)
