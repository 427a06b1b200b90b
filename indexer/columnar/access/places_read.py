"""Read where terms stand: in one document, where counting bytes takes less than arrays, or in some documents at once.

A place is `document << POSITION_BITS | position`.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple, Self

import numpy as np

from indexer.columnar.access.blocks import SIZE, Blocks
from indexer.columnar.access.paired_reader import Packed
from indexer.columnar.packing import ESCAPE, PAIR, Numbers, ranges, starts
from indexer.columnar.postings import POSITION_BITS, FieldReader

_MOST = 1000
"""Positions that are unpacked one by one."""
_ONE_BYTE = bytes(range(PAIR))


def positions_of(field: FieldReader, number: int, blocks: Blocks | None, place: tuple[int, int]) -> list[int] | None:
    """Return the positions of a term in a document, ascending.

    `place`: where the term's documents lie, and how many of them come before this one. None where numbers are too large
    or too many to be read so.
    """
    low, within = place
    block = within // SIZE if blocks is not None else 0
    freqs = field.freq_bytes(low + block * SIZE, low + within + 1)
    before, count = sum(freqs[:-1]), freqs[-1]
    if ESCAPE in freqs or count > _MOST:
        return None
    places, more = (
        (0, 0) if blocks is None or not block else (int(blocks.places[block - 1]), int(blocks.places_more[block - 1]))
    )
    firsts, seconds = field.place_bytes(number, (places, places + before + count), more)
    if ESCAPE in firsts:
        return None
    skipped = len(firsts[:before].translate(None, _ONE_BYTE))
    return list(accumulate(_unpacked(firsts[before:], seconds[skipped:])))


def _unpacked(firsts: bytes, seconds: bytes) -> list[int]:
    rest = iter(seconds)
    return [first if first < PAIR else (first - PAIR << 8) + next(rest) + PAIR for first in firsts]


class PlacesPiece(NamedTuple):
    """What is read of successive documents of a term in a segment."""

    first: int
    """The index, among all documents of the term, of the first."""
    documents: int
    freqs: Packed
    places: Packed


class PlacesRead(NamedTuple):
    """What was read of documents of one term or several, piece by piece, as one."""

    firsts: Numbers
    """The index of the first document of each piece, ascending."""
    counts: Numbers
    """The documents of each piece."""
    freqs: Packed
    places: Packed

    @classmethod
    def of(cls, pieces: Sequence[PlacesPiece], firsts: Sequence[int]) -> Self:
        """Join pieces; `firsts`: the index of the first document of each."""
        counts = np.array([piece.documents for piece in pieces])
        freqs, places = joined([piece.freqs for piece in pieces]), joined([piece.places for piece in pieces])
        return cls(np.array(firsts), counts, freqs, places)

    def places_in(self, at: Numbers, docs: Numbers) -> tuple[Numbers, Numbers]:
        """Return the places in some documents, given by index and by number, and how many there are in each."""
        inside = at - (self.firsts - starts(self.counts)[:-1])[self.firsts.searchsorted(at, "right") - 1]
        often, before = self.freqs.bytes_at(inside), self.freqs.total_before(inside)
        return as_places(self.places.unpacked_at(ranges(before, often)), docs, often), often


def as_places(steps: Numbers, docs: Numbers, counts: Numbers) -> Numbers:
    """Add up the distances between positions in documents, in their place; `counts`: how many each has."""
    firsts = starts(counts)[:-1]
    moved = (docs << POSITION_BITS) + steps[firsts]
    np.cumsum(steps, out=steps)
    steps += np.repeat(moved - steps[firsts], counts)
    return steps


def joined(parts: Sequence[Packed]) -> Packed:
    """Put packed numbers one after the other."""
    return parts[0] if len(parts) == 1 else Packed.joined(parts)
