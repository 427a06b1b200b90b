"""The postings of one term in columnar segments, read as far as they are asked for, of all segments at once.

What a term has in several segments is put together as bytes and unpacked in one go: a segment costs some microseconds.
Places are read in blocks (`indexer.columnar.access.blocks`): of those, only what the documents asked for fall into.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.access.blocks import SIZE, Blocks, between
from indexer.columnar.access.paired_reader import Packed
from indexer.columnar.access.places_read import PlacesPiece, PlacesRead, TermLine, joined, positions_of
from indexer.columnar.packing import starts, summed
from indexer.columnar.postings import POSITION_BITS, FieldReader
from search.segments.postings import (
    NOTHING,
    Documents,
    Frequencies,
    Mask,
    Places,
    Postings,
    beginnings_of_runs,
    indices_of,
)

_GAP = 1 << 14
"""Places of blocks that are read along sooner than left out."""
_SOME = 2
"""Documents of which one is wanted, up to which those between are read along."""


class TermIn(NamedTuple):
    """A term in a segment."""

    base: int
    """The number of the segment's first document."""
    field: FieldReader
    number: int
    """Of the term, in the field."""
    low: int
    high: int
    """From where to where its documents lie."""


class _Part(NamedTuple):
    """What is read of successive documents of a term in a segment."""

    before: int
    """The document from which the first is counted."""
    docs: Packed
    freqs: Packed


