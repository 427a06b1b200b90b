"""Numbers in as few bytes as they need, in arrays that numpy reads whole.

Two ways. `narrowed`: a byte each, and the few that do not fit beside it, with their indices. `paired`, for numbers that
often do not fit: a byte each, a second byte for those from 128 to 32,639, in an array of its own and in order,
and the few still larger beside.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_ESCAPE = 255
"""The byte of a number that is kept beside."""

_PAIR = 128
"""The least number that takes a second byte; the first byte is then this and the excess divided by 256."""

_MOST = _PAIR + (_ESCAPE - _PAIR) * 256
"""The least number that does not fit two bytes either. Real position deltas take least with these bounds (2026-11)."""


class Narrowed(NamedTuple):
    """Numbers as bytes, and those that are too large: their indices, and what they are."""

    values: NDArray[np.uint8]
    at: Numbers
    large: NDArray[np.uint32]


def narrowed(values: NDArray[Any]) -> Narrowed:
    """The numbers as bytes.

    >>> [part.tolist() for part in narrowed(np.array([3, 255, 7, 70000]))]
    [[3, 255, 7, 255], [1, 3], [255, 70000]]
    """
    at = np.flatnonzero(values >= _ESCAPE)
    return Narrowed(np.minimum(values, _ESCAPE).astype(np.uint8), at, values[at].astype(np.uint32))


def widened(narrow: NDArray[np.uint8], start: int, at: NDArray[Any], large: NDArray[Any]) -> Numbers:
    """The numbers of a slice that begins at `start` of the whole narrowed array."""
    values = narrow.astype(np.int64)
    _put(values, start, at, large)
    return values


class Paired(NamedTuple):
    """Numbers as bytes and second bytes, and those that are too large: their indices, and what they are."""

    firsts: NDArray[np.uint8]
    seconds: NDArray[np.uint8]
    at: Numbers
    large: NDArray[np.uint32]


def paired(values: NDArray[Any]) -> Paired:
    """The numbers as one or two bytes.

    >>> [part.tolist() for part in paired(np.array([3, 128, 640, 70000]))]
    [[3, 128, 130, 255], [0, 0], [3], [70000]]
    """
    at = np.flatnonzero(values >= _MOST)
    excess = np.minimum(values, _MOST).astype(np.int32) - _PAIR
    firsts = np.where(excess < 0, values, (excess >> 8) + _PAIR).astype(np.uint8)
    seconds = excess[takes_two(firsts)].astype(np.uint8)
    return Paired(firsts, seconds, at, values[at].astype(np.uint32))


def takes_two(firsts: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which of the numbers have a second byte."""
    two: NDArray[np.bool_] = (firsts >= _PAIR) & (firsts != _ESCAPE)
    return two


def unpaired(firsts: NDArray[np.uint8], seconds: NDArray[np.uint8], start: int, *, beside: tuple[Any, Any]) -> Numbers:
    """The numbers of a slice that begins at `start`, with its second bytes, and the large ones of the whole array."""
    values = firsts.astype(np.int64)
    if len(seconds):
        two = np.flatnonzero(takes_two(firsts))
        values[two] = (values[two] - _PAIR << 8) + seconds + _PAIR
    _put(values, start, *beside)
    return values


def _put(values: Numbers, start: int, at: NDArray[Any], large: NDArray[Any]) -> None:
    if len(at):
        low, high = at.searchsorted(start), at.searchsorted(start + len(values))
        values[at[low:high] - start] = large[low:high]


def smallest(largest: int) -> str:
    """The narrowest little-endian unsigned type of at least 4 bytes that holds the number.

    >>> smallest(7), smallest(2**32)
    ('<u4', '<u8')
    """
    return "<u4" if largest < 1 << 32 else "<u8"


def starts(counts: NDArray[Any]) -> Numbers:
    """Where each of successive runs starts, and last where they end.

    >>> starts(np.array([2, 0, 3]))
    array([0, 2, 2, 5])
    """
    totals = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=totals[1:])
    return totals


def steps(values: NDArray[Any], firsts: NDArray[Any]) -> NDArray[Any]:
    """The distance of each number from the one before; the numbers at the indices `firsts` as they are.

    >>> steps(np.array([3, 5, 9, 2, 4]), np.array([0, 3]))
    array([3, 2, 4, 2, 2])
    """
    distances = values.copy()
    distances[1:] -= values[:-1]
    distances[firsts] = values[firsts]
    return distances


def summed(distances: Numbers, firsts: Numbers, counts: NDArray[Any]) -> Numbers:
    """What `steps` was made from; `counts`: how many numbers follow from each of `firsts`, it included."""
    totals = np.cumsum(distances)
    if len(firsts) > 1:
        totals -= np.repeat(totals[firsts] - distances[firsts], counts)
    return totals
