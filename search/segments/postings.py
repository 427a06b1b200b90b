"""Postings and positions as numpy arrays, and the set algebra on them. No engine, no query tree, no scores.

Documents are numbered from 0 over the whole index. A place is one word of one document as a single number,
`document << 32 | position`, so that places sort by document and then by position, and neighbouring words are
neighbouring numbers.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import POSITION_BITS

Documents: TypeAlias = NDArray[np.int64]
"""Document numbers, ascending, each once."""
Places: TypeAlias = NDArray[np.int64]
"""Places, ascending, each once."""
Mask: TypeAlias = NDArray[np.bool_]
"""One truth value for each document of the index."""
Scores: TypeAlias = NDArray[np.float64]
Frequencies: TypeAlias = NDArray[np.float32]

NOTHING: Documents = np.empty(0, np.int64)

# When one side is so many times the other, look each of its numbers up; else go through both. Measured 2026-11.
_LOOK_UP = 32
_SPAN = 32  # documents for which a mask has room in the time that it takes for one
_SOUGHT = 8  # the same of places, which lie in no mask
_MERGED = 1000  # values, from which on a merge is quicker than a search for each

_DOCUMENT, _FREQUENCY = 8, 1  # bytes
_PORTION = 1 << 18
"""Places that are looked at together, about: one or two megabytes, which stay in the processor's caches."""
_PORTION_OF_UNIONS = 1 << 20
"""The same of what is gone through from its beginning each time (`search.segments.unions`)."""


class Postings(ABC):
    """Where a term, or a union of terms, occurs; what is not asked for is not read."""

    @property
    @abstractmethod
    def docs(self) -> Documents:
        """Return the documents."""

    @property
    @abstractmethod
    def frequencies(self) -> Frequencies:
        """Count how often it occurs in each document."""

    @abstractmethod
    def read_places(self, within: Mask | None) -> Places:
        """Read the places, in a new array: of all documents, or of those in the mask and perhaps of others.

        Only phrases and proximity need them.
        """

    @property
    def count(self) -> int:
        """Count the documents."""
        return len(self.docs)

    @property
    def size(self) -> int:
        """Count the places."""
        return int(self.frequencies.sum())

    @property
    def in_parts(self) -> bool:
        """Tell whether the places of some documents are read without those of all others."""
        return False

    @property
    def groups(self) -> int | None:
        """Count the filings that the documents are of, deleted ones included; None where that is not known."""
        return None

    def most_weight(self, mean: float) -> float:
        """Return what no document's weight (`indexer.columnar.access.blocks`) exceeds, with that mean length."""
        return float("inf")

    @property
    def nbytes(self) -> int:
        """Count the bytes it takes once all is read, about."""
        return self.count * (_DOCUMENT + _FREQUENCY)

    def frequencies_at(self, at: NDArray[np.int64]) -> NDArray[Any]:
        """Return how often it occurs in some of the documents, given by their indices among `docs`."""
        return self.frequencies[at]

    @property
    def frequency_bytes(self) -> NDArray[np.uint8]:
        """Count how often it occurs in each document as a byte; 255 is for as often and more."""
        return np.minimum(self.frequencies, 255).astype(np.uint8)

    def places_of(self, docs: Documents) -> Places:
        """Read the places in some of the documents, and perhaps in others between these."""
        if not self.count or not len(docs):
            return NOTHING
        return reduced(self.read_places(mask_of([docs], int(max(self.docs[-1], docs[-1])) + 1)), docs)


class ReadPostings(Postings):
    """Postings that were read."""

    def __init__(self, docs: Documents, frequencies: Frequencies, places: Callable[[Mask | None], Places]) -> None:
        """Keep them; `places` reads the places."""
        self._docs, self._frequencies, self._places = docs, frequencies, places

    @property
    def docs(self) -> Documents:
        """Return the documents."""
        return self._docs

    @property
    def frequencies(self) -> Frequencies:
        """Count how often it occurs in each document."""
        return self._frequencies

    def read_places(self, within: Mask | None) -> Places:
        """Read the places; see `Postings`."""
        return self._places(within)


EMPTY = ReadPostings(NOTHING, np.empty(0, np.float32), lambda within: NOTHING)


def present_in(docs: Documents) -> Postings:
    """Build the postings of a value without positions: it occurs once in each of the documents, at the start."""
    return ReadPostings(docs, np.ones(len(docs), np.float32), lambda within: docs << POSITION_BITS)


def at(places: Places) -> Postings:
    """Build the postings of what stands at these places, ascending."""
    docs = places >> POSITION_BITS
    firsts = beginnings_of_runs(docs)
    counts = np.diff(firsts, append=len(docs)).astype(np.float32)
    return ReadPostings(docs[firsts], counts, lambda within: places.copy())


def concatenated(parts: Sequence[tuple[int, Postings]]) -> Postings:
    """Join postings of successive segments into one; each comes with the number of its segment's first document."""
    if len(parts) == 1 and parts[0][0] == 0:
        return parts[0][1]
    if not parts:
        return EMPTY
    readers = [(base, postings.read_places) for base, postings in parts]
    return ReadPostings(
        np.concatenate([postings.docs + base for base, postings in parts]),
        np.concatenate([postings.frequencies for _, postings in parts]),
        lambda within: np.concatenate([_moved(base, read, within) for base, read in readers]),
    )


def _moved(base: int, read: Callable[[Mask | None], Places], within: Mask | None) -> Places:
    places = read(None if within is None else within[base:])
    places += base << POSITION_BITS
    return places


def reduced(places: Places, docs: Documents) -> Places:
    """Leave out what stands before the first and after the last of the documents."""
    if not len(docs):
        return NOTHING
    low, high = places.searchsorted((docs[0] << POSITION_BITS, (docs[-1] + 1) << POSITION_BITS))
    return places[low:high]


