"""Find the words of a long text all at once, in its bytes. `tokenizer`, `numerals`, `stacked` say what they are.

Everything here is numpy over the whole text, or over the marks in it: no Python object is made for a word.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.numerals import MAX_DIGITS, UNIT
from indexer.analysis.stacked import (
    APART,
    BEFORE,
    MONEY,
    PERCENT,
    PLUS,
    US,
    US_WRITTEN,
    Marks,
    ends_in_digit,
    is_among_letters,
)
from indexer.first_use import regex

Offsets = NDArray[np.int64]
Mask = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

PAD = 32
"""Bytes before and behind a text, so that what is looked at beside a character is there."""
_COMMA, _POINT, _ZERO, _HYPHEN, _PLUS, _A = (np.uint8(ord(mark)) for mark in ",.0-+a")
_LOWER = np.uint8(0x20)
_IN_WORD = bytes(code >= 0x80 or chr(code).isalnum() for code in range(256))
_SIGN = 2
_KINDS = bytes(_SIGN if chr(code) in {*MONEY, PERCENT, "+", "-"} else within for code, within in enumerate(_IN_WORD))
"""Of each byte: 1 where it belongs to a word, and whether it may say something of the word beside it."""
_SPACED = bytes(code if code >= 0x80 or chr(code).isalnum() else 0x20 for code in bytes(range(256)).lower())
_BLANKS: Mask = np.array([code in BEFORE for code in range(256)])
"""Of each byte: whether it may stand between a sign of money and its number."""
_JOINED_POINT, _JOINED_COMMA = 0x01, 0x02
"""What stands for the points and commas of numbers while all others become spaces."""
_UNIT = regex(rb"(?i:%b)(?![0-9A-Za-z\x80-\xff-])" % UNIT.encode())
_EIGHT = 8


class _Joints(NamedTuple):
    """Where the marks of numbers stand."""

    points: Offsets
    commas: Offsets
    zeros: Offsets
    """The zeros before points, which do not count."""


class PlacedWords(NamedTuple):
    """Hold where words stand in a text, which goes on for `PAD` bytes behind the last."""

    content: bytes
    """In lower case; numbers with their commas, and with a zero before the point."""
    starts: Offsets
    ends: Offsets


_NO_OFFSETS: Offsets = np.empty(0, np.int64)
_NO_JOINTS = _Joints(_NO_OFFSETS, _NO_OFFSETS, _NO_OFFSETS)


class WordBytes:
    """A text folded beyond ASCII, as UTF-8, and where its words stand in it."""

    def __init__(self, folded: bytes) -> None:
        """Look at a text; upper case may stand in it."""
        self._folded = folded
        self._padded = b"".join((b" " * PAD, folded, b" " * PAD))
        self._content: Bytes = np.frombuffer(self._padded, np.uint8)

    @property
    def content(self) -> Bytes:
        """Return the text's bytes, and `PAD` blanks behind."""
        return self._content[PAD:]

    @cached_property
    def _joints(self) -> _Joints:
        return _joints(self._content, self._padded)

    def spaced(self) -> bytes:
        """Return the words with spaces between."""
        joints = self._joints
        if joints is _NO_JOINTS:
            return self._folded.translate(_SPACED)
        marked = bytearray(self._padded.translate(_SPACED))
        content = np.frombuffer(marked, np.uint8)
        content[joints.points], content[joints.commas], content[joints.zeros] = _POINT, _JOINED_COMMA, 0x20
        return bytes(marked[PAD:-PAD].translate(None, bytes([_JOINED_COMMA])))

    @cached_property
    def _kinds(self) -> Bytes:
        return np.frombuffer(self._padded.translate(_KINDS), np.uint8)

    @cached_property
    def _within(self) -> Mask:
        """Tell of each byte whether it belongs to a word."""
        within: Mask = self._kinds == 1
        within[self._joints.points] = within[self._joints.commas] = True
        return within

    def count(self) -> int:
        """Count the words."""
        return int(np.count_nonzero(self._within[1:] > self._within[:-1]))

    def before(self, offsets: Sequence[int] | Offsets, *, at: int = 0) -> Offsets:
        """Count the words that start before each of these offsets, in bytes behind `at`."""
        return np.searchsorted(self._starts, np.asarray(offsets, np.int64) + (PAD + at))

    def placed(self) -> PlacedWords:
        """Return the words where they stand, not yet as they are compared (`numerals.canonical`)."""
        return PlacedWords(self._padded.lower(), self._starts, self._edges[1::2])

    @cached_property
    def _starts(self) -> Offsets:
        """Find where words start, in padded bytes."""
        return np.ascontiguousarray(self._edges[0::2])

    @cached_property
    def _edges(self) -> Offsets:
        """Find where words start and end, in turns, in padded bytes."""
        return np.flatnonzero(self._within[1:] != self._within[:-1]) + 1

    def edges(self) -> Offsets:
        """Find where words start and end, in turns, in bytes."""
        return self._edges - PAD

    def marks(self) -> Marks:
        """Find what the marks in the text say (`indexer.analysis.stacked`)."""
        at = np.flatnonzero(self._kinds == _SIGN)
        signs = self._content[at]
        found = [(term, places) for term, places in self._signs(at, signs) if len(places)]
        hyphens = at[signs == _HYPHEN]
        hyphens = hyphens[self._is_letter(hyphens - 1) & self._is_letter(hyphens + 1)]
        return Marks(found, np.searchsorted(self._starts, hyphens))

    def _signs(self, at: Offsets, signs: Bytes) -> Iterator[tuple[bytes, Offsets]]:
        """Yield terms and the places they are on; `at`: where there are signs, and which they are."""
        yield PERCENT.encode(), self._percents(at[signs == ord(PERCENT)])
        for mark, sign in MONEY.items():
            if len(found := at[signs == ord(mark)]):
                yield sign.encode(), self._money(found)
        yield PLUS.encode(), self._plusses(at[signs == _PLUS])
        us = (found.start() for found in US_WRITTEN.finditer(self._folded))
        yield US.encode(), self.before([place for place in us if is_among_letters(self._folded, place)])

    def _percents(self, at: Offsets) -> Offsets:
        is_number = _is_digit(self._content[at - 1])
        for index in np.flatnonzero(~is_number).tolist():
            is_number[index] = ends_in_digit(self._padded, at[index])
        return np.searchsorted(self._starts, at[is_number]) - 1

    def _plusses(self, at: Offsets) -> Offsets:
        """Return the places of words that two plus signs follow, and then no word: those `PLUSSES` finds."""
        at = at[:-1][np.diff(at) == 1]
        return np.searchsorted(self._starts, at[self._is_word(at - 1) & ~self._is_word(at + 2)]) - 1

    def _is_word(self, at: Offsets) -> Mask:
        return np.frombuffer(self._content[at].tobytes().translate(_IN_WORD), np.bool_)

    def _money(self, at: Offsets) -> Offsets:
        places = np.searchsorted(self._starts, at)
        following = np.append(self._starts, len(self._content) - 1)[places]
        first = self._content[following]
        is_number = _is_digit(first) | (first == _POINT)
        apart = np.flatnonzero(is_number & (following > at + 1))
        is_number[apart] = self._are_blank(at[apart] + 1, following[apart])
        found: Offsets = places[is_number]
        return found

    def _are_blank(self, lows: Offsets, highs: Offsets) -> Mask:
        """Tell what may stand between a sign and its number (`stacked.is_blank`)."""
        blank: Mask = highs - lows <= APART
        for step in range(APART):
            at = np.minimum(lows + step, highs)
            blank &= (at == highs) | _BLANKS[self._content[at]]
        return blank

    def _is_letter(self, at: Offsets) -> Mask:
        letters: Mask = (self._content[at] | _LOWER) - _A < 26
        return letters


