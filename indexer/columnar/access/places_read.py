"""Read where terms stand: in one document, where counting bytes takes less than arrays, or in some documents at once.

A place is `document << POSITION_BITS | position`.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.access.blocks import SIZE, Blocks
from indexer.columnar.access.paired_reader import Packed
from indexer.columnar.packing import ESCAPE, PAIR, Numbers, spread, starts
from indexer.columnar.postings import POSITION_BITS, FieldReader

_MOST = 1000
"""Positions that are unpacked one by one."""
_ALONE = bytes([*range(PAIR), ESCAPE])
"""First bytes of numbers that have no second."""
_FEW = 1 << 14
"""Places, up to which all are unpacked sooner than some."""
_SOME = 5
"""Documents of which one is asked for, up to which all that were read are unpacked sooner than some."""


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
    own = firsts[before:]
    if ESCAPE in own:
        return None
    skipped = len(firsts[:before].translate(None, _ALONE))
    return list(accumulate(_unpacked(own, seconds[skipped:])))


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


class TermLine(NamedTuple):
    """Where a term stands in some documents, their texts laid end to end as far as it stands in them.

    A position in a document is its number here less the document's low, less one. So no number comes twice, and nothing
    is done for each place but to add it up.
    """

    numbers: NDArray[Any]
    """Ascending."""
    edges: Numbers
    """Where the numbers of each document start, and last where they end."""
    ends: NDArray[Any]
    """The last number of each document, with 0 before them."""
    chosen: Numbers
    """The indices of the documents that were asked for, ascending."""
    lows: NDArray[Any]
    """Of each of these, what its numbers exceed."""

    @classmethod
    def of(cls, steps: NDArray[Any], often: Numbers, chosen: Numbers, *, gap: int = 1, room: Numbers | None) -> Self:
        """Add up distances, of documents with so many of them each.

        At least `gap` is between two documents, and where there is `room`, so much more after each that was asked for.
        """
        edges = starts(often)
        firsts = edges.take(chosen)
        positions = steps.take(firsts)
        steps[edges[:-1]] += gap
        if room is not None:
            following = edges.take(chosen + 1)
            inside = len(chosen) - int(following[-1] == len(steps))
            steps[following[:inside]] += room[:inside].astype(steps.dtype)
        numbers = np.cumsum(steps, dtype=steps.dtype)
        if numbers.min() < 0:  # there are too many for four bytes
            numbers = np.cumsum(steps, dtype=np.int64)
        ends = np.zeros(len(edges), numbers.dtype)
        numbers.take(edges[1:] - 1, out=ends[1:])
        return cls(numbers, edges, ends, chosen, numbers.take(firsts) - positions - 1)

    @property
    def highs(self) -> NDArray[Any]:
        """Return the last number of each document that was asked for."""
        return self.ends.take(self.chosen + 1)

    def moved(self, by: NDArray[Any]) -> NDArray[Any]:
        """Return the numbers of the documents asked for, those of each moved by so much."""
        whole = len(self.chosen) == len(self.ends) - 1
        found = spread(by, self.edges if whole else starts((self.edges[1:] - self.edges[:-1]).take(self.chosen)))
        found += self._chosen_numbers()
        return found

    def _chosen_numbers(self) -> NDArray[Any]:
        first, last = self.chosen[[0, -1]].tolist()
        if last - first < len(self.chosen):
            return self.numbers[self.edges[first] : self.edges[last + 1]]
        wanted = np.zeros(len(self.edges) - 1, np.int8)
        wanted[self.chosen] = 1
        return self.numbers.compress(spread(wanted, self.edges))

    def to_places(self, docs: Numbers) -> Numbers:
        """Return by how much places in each of the documents asked for, given by number, exceed the numbers here."""
        exceed = docs << POSITION_BITS
        exceed -= self.lows
        exceed -= 1
        return exceed


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
        line = self.line(at)
        often = (line.edges[1:] - line.edges[:-1]).take(line.chosen)
        return line.moved(line.to_places(docs)), often

    def line(self, at: Numbers, *, gap: int = 1, room: Numbers | None = None) -> TermLine:
        """Lay documents, given by index, end to end, perhaps with others that were read; see `TermLine.of`."""
        inside, freqs, width = self._inside(at), self.freqs.unpacked_bytes(), self.places.width
        if len(inside) * _SOME > len(freqs) or len(self.places.firsts) < _FEW:
            return TermLine.of(self.places.unpacked(width), freqs, inside, gap=gap, room=room)
        often = freqs.take(inside)
        steps = self.places.unpacked_in(starts(freqs).take(inside), often, width)
        return TermLine.of(steps, often, np.arange(len(often)), gap=gap, room=room)

    def _inside(self, at: Numbers) -> Numbers:
        """Find where documents, given by their indices among all, ascending, are among those that were read."""
        moved = self.firsts - starts(self.counts)[:-1]
        if len(moved) == 1:
            return at - moved
        edges = [*at.searchsorted(self.firsts).tolist(), len(at)]
        return at - moved.repeat([past - low for low, past in pairwise(edges)])


def joined(parts: Sequence[Packed]) -> Packed:
    """Put packed numbers one after the other."""
    return parts[0] if len(parts) == 1 else Packed.joined(parts)