def united(
    docs: NDArray[np.int64], frequencies: NDArray[Any], read: Callable[[Mask | None], Places], size: int
) -> Postings:
    """Join several terms into one, frequencies summed; `docs` come in any order, once for each term they have.

    `read` gives the places in any order; `size` is one more than the greatest document.
    """
    if len(docs) * _LOOK_UP > size:
        counts = np.bincount(docs, frequencies, size)
        present = (counts > 0).nonzero()[0]  # of numbers with a point `nonzero` takes four times as long
        return ReadPostings(present, counts.take(present).astype(np.float32), lambda within: ascending(read(within)))
    order = np.argsort(docs, kind="stable")
    docs = docs[order]
    firsts = beginnings_of_runs(docs)
    totals = np.add.reduceat(frequencies[order], firsts, dtype=np.float32)
    return ReadPostings(docs[firsts], totals, lambda within: ascending(read(within)))


def ascending(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sort the values, each once. (`numpy.unique` takes ten times as long.)"""
    if (values[1:] > values[:-1]).all():
        return values
    return _once(np.sort(values))


def merged(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Merge a few ascending arrays, each value once, in half the time that `ascending` takes."""
    values = np.concatenate([NOTHING, *parts])
    values.sort(kind="stable")  # which finds the runs
    return _once(values)


def _once(values: NDArray[np.int64]) -> NDArray[np.int64]:
    new = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return values if new.all() else values.compress(new)


def where_among(values: NDArray[Any], among: NDArray[Any]) -> tuple[NDArray[np.int64], Mask]:
    """Find for each value its index in the ascending `among`, and whether it is there at all."""
    if not len(among):
        return np.zeros(len(values), np.int64), np.zeros(len(values), np.bool_)
    at = np.searchsorted(among, values)
    at[at == len(among)] = 0
    return at, among[at] == values


def indices_of(docs: Documents, among: Documents) -> NDArray[np.int64]:
    """Find the indices, in the ascending `among`, of those of the documents that are there."""
    if not len(docs):
        return NOTHING
    first, last = int(docs[0]), int(docs[-1])
    low, high = among.searchsorted((first, last + 1)).tolist()
    part = among[low:high]
    if len(docs) * _LOOK_UP < len(part) + (last - first) // _SPAN:  # a mask has room for every document between
        at, found = where_among(docs, part)
        return at.compress(found) + np.int64(low)
    indices: NDArray[np.int64] = mask_of([docs - first], last + 1 - first).take(part - first).nonzero()[0] + low
    return indices


def common(first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    """Find the values that are in both; all ascend, each once."""
    fewer, more = (first, second) if len(first) <= len(second) else (second, first)
    if len(fewer) * _SOUGHT < len(more):
        return fewer.compress(where_among(fewer, more)[1])
    both = np.concatenate([fewer, more])
    both.sort(kind="stable")  # a merge of two runs
    return both[:-1].compress(both[1:] == both[:-1])


def indices_among(values: NDArray[Any], among: NDArray[Any]) -> NDArray[np.int64]:
    """Find the indices of those of the values that are also among the others; all ascend, each once."""
    if len(values) * _SOUGHT < len(among):
        return np.flatnonzero(where_among(values, among)[1])
    return values.searchsorted(common(values, among))


def less_than(values: NDArray[np.int64], among: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count for each value those `among` that are less; both ascend. Of very many a merge takes a fifth of a search."""
    if len(values) < _MERGED:
        return among.searchsorted(values)
    order = np.concatenate([values, among]).argsort(kind="stable")  # a merge of two runs
    counts: NDArray[np.int64] = (order < len(values)).nonzero()[0] - np.arange(len(values))
    return counts


def much_fewer(docs: Documents, other: Documents) -> bool:
    """Tell whether to look each of the one up among the other, rather than to go through both."""
    return len(docs) * _LOOK_UP < len(other)


def in_all(parts: Sequence[Documents], size: int) -> Documents:
    """Find the documents of every part."""
    docs, *others = sorted(parts, key=len)
    for other in others:
        docs = docs.compress(
            where_among(docs, other)[1] if much_fewer(docs, other) else mask_of([other], size).take(docs)
        )
    return docs


def in_any(parts: Sequence[Documents], size: int) -> Documents:
    """Find the documents of any part, each once."""
    if len(parts) <= 1:
        return parts[0] if parts else NOTHING
    if sum(map(len, parts)) * _LOOK_UP < size:
        return ascending(np.concatenate(parts))
    return np.flatnonzero(mask_of(parts, size))


def mask_of(parts: Sequence[Documents], size: int) -> Mask:
    """Build the mask of the documents of any part; `size` is how many documents the index has."""
    mask = np.zeros(size, np.bool_)
    for docs in parts:
        mask[docs] = True
    return mask


def beginnings_of_runs(values: NDArray[Any]) -> NDArray[np.int64]:
    """Find the indices at which another value begins, the first among them."""
    new = np.empty(len(values), np.bool_)
    new[:1] = True
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return new.nonzero()[0]


def portions(postings: Sequence[Postings], docs: Documents) -> list[Documents]:
    """Divide documents into successive ones, so that few places of the postings lie in each, about."""
    places = sum(each.size * len(docs) / each.count for each in postings if each.count)
    portion = _PORTION if all(each.in_parts for each in postings) else _PORTION_OF_UNIONS
    return np.array_split(docs, max(1, min(len(docs), int(places / portion))))


def documents_of(places: Places) -> Documents:
    """Return the documents of ascending places, each once."""
    docs = places >> POSITION_BITS
    return docs[beginnings_of_runs(docs)]