def _is_digit(characters: Bytes) -> Mask:
    digits: Mask = characters - _ZERO < 10
    return digits


def _joints(content: Bytes, padded: bytes) -> _Joints:
    digits = _is_digit(content)
    is_mark = (content == _POINT) | (content == _COMMA)
    is_mark[:-1] &= digits[1:]
    at = np.flatnonzero(is_mark)
    if not len(at):
        return _NO_JOINTS
    marks = _Marks(content, digits, at)
    ends = marks.end_well(padded)
    points, commas = marks.points() & ends, marks.commas(ends)
    zeros = points & (marks.before == 1) & (content[at - 1] == _ZERO)
    return _Joints(at[points], at[commas], at[zeros] - 1)


class _Marks:
    """Points and commas before digits, and how many digits stand around each."""

    def __init__(self, content: Bytes, digits: Mask, at: Offsets) -> None:
        self._content, self._at = content, at
        eights = np.ndarray(len(digits) - _EIGHT + 1, "<u8", digits.data, 0, (1,))  # at every byte, eight of them
        self.before = _leading(eights, at - _EIGHT, -_EIGHT)
        self._after = _leading(eights, at + 1, _EIGHT)
        outside = at - self.before - 1
        self._linked = np.append(False, outside[1:] == at[:-1])
        """Whether there are digits only between a mark and the one before it."""
        self._is_point = content[at] == _POINT
        beside = content[outside]
        self._is_free = np.frombuffer(beside.tobytes().translate(_IN_WORD), np.bool_) == 0
        self._leads = (self.before == 0) & self._is_free & (beside != _POINT) & (beside != _COMMA)

    def end_well(self, padded: bytes) -> Mask:
        """Tell which marks have up to so many digits behind them, and then nothing, or a unit."""
        place = self._at + self._after + 1
        following = self._content[place]
        well: Mask = np.frombuffer(following.tobytes().translate(_IN_WORD), np.bool_) == 0
        for index in np.flatnonzero(~well).tolist():
            well[index] = _UNIT.match(padded, place[index]) is not None
        well &= self._after <= MAX_DIGITS
        return well

    @cached_property
    def _after_point(self) -> Mask:
        """Tell which marks follow a number that has a point already."""
        counts = self._is_point & ((self.before > 0) | self._leads)
        found: Mask = self._linked & np.append(False, counts[:-1])
        return found

    def points(self) -> Mask:
        """Tell which may be the point of a number by what stands before them."""
        has_digits = (self.before > 0) & (self.before <= MAX_DIGITS) & self._is_free
        followed = np.append(self._linked[1:] & self._is_point[1:], False)
        found: Mask = self._is_point & (has_digits | self._leads) & ~self._after_point & ~followed
        return found

    def commas(self, ends: Mask) -> Mask:
        """Tell which are commas of a number: in a row of commas all are, or none."""
        is_comma = ~self._is_point
        fits: Mask = is_comma & ends & (self._after == 3) & (self.before > 0) & (self.before <= 3)
        fits &= self._is_free & ~self._after_point
        follows = is_comma & self._linked & np.append(False, (is_comma & (self.before > 0))[:-1])
        rows = np.cumsum(~follows)
        fits &= np.bincount(rows, ~fits)[rows] == 0
        return fits


def _leading(eights: NDArray[np.uint64], at: Offsets, step: int) -> Offsets:
    """Count the digits on one side of each mark, up to sixteen: from the first of eight bytes, or from the last."""
    counts = _in_eight(eights[at], from_last=step < 0)
    full = np.flatnonzero(counts == _EIGHT)
    if len(full):
        counts[full] += _in_eight(eights[at[full] + step], from_last=step < 0)
    return counts


def _in_eight(eights: NDArray[np.uint64], *, from_last: bool) -> Offsets:
    """Count how many bytes are 1 before the first that is 0."""
    others = (eights.byteswap() if from_last else eights) ^ np.uint64(0x0101010101010101)
    lowest = others & (~others + np.uint64(1))  # a power of 256, or nothing where all are 1
    counts: Offsets = np.frexp(lowest.astype(np.float64))[1].astype(np.int64) - 1 >> 3
    counts[lowest == 0] = _EIGHT
    return counts
