"""What both programs print: text without what would drive a terminal, its width there, counts in words, plain values.

Which characters drive a terminal is decided in `indexer.harmless`; how a page of results looks, in `search.output`.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import partial
from typing import Any, NamedTuple

from indexer.first_use import regex
from indexer.harmless import harmless

_SPACES = {ord("\t"): " ", ord("\n"): " "}
_STYLING = regex(r"(\x1b\[[\d;]*m|\x1b\]8;;[^\x1b]*\x1b\\)")
"""What marks text on a terminal: colour, and links."""
_PLAIN, _UNLINKED = "\x1b[0m", "\x1b]8;;\x1b\\"
_DEEPER = 2
"""Columns by which a broken line goes on further to the right than it began."""


def spaced(text: str) -> str:
    """Put the text on one line of the same length, with a space for each character that a line does not show.

    >>> spaced("a\\x1b[2J\\tb\\u202e\\nc")
    'a [2J b  c'
    """
    return harmless(text).translate(_SPACES)


def one_line(text: str) -> str:
    """Put the text on one line, with single spaces, and a space for what cannot be printed.

    >>> one_line("a\\x1b[2J  b\\u202e\\nc")
    'a [2J b c'
    """
    return " ".join(spaced(text).split())


def visible(line: str) -> str:
    """Keep the spaces of a line, draw its tabs as spaces, and put a space for what cannot be printed.

    >>> visible("a\\tb   c\\x1b[2J")
    'a       b   c [2J'
    """
    return spaced(line.expandtabs())


def printable(name: str) -> str:
    """Escape what cannot be printed in a file's name, which so fits a terminal, a log and a database.

    >>> printable("10-K\\x1b[2J\\udcff.txt")
    '10-K\\\\x1b[2J\\\\udcff.txt'
    """
    if name.isprintable():
        return name
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in name)


def columns(text: str) -> int:
    """Measure how wide a terminal shows a line: East Asian characters take two columns, combining ones none.

    >>> columns("10-K"), columns("株式"), columns("e\\u0301")
    (4, 4, 1)
    """
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth, wcwidth  # noqa: PLC0415  (its tables take as long to load as all of a short answer)

    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcwidth(character)) for character in text)


def wrapped(text: str, width: int | None, hang: int = 0) -> Iterator[tuple[int, int]]:
    """Find where to break a line into lines of at most `width` columns, between words: (start, end) of each.

    All but the first have `hang` columns less. A word that is wider than a line has one to itself.

    >>> [("orphan drug license")[start:end] for start, end in wrapped("orphan drug license", 12)]
    ['orphan drug', 'license']
    """
    start, end = 0, 0
    for word in re.finditer(r"\S+", text):
        start = start if end else word.start()
        if width and end and columns(text[start : word.end()]) > width:
            yield start, end
            start, width = word.start(), width - hang
            hang = 0
        end = word.end()
    if end:
        yield start, end


def broken(line: str, width: int | None, hang: int | None = None) -> Iterator[str]:
    """Break a line, which may be coloured and have links, into lines of at most `width` columns, between words.

    All but the first begin in the column `hang`, by default a little further to the right than the first. What marks
    the text ends with each line and begins again with the next, so that a pager may show any of them alone.

    >>> list(broken("  covered: 12 filings", 16))
    ['  covered: 12', '    filings']
    """
    text = unmarked(line)
    if not width or columns(text) <= width:
        yield line
        return
    own = min(len(text) - len(text.lstrip()), width // 2)
    indent = min(own + _DEEPER if hang is None else hang, width // 2)
    pieces = list(_pieces(line))
    for number, (start, end) in enumerate(wrapped(text, width - own, indent - own)):
        yield " " * (indent if number else own) + "".join(piece.within(start, end) for piece in pieces)


def unmarked(line: str) -> str:
    """Leave out what marks a line's text on a terminal: colour, and links."""
    return _STYLING.sub("", line) if "\x1b" in line else line


class _Piece(NamedTuple):
    """Text marked in one way, and where it begins among the text of its line."""

    start: int
    text: str
    colour: str
    link: str

    def within(self, start: int, end: int) -> str:
        """Mark the part of it that lies between two places of the line."""
        part = self.text[max(0, start - self.start) : max(0, end - self.start)]
        if not part:
            return ""
        part = f"{self.colour}{part}{_PLAIN}" if self.colour else part
        return f"{self.link}{part}{_UNLINKED}" if self.link else part


def _pieces(line: str) -> Iterator[_Piece]:
    start, colour, link = 0, "", ""
    for part in _STYLING.split(line):
        if part.startswith("\x1b["):
            colour = "" if part == _PLAIN else colour + part
        elif part.startswith("\x1b]"):
            link = "" if part == _UNLINKED else part
        elif part:
            yield _Piece(start, part, colour, link)
            start += len(part)


def given(value: object) -> str:
    """Write a value as text; nothing where there is none.

    >>> given(8), given(None)
    ('8', '')
    """
    return "" if value is None else str(value)


def count(number: int, noun: str, plural: str = "") -> str:
    """Say a number of things.

    >>> count(1, "filing"), count(2310, "filing"), count(0, "copy", "copies")
    ('1 filing', '2,310 filings', '0 copies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def several(values: Iterable[str]) -> str:
    """Join several values into one cell, each once.

    >>> several(["7.01", "9.01", "7.01", ""])
    '7.01; 9.01'
    """
    return "; ".join(dict.fromkeys(value for value in values if value))


def size(number: float) -> str:
    """Say a number of bytes, in units of a thousand.

    >>> size(999), size(138_000_000)
    ('999 bytes', '138.0 MB')
    """
    if number < 1000:
        return f"{number:.0f} bytes"
    if number < 1e6:
        return f"{number / 1e3:,.1f} kB"
    return f"{number / 1e6:,.1f} MB" if number < 1e9 else f"{number / 1e9:,.1f} GB"


def plain(value: Any, *, without: Collection[str] = ()) -> Any:
    """Make of a value what JSON can hold, at any depth: dicts of dataclasses and named tuples, YYYY-MM-DD of dates.

    Left out are attributes that are bytes, and those of named tuples that are called as in `without`.

    >>> plain((date(2017, 3, 8), "8-K"))
    ['2017-03-08', '8-K']
    """
    made = partial(plain, without=without)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {name: made(each) for name, each in value.items()}
    if is_dataclass(value):
        pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: made(each) for name, each in pairs if not isinstance(each, bytes)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        pairs = (pair for pair in value._asdict().items() if pair[0] not in without)
        return {name: made(each) for name, each in pairs if not isinstance(each, bytes)}
    if isinstance(value, tuple | list):
        return [made(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
