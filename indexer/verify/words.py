"""Fingerprints of documents' words: from the stored text, and from the postings, which have to say the same.

A fingerprint is the sum, modulo 2**64, of a number for each word that depends on the word and on its place; so
it does not matter in which order words are met. A word missing, misplaced or too many changes it.
"""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import analyzed, term
from indexer.columnar.file import SegmentFile
from indexer.columnar.postings import POSITION_BITS, FieldReader
from indexer.stacked import stacked_terms
from indexer.whoosh_compat.codec import ColumnarSegment

FIELD = "text"
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_AT_ONCE = 2_000_000
"""Places looked at at a time; bounds memory."""

Fingerprints = NDArray[np.uint64]
"""One for each document of a segment, deleted ones included."""


@lru_cache(maxsize=1 << 20)
def _number(word: bytes) -> int:
    return int.from_bytes(blake2b(term(word).encode(), digest_size=8).digest(), "little")


def fingerprint(text: str) -> int:
    """Of a document's text.

    >>> fingerprint("An orphan drug") == fingerprint("an ORPHAN drug!") != fingerprint("a drug orphan")
    True
    """
    spaced, marks = analyzed(text)
    words = spaced.split()
    on_top = list(stacked_terms(marks(), words.__getitem__))
    numbers = np.fromiter(map(_number, (*words, *(word for _, word in on_top))), np.uint64)
    places = np.array([*range(len(words)), *(place for place, _ in on_top)], np.uint64)
    return int(_mixed(numbers, places).sum(dtype=np.uint64))


def _mixed(numbers: NDArray[np.uint64], positions: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed: NDArray[np.uint64] = numbers * (positions * _MULTIPLIER | np.uint64(1))
    return mixed


def fingerprints(segment: Any, reader: Any, folder: Path) -> Fingerprints:
    """Of all documents of a segment, from its postings; `reader` is Whoosh's of the segment."""
    sums = np.zeros(reader.doc_count_all(), np.uint64)
    parts = _columnar(segment, folder) if isinstance(segment, ColumnarSegment) else _stock(reader)
    for numbers, docs, positions in parts:
        np.add.at(sums, docs, _mixed(numbers, positions))
    return sums


_Part = tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint64]]
"""Of some words' places: the word's number, the document, and the position."""


def _columnar(segment: ColumnarSegment, folder: Path) -> Iterator[_Part]:
    file = SegmentFile(segment.path(folder))
    field = FieldReader(file, FIELD)
    low = reached = 0
    while low < field.term_count:
        reached += _AT_ONCE
        high = max(low + 1, field.reaching(reached))
        yield _range(field, low, high)
        low = high
    del field
    file.close()


def _range(field: FieldReader, low: int, high: int) -> _Part:
    places = field.places(low, high)
    ends = np.cumsum(field.doc_counts(low, high))
    totals = np.append(0, np.cumsum(field.freqs(low, high)))
    counts = np.diff(np.append(0, totals[ends]))
    numbers = np.fromiter(map(_number, field.terms(low, high)), np.uint64, high - low)
    positions = (places & ((1 << POSITION_BITS) - 1)).astype(np.uint64)
    return np.repeat(numbers, counts), places >> POSITION_BITS, positions


def _stock(reader: Any) -> Iterator[_Part]:
    if FIELD not in set(reader.indexed_field_names()):
        return
    for word in reader.lexicon(FIELD):
        matcher = reader.postings(FIELD, word)
        docs: list[int] = []
        positions: list[int] = []
        while matcher.is_active():
            found = matcher.value_as("positions")
            docs += [matcher.id()] * len(found)
            positions += found
            matcher.next()
        number = np.full(len(docs), _number(word), np.uint64)
        yield number, np.array(docs, np.int64), np.array(positions, np.uint64)
