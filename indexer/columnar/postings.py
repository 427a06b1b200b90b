"""Write and read a field of a segment: its terms in order, and for each the documents, how often, and where.

The postings of all terms lie in the order of the terms in a few long arrays, so that a term's, or those of a range
of terms, are slices. Documents and positions are kept as the distance from the one before (see `packing.paired`):

    terms, ...                      see `lexicon`
    doc_starts                      where the documents of each start
    docs, docs_more, docs_more_starts, docs_at, docs_large
    freqs, freqs_at, freqs_large    how often in each document                  only in fields of words, as is the rest
    place_starts                    where the positions of each start
    places, places_more, places_more_starts, places_at, places_large
    lengths                         words of each document's field, as `packing.length_bytes` rounds them
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.stacked import among
from indexer.columnar.access.blocks import BlockReader, Blocks, BlockWriter, PostingColumns, Weighing, between
from indexer.columnar.access.lexicon import FieldTerms, KeyCollector
from indexer.columnar.access.pages import CheckedArray, Pages
from indexer.columnar.access.paired_reader import Packed, PairedReader
from indexer.columnar.file import SegmentFile, SegmentFileWriter, Stream
from indexer.columnar.packing import (
    Numbers,
    few_before,
    narrowed,
    paired,
    smallest,
    starts,
    steps,
    summed,
    takes_two,
    widened,
)

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

    def __init__(self, file: SegmentFileWriter, name: str, weighing: Weighing) -> None:
        """Begin the field of that name; `weighing` is of the segment's documents."""
        self._file, self._name = file, name
        self._blocks = BlockWriter(file.path.parent, weighing)
        self._streams: dict[str, Stream] = {}
        self._counts: dict[str, list[NDArray[Any]]] = {}
        self._keys = KeyCollector()
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
            self._keys.add(terms)
            self._count("term", np.fromiter(map(len, terms), np.int64, len(terms)) + 1)
        self._continued = continued
        self._count("doc", block.counts)
        edges = starts(block.counts)
        distances = steps(block.docs, edges[:-1])
        distances[0] -= self._last if continued else 0
        self._last = int(block.docs[-1])
        docs_more = self._add_paired("docs", distances, edges)
        if block.freqs is not None and block.steps is not None:
            self._add_frequencies(block.freqs)
            in_docs = starts(block.freqs)
            times = np.diff(in_docs[edges])
            self._count("place", times)
            places_more = self._add_paired("places", block.steps, in_docs[edges])
            columns = PostingColumns(block.docs, np.diff(docs_more), block.freqs, np.diff(places_more[in_docs]))
            self._blocks.add(block.counts, columns, continued=continued)
            self.words += int(times.sum()) - sum(int(times[at].sum()) for at in among(block.terms))
        self._continued = False

    def _add_frequencies(self, freqs: NDArray[Any]) -> None:
        before = self._written("freqs")
        narrow = narrowed(freqs)
        self._append("freqs", "u1", narrow.values)
        self._append("freqs_at", "<i8", narrow.at + before)
        self._append("freqs_large", "<u4", narrow.large)

    def _add_paired(self, part: str, values: NDArray[Any], edges: Numbers) -> NDArray[np.uint32]:
        """Write numbers, and count the second bytes before each; `edges`: where those of each term start and end."""
        before = self._written(part)
        pair = paired(values)
        self._append(part, "u1", pair.firsts)
        self._append(f"{part}_more", "u1", pair.seconds)
        self._append(f"{part}_at", "<i8", pair.at + before)
        self._append(f"{part}_large", "<u4", pair.large)
        more = few_before(takes_two(pair.firsts))
        self._count(f"{part}_more", np.diff(more[edges]))
        return more

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
            kept.append(counts.astype(np.uint32))

    def finish(self) -> None:
        """Write the arrays into the file."""
        for part, counts in self._counts.items():
            ends = starts(np.concatenate(counts))
            self._file.add(f"{self._name}/{part}_starts", ends.astype(smallest(int(ends[-1]))))
        for part, stream in self._streams.items():
            self._file.add_stream(f"{self._name}/{part}", stream)
        self._file.add(f"{self._name}/term_keys", self._keys.keys())
        self._blocks.finish(self._file, self._name)