class PackedPostings(Postings):
    """Implements `Postings`."""

    def __init__(self, terms: Sequence[TermIn]) -> None:
        """Read of some segments, in their order."""
        self.terms = tuple(terms)
        self._edges = [0]
        for term in self.terms:
            self._edges.append(self._edges[-1] + term.high - term.low)

    @property
    def count(self) -> int:
        """Count the documents."""
        return self._edges[-1]

    @cached_property
    def docs(self) -> Documents:
        """Return the documents."""
        docs = joined([term.field.packed_docs(*term[2:]) for term in self.terms]).unpacked()
        np.cumsum(docs, out=docs)
        before = 0
        for term, low, high in zip(self.terms, self._edges, self._edges[1:], strict=False):
            last = int(docs[high - 1])
            docs[low:high] += term.base - before
            before = last
        return docs

    @cached_property
    def blocks(self) -> list[Blocks | None]:
        """Return what leads into the middle of its postings, in each segment where it is long."""
        return [term.field.blocks.find(term.number) for term in self.terms]

    @cached_property
    def groups(self) -> int | None:
        """Count the filings that the documents are of; None where that is not known beforehand."""
        known = [blocks.groups if blocks else None for blocks in self.blocks]
        return sum(each for each in known if each is not None) if None not in known else None

    # Blocks, numbered over all segments; where a term has none in a segment, all it has there is one

    @cached_property
    def _block_edges(self) -> list[int]:
        return list(accumulate((len(blocks) if blocks else 1 for blocks in self.blocks), initial=0))

    def most_weight(self, mean: float) -> float:
        """Return what no document's weight exceeds, of a field of that mean length."""
        return float(self.weights(mean).max())

    def weights(self, mean: float) -> NDArray[np.float64]:
        """Return what no document's weight exceeds in each block; infinite where that is not known."""
        return np.concatenate(
            [
                blocks.weights() * max(1.0, mean / term.field.blocks.mean_length) if blocks else np.array([np.inf])
                for term, blocks in zip(self.terms, self.blocks, strict=True)
            ]
        )

    def blocks_of(self, docs: Documents) -> NDArray[np.int64]:
        """Find the blocks in which documents, ascending, may be."""
        found = [NOTHING]
        bounds = docs.searchsorted([term.base for term in self.terms]).tolist()
        for term, blocks, edge, low, high in zip(
            self.terms, self.blocks, self._block_edges, bounds, [*bounds[1:], len(docs)], strict=False
        ):
            if low < high:
                at = blocks.docs.searchsorted(docs[low:high] - term.base) if blocks else np.zeros(1, np.int64)
                found.append(edge + at[at < (len(blocks) if blocks else 1)])
        blocks_found = np.concatenate(found)
        return blocks_found[beginnings_of_runs(blocks_found)]

    def in_blocks(self, blocks: NDArray[np.int64]) -> tuple[Documents, NDArray[np.int64]]:
        """Read the documents of some blocks, ascending, and how often the term occurs in each."""
        parts = [part for index in range(len(self.terms)) for part in self._parts(index, blocks)]
        if not parts:
            return NOTHING, NOTHING
        docs, freqs = joined([part.docs for part in parts]).unpacked(), joined([part.freqs for part in parts])
        counts = np.array([len(part.freqs.firsts) for part in parts])
        firsts = starts(counts)[:-1]
        before = np.array([part.before for part in parts])
        return summed(docs, firsts, counts) + np.repeat(before, counts), freqs.unpacked_bytes()

    def _parts(self, index: int, blocks: NDArray[np.int64]) -> Iterator[_Part]:
        """Read some blocks, those of one segment among them."""
        term, own = self.terms[index], self.blocks[index]
        first, past = blocks.searchsorted(self._block_edges[index : index + 2]).tolist()
        if first == past:
            return
        if own is None:
            packed = term.field.packed_docs(term.number, term.low, term.high)
            yield _Part(term.base, packed, term.field.packed_freqs(term.low, term.high))
            return
        for begin, end in _runs(blocks[first:past] - self._block_edges[index], 1):
            low, high = term.low + begin * SIZE, min(term.low + end * SIZE, term.high)
            before = int(own.docs[begin - 1]) if begin else 0
            packed = term.field.packed_docs_between(term.number, (low, high), between(own.docs_more, begin, end))
            yield _Part(term.base + before, packed, term.field.packed_freqs(low, high))

    # Frequencies and places

    @cached_property
    def _freqs(self) -> Packed:
        return joined([term.field.packed_freqs(term.low, term.high) for term in self.terms])

    @property
    def frequencies(self) -> Frequencies:
        """Count how often it occurs in each document."""
        found = np.frombuffer(self._freqs.firsts, np.uint8).astype(np.float32)
        found[list(self._freqs.at)] = self._freqs.large
        return found

    @property
    def frequency_bytes(self) -> NDArray[np.uint8]:
        """Count how often it occurs in each document as a byte; 255 is for as often and more."""
        return np.frombuffer(self._freqs.firsts, np.uint8)

    def frequencies_at(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how often it occurs in some of the documents, given by their indices among `docs`."""
        return self._freqs.bytes_at(at)

    @property
    def in_parts(self) -> bool:
        """Tell whether the places of some documents are read without those of all others: they are."""
        return True

    @property
    def size(self) -> int:
        """Count the places."""
        return sum(term.field.place_count(term.number) for term in self.terms)

    def read_places(self, within: Mask | None) -> Places:
        """Read the places; see `Postings`."""
        return self.places_at(np.arange(self.count) if within is None else np.flatnonzero(within[self.docs]))

    def places_of(self, docs: Documents) -> Places:
        """Read the places in some documents, and perhaps in others between these."""
        return self.places_at(indices_of(docs, self.docs))

    def positions(self, document: int) -> list[int] | None:
        """Return the positions in one document, ascending, in little time; None where that needs `places_of`."""
        at = bisect_left(self.docs, document)
        if at == self.count or self.docs[at] != document:
            return []
        index = bisect_right(self._edges, at) - 1
        term, blocks, within = self.terms[index], self.blocks[index], at - self._edges[index]
        if not term.field.has_positions:
            return [0]
        return positions_of(term.field, term.number, blocks, (term.low, within))

    def places_at(self, at: NDArray[np.int64]) -> Places:
        """Read the places in some documents, given by their indices among `docs`, and perhaps in others between."""
        if not self.has_places or not len(at):
            return self.docs.take(at) << POSITION_BITS
        first, past = int(at[0]), int(at[-1]) + 1
        if len(at) * _SOME > past - first:
            at = np.arange(first, past)
        return self._read(at).places_in(at, self.docs.take(at))[0]

    @property
    def has_places(self) -> bool:
        """Tell whether the places are known."""
        return self.terms[0].field.has_positions

    def line(self, docs: Documents, *, gap: int = 1, room: NDArray[Any] | None = None) -> TermLine:
        """Lay some of its documents, at least one, end to end, perhaps with others; see `TermLine.of`."""
        at = indices_of(docs, self.docs)
        return self._read(at).line(at, gap=gap, room=room)

    def _read(self, at: NDArray[np.int64]) -> PlacesRead:
        pieces = self.pieces_of(at)
        return PlacesRead.of(pieces, [piece.first for piece in pieces])

    def pieces_of(self, at: NDArray[np.int64]) -> list[PlacesPiece]:
        """Read what some documents lie in, given by their indices."""
        edges = at.searchsorted(self._edges).tolist()
        return [
            piece
            for index, (low, high) in enumerate(pairwise(edges))
            if low < high
            for piece in self._pieces(index, at[low:high])
        ]

    def _pieces(self, index: int, at: NDArray[np.int64]) -> Iterator[PlacesPiece]:
        """Read what some documents lie in, all of one segment, given by their indices."""
        term, blocks, edge = self.terms[index], self.blocks[index], self._edges[index]
        if blocks is None:
            freqs = term.field.packed_freqs(term.low, term.high)
            yield PlacesPiece(edge, term.high - term.low, freqs, term.field.packed_places(term.number))
            return
        touched = (at - edge) // SIZE
        gap = _GAP * len(blocks) // int(blocks.places[-1]) + 1
        for begin, end in _runs(touched, gap):
            low, high = term.low + begin * SIZE, min(term.low + end * SIZE, term.high)
            places = term.field.packed_places_between(term.number, blocks, begin, end)
            yield PlacesPiece(edge + begin * SIZE, high - low, term.field.packed_freqs(low, high), places)


def places_together(terms: Sequence[PackedPostings], docs: Documents) -> tuple[Places, NDArray[np.int64]]:
    """Read the places of terms in some documents alone, and of which term each is: for little more than one takes.

    They come by term, those of each ascending.
    """
    at = [indices_of(docs, term.docs) for term in terms]
    before = list(accumulate((term.count for term in terms), initial=0))
    pieces = [
        (first, piece) for term, own, first in zip(terms, at, before, strict=False) for piece in term.pieces_of(own)
    ]
    if not pieces:
        return NOTHING, NOTHING
    read = PlacesRead.of([piece for _, piece in pieces], [first + piece.first for first, piece in pieces])
    indices = np.concatenate([own + first for own, first in zip(at, before, strict=False)])
    numbers = np.concatenate([term.docs[own] for term, own in zip(terms, at, strict=True)])
    places, often = read.places_in(indices, numbers)
    return places, np.repeat(np.repeat(np.arange(len(terms)), list(map(len, at))), often)


def _runs(touched: NDArray[np.int64], gap: int) -> list[tuple[int, int]]:
    """List runs of blocks, from where up to where, of ascending blocks, in which two are at most so far apart."""
    apart = np.flatnonzero(touched[1:] - touched[:-1] > gap)
    begins, lasts = touched.take(apart + 1).tolist(), touched.take(apart).tolist()
    ends = [last + 1 for last in lasts]
    return list(zip([int(touched[0]), *begins], [*ends, int(touched[-1]) + 1], strict=True))
