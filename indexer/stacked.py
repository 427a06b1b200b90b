"""What the marks beside a word say, as terms that stand at the word's own place, on top of it (Lucene: stacked tokens).

- `$21.5` and `%21.5`: the number has this sign before it, or a percent sign behind; blanks and parentheses may stand
  between, as in the cells of a table. So `"$5"` is asked as one word, and `5` finds it as any other 5.
- `-nonrecourse`: where `non-recourse` is written, at the place of `recourse`; of longer ones each pair, and all.
- `^us`: `US` is written, in capitals among other letters, so that it is not the pronoun.

Each begins with a mark that begins no word, so that patterns never find them. They are not counted as words.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

SIGNS = {"$": "$", "\x1c": "£", "\x1d": "€", "\x1e": "¥"}
"""Of money, as a folded text has them (`indexer.analysis.FOLDED_MARKS`)."""
PERCENT, JOINED, CAPITALS = "%", "-", "^"
_FIRST = (*SIGNS.values(), PERCENT, JOINED, CAPITALS)
_FIRST_BYTES = tuple(mark.encode() for mark in _FIRST)

_MARK = re.compile(rb"[$%\x1c-\x1e]|(?<=[A-Za-z])-(?=[A-Za-z])|(?<![0-9A-Za-z\x80-\xff])US(?![0-9A-Za-z\x80-\xff])")
_SIGNS = {ord(mark): sign.encode() for mark, sign in SIGNS.items()}
_APART = 8
"""Blanks and parentheses that may stand between a number and its sign."""
_AROUND = 24
"""Characters on each side of `US` that are looked at: capitals throughout say nothing."""
_BEGINS_NUMBER = frozenset(b"0123456789.")

StackedTerm = tuple[int, bytes]
"""The place of the word it stands on, counted from 0, and the term."""


def is_stacked(term: str) -> bool:
    """Tell whether a term of the index is one of these, and not a word.

    >>> is_stacked("$5"), is_stacked("5")
    (True, False)
    """
    return term.startswith(_FIRST)


def is_word(term: bytes) -> bool:
    """Tell whether a term of the index, as UTF-8, is a word, and so counts."""
    return not term.startswith(_FIRST_BYTES)


def signed(sign: str, number: str) -> str:
    """Return the term for a number with a sign, as it is folded."""
    return SIGNS.get(sign, sign) + number


class Mark(NamedTuple):
    """What may give a stacked term, and where it stands in the bytes of a folded text."""

    at: int
    place: int
    """How many words start before it."""
    following: int
    """Where the next word starts; -1 where there is none."""


def marks(folded: bytes, starts: Sequence[int]) -> Iterator[Mark]:
    """Find the marks of a short text, of which the words start there."""
    for found in _MARK.finditer(folded):
        place = bisect_left(starts, found.start())
        yield Mark(found.start(), place, starts[place] if place < len(starts) else -1)


def stacked_terms(folded: bytes, found: Iterable[Mark], word: Callable[[int], bytes]) -> Iterator[StackedTerm]:
    """Yield the stacked terms of a folded text with these marks; `word` gives the word at a place."""
    chain = _Chain()
    for mark in found:
        match folded[mark.at]:
            case 0x2D:
                yield from chain.joined(mark.place, word(mark.place - 1), word(mark.place))
            case 0x25:
                if folded[max(0, mark.at - _APART) : mark.at].rstrip(b" \t)")[-1:].isdigit():
                    yield mark.place - 1, b"%" + word(mark.place - 1)
            case 0x55:
                if _is_among_letters(folded, mark.at):
                    yield mark.place, b"^us"
            case sign:
                if mark.following == _past_blanks(folded, mark.at + 1) and folded[mark.following] in _BEGINS_NUMBER:
                    yield mark.place, _SIGNS[sign] + word(mark.place)


class _Chain:
    """Words joined by hyphens, one after the other."""

    def __init__(self) -> None:
        self._last, self._joined = -1, b""

    def joined(self, place: int, left: bytes, right: bytes) -> Iterator[StackedTerm]:
        """Yield the two words as one, and, where more were joined before them, all as one."""
        if not (left.isalpha() and right.isalpha()):
            return
        yield place, b"-" + left + right
        if self._last == place - 1:
            self._joined += right
            yield place, b"-" + self._joined
        else:
            self._joined = left + right
        self._last = place


def _past_blanks(folded: bytes, start: int) -> int:
    behind = folded[start : start + _APART + 1]
    return start + len(behind) - len(behind.lstrip(b" \t("))


def _is_among_letters(folded: bytes, at: int) -> bool:
    around = folded[max(0, at - _AROUND) : at + _AROUND]
    return around.upper() != around
