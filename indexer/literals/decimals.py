"""Decimal numbers as terms of an index, which sort as the numbers do. Whole numbers of millionths; none below zero.

A term is a letter for the number of digits before the digits themselves, whose last zeros are left out: of numbers with
as many digits the greater one is that whose digits come later.
"""

import re

from indexer.first_use import regex

MILLION = 1_000_000
LARGEST = 10**24 - 1
"""Millionths: eighteen digits before the point."""
_NUMBER = regex(r"(?=\.?\d)(\d*|\d{1,3}(?:,\d{3})++)(\.\d*)?", re.ASCII)
_DIGITS = 18
_LONGEST = 60
"""Characters of a number that is read."""


def millionths(text: str) -> int | None:
    """Read a number as whole millionths, what is smaller rounded off; None when it is no number, or too large.

    Commas between groups of three digits, a currency sign before it and a percent sign behind it are allowed.

    >>> millionths("1,234.5"), millionths("$0.25"), millionths("5.3%"), millionths("see note")
    (1234500000, 250000, 5300000, None)
    """
    if text.isascii() and text.isdecimal() and len(text) <= _DIGITS:
        return int(text) * MILLION
    plain = text.strip().removeprefix("$").removesuffix("%").strip()
    if len(plain) > _LONGEST or not _NUMBER.fullmatch(plain):
        return None
    from decimal import Decimal  # noqa: PLC0415  (few questions have one, and loading it takes long)

    number = round(Decimal(plain.replace(",", "")) * MILLION)
    return number if number <= LARGEST else None


def decimal(number: int) -> str:
    """Write millionths as a decimal number.

    >>> decimal(1234500000), decimal(7000000)
    ('1234.5', '7')
    """
    whole, fraction = divmod(number, MILLION)
    return f"{whole}.{fraction:06}".rstrip("0").removesuffix(".")


def decimal_term(number: int) -> str:
    """Return the term of a number of millionths.

    >>> decimal_term(6150000), decimal_term(11420000), decimal_term(0)
    ('h615', 'i1142', 'a')
    """
    digits = str(number) if number else ""
    return chr(ord("a") + len(digits)) + digits.rstrip("0")
