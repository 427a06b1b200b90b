"""The number of an item, however it is written: `7A`, `7(a)`, `No. 7`, `ONE`, `IV`, `9A(T)`, `Items 10 through 14`.

What a number means depends on the form (`4.A` is item 4A of a 10-K and stays within item 4 of a 20-F) and on the title
that follows (`9Changes` is 9 and `9Controls` too, `9AControls` is 9A), so that every reading is given and the caller
takes the one that fits.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

_SPELLED = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ROMAN = [
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
]
_VALUES = {word: str(value) for words in (_SPELLED, _ROMAN) for value, word in enumerate(words, 1)}
_VALUES |= {"l": "1", "ll": "11", "l0": "10", "lo": "10"} | {f"l{figure}": f"1{figure}" for figure in range(1, 10)}
"""With the letters that typists put for figures (0000912057-95-002663)."""
_WORDS = "|".join(sorted(_VALUES, key=len, reverse=True))
WORDS = ("item", "i t e m", "i tem", "ltem")
"""How the word is spelled: with letters apart, or a small one for a capital, in filings that were scanned or typed."""
_STEP = 1 << 20
_PIECE = _STEP + max(map(len, WORDS))
"""Characters that are looked at together, so that memory is bounded."""
_FIRST = re.compile(
    r"(?:items?|i t e m(?: s)?|i tems?|ltems?)"
    r"(?:[^\S\n]{0,40}+(?:numbers?|nos?|n[°º])(?![a-z])\.?|[^\S\n]{0,40}+\#)?[-–—:.]?[^\S\n]{0,80}+\n?[^\S\n]{0,80}+"
    rf"(?P<open>[(\[]?)[^\S\n]?(?:(?P<figures>\d{{1,2}})(?!\d)|(?P<words>{_WORDS})(?![b-z’']|a[a-z]))",
    re.I,
)
_PLAIN = re.compile(
    r"[Ii][Tt][Ee][Mm]s?[^\S\n]{1,9}([1-9]\d?)(?=[.:]?[^\S\n]{1,9}[B-Zb-z][a-z]|[.:]?[^\S\n]{1,9}[B-Z][A-Z])"
)
"""What most headings are: a number that is followed by a word; of which there is no other reading."""
_DECIMALS = re.compile(r"\s?\.\s?(\d\d)(?!\d)")
_MORE_FIGURES = re.compile(r"[.,]\d")
_SUFFIX = re.compile(r"(?P<before>[^\S\n]?[-.]?[^\S\n]?)(?P<open>\(?)(?P<letter>[A-Ka-k])(?P<close>\)?)")
_TEMPORARY = re.compile(r"[^\S\n]?\(?T\)?(?![a-z])")
_PARAGRAPH = re.compile(r"[^\S\n]?\([a-z0-9]{1,3}\)(?:\([a-z0-9]{1,3}\))?", re.I)
_JOINED = re.compile(
    r"[\s.,:;)]{0,5}(?P<how>,?\s?(?:and|or)(?![a-z])|[,&+/;]|through|thru|to(?![a-z])|[-–—])\s{0,4}"
    r"(?:and\s{1,4}(?:including\s{1,4})?|&\s{0,2})?(?P<item>items?\s{0,4})?(?P<number>\d{1,2})(?!\d)",
    re.I,
)
_JOINTS = frozenset("aAoOtT&+/-–—,;")
_RANGES = frozenset({"through", "thru", "to", "-", "–", "—"})
_FOLLOWS = re.compile(r"[.:;,)\]\s&/+–—-]|$")


class Number(NamedTuple):
    """One reading of an item's number."""

    name: str
    """`7A`, `5.02`; upper case."""
    end: int
    """Past it in the text, and past its bracket."""
    plain: bool
    """Whether its letter, if it has one, is set as a suffix is: `7A`, `7(A)`, not `7.a` or `7(a)`."""


class Joined(NamedTuple):
    """A number that stands beside another."""

    name: str
    end: int
    is_range: bool
    """Whether the numbers between the two are meant too: `10 through 14`."""


def words(lower: str) -> Iterator[int]:
    """Yield where the word `Item` stands, in any of its spellings, ascending; the text is in small letters.

    >>> list(words("item 1, i t e m 2, i tem 3, ltem 4, system"))
    [0, 8, 19, 28]
    """
    return chain.from_iterable(_words_within(lower[at : at + _PIECE], at) for at in range(0, len(lower), _STEP))


