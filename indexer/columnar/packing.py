"""Pack numbers into as few bytes as they need, in arrays that numpy reads whole.

Two ways. `narrowed`: a byte each, and the few that do not fit beside it, with their indices. `paired`, for numbers that
often do not fit: a byte each, a second byte for those from 128 to 32,639, in an array of its own and in order,
and the few still larger beside.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_ESCAPE = 255
"""The byte of a number that is kept beside."""

_PAIR = 128
"""The least number that takes a second byte; the first byte is then this and the excess divided by 256."""

_LENGTHS = np.array([round((1.033**n - 1) * 27) for n in range(256)])
"""The lengths a byte can say: Whoosh's table."""

_MOST = _PAIR + (_ESCAPE - _PAIR) * 256
"""The least number that does not fit two bytes either. Real position deltas take least with these bounds (2026-11)."""


_FEW = 32
_PIECE = 1 << 20


class Narrowed(NamedTuple):
    """Hold numbers as bytes, and those that are too large: their indices, and what they are."""

    values: NDArray[np.uint8]
    at: Numbers
    large: NDArray[np.uint32]


def narrowed(values: NDArray[Any]) -> Narrowed:
    """Pack numbers as bytes.

    >>> [part.tolist() for part in narrowed(np.array([3, 255, 7, 70000]))]
    [[3, 255, 7, 255], [1, 3], [255, 70000]]
    """
    at = np.flatnonzero(values >= _ESCAPE)
    return Narrowed(np.minimum(values, _ESCAPE).astype(np.uint8), at, values[at].astype(np.uint32))


def widened(narrow: NDArray[np.uint8], start: int, at: NDArray[Any], large: NDArray[Any]) -> Numbers:
    """Unpack the numbers of a slice that begins at `start` of the whole narrowed array."""
    values = narrow.astype(np.int64)
    _put(values, start, at, large)
    return values


class Paired(NamedTuple):
    """Hold numbers as bytes and second bytes, and those that are too large: their indices, and what they are."""

    firsts: NDArray[np.uint8]
    seconds: NDArray[np.uint8]
    at: Numbers
    large: NDArray[np.uint32]


def paired(values: NDArray[Any]) -> Paired:
    """Pack numbers as one or two bytes.

    >>> [part.tolist() for part in paired(np.array([3, 128, 640, 70000]))]
    [[3, 128, 130, 255], [0, 0], [3], [70000]]
    """
    at = np.flatnonzero(values >= _PAIR)
    excess = np.minimum(values[at], _MOST) - _PAIR
    firsts = values.astype(np.uint8)
    firsts[at] = (excess >> 8) + _PAIR
    is_large = excess == _MOST - _PAIR
    large = at[is_large]
    return Paired(firsts, excess[~is_large].astype(np.uint8), large, values[large].astype(np.uint32))


