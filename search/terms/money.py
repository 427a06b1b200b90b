"""Read amounts of money as people type them: `1.5m`, `$1,500,000`, `1m..2m`, `>=2.5 billion`. In cents."""

import re

from indexer.errors import clipped
from indexer.first_use import regex
from indexer.literals.amounts import NUMBER, SCALE, cents
from search.query import nodes as q

_AMOUNT = regex(rf"\$? ?({NUMBER})({SCALE})?", re.IGNORECASE | re.ASCII)
_COMPARED = regex(r"([<>]=?)(.*)", re.DOTALL)


def is_amount(text: str) -> bool:
    """Tell whether the text is an amount or a range of them, so that its commas are not between values."""
    return all(not end.strip(" <>=") or _AMOUNT.fullmatch(end.strip(" <>=")) for end in text.split(".."))


def amount(text: str) -> q.Query:
    """Return the tree for an amount or a range of amounts in cents; ValueError says what is wrong with it.

    >>> amount("$1.5 million"), amount("1m..2m")
    (Term(word='150000000', exact=True), Range(low=100000000, high=200000000))
    """
    if compared := _COMPARED.fullmatch(text.strip()):
        return _compared(compared[1], _cents(compared[2]))
    low, dots, high = text.partition("..")
    if not dots:
        return q.Term(str(_cents(text)), exact=True)
    ends = [_cents(end) if end.strip() else None for end in (low, high)]
    if None not in ends and ends[0] > ends[1]:  # type: ignore[operator]
        raise ValueError(f"the range {clipped(text)} ends before it begins")
    return q.Range(ends[0], ends[1])


def _compared(sign: str, bound: int) -> q.Range:
    if sign.startswith(">"):
        return q.Range(bound + (sign == ">"), None)
    return q.Range(None, bound - (sign == "<"))


def _cents(text: str) -> int:
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{clipped(text)} is not an amount, such as 1500000, 1.5m or 1m..2m")
    return int(cents(found[1], found[2] or ""))


def written(bound: int) -> str:
    """Write an amount of cents as it is typed.

    >>> written(150000000), written(123450)
    ('1500000', '1234.50')
    """
    dollars, rest = divmod(bound, 100)
    return f"{dollars}.{rest:02}" if rest else str(dollars)