class FieldReader(FieldTerms):
    """Read a field: its terms, and their postings."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        """Read the field of that name; it may have no terms."""
        super().__init__(file, name)
        self.doc_starts = self._array("doc_starts")
        """Where the documents of each term start, and last where they end."""
        self.has_positions = f"{name}/place_starts" in file
        """Whether it is a field of words, and has any."""
        self._place_starts = self._array("place_starts")
        self.blocks = BlockReader(file, name)
        """What leads into the middle of its long terms."""

    def _array(self, part: str) -> NDArray[Any] | CheckedArray:
        name = f"{self._name}/{part}"
        return self._file.values(name) if name in self._file else np.zeros(int(part.endswith("_starts")), np.uint8)

    def _whole(self, part: str) -> NDArray[Any]:
        name = f"{self._name}/{part}"
        return self._file.array(name) if name in self._file else np.zeros(int(part.endswith("_starts")), np.uint8)

    @cached_property
    def _docs(self) -> "PairedReader":
        return PairedReader(self._file, f"{self._name}/docs")

    @cached_property
    def _places(self) -> "PairedReader":
        return PairedReader(self._file, f"{self._name}/places")

    @cached_property
    def _freqs(self) -> tuple[NDArray[Any] | CheckedArray, NDArray[Any], NDArray[Any]]:
        return self._array("freqs"), self._whole("freqs_at"), self._whole("freqs_large")

    # Postings of one term, not yet unpacked

    def doc_bounds(self, number: int) -> tuple[int, int]:
        """Return where the documents of a term lie, from where to where."""
        return self._file.pages(f"{self._name}/doc_starts").two(number)

    def packed_docs(self, number: int, low: int, high: int) -> Packed:
        """Read the documents of a term, which lie from `low` up to `high`, as distances."""
        return self._docs.packed(number, low, high)

    def packed_freqs(self, low: int, high: int) -> Packed:
        """Read how often a term stands in each of the documents that lie from `low` up to `high`, one byte each."""
        firsts = self._freq_pages.part(low, high) if self.has_positions else b"\1" * (high - low)
        return Packed.of(firsts, b"", low, lambda: self._freqs[1:])

    def packed_places(self, number: int) -> Packed:
        """Read where a term stands in its documents, as distances."""
        return self._places.packed(number, *self._place_bounds(number))

    def packed_places_between(self, number: int, blocks: Blocks, low: int, high: int) -> Packed:
        """Read the same in the documents of some blocks."""
        start, _ = self._place_bounds(number)
        bounds, more = between(blocks.places, low, high), between(blocks.places_more, low, high)
        return self._places.packed_part(number, (start + bounds[0], start + bounds[1]), more)

    def packed_docs_between(self, number: int, bounds: tuple[int, int], more: tuple[int, int]) -> Packed:
        """Read documents that lie from where to where, the first as the distance from the one before."""
        return self._docs.packed_part(number, bounds, more)

    def freq_bytes(self, low: int, high: int) -> bytes:
        """Read how often a term stands in the documents that lie from `low` up to `high`, as bytes."""
        return self._freq_pages.part(low, high)

    def place_bytes(self, number: int, bounds: tuple[int, int], more: int) -> tuple[bytes, bytes]:
        """Read some places of a term as bytes; `bounds` count its places, `more` the second bytes before these."""
        start, _ = self._place_bounds(number)
        return self._places.bytes_of(number, (start + bounds[0], start + bounds[1]), more)

    def place_count(self, number: int) -> int:
        """Count the places of a term; in fields without positions, its documents."""
        low, high = self._place_bounds(number) if self.has_positions else self.doc_bounds(number)
        return high - low

    def _place_bounds(self, number: int) -> tuple[int, int]:
        return self._file.pages(f"{self._name}/place_starts").two(number)

    @cached_property
    def _freq_pages(self) -> Pages:
        return self._file.pages(f"{self._name}/freqs")

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
