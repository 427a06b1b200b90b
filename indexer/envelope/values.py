"""Header values as the nouns want them: dates, CIKs, SIC codes, Acts. Text in, value out; nothing about tags.

Each function takes a value as it stands in the header, without surrounding blanks. Those that return `None` do so
when the value is not what its tag promises.
"""

import re
from datetime import date, datetime, time
from typing import NamedTuple

_SIC = re.compile(r"(?P<title>[^\[\]]*)\[\s*+(?P<code>\d{0,4})\s*+\]?|(?P<bare>\d{1,4})", re.ASCII)
_ACT = re.compile(r"(?:19)?(\d{2})(?:\s*ACT)?", re.ASCII | re.IGNORECASE)
_DODD_FRANK = "Dodd Frank Act"


class Sic(NamedTuple):
    """A Standard Industrial Classification."""

    code: str
    """Four digits, or empty."""
    title: str


def day(value: str) -> date | None:
    """Read a date printed YYYYMMDD; a time after it is left out.

    >>> day("20170308")
    datetime.date(2017, 3, 8)
    """
    if not (len(value) in {8, 12, 14} and _is_digits(value)):
        return None
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError:
        return None


def moment(value: str) -> datetime | None:
    """Read a time printed YYYYMMDDHHMMSS, US Eastern without a zone; the seconds or the whole time may be missing.

    >>> moment("20170308160221")
    datetime.datetime(2017, 3, 8, 16, 2, 21)
    """
    on = day(value)
    if on is None:
        return None
    digits = value[8:].ljust(6, "0")
    try:
        return datetime.combine(on, time(int(digits[:2]), int(digits[2:4]), int(digits[4:])))
    except ValueError:
        return None


def count(value: str) -> int | None:
    """Read a number of things."""
    return int(value) if _is_digits(value) and len(value) < 10 else None


def cik(value: str) -> str | None:
    """Write a CIK as ten digits, zero-padded.

    >>> cik("320193")
    '0000320193'
    """
    return value.zfill(10) if _is_digits(value) and len(value) <= 10 else None


def sic(value: str) -> Sic | None:
    """Read a classification as `TITLE [2834]`, `[]`, or the bare number of the 1990s.

    >>> sic("PHARMACEUTICAL PREPARATIONS [2834]")
    Sic(code='2834', title='PHARMACEUTICAL PREPARATIONS')
    >>> sic("3571"), sic("[]")
    (Sic(code='3571', title=''), Sic(code='', title=''))
    """
    match = _SIC.fullmatch(value)
    if match is None:
        return None
    code = match["code"] or match["bare"] or ""
    return Sic(code.zfill(4) if code else "", " ".join((match["title"] or "").split()))


def act(value: str) -> str:
    """Read an Act as the year's two digits, or `Dodd Frank Act`; anything else as it stands.

    >>> act("1934 Act"), act("34"), act("DF")
    ('34', '34', 'Dodd Frank Act')
    """
    match = _ACT.fullmatch(value)
    if match:
        return match[1]
    return _DODD_FRANK if value.upper() in {"DF", "DODD FRANK", "DODD-FRANK ACT", "DODD FRANK ACT"} else value


def irs_number(value: str) -> str:
    """Take off the hyphen that some are printed with; leading zeros are not restored."""
    return value.replace("-", "") if _is_digits(value.replace("-", "")) else value


def dissemination_date(value: str) -> date | None:
    """Read the date that ends an SEC-DOCUMENT line, `0001144204-17-013452.txt : 20170308`.

    What stands before the colon may be a path (0000950150-00-000754).
    """
    return day(value.rpartition(":")[2].strip())


def _is_digits(value: str) -> bool:
    return value.isascii() and value.isdecimal()


def text_of(content: bytes) -> str:
    """Decode a header, which is ASCII but for names: UTF-8, else Windows-1252, else Latin-1; never an error."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
