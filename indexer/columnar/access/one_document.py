"""Read where a term stands in one document: so few numbers that arrays would take longer than counting bytes."""

from itertools import accumulate

from indexer.columnar.access.blocks import SIZE, Blocks
from indexer.columnar.packing import ESCAPE, PAIR
from indexer.columnar.postings import FieldReader

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
