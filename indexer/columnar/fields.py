"""A field in a segment's file: its terms in order, and for each the documents, how often, and where.

The postings of all terms lie in the order of the terms in a few long arrays, so that a term's, or those of a range
of terms, are slices:

    terms, term_starts          the terms, a zero byte after each, and where each starts
    docs, doc_starts            document numbers, ascending within a term
    freqs (at, large)           how often in each document                      only in fields of words, as is the rest
    deltas, place_starts        positions: the first as it is, the others as the distance from the one before; in a byte
    wide, wide_starts           those that do not fit a byte, in two
    huge_at, huge               those that do not fit two
    lengths                     words of each document's field, as `length_bytes` rounds them
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.file import SegmentFile, SegmentFileWriter, Stream
from indexer.columnar.narrow import Numbers, narrowed, smallest, starts, widened

POSITION_BITS = 32
"""A place is a word of a document as one number: `document << POSITION_BITS | position`."""

_LENGTHS = np.array([round((1.033**n - 1) * 27) for n in range(256)])
_ESCAPE = 255


def length_bytes(words: NDArray[Any]) -> NDArray[np.uint8]:
    """Field lengths as Whoosh keeps them: the index of the next length in its table of 256.

    >>> length_bytes(np.array([0, 9, 10, 11, 10**6]))
    array([  0,   9,  10,  11, 255], dtype=uint8)
    """
    return np.minimum(np.searchsorted(_LENGTHS, words), 255).astype(np.uint8)


class Block(NamedTuple):
    """Postings of ascending terms, one after the other; each term has at least one."""

    terms: Sequence[bytes]
    counts: NDArray[Any]
    """Documents of each term."""
    docs: NDArray[Any]
    freqs: NDArray[Any] | None = None
    """How often in each document; None in fields without positions, as are `deltas`."""
    deltas: NDArray[Any] | None = None


class FieldWriter:
    """Writes a field, block after block; the terms of each after those of the one before."""

    def __init__(self, file: SegmentFileWriter, name: str, *, documents: int) -> None:
        """`documents`: how many the segment has."""
        self._file, self._name = file, name
        self._streams: dict[str, Stream] = {}
        self._doc_type = "<u2" if documents <= 1 << 16 else "<u4"
        self._counts: dict[str, list[NDArray[Any]]] = {}
        self.words = 0
        """Occurrences so far."""

    def add(self, block: Block) -> None:
        """Write a block."""
        if not block.terms:
            return
        self._append("terms", "u1", np.frombuffer(b"\0".join(block.terms) + b"\0", np.uint8))
        self._count("term", np.fromiter(map(len, block.terms), np.int64, len(block.terms)) + 1)
        self._count("doc", block.counts)
        self._append("docs", self._doc_type, block.docs)
        if block.freqs is not None and block.deltas is not None:
            self._add_frequencies(block.freqs)
            self._add_positions(block.counts, block.freqs, block.deltas)

    def _add_frequencies(self, freqs: NDArray[Any]) -> None:
        before = self._streams["freqs"].count if "freqs" in self._streams else 0
        values, at, large = narrowed(freqs, "u1")
        self._append("freqs", "u1", values)
        self._append("freq_at", "<u8", at + before)
        self._append("freq_large", "<u4", large)

    def _add_positions(self, counts: NDArray[Any], freqs: NDArray[Any], deltas: NDArray[Any]) -> None:
        first_docs = starts(counts)[:-1]
        first_places = starts(freqs)[first_docs]
        is_wide = deltas >= _ESCAPE
        self.words += len(deltas)
        self._count("place", np.add.reduceat(freqs, first_docs, dtype=np.int64))
        self._count("wide", np.add.reduceat(is_wide, first_places, dtype=np.int64))
        self._append("deltas", "u1", np.minimum(deltas, _ESCAPE))
        before = self._streams["wide"].count if "wide" in self._streams else 0
        wide, at, huge = narrowed(deltas[is_wide], "u2")
        self._append("wide", "<u2", wide)
        self._append("huge_at", "<u8", at + before)
        self._append("huge", "<u4", huge)

    def _append(self, part: str, dtype: str, values: NDArray[Any]) -> None:
        if part not in self._streams:
            self._streams[part] = Stream(self._file.path.parent, dtype)
        self._streams[part].append(values)

    def _count(self, part: str, counts: NDArray[Any]) -> None:
        self._counts.setdefault(part, []).append(counts)

    def finish(self) -> None:
        """Write the arrays into the file."""
        for part, counts in self._counts.items():
            ends = starts(np.concatenate(counts))
            self._file.add(f"{self._name}/{part}_starts", ends.astype(smallest(int(ends[-1]))))
        for part, stream in self._streams.items():
            self._file.add_stream(f"{self._name}/{part}", stream)


class FieldReader:
    """Reads a field. Terms are numbered from 0, in order of their bytes."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file, self._name = file, name
        self.term_count = len(self.doc_starts) - 1
        self.has_positions = f"{name}/place_starts" in file
        """Whether it is a field of words, and has any."""

    def _array(self, part: str) -> NDArray[Any]:
        name = f"{self._name}/{part}"
        return self._file.array(name) if name in self._file else np.zeros(int(part.endswith("_starts")), np.uint8)

    @cached_property
    def _terms(self) -> memoryview:
        return self._file.bytes(f"{self._name}/terms")

    @cached_property
    def _term_starts(self) -> NDArray[Any]:
        return self._array("term_starts")

    @cached_property
    def doc_starts(self) -> NDArray[Any]:
        """Where the documents of each term start, and last where they end."""
        return self._array("doc_starts")

    @cached_property
    def _place_starts(self) -> NDArray[Any]:
        return self._array("place_starts")

    @cached_property
    def _wide_starts(self) -> NDArray[Any]:
        return self._array("wide_starts")

    @cached_property
    def _docs(self) -> NDArray[Any]:
        return self._array("docs")

    @cached_property
    def _freqs(self) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        return self._array("freqs"), self._array("freq_at"), self._array("freq_large")

    @cached_property
    def _deltas(self) -> NDArray[Any]:
        return self._array("deltas")

    @cached_property
    def _wide(self) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        return self._array("wide"), self._array("huge_at"), self._array("huge")

    def term(self, number: int) -> bytes:
        """The term of that number."""
        return bytes(self._terms[int(self._term_starts[number]) : int(self._term_starts[number + 1]) - 1])

    def terms(self, low: int, high: int) -> list[bytes]:
        """The terms numbered from `low` up to `high`."""
        if low >= high:
            return []
        bounds = self._term_starts[low : high + 1].tolist()
        content = bytes(self._terms[bounds[0] : bounds[-1] - 1])
        if content.count(b"\0") == high - low - 1:
            return content.split(b"\0")
        first = bounds[0]
        return [content[start - first : end - first - 1] for start, end in pairwise(bounds)]

    def at_or_after(self, term: bytes) -> int:
        """The number of the first term that is not less; `term_count` when there is none."""
        return bisect_left(range(self.term_count), term, key=self.term)

    def find(self, term: bytes) -> int | None:
        """The number of a term, None when the field has no such term."""
        number = self.at_or_after(term)
        return number if number < self.term_count and self.term(number) == term else None

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """The range of the terms that begin so."""
        past = prefix.rstrip(b"\xff")
        high = self.at_or_after(past[:-1] + bytes((past[-1] + 1,))) if past else self.term_count
        return self.at_or_after(prefix), high

    def doc_counts(self, low: int, high: int) -> Numbers:
        """How many documents each of a range of terms has."""
        bounds = self.doc_starts[low : high + 1].astype(np.int64)
        return bounds[1:] - bounds[:-1]

    def docs(self, low: int, high: int) -> NDArray[Any]:
        """The documents of a range of terms, one term after the other, as they lie in the file."""
        return self._docs[int(self.doc_starts[low]) : int(self.doc_starts[high])]

    def freqs(self, low: int, high: int) -> Numbers:
        """How often in each of `docs(low, high)`; once, in fields without positions."""
        start, end = int(self.doc_starts[low]), int(self.doc_starts[high])
        freqs, at, large = self._freqs
        return widened(freqs[start:end], start, at, large) if self.has_positions else np.ones(end - start, np.int64)

    def deltas(self, low: int, high: int) -> Numbers:
        """The positions in each of `docs(low, high)`, the first as it is, others as distances from the one before."""
        values = self._deltas[int(self._place_starts[low]) : int(self._place_starts[high])].astype(np.int64)
        start, end = int(self._wide_starts[low]), int(self._wide_starts[high])
        if end > start:
            wide, at, huge = self._wide
            values[values == _ESCAPE] = widened(wide[start:end], start, at, huge)
        return values

    def places(self, low: int, high: int) -> Numbers:
        """The places of a range of terms, ascending within each; positions are 0 in fields without."""
        docs = self.docs(low, high).astype(np.int64) << POSITION_BITS
        if not len(docs) or not self.has_positions:
            return docs
        deltas, freqs = self.deltas(low, high), self.freqs(low, high)
        positions = np.cumsum(deltas)
        firsts = starts(freqs)[:-1]
        positions += np.repeat(docs - positions[firsts] + deltas[firsts], freqs)
        return positions

    @property
    def size(self) -> int:
        """How many places all terms have; in fields without positions, documents."""
        return int(self._sizes[-1])

    @property
    def _sizes(self) -> NDArray[Any]:
        return self._place_starts if self.has_positions else self.doc_starts

    def reaching(self, places: int) -> int:
        """The number of the term with which the field's terms, in order, reach so many places."""
        return min(int(np.searchsorted(self._sizes, places)), self.term_count)
