"""Numbers in as few bytes as they need: a narrow array, and elsewhere the few that do not fit.

The largest value of the narrow type stands for "look elsewhere". Frequencies keep those few with their indices.
Position deltas are wide so often that they go to a stream of their own, in order, which needs no indices.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


class Narrowed(NamedTuple):
    """Values in a narrow type, and those that are too large for it: where, and what."""

    values: NDArray[Any]
    at: Numbers
    large: NDArray[np.uint32]


def narrowed(values: NDArray[Any], dtype: str) -> Narrowed:
    """The values in `dtype`, an unsigned type.

    >>> [part.tolist() for part in narrowed(np.array([3, 255, 7, 70000]), "u1")]
    [[3, 255, 7, 255], [1, 3], [255, 70000]]
    """
    most = np.iinfo(dtype).max
    at = np.flatnonzero(values >= most)
    return Narrowed(np.minimum(values, most).astype(dtype), at, values[at].astype(np.uint32))


def widened(narrow: NDArray[Any], start: int, at: NDArray[Any], large: NDArray[Any]) -> Numbers:
    """The values of a slice that begins at `start` of the whole narrowed array."""
    values = narrow.astype(np.int64)
    if len(at):
        low, high = np.searchsorted(at, (start, start + len(narrow)))
        values[at[low:high].astype(np.int64) - start] = large[low:high]
    return values


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
