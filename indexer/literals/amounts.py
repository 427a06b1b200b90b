"""Read the dollar amounts of a text, scale words and all, so that `$1.5M`, `$1.5 million` and `$1,500,000` are one."""

import re
from functools import lru_cache

from indexer.first_use import regex

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,15})(?:\.\d+)?|\.\d+"
SCALE = r"(?:[ \t\n-]{0,3}(?:hundred|thousand|million|billion|trillion)| ?(?:mm|mn|bn|tn)|[kmbt])\b"

_FLAGS = re.IGNORECASE | re.ASCII
_WRITTEN = regex(rf"\$[ \t(]{{0,8}}((?:{NUMBER})(?:{SCALE})?)", _FLAGS)
_PARTS = regex(rf"({NUMBER})({SCALE})?", _FLAGS)
_POWERS = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_LETTERS = {"k": 3, "m": 6, "mm": 6, "mn": 6, "b": 9, "bn": 9, "t": 12, "tn": 12}


def amounts(text: str) -> tuple[str, ...]:
    """List the different dollar amounts of a text in cents, as digits, in no order that means anything.

    What is less than a cent does not count. A scale word belongs to the amount right before it alone.

    >>> sorted(amounts("$1.5M, $1.5 million, US$1,500,000 or $.01"))
    ['1', '150000000']
    """
    return tuple(dict.fromkeys(map(_cents_of, dict.fromkeys(_WRITTEN.findall(text)))))


@lru_cache(maxsize=1 << 16)
def _cents_of(written: str) -> str:
    found = None if written[-1].isdecimal() else _PARTS.fullmatch(written)
    return cents(*found.groups("")) if found else cents(written)


def cents(number: str, scale: str = "") -> str:
    """Return an amount as digits of cents, given its number as written and the word or letters behind it.

    >>> cents("1.5", " million"), cents("1,234"), cents("1,234.56")
    ('150000000', '123400', '123456')
    """
    if not scale and "." not in number:
        return f"{int(number.replace(',', ''))}00"
    from decimal import ROUND_FLOOR, Decimal  # noqa: PLC0415  (as in `decimals`)

    word = scale.strip(" \t\n-").lower()
    power = _POWERS.get(word) or _LETTERS.get(word, 0)
    exact = Decimal(number.replace(",", "")).scaleb(power + 2)
    return str(int(exact.to_integral_value(ROUND_FLOOR)))
