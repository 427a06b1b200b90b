"""A segment of any Whoosh codec, read as arrays through Whoosh's own reader. Slow, and right for every codec.

No query here: a segment gives postings, terms, columns and stored documents, and the searcher does the rest.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import POSITION_BITS
from indexer.columnar.stored import Labels
from indexer.fields.entries import StoredDocument
from indexer.whoosh_compat import codec
from indexer.whoosh_compat.segment_reader import naming_segments, open_segment, refuse_altered
from indexer.whoosh_compat.toc import open_last
from indexer.writers.deleted_words import lost_words
from search.errors import SearchError
from search.query import nodes as q
from search.segments.file_segment import FileSegment
from search.segments.matching import TermList, TermNumbers, matching
from search.segments.postings import NOTHING, Documents, Frequencies, Places, Postings, ReadPostings, present_in, united
from search.segments.segment import CommittedSegments, Numbers, Segment


def open_commit(folder: Path) -> CommittedSegments:
    """Open the last commit, through Whoosh where segments are not columnar; NoIndexError, UnusableIndexError."""

    def opened(table: Any) -> CommittedSegments:
        segments = [_opened(folder, table.schema, segment) for segment in table.segments]
        return CommittedSegments(table.generation, segments)

    return open_last(folder, opened)


def _opened(folder: Path, schema: Any, segment: Any) -> Segment:
    if isinstance(segment, codec.ColumnarSegment):
        return FileSegment(segment.path(folder), list(segment.deleted_docs()), lost_words(segment))
    return StockSegment(folder, schema, segment)


@naming_segments(SearchError)
class StockSegment:
    """Implement `search.segments.segment.Segment` for one thread: Whoosh's readers share a place in their file."""

    def __init__(self, folder: Path, schema: Any, segment: Any) -> None:
        self.name = str(segment.segment_id())
        self._folder, self._segment = folder, segment
        self._reader = open_segment(folder, schema, segment)
        self._lost = lost_words(segment)
        self._dictionaries: dict[str, TermList] = {}
        self.size = self._reader.size
        self.deleted: Documents = np.array(self._reader.deleted, np.int64)

    def postings(self, field: str, term: str) -> Postings | None:
        """Read the postings of a term; None when the field has no such term."""
        key = (field, term.encode("utf-8", "replace"))
        if key not in self._reader:
            return None
        if not self._reader.has_positions(field):
            return present_in(np.array(list(self._reader.matcher(*key).all_ids()), np.int64))
        docs, frequencies = _pairs(self._reader.matcher(*key))
        return ReadPostings(docs, frequencies, lambda within: self._every_place(*key))

    def _every_place(self, field: str, term: bytes) -> Places:
        return _places(self._reader.matcher(field, term))

    def between(self, field: str, low: str, high: str) -> Postings:
        """Read the postings of the terms from one to another, both included, as one."""
        numbers = [number for number, term in enumerate(self.terms(field, "")) if low <= term <= high]
        return self.union(field, np.array(numbers, np.int32))

    def _dictionary(self, field: str) -> TermList:
        if field not in self._dictionaries:
            self._dictionaries[field] = TermList(self._reader.terms(field, b""))
        return self._dictionaries[field]

    def matching(self, field: str, leaves: Sequence[q.Leaf], tell: Callable[[q.Leaf, int], None]) -> list[TermNumbers]:
        """Find the terms of the field that each leaf stands for, all in one pass; see `search.segments.matching`."""
        return matching(self._dictionary(field), leaves, tell)

    def named(self, field: str, numbers: TermNumbers) -> list[str]:
        """List the terms of these numbers."""
        terms = self._dictionary(field)
        return [term.decode("utf-8") for number in numbers.tolist() for term in terms.terms(number, number + 1)]

    def union(self, field: str, numbers: TermNumbers) -> Postings:
        """Read the postings of the terms of these numbers as one."""
        parts = [part for term in self.named(field, numbers) if (part := self.postings(field, term)) is not None]
        return united(
            np.concatenate([NOTHING, *(part.docs for part in parts)]),
            np.concatenate([NOTHING, *(part.frequencies for part in parts)]),
            lambda within: np.concatenate([NOTHING, *(part.read_places(within) for part in parts)]),
            self.size,
        )

    def terms(self, field: str, prefix: str) -> Iterator[str]:
        """Yield the field's terms that begin with `prefix`, in order."""
        for term in self._reader.terms(field, prefix.encode("utf-8", "replace")):
            yield term.decode("utf-8")

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Return how many words each document's field has, as Whoosh quantises them to a byte."""
        return self._reader.lengths(field)

    def total_length(self, field: str) -> int:
        """Count the words of the field in all documents that are not deleted."""
        return self._reader.total_length(field) - self._lost.get(field, 0)

    def numbers(self, field: str) -> Numbers:
        """Return each document's number, or ABSENT."""
        return self._reader.numbers(field)

    def labels(self, field: str) -> Labels:
        """Return each document's value of a column of texts."""
        values = self._reader.labels(field)
        names = sorted(set(values))
        index = {name: number for number, name in enumerate(names)}
        return Labels(np.array([index[value] for value in values], np.int64), names)

    def parties(self) -> tuple[Documents, list[str]]:
        """List every party of every document (`StoredDocument.parties`): documents and parties run parallel."""
        names = [(document, name) for document in range(self.size) for name in self.stored(document).parties]
        return np.array([document for document, _ in names], np.int64), [name for _, name in names]

    def stored(self, document: int) -> StoredDocument:
        """Read what is stored of a document for showing it."""
        return self._reader.stored(document)

    def verify(self) -> bool:
        """Compare its file with its checksum, again; False when it has none. UnusableIndexError when it is damaged."""
        refuse_altered(self._folder, self._segment)
        return hasattr(self._segment, "checksum")

    def close(self) -> None:
        """Release files."""
        self._reader.close()


def _pairs(matcher: Any) -> tuple[Documents, Frequencies]:
    docs, frequencies = [], []
    while matcher.is_active():
        docs.append(matcher.id())
        frequencies.append(matcher.weight())
        matcher.next()
    return np.array(docs, np.int64), np.array(frequencies, np.float32)


def _places(matcher: Any) -> Places:
    places: list[int] = []
    while matcher.is_active():
        base = matcher.id() << POSITION_BITS
        places.extend(base | position for position in matcher.value_as("positions"))
        matcher.next()
    return np.array(places, np.int64)