def _words_within(lower: str, offset: int) -> list[int]:
    """Those that begin in the first `_STEP` characters, by the letters that all spellings end in."""
    import numpy as np  # noqa: PLC0415  (what is shown of a filing starts without it)

    codes = np.frombuffer(f"  {lower}     ".encode("ascii", "replace"), np.uint8)  # a byte a character
    is_t, is_e, is_m, is_blank = (codes == ord(letter) for letter in "tem ")
    together = np.flatnonzero(is_t[:-4] & is_e[1:-3] & is_m[2:-2])
    apart = np.flatnonzero(is_t[:-4] & is_e[2:-2] & is_m[4:] & is_blank[1:-3] & is_blank[3:-1])
    letter = codes[together - 1]
    glued = together[(letter == ord("i")) | (letter == ord("l"))] - 1
    blank = np.concatenate((together, apart))
    blank = blank[is_blank[blank - 1] & (codes[blank - 2] == ord("i"))] - 2
    found: list[int] = (np.sort(np.concatenate((glued, blank))) - 2 + offset).tolist()
    return [at for at in found if at < offset + _STEP]


def first(text: str, at: int) -> list[Number]:
    """Read the number behind the word `Item` that begins there, every way, the longest first; none where none is.

    >>> [(each.name, each.plain) for each in first("Item 9A(T). Controls", 0)]
    [('9A', True), ('9', True)]
    >>> [each.name for each in first("ITEM TWO - PROPERTIES", 0)], first("items of clothing", 0)
    (['2'], [])
    """
    if plain := _PLAIN.match(text, at):
        return [Number(plain[1], plain.end(1), plain=True)]
    found = _FIRST.match(text, at)
    if found is None:
        return []
    if found["words"]:
        value = _VALUES[found["words"].lower()]
        return _with_suffixes(text, value, found.end())
    return readings(text, found["figures"], found.end())


def readings(text: str, figures: str, end: int) -> list[Number]:
    """Read a number of which the figures end there, every way, the longest first."""
    decimals = _DECIMALS.match(text, end)
    found = []
    if decimals:
        paragraph = _PARAGRAPH.match(text, decimals.end())
        found.append(Number(f"{figures}.{decimals[1]}", (paragraph or decimals).end(), plain=True))
    if decimals is None or decimals.end() - decimals.start() > 3:
        found += [] if _MORE_FIGURES.match(text, end) else _with_suffixes(text, figures.lstrip("0") or "0", end)
    return found


def _with_suffixes(text: str, figures: str, end: int) -> list[Number]:
    suffix = _SUFFIX.match(text, end)
    found = []
    if suffix and not (suffix["open"] and not suffix["close"]):
        after = text[suffix.end() : suffix.end() + 1]
        plain = suffix["letter"].isupper() or not (suffix["before"] or suffix["open"])
        glued = not suffix["close"] and (after.islower() or after in "'’")
        spaced = bool(suffix["before"].strip(".-")) and not suffix["open"] and after not in ".:)-–—\t\n"
        if not ((glued and after) or spaced):
            found.append(Number(figures + suffix["letter"].upper(), _past(text, suffix.end()), plain=plain))
    return [*found, Number(figures, _past(text, end), plain=True)]


def _past(text: str, end: int) -> int:
    temporary = _TEMPORARY.match(text, end)
    paragraph = None if temporary else _PARAGRAPH.match(text, end)
    return (temporary or paragraph).end() if temporary or paragraph else end  # type: ignore[union-attr]


def beside(text: str, at: int, *, plural: bool) -> Iterator[Joined]:
    """Yield the numbers that follow another: of `Items 1, 2 and 3`, `Items 10 through 14`, `Item 7/7A`.

    >>> [(each.name, each.is_range) for each in beside("Items 10., 11. and 12-14. See", 8, plural=True)]
    [('11', False), ('12', False), ('14', True)]
    """
    # As a rule none follows, as the first character tells that is no stop.
    if text[at : at + 6].lstrip(" .,:;)")[:1] not in _JOINTS and "," not in text[at : at + 2]:
        return
    while found := _JOINED.match(text, at):
        how = found["how"].lower().strip(" ,")
        read = readings(text, found["number"], found.end())
        if not read or not _is_number(text, found, read[0], plural=plural):
            return
        yield Joined(read[0].name, read[0].end, how in _RANGES)
        at = read[0].end


def _is_number(text: str, found: re.Match[str], number: Number, *, plural: bool) -> bool:
    """Whether it numbers an item and counts nothing: `Item 1, 12 mills` says one item."""
    if not _FOLLOWS.match(text, number.end):
        return False
    return plural or bool(found["item"]) or text[number.end : number.end + 1] in ".:)-–—\t\n" or found["how"] in "/+&"


def between(first_name: str, last_name: str, order: Sequence[str]) -> Sequence[str]:
    """List the names from one to another in a form's order; the last alone where they do not stand in it so.

    >>> between("10", "12", ["9", "10", "11", "12"]), between("12", "10", ["10", "12"])
    (['11', '12'], ['10'])
    """
    if first_name in order and last_name in order and order.index(first_name) < order.index(last_name):
        return order[order.index(first_name) + 1 : order.index(last_name) + 1]
    return [last_name]
