"""Dates and ranges as a query spells them, text in, a pair of numbers out; and the time. No field and no tree."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from indexer.decimals import millionths
from indexer.errors import clipped

Ends: TypeAlias = tuple[int | None, int | None]
"""Both included; None is open. Days are the number YYYYMMDD."""

FIRST_YEAR, LAST_YEAR = 1900, 2099
_PERIOD = re.compile(r"(\d{4})(?:[-/.]?(\d\d)(?:[-/.]?(\d\d))?|[-/]?[qQ]([1-4]))?", re.ASCII)
_COMPARED = re.compile(r"(>=|<=|>|<|=)?(.*)", re.DOTALL)


def now() -> str:
    """Tell the time, to the second: ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def days(text: str) -> Ends:
    """Read a date, a period, or a range of them as its first and last day; ValueError says what is wrong.

    >>> days("2017"), days("2017-02"), days("2017Q1")
    ((20170101, 20171231), (20170201, 20170228), (20170101, 20170331))
    >>> days("2017-01..2017-06"), days(">=2020"), days("<2019-03"), days("..2018")
    ((20170101, 20170630), (20200101, None), (None, 20190228), (None, 20181231))
    """
    return _range(text, _period, _next_day)


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


def _period(text: str) -> tuple[int, int]:
    found = _PERIOD.fullmatch(text)
    if not found:
        raise ValueError(f"{clipped(text) or 'nothing'} is not a date: write 2017, 2017-03, 2017-03-08 or 2017Q1")
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
