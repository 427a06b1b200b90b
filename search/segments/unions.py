"""Several terms of a field read as one: a few as far as each is asked for, many of a segment in blocks.

So memory does not depend on how many they are. Of many, those that stand close to one another are read together with
those between, which takes less than reading each alone.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import FieldReader
from search.deadline import check
from search.segments.matching import TermNumbers
from search.segments.postings import (
    EMPTY,
    NOTHING,
    Documents,
    Frequencies,
    Mask,
    Places,
    Postings,
    ReadPostings,
    ascending,
    merged,
    united,
)
from search.segments.term_postings import PackedPostings, TermIn

_BLOCK = 1 << 19
"""Places of the terms of a block, about; of one term there may be more."""
_MANY = 16
"""Of how many documents one posting has to be there, for a total of each to be made."""
_GAP = 2_000
"""Places of unwanted terms that are read along sooner than left out."""


class _Block(NamedTuple):
    """Terms from `low` up to `high`."""

    low: int
    high: int
    wanted: NDArray[np.bool_] | None
    """Which of them; None: all."""


def union(reader: FieldReader, numbers: TermNumbers, size: int) -> Postings:
    """Read the postings of some terms as one; `size` is how many documents the segment has.

    The blocks are made again when places are read: of hundreds of patterns they take more than the postings, and what
    is kept of postings is not to hold them.
    """
    blocks = list(_blocks(reader, numbers))

    def places(within: Mask | None) -> Places:
        return np.concatenate([NOTHING, *(_places(reader, block, within) for block in _blocks(reader, numbers))])

    if len(blocks) > 1:
        return ReadPostings(*_summed(reader, blocks, size), lambda within: ascending(places(within)))
    docs, frequencies = _postings(reader, blocks[0]) if blocks else (NOTHING, NOTHING)
    return united(docs, frequencies, places, size)


def _summed(reader: FieldReader, blocks: list[_Block], size: int) -> tuple[Documents, Frequencies]:
    totals = np.zeros(size)
    for block in blocks:
        check()
        docs, frequencies = _postings(reader, block)
        if len(docs) * _MANY < size:
            np.add.at(totals, docs, frequencies)
        else:
            totals += np.bincount(docs, frequencies, size)
    present = (totals > 0).nonzero()[0]
    return present, totals[present].astype(np.float32)


def _blocks(reader: FieldReader, numbers: TermNumbers) -> Iterator[_Block]:
    """Divide terms, given by number in ascending order, into blocks."""
    if not len(numbers):
        return
    sizes = reader.sizes(numbers)
    parts = (np.cumsum(sizes) - sizes) // _BLOCK
    ends = np.flatnonzero((parts[1:] != parts[:-1]) | (reader.between(numbers) >= _GAP)) + 1
    for start, end in zip([0, *ends.tolist()], [*ends.tolist(), len(numbers)], strict=True):
        low, high = int(numbers[start]), int(numbers[end - 1]) + 1
        wanted = None
        if high - low > end - start:
            wanted = np.zeros(high - low, np.bool_)
            wanted[numbers[start:end] - low] = True
        yield _Block(low, high, wanted)


def _postings(reader: FieldReader, block: _Block) -> tuple[Documents, NDArray[np.int64]]:
    low, high, wanted = block
    docs, frequencies = reader.docs(low, high), reader.freqs(low, high)
    if wanted is None:
        return docs, frequencies
    kept = np.repeat(wanted, reader.doc_counts(low, high))
    return docs.compress(kept), frequencies.compress(kept)


def _places(reader: FieldReader, block: _Block, within: Mask | None) -> Places:
    check()
    low, high, wanted = block
    if high == low + 1:
        return PackedPostings([TermIn(0, reader, low, *reader.doc_bounds(low))]).read_places(within)
    kept = None if wanted is None else np.repeat(wanted, reader.doc_counts(low, high))
    if within is not None:
        docs = reader.docs(low, high)
        if kept is None:
            kept = within[docs]
        else:
            kept[kept] = within[docs.compress(kept)]  # others may lie beyond the mask
    return reader.places(low, high, kept)


def united_postings(parts: Sequence[Postings], size: int) -> Postings:
    """Join the postings of terms; `size` is how many documents the index has."""
    found = [part for part in parts if part.count]
    return UnitedPostings(found, size) if len(found) > 1 else found[0] if found else EMPTY


class UnitedPostings(Postings):
    """Implements `Postings`."""

    def __init__(self, parts: Sequence[Postings], size: int) -> None:
        self._parts, self._size = tuple(parts), size

    @cached_property
    def _all(self) -> Postings:
        docs = np.concatenate([part.docs for part in self._parts])
        return united(docs, np.concatenate([part.frequencies for part in self._parts]), self.read_places, self._size)

    @property
    def docs(self) -> Documents:
        """Return the documents."""
        return self._all.docs

    @property
    def frequencies(self) -> Frequencies:
        """Count how often it occurs in each document."""
        return self._all.frequencies

    @property
    def in_parts(self) -> bool:
        """Tell whether the places of some documents are read without those of all others."""
        return all(part.in_parts for part in self._parts)

    @property
    def size(self) -> int:
        """Count the places, about."""
        return sum(part.size for part in self._parts)

    def read_places(self, within: Mask | None) -> Places:
        """Read the places; see `Postings`."""
        return merged([part.read_places(within) for part in self._parts])

    def places_of(self, docs: Documents) -> Places:
        """Read the places in some documents, and perhaps in others between these."""
        return merged([part.places_of(docs) for part in self._parts])