def takes_two(firsts: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell which of the numbers have a second byte."""
    two: NDArray[np.bool_] = (firsts >= _PAIR) & (firsts != _ESCAPE)
    return two


def unpaired(firsts: NDArray[np.uint8], seconds: NDArray[np.uint8], start: int, *, beside: tuple[Any, Any]) -> Numbers:
    """Unpack a slice that begins at `start`, with its second bytes, and the large numbers of the whole array."""
    values = firsts.astype(np.int64)
    if len(seconds):
        two = np.flatnonzero(takes_two(firsts))
        values[two] = (values[two] - _PAIR << 8) + seconds + _PAIR
    _put(values, start, *beside)
    return values


def _count_pairs(firsts: Any, low: int, high: int) -> int:
    """Count the bytes of a slice that do not stand for themselves, in memory that does not depend on its length."""
    pieces = range(low, high, _PIECE)
    return sum(int(np.count_nonzero(firsts[at : min(at + _PIECE, high)] >= _PAIR)) for at in pieces)


def _unpaired_few(firsts: list[int], seconds: list[int]) -> Numbers:
    """Unpack so few numbers that arrays would take longer, none of them large."""
    more = iter(seconds)
    return np.array(
        [first if first < _PAIR else (first - _PAIR << 8) + next(more) + _PAIR for first in firsts], np.int64
    )


def _put(values: Numbers, start: int, at: NDArray[Any], large: NDArray[Any]) -> None:
    if len(at):
        low, high = at.searchsorted(start), at.searchsorted(start + len(values))
        values[at[low:high] - start] = large[low:high]


def smallest(largest: int) -> str:
    """Choose the narrowest little-endian unsigned type of at least 4 bytes that holds the number.

    >>> smallest(7), smallest(2**32)
    ('<u4', '<u8')
    """
    return "<u4" if largest < 1 << 32 else "<u8"


def starts(counts: NDArray[Any]) -> Numbers:
    """Compute where each of successive runs starts, and last where they end.

    >>> starts(np.array([2, 0, 3]))
    array([0, 2, 2, 5])
    """
    totals = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=totals[1:])
    return totals


def steps(values: NDArray[Any], firsts: NDArray[Any]) -> NDArray[Any]:
    """Compute the distance of each number from the one before; those at the indices `firsts` stay as they are.

    >>> steps(np.array([3, 5, 9, 2, 4]), np.array([0, 3]))
    array([3, 2, 4, 2, 2])
    """
    distances = values.copy()
    distances[1:] -= values[:-1]
    distances[firsts] = values[firsts]
    return distances


def summed(distances: Numbers, firsts: Numbers, counts: NDArray[Any]) -> Numbers:
    """Undo `steps`; `counts`: how many numbers follow from each of `firsts`, it included."""
    totals = np.cumsum(distances)
    if len(firsts) > 1:
        totals -= np.repeat(totals[firsts] - distances[firsts], counts)
    return totals


def length_bytes(words: NDArray[Any]) -> NDArray[np.uint8]:
    """Round field lengths as Whoosh does: to the index of the next length in its table of 256.

    >>> length_bytes(np.array([0, 9, 10, 11, 10**6]))
    array([  0,   9,  10,  11, 255], dtype=uint8)
    """
    return np.minimum(np.searchsorted(_LENGTHS, words), 255).astype(np.uint8)


def ranges(lows: Numbers, counts: Numbers) -> Numbers:
    """List the numbers of several ranges, each of which begins at `lows` and has `counts`.

    >>> ranges(np.array([3, 9]), np.array([2, 1])).tolist()
    [3, 4, 9]
    """
    ends = np.cumsum(counts)
    return np.repeat(lows - ends + counts, counts) + np.arange(ends[-1] if len(ends) else 0)


def seconds_before(whole: NDArray[np.uint8], lows: Numbers, counts: Numbers, two: NDArray[np.bool_]) -> Numbers:
    """Find the index of the second byte of each number that has one, `two`, in runs of `whole` (`ranges`)."""
    have_two = takes_two(whole)
    before, edge, total = np.empty(len(lows), np.int64), 0, 0
    for index, low in enumerate(lows.tolist()):
        total += int(np.count_nonzero(have_two[edge:low]))
        before[index], edge = total, low
    within = starts(two)[:-1]
    firsts = starts(counts)[:-1]
    return (np.repeat(before - within[firsts], counts) + within)[two]


class PairedReader:
    """Read the paired numbers of terms, one term after the other, from arrays by name: `part`, `part_more`, ..."""

    def __init__(self, array: Callable[[str], Any], whole: Callable[[str], NDArray[Any]], part: str) -> None:
        """Read by name what is read in slices (`array`), and what is looked through (`whole`)."""
        self._firsts, self._seconds = array(part), array(f"{part}_more")
        self._second_starts = array(f"{part}_more_starts")
        self._beside = whole(f"{part}_at"), whole(f"{part}_large")

    def read(self, low: int, high: int, bounds: Any, wanted: NDArray[np.bool_] | None = None) -> Numbers:
        """Read the numbers of a range of terms; `bounds`: each term's start; `wanted`: which of them, None for all."""
        start, end = int(bounds[low]), int(bounds[high])
        firsts = self._firsts[start:end]
        seconds = self._seconds[int(self._second_starts[low]) : int(self._second_starts[high])]
        if wanted is None:
            return unpaired(firsts, seconds, start, beside=self._beside)
        at, large = self._large_among(start, wanted)
        seconds = seconds.compress(wanted.compress(takes_two(firsts)))  # `compress` takes a fifth of what indexing does
        return unpaired(firsts.compress(wanted), seconds, 0, beside=(at, large))

    def run(self, number: int, bounds: Any, *, after: int, count: int) -> Numbers:
        """Read `count` numbers of one term, after so many of it, without looking much at those."""
        start = int(bounds[number])
        low, high = start + after, start + after + count
        at, large = self._beside
        larger_before, larger, larger_after = at.searchsorted((start, low, high)).tolist()
        firsts = self._firsts[low:high]
        seconds_before = _count_pairs(self._firsts, start, low) - (larger - larger_before)
        first = int(self._second_starts[number]) + int(seconds_before)
        if count <= _FEW and larger_after == larger:
            return _unpaired_few(firsts.tolist(), self._seconds[first : first + count].tolist())
        seconds = self._seconds[first : first + int(np.count_nonzero(firsts >= _PAIR)) - (larger_after - larger)]
        beside = at[larger:larger_after], large[larger:larger_after]
        return unpaired(firsts, seconds, low, beside=beside)

    def runs(self, number: int, bounds: Any, *, after: Numbers, counts: Numbers) -> Numbers:
        """Read several runs of the numbers of one term, ascending: as many as `counts`, after so many of it each.

        What lies before and between is counted, not unpacked.
        """
        start = int(bounds[number])
        whole = self._firsts[start : start + int(after[-1] + counts[-1])]
        wanted = ranges(after, counts)
        firsts = whole[wanted]
        two = takes_two(firsts)
        first = int(self._second_starts[number])
        seconds = self._seconds[first + seconds_before(whole, after, counts, two)] if two.any() else firsts[:0]
        large = firsts == _ESCAPE
        beside = self._beside[0].searchsorted(wanted[large] + start)
        return unpaired(firsts, seconds, 0, beside=(np.flatnonzero(large), self._beside[1][beside]))

    def _large_among(self, start: int, wanted: NDArray[np.bool_]) -> tuple[Numbers, NDArray[Any]]:
        """Return the large numbers that are wanted, and their indices among the wanted."""
        at, large = self._beside
        low, high = at.searchsorted(start), at.searchsorted(start + len(wanted))
        among = at[low:high].astype(np.int64) - start
        among, large = among[wanted[among]], large[low:high][wanted[among]]
        return (np.cumsum(wanted)[among] - 1 if len(among) else among), large
