"""The words of a long text found all at once, in its bytes. What they are is said in `analysis` and `numerals`."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.numerals import MAX_DIGITS, UNIT
from indexer.stacked import SIGNS, Mark

_PAD = 32
"""Bytes before and behind a text, so that what is looked at beside a character is there."""
_COMMA, _POINT, _ZERO, _DOLLAR, _PERCENT, _HYPHEN, _U, _S, _A = (np.uint8(ord(mark)) for mark in ",.0$%-USa")
_SIGNS = np.uint8(0x1C)
"""The first of the signs beyond ASCII, as they are folded."""
_LOWER = np.uint8(0x20)
_IN_WORD = bytes(code >= 0x80 or chr(code).isalnum() for code in range(256))
_SPACED = bytes(code if code >= 0x80 or chr(code).isalnum() else 0x20 for code in bytes(range(256)).lower())
_SPACED_POINTS = _SPACED[:0x01] + b"." + _SPACED[0x02:]
_JOINED_POINT, _JOINED_COMMA = 0x01, 0x02
"""What stands for the points and commas of numbers while all others become spaces."""
_UNIT = re.compile(rb"(?i:%b)(?![0-9A-Za-z\x80-\xff-])" % UNIT.encode())

Offsets = NDArray[np.int64]
Mask = NDArray[np.bool_]


class _Joints(NamedTuple):
    """Where the marks of numbers stand."""

    points: Offsets
    commas: Offsets
    zeros: Offsets
    """The zeros before points, which do not count."""


_NO_OFFSETS: Offsets = np.empty(0, np.int64)
_NO_JOINTS = _Joints(_NO_OFFSETS, _NO_OFFSETS, _NO_OFFSETS)


class WordBytes:
    """A text folded beyond ASCII, as UTF-8, and where its words stand in it."""

    def __init__(self, folded: bytes) -> None:
        """Look at a text; upper case may stand in it."""
        self.folded = folded
        self._padded = b"".join((b" " * _PAD, folded, b" " * _PAD))
        self.content = np.frombuffer(self._padded, np.uint8)

    @cached_property
    def _joints(self) -> _Joints:
        return _joints(self.content, self._padded)

    def spaced(self) -> bytes:
        """Return the words with spaces between."""
        joints = self._joints
        if joints is _NO_JOINTS:
            return self.folded.translate(_SPACED)
        marked = self.content.copy()
        marked[marked == _JOINED_POINT] = marked[marked == _JOINED_COMMA] = 0
        marked[joints.points], marked[joints.commas], marked[joints.zeros] = _JOINED_POINT, _JOINED_COMMA, 0x20
        return marked[_PAD:-_PAD].tobytes().translate(_SPACED_POINTS, bytes([_JOINED_COMMA]))

    @cached_property
    def _within(self) -> Mask:
        """Tell of each byte whether it belongs to a word."""
        within = np.frombuffer(bytearray(self._padded.translate(_IN_WORD)), np.bool_)
        within[self._joints.points] = within[self._joints.commas] = True
        return within

    def count(self) -> int:
        """Count the words."""
        return int(np.count_nonzero(self._within[1:] > self._within[:-1]))

    def _starts(self) -> Offsets:
        """Find where words start, in bytes."""
        return np.flatnonzero(self._within[1:] > self._within[:-1]) + (1 - _PAD)

    def marks(self) -> Iterator[Mark]:
        """Find what may give a stacked term (`indexer.stacked`)."""
        at, starts = self._marks(), self._starts()
        places = np.searchsorted(starts, at)
        return map(Mark, at.tolist(), places.tolist(), np.append(starts, -1)[places].tolist())

    def _marks(self) -> Offsets:
        content = self.content
        is_mark = (content == _DOLLAR) | (content == _PERCENT) | (content - _SIGNS < len(SIGNS) - 1)
        hyphens = np.flatnonzero(content == _HYPHEN)
        us = np.flatnonzero((content[:-1] == _U) & (content[1:] == _S))
        is_mark[hyphens[self._is_letter(hyphens - 1) & self._is_letter(hyphens + 1)]] = True
        is_mark[us[~(self._within[us - 1] | self._within[us + 2])]] = True
        return np.flatnonzero(is_mark) - _PAD

    def _is_letter(self, at: Offsets) -> Mask:
        letters: Mask = (self.content[at] | _LOWER) - _A < 26
        return letters

    def edges(self) -> Offsets:
        """Find where words start and end, in turns, in bytes."""
        return np.flatnonzero(self._within[1:] != self._within[:-1]) + (1 - _PAD)


def _joints(content: NDArray[np.uint8], padded: bytes) -> _Joints:
    digits = content - _ZERO < 10
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

    def __init__(self, content: NDArray[np.uint8], digits: Mask, at: Offsets) -> None:
        self._content, self._at = content, at
        self.before, self._after = _digits(digits, at, -1), _digits(digits, at, 1)
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

    @property
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


def _digits(digits: Mask, at: Offsets, step: int) -> Offsets:
    """Count the digits on one side of each mark, up to one more than a number may have."""
    counts, going = np.zeros(len(at), np.int64), np.arange(len(at))
    for count in range(1, MAX_DIGITS + 2):
        going = going[digits[at[going] + step * count]]
        if not len(going):
            break
        counts[going] = count
    return counts
