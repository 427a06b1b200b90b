"""Compare documents' words, sentences and sections as the stored texts and as the postings have them.

A fingerprint is the sum, modulo 2**64, of a number for each word that depends on the word and on its place; so
it does not matter in which order words are met. A word missing, misplaced or too many changes it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.stacked import stacked_terms
from indexer.analysis.tokenizer import analyzed, term
from indexer.columnar.file import SegmentFile
from indexer.columnar.postings import POSITION_BITS, FieldReader
from indexer.extracted import Section
from indexer.fields.schema import SECTION, SECTION_END, UNITS
from indexer.fields.section_words import stretches
from indexer.fields.text_marks import marks
from indexer.whoosh_compat.codec import ColumnarSegment
from indexer.whoosh_compat.segment_reader import AnySegment

FIELDS = ("text", UNITS)
"""Those whose postings are compared by their sum."""
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_AT_ONCE = 2_000_000
"""Places looked at at a time; bounds memory."""

Fingerprints = NDArray[np.uint64]
"""One for each document of a segment, deleted ones included."""


@lru_cache(maxsize=1 << 20)
def _number(word: bytes) -> int:
    return int.from_bytes(blake2b(term(word).encode(), digest_size=8).digest(), "little")


def fingerprint(text: str) -> int:
    """Sum up the words of a document's text.

    >>> fingerprint("An orphan drug") == fingerprint("an ORPHAN drug!") != fingerprint("a drug orphan")
    True
    """
    spaced, stacked = analyzed(text)
    words = spaced.split()
    on_top = list(stacked_terms(stacked(), words.__getitem__))
    on_top += [(place, name.encode()) for name, starts in marks(text, ())[UNITS].items() for place in starts]
    numbers = np.fromiter(map(_number, (*words, *(word for _, word in on_top))), np.uint64)
    places = np.array([*range(len(words)), *(place for place, _ in on_top)], np.uint64)
    return int(_mixed(numbers, places).sum(dtype=np.uint64))


def _mixed(numbers: NDArray[np.uint64], positions: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed: NDArray[np.uint64] = numbers * (positions * _MULTIPLIER | np.uint64(1))
    return mixed


def fingerprints(segment: Any, reader: AnySegment, folder: Path) -> Fingerprints:
    """Sum up the words of all documents of a segment, from its postings; `reader` is of the segment."""
    sums = np.zeros(reader.size, np.uint64)
    parts = _columnar(segment, folder) if isinstance(segment, ColumnarSegment) else _stock(reader)
    for numbers, docs, positions in parts:
        np.add.at(sums, docs, _mixed(numbers, positions))
    return sums


_Part = tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint64]]
"""Of some words' places: the word's number, the document, and the position."""


def _columnar(segment: ColumnarSegment, folder: Path) -> Iterator[_Part]:
    file = SegmentFile(segment.path(folder))
    for name in FIELDS:
        field = FieldReader(file, name)
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


def _stock(reader: AnySegment) -> Iterator[_Part]:
    for word, docs, positions in chain.from_iterable(map(reader.postings, FIELDS)):
        yield np.full(len(docs), _number(word), np.uint64), docs, positions.astype(np.uint64)


SectionEdges: TypeAlias = set[tuple[str, str, int]]
"""Of each section: the field, its name, and where it begins or ends in the text, in words."""


def section_edges(text: str, sections: Iterable[Section]) -> SectionEdges:
    """Tell from a document's text where its sections begin and end.

    >>> sorted(section_edges("Item 1. Mills", [Section("1", "Mills", 0, 13)]))
    [('section', '1', 0), ('section_end', '1', 3)]
    """
    found = stretches(text, sections)
    return {(SECTION, name, start) for name, start, _ in found} | {(SECTION_END, name, end) for name, _, end in found}


def indexed_section_edges(reader: AnySegment) -> Mapping[int, SectionEdges]:
    """Read from a segment's postings where its documents' sections begin and end, by document."""
    found: dict[int, SectionEdges] = defaultdict(set)
    for field in (SECTION, SECTION_END):
        for name, documents, positions in reader.postings(field):
            for document, position in zip(documents.tolist(), positions.tolist(), strict=True):
                found[document].add((field, name.decode(), position))
    return found
