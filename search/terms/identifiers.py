"""Read identifiers that texts write in one piece or in parts: CUSIPs, telephone, IRS, file and accession numbers.

Each is told by its form: a CUSIP by its check digit, a telephone number by an area code and an exchange that begin
with 2 to 9. What is asked is every way in which texts write it, since the words of an index are its parts.
"""

import re
from collections.abc import Callable, Iterator

from indexer.edgar.accession import accession_number
from indexer.first_use import regex
from search.terms.synonyms import WordList

_CUSIP = regex(r"([0-9][0-9a-z]{5})[ -]?([0-9a-z]{2})[ -]?([0-9])", re.IGNORECASE | re.ASCII)
_PHONE = regex(
    r"(?:\+?1[ .-]?)?(?:\(([2-9]\d\d)\) ?|([2-9]\d\d)[ ./-]?)([2-9]\d\d)[ .-]?(\d{4})", re.ASCII
)  # (212) 555-1234, 212.555.1234, 2125551234, 1-212-555-1234
_IRS = regex(r"(\d\d)-?(\d{7})", re.ASCII)
_FILE = regex(r"(\d{1,3})-(\d{4,6})(?:-(\d{2,3}))?", re.ASCII)
_FILE_IN_ONE = regex(r"(000|001|002|005|028|033|333|811|814)(\d{5})", re.ASCII)

_AROUND = regex(r"^[^\w(+$-]+|(?<!\W)\W+$")
"""What may touch an identifier that was pasted, and is none of it."""

TYPED = regex(
    r"(?i:[0-9][0-9a-z]{5}[ -][0-9a-z]{2}[ -]?[0-9]|[0-9][0-9a-z]{7}[ -][0-9])(?![\w-])"
    r"|(?:\+?1 )?(?:\([2-9]\d\d\) ?|[2-9]\d\d )[2-9]\d\d[ .-]\d{4}(?![\w-])",
    re.ASCII,
)
"""What may be one identifier though blanks or parentheses stand in it; it is one if `spellings` knows it."""


def spellings(text: str) -> tuple[WordList, ...]:
    """List the ways in which texts write what was typed, as words in a row; empty when it is no identifier.

    >>> spellings("13-1234567")
    (('13', '1234567'), ('131234567',))
    >>> spellings("98Q76K 10 0,")[:2]
    (('98q76k', '10', '0'), ('98q76k100',))
    """
    if not any(map(str.isdigit, text)):
        return ()
    folded = _AROUND.sub("", text).lower()
    return tuple(dict.fromkeys(spelling for kind in _KINDS for spelling in kind(folded)))


def _cusip(text: str) -> Iterator[WordList]:
    found = _CUSIP.fullmatch(text)
    if found and has_check_digit(whole := "".join(found.groups())):
        issuer, issue, check = found.groups()
        yield from ((issuer, issue, check), (whole,), (issuer, issue + check), (issuer + issue, check))


def has_check_digit(cusip: str) -> bool:
    """Tell whether the ninth character of a CUSIP is the check digit of the eight before it.

    >>> has_check_digit("037833100"), has_check_digit("037833101")
    (True, False)
    """
    values = (int(character, 36) * (1 + place % 2) for place, character in enumerate(cusip[:8]))
    return (10 - sum(value // 10 + value % 10 for value in values) % 10) % 10 == int(cusip[8])


def _phone(text: str) -> Iterator[WordList]:
    if found := _PHONE.fullmatch(text):
        area, exchange, line = found[1] or found[2], found[3], found[4]
        yield from ((area, exchange, line), (area + exchange + line,), (area, f"{exchange}.{line}"))
        yield (area, exchange + line)


def _irs(text: str) -> Iterator[WordList]:
    if found := _IRS.fullmatch(text):
        yield from (found.groups(), ("".join(found.groups()),))


def _file(text: str) -> Iterator[WordList]:
    if found := _FILE.fullmatch(text) or _FILE_IN_ONE.fullmatch(text):
        act, number, *more = found.groups()
        rest = tuple(part for part in more if part)
        for prefix in dict.fromkeys((act.zfill(3), act.lstrip("0") or "0", act)):
            yield (prefix, number, *rest)
        yield (act.zfill(3) + number + "".join(rest),)


def _accession(text: str) -> Iterator[WordList]:
    if number := accession_number(text):
        parts = tuple(number.split("-"))
        yield from (parts, ("".join(parts),))


_KINDS: tuple[Callable[[str], Iterator[WordList]], ...] = (_cusip, _phone, _irs, _file, _accession)
