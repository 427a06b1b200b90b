"""Pack numbers into as few bytes as they need, in arrays that numpy reads whole.

Two ways. `narrowed`: a byte each, and the few that do not fit beside it, with their indices. `paired`, for numbers that
often do not fit: a byte each, a second byte for those from 128 to 32,639, in an array of its own and in order,
and the few still larger beside.
"""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Width: TypeAlias = type[np.int32] | type[np.int64]
"""In how many bytes numbers are unpacked: in four sooner than in eight, where they fit."""

ESCAPE = 255
"""The byte of a number that is kept beside."""

PAIR = 128
"""The least number that takes a second byte; the first byte is then this and the excess divided by 256."""

LENGTHS = np.array([round((1.033**n - 1) * 27) for n in range(256)])
"""The lengths a byte can say: Whoosh's table."""

_MOST = PAIR + (ESCAPE - PAIR) * 256
"""The least number that does not fit two bytes either. Real position deltas take least with these bounds (2026-11)."""

_LESS = (PAIR << 8) - PAIR
"""What 256 times the first byte of a number in two bytes is more than the least number that begins with it."""


_BITS = np.array([bin(byte).count("1") for byte in range(256)], np.uint8)
"""How many bits of each byte are set."""

_LOWER = np.array([(1 << bit) - 1 for bit in range(8)], np.uint8)
"""The bits below each bit."""

_EVERY_BYTE = np.uint64(0x0101010101010101)
"""Times eight bytes: in each of these the sum of those up to it, where that is below 256."""


_FREED = 30_000_000
"""Bytes of freed memory that the process keeps for the next arrays; glibc takes no more than 32 MiB for it."""


def keep_freed() -> None:
    """Have the C library keep what arrays free: else thousands of pages are given to the process and taken again.

    It keeps blocks up to the size of the largest that was freed so far (mallopt(3), `M_MMAP_THRESHOLD`), so one is
    freed here, of which no page is touched. A phrase of frequent words took a third of its time for pages, and merging
    a sixth.
    """
    np.empty(_FREED, np.uint8)


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
    at = np.flatnonzero(values >= ESCAPE)
    return Narrowed(np.minimum(values, ESCAPE).astype(np.uint8), at, values[at].astype(np.uint32))


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
    at = np.flatnonzero(values >= PAIR)
    excess = np.minimum(values[at], _MOST) - PAIR
    firsts = values.astype(np.uint8)
    firsts[at] = (excess >> 8) + PAIR
    is_large = excess == _MOST - PAIR
    large = at[is_large]
    return Paired(firsts, excess[~is_large].astype(np.uint8), large, values[large].astype(np.uint32))


def takes_two(firsts: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell which of the numbers have a second byte."""
    two: NDArray[np.bool_] = firsts.view(np.int8) < ESCAPE - 256  # of what has the eighth bit, all but the escape
    return two


def counted_before(which: NDArray[np.bool_], at: Numbers) -> Numbers:
    """Count how many are true before each of some indices, of which the last may be past the end.

    >>> counted_before(np.array([True, False, True, True]), np.array([0, 1, 4])).tolist()
    [0, 1, 3]
    """
    eights = np.zeros((len(which) >> 6) + 1 << 3, np.uint8)
    packed = np.packbits(which, bitorder="little")
    eights[: len(packed)] = packed
    sums = _BITS.take(eights).view("<u8") * _EVERY_BYTE  # in each byte, of it and those before it in the same eight
    eight = at >> 3
    counts: Numbers = starts((sums >> np.uint64(56)).astype(np.int64)).take(at >> 6)
    counts += (sums << np.uint64(8)).view(np.uint8).take(eight)
    counts += _BITS.take(eights.take(eight) & _LOWER.take(at & 7))
    return counts


def unpaired(
    firsts: NDArray[np.uint8],
    seconds: NDArray[np.uint8],
    start: int,
    *,
    beside: tuple[Any, Any],
    width: Width = np.int64,
) -> NDArray[Any]:
    """Unpack a slice that begins at `start`, with its second bytes, and the large numbers of the whole array."""
    values: NDArray[Any] = firsts.astype(width)
    if len(seconds):
        two = takes_two(firsts).nonzero()[0]
        values[two] = with_second(values.take(two), seconds)
    _put(values, start, *beside)
    return values


def with_second(firsts: NDArray[Any], seconds: NDArray[np.uint8]) -> NDArray[Any]:
    """Return the numbers of two bytes.

    >>> with_second(np.array([128, 130]), np.array([0, 7], np.uint8)).tolist()
    [128, 647]
    """
    found: NDArray[Any] = firsts << 8
    found += seconds
    found -= _LESS
    return found


def _put(values: NDArray[Any], start: int, at: NDArray[Any], large: NDArray[Any]) -> None:
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


def few_before(counts: NDArray[Any]) -> NDArray[np.uint32]:
    """Compute `starts` of small counts, all of which together fit 32 bits, in a quarter of the time.

    >>> few_before(np.array([True, False, True]))
    array([0, 1, 1, 2], dtype=uint32)
    """
    totals = np.zeros(len(counts) + 1, np.uint32)
    np.cumsum(counts, dtype=np.uint32, out=totals[1:])
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


def ranges(lows: Numbers, counts: Numbers) -> Numbers:
    """List the numbers of several ranges, each of which begins at `lows` and has `counts`.

    >>> ranges(np.array([3, 9]), np.array([2, 1])).tolist()
    [3, 4, 9]
    """
    ends = np.cumsum(counts)
    found = np.repeat(lows - ends + counts, counts)
    found += np.arange(len(found))
    return found


def spread(values: NDArray[Any], edges: Numbers) -> NDArray[Any]:
    """Repeat each value from where its run starts, which has at least one, to the next: short runs in half the time.

    >>> spread(np.array([7, 5]), np.array([0, 2, 5])).tolist()
    [7, 7, 5, 5, 5]
    """
    distances, found = values.copy(), np.zeros(edges[-1], values.dtype)
    distances[1:] -= values[:-1]
    found[edges[:-1]] = distances
    return np.cumsum(found, out=found)


def length_bytes(words: NDArray[Any]) -> NDArray[np.uint8]:
    """Round field lengths as Whoosh does: to the index of the next length in its table of 256.

    >>> length_bytes(np.array([0, 9, 10, 11, 10**6]))
    array([  0,   9,  10,  11, 255], dtype=uint8)
    """
    return np.minimum(np.searchsorted(LENGTHS, words), 255).astype(np.uint8)


def rounded_length(words: int) -> int:
    """Return what a field of so many words counts as, once its length is a byte.

    >>> [rounded_length(words) for words in (9, 11, 10**6)]
    [9, 12, 106374]
    """
    return int(LENGTHS[length_bytes(np.array([words]))[0]])
