"""Write and read a field of a segment: its terms in order, and for each the documents, how often, and where.

The postings of all terms lie in the order of the terms in a few long arrays, so that a term's, or those of a range
of terms, are slices. Documents and positions are kept as the distance from the one before (see `narrow.paired`):

    terms, term_starts              the terms, a zero byte after each, and where each starts
    doc_starts                      where the documents of each start
    docs, docs_more, docs_more_starts, docs_at, docs_large
    freqs, freqs_at, freqs_large    how often in each document                  only in fields of words, as is the rest
    place_starts                    where the positions of each start
    places, places_more, places_more_starts, places_at, places_large
    lengths                         words of each document's field, as `narrow.length_bytes` rounds them
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.file import CheckedArray, SegmentFile, SegmentFileWriter, Stream
from indexer.columnar.packing import (
    Numbers,
    PairedReader,
    narrowed,
    paired,
    smallest,
    starts,
    steps,
    summed,
    takes_two,
    widened,
)
from indexer.stacked import among

POSITION_BITS = 32
"""A place is a word of a document as one number: `document << POSITION_BITS | position`."""


class Block(NamedTuple):
    """Hold postings of ascending terms, one after the other; each term has at least one."""

    terms: Sequence[bytes]
    counts: NDArray[Any]
    """Documents of each term."""
    docs: NDArray[Any]
    freqs: NDArray[Any] | None = None
    """How often in each document; None in fields without positions, as are `steps`."""
    steps: NDArray[Any] | None = None
    """The first position in each document as it is, others as the distance from the one before."""


class FieldWriter:
    """Write a field, block after block; the terms of each after those of the one before."""

    def __init__(self, file: SegmentFileWriter, name: str) -> None:
        self._file, self._name = file, name
        self._streams: dict[str, Stream] = {}
        self._counts: dict[str, list[NDArray[Any]]] = {}
        self._continued, self._last = False, 0
        self.words = 0
        """Occurrences of words so far; what is stacked on them does not count."""

    def add(self, block: Block, *, continued: bool = False) -> None:
        """Write a block; when it is `continued`, its first term is the last of the one before, in later documents."""
        if not block.terms:
            return
        terms = block.terms[continued:]
        if terms:
            self._append("terms", "u1", np.frombuffer(b"\0".join(terms) + b"\0", np.uint8))
            self._count("term", np.fromiter(map(len, terms), np.int64, len(terms)) + 1)
        self._continued = continued
        self._count("doc", block.counts)
        firsts = starts(block.counts)[:-1]
        distances = steps(block.docs, firsts)
        distances[0] -= self._last if continued else 0
        self._last = int(block.docs[-1])
        self._add_paired("docs", distances, firsts)
        if block.freqs is not None and block.steps is not None:
            self._add_frequencies(block.freqs)
            times = np.add.reduceat(block.freqs, firsts, dtype=np.int64)
            self._count("place", times)
            self._add_paired("places", block.steps, starts(block.freqs)[firsts])
            self.words += int(times.sum()) - sum(int(times[at].sum()) for at in among(block.terms))
        self._continued = False

    def _add_frequencies(self, freqs: NDArray[Any]) -> None:
        before = self._written("freqs")
        narrow = narrowed(freqs)
        self._append("freqs", "u1", narrow.values)
        self._append("freqs_at", "<i8", narrow.at + before)
        self._append("freqs_large", "<u4", narrow.large)

    def _add_paired(self, part: str, values: NDArray[Any], firsts: NDArray[Any]) -> None:
        """Write numbers; `firsts`: the index of the first of each term."""
        before = self._written(part)
        pair = paired(values)
        self._append(part, "u1", pair.firsts)
        self._append(f"{part}_more", "u1", pair.seconds)
        self._append(f"{part}_at", "<i8", pair.at + before)
        self._append(f"{part}_large", "<u4", pair.large)
        self._count(f"{part}_more", np.add.reduceat(takes_two(pair.firsts), firsts, dtype=np.int64))

    def _written(self, part: str) -> int:
        return self._streams[part].count if part in self._streams else 0

    def _append(self, part: str, dtype: str, values: NDArray[Any]) -> None:
        if part not in self._streams:
            self._streams[part] = Stream(self._file.path.parent, dtype)
        self._streams[part].append(values)

    def _count(self, part: str, counts: NDArray[Any]) -> None:
        """Keep how many there are of each term; of a continued one, more."""
        kept = self._counts.setdefault(part, [])
        if self._continued:
            kept[-1][-1] += counts[0]
            counts = counts[1:]
        if len(counts):
            kept.append(counts.astype(np.int64))

    def finish(self) -> None:
        """Write the arrays into the file."""
        for part, counts in self._counts.items():
            ends = starts(np.concatenate(counts))
            self._file.add(f"{self._name}/{part}_starts", ends.astype(smallest(int(ends[-1]))))
        for part, stream in self._streams.items():
            self._file.add_stream(f"{self._name}/{part}", stream)


class FieldReader:
    """Read a field. Terms are numbered from 0, in order of their bytes."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file, self._name = file, name
        self.doc_starts = self._array("doc_starts")
        """Where the documents of each term start, and last where they end."""
        self.term_count = len(self.doc_starts) - 1
        self.has_positions = f"{name}/place_starts" in file
        """Whether it is a field of words, and has any."""
        self._place_starts = self._array("place_starts")

    def _array(self, part: str) -> NDArray[Any] | CheckedArray:
        name = f"{self._name}/{part}"
        return self._file.values(name) if name in self._file else np.zeros(int(part.endswith("_starts")), np.uint8)

    def _whole(self, part: str) -> NDArray[Any]:
        name = f"{self._name}/{part}"
        return self._file.array(name) if name in self._file else np.zeros(int(part.endswith("_starts")), np.uint8)

    @cached_property
    def _terms(self) -> NDArray[Any] | CheckedArray:
        return self._array("terms")

    @cached_property
    def _term_starts(self) -> NDArray[Any] | CheckedArray:
        return self._array("term_starts")

    @cached_property
    def _docs(self) -> "PairedReader":
        return PairedReader(self._array, self._whole, "docs")

    @cached_property
    def _places(self) -> "PairedReader":
        return PairedReader(self._array, self._whole, "places")

    @cached_property
    def _freqs(self) -> tuple[NDArray[Any] | CheckedArray, NDArray[Any], NDArray[Any]]:
        return self._array("freqs"), self._whole("freqs_at"), self._whole("freqs_large")

    # Terms

    def term(self, number: int) -> bytes:
        """Return the term of that number."""
        term: bytes = self._terms[int(self._term_starts[number]) : int(self._term_starts[number + 1]) - 1].tobytes()
        return term

    def terms(self, low: int, high: int) -> list[bytes]:
        """Return the terms numbered from `low` up to `high`."""
        if low >= high:
            return []
        bounds = self._term_starts[low : high + 1].tolist()
        content = self._terms[bounds[0] : bounds[-1] - 1].tobytes()
        if content.count(b"\0") == high - low - 1:
            return content.split(b"\0")
        first = bounds[0]
        return [content[start - first : end - first - 1] for start, end in pairwise(bounds)]

    def at_or_after(self, term: bytes) -> int:
        """Find the number of the first term that is not less; `term_count` when there is none."""
        return bisect_left(range(self.term_count), term, key=self.term)

    def find(self, term: bytes) -> int | None:
        """Find the number of a term; None when the field has no such term."""
        number = self.at_or_after(term)
        return number if number < self.term_count and self.term(number) == term else None

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """Find the range of the terms that begin so: the first, and the one after the last."""
        past = prefix.rstrip(b"\xff")
        high = self.at_or_after(past[:-1] + bytes((past[-1] + 1,))) if past else self.term_count
        return self.at_or_after(prefix), high

    # Postings of a range of terms, one term after the other

    def doc_counts(self, low: int, high: int) -> Numbers:
        """Count the documents of each term."""
        bounds = self.doc_starts[low : high + 1].astype(np.int64)
        return bounds[1:] - bounds[:-1]

    def docs(self, low: int, high: int) -> Numbers:
        """Read the documents of each term, ascending, one term after the other."""
        distances = self._docs.read(low, high, self.doc_starts)
        counts = self.doc_counts(low, high)
        return summed(distances, starts(counts)[:-1], counts)

    def freqs(self, low: int, high: int) -> Numbers:
        """Read how often a term stands in each of `docs(low, high)`; once, in fields without positions."""
        start, end = int(self.doc_starts[low]), int(self.doc_starts[high])
        freqs, at, large = self._freqs
        return widened(freqs[start:end], start, at, large) if self.has_positions else np.ones(end - start, np.int64)

    def steps(self, low: int, high: int) -> Numbers:
        """Read the positions in each of `docs(low, high)`: the first, then distances from the one before."""
        return self._places.read(low, high, self._place_starts)

    def places(self, low: int, high: int, kept: NDArray[np.bool_] | None = None) -> Numbers:
        """Read the places of each term (document and position in one number), ascending; 0 in fields without positions.

        `kept`: which of `docs(low, high)` are wanted; leaving many out is quicker than reading all.
        """
        docs, freqs = self.docs(low, high), self.freqs(low, high)
        wanted = None
        if kept is not None and not kept.all():
            wanted = np.repeat(kept, freqs) if self.has_positions else None
            docs, freqs = docs.compress(kept), freqs.compress(kept)
        docs <<= POSITION_BITS
        if not len(docs) or not self.has_positions:
            return docs
        places = self._places.read(low, high, self._place_starts, wanted)
        firsts = starts(freqs)[:-1]
        distances = places[firsts]
        np.cumsum(places, out=places)
        docs -= places[firsts]
        docs += distances
        places += np.repeat(docs, freqs)
        return places

    def places_between(self, number: int, first: int, last: int) -> Numbers:
        """Read the places of one term in its documents from the `first` up to the `last`, counted from 0."""
        docs, freqs = self.docs(number, number + 1)[first:last], self.freqs(number, number + 1)
        after, freqs = int(freqs[:first].sum()), freqs[first:last]
        places = self._places.run(number, self._place_starts, after=after, count=int(freqs.sum()))
        places = summed(places, starts(freqs)[:-1], freqs)
        places += np.repeat(docs << POSITION_BITS, freqs)
        return places

    def positions(self, number: int, *, after: int, count: int) -> Numbers:
        """Read the positions of one term in one document: `count` of them, after so many in the documents before."""
        return np.cumsum(self._places.run(number, self._place_starts, after=after, count=count))

    def places_of(self, number: int, docs: Numbers, *, after: Numbers, counts: Numbers) -> Numbers:
        """Read the places of one term in some documents, ascending.

        Of each document `counts` is how many places there are, `after` how many come in the documents before it.
        """
        if not len(docs):
            return docs
        steps = self._places.runs(number, self._place_starts, after=after, counts=counts)
        return summed(steps, starts(counts)[:-1], counts) + np.repeat(docs << POSITION_BITS, counts)

    def release(self) -> None:
        """Give memory back; see `SegmentFile.release`."""
        self._file.release()

    # Sizes

    @property
    def size(self) -> int:
        """Count the places of all terms; in fields without positions, documents."""
        return int(self._sizes[-1])

    def sizes(self, numbers: NDArray[Any]) -> Numbers:
        """Count the places of the terms of these numbers; in fields without positions, documents."""
        sizes = self._sizes
        counts: Numbers = np.subtract(sizes[numbers + 1], sizes[numbers], dtype=np.int64)
        return counts

    def between(self, numbers: NDArray[Any]) -> Numbers:
        """Count the places of the terms between each of these numbers, which ascend, and the next."""
        sizes = self._sizes
        counts: Numbers = np.subtract(sizes[numbers[1:]], sizes[numbers[:-1] + 1], dtype=np.int64)
        return counts

    @cached_property
    def _sizes(self) -> NDArray[Any]:
        return self._whole("place_starts" if self.has_positions else "doc_starts")

    def reaching(self, places: int) -> int:
        """Find the number of the term with which the field's terms, in order, reach so many places."""
        return min(int(np.searchsorted(self._sizes, places)), self.term_count)

    def larger_than(self, places: int) -> list[int]:
        """List the numbers of the terms that have more places than that."""
        sizes = np.diff(self._sizes.astype(np.int64))
        numbers: list[int] = np.flatnonzero(sizes > places).tolist()
        return numbers
