"""A columnar segment as arrays, read without Whoosh: what `stock` does for any codec, straight from the file."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.file import SegmentFile
from indexer.columnar.postings import FieldReader
from indexer.columnar.stored import Labels, RowsReader, read_labels, read_numbers
from indexer.fields.entries import StoredDocument
from search.query import nodes as q
from search.segments.matching import TermNumbers, matching
from search.segments.postings import EMPTY, Documents, Postings
from search.segments.segment import Numbers
from search.segments.term_postings import PackedPostings, TermIn
from search.segments.unions import union

_STORED = list(StoredDocument._fields)


class FileSegment:
    """Implements `search.segments.segment.Segment`."""

    def __init__(self, path: Path, deleted: Sequence[int], lost: Mapping[str, int]) -> None:
        """Open a segment; `lost` are the words of deleted documents, by field.

        Raises FileNotFoundError, UnusableIndexError.
        """
        self._lost = lost
        self._file = SegmentFile(path)
        self._fields: dict[str, FieldReader] = {}
        self.name = path.name
        self.size: int = self._file.about["documents"]
        self.deleted: Documents = np.array(sorted(deleted), np.int64)

    def _field(self, name: str) -> FieldReader:
        if name not in self._fields:
            self._fields[name] = FieldReader(self._file, name)
        return self._fields[name]

    def postings(self, field: str, term: str) -> Postings | None:
        """Read the postings of a term; None when the field has no such term."""
        reader = self._field(field)
        number = reader.find(term.encode("utf-8", "replace"))
        return None if number is None else _postings(reader, number)

    def matching(self, field: str, leaves: Sequence[q.Leaf], tell: Callable[[q.Leaf, int], None]) -> list[TermNumbers]:
        """Find the terms of the field that each leaf stands for, all in one pass; see `search.segments.matching`."""
        return matching(self._field(field), leaves, tell)

    def union(self, field: str, numbers: TermNumbers) -> Postings:
        """Read the postings of the terms of these numbers as one."""
        if not len(numbers):
            return EMPTY
        reader = self._field(field)
        if len(numbers) == 1:
            return _postings(reader, int(numbers[0]))
        return union(reader, numbers, self.size)

    def named(self, field: str, numbers: TermNumbers) -> list[str]:
        """List the terms of these numbers."""
        reader = self._field(field)
        return [reader.term(number).decode("utf-8") for number in numbers.tolist()]

    def between(self, field: str, low: str, high: str) -> Postings:
        """Read the postings of the terms from one to another, both included, as one."""
        reader = self._field(field)
        first, past = (reader.at_or_after(term.encode()) for term in (low, f"{high}\0"))
        return self.union(field, np.arange(first, max(first, past), dtype=np.int32))

    def terms(self, field: str, prefix: str) -> list[str]:
        """List the field's terms that begin with `prefix`, in order."""
        reader = self._field(field)
        low, high = reader.beginning(prefix.encode("utf-8", "replace"))
        return [term.decode("utf-8") for term in reader.terms(low, high)]

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Return how many words each document's field has, as Whoosh quantises them to a byte."""
        section = f"{field}/lengths"
        return self._file.array(section) if section in self._file else np.zeros(self.size, np.uint8)

    def total_length(self, field: str) -> int:
        """Count the words of the field in all documents that are not deleted."""
        return int(self._file.about["words"].get(field, 0)) - self._lost.get(field, 0)

    def numbers(self, field: str) -> Numbers:
        """Return each document's number, or ABSENT."""
        return read_numbers(self._file, field)

    def labels(self, field: str) -> Labels:
        """Return each document's value of a column of texts."""
        return read_labels(self._file, field)

    def parties(self) -> tuple[Documents, list[str]]:
        """List every party of every document (`StoredDocument.parties`): documents and parties run parallel."""
        reader = self._field("parties")
        count = reader.term_count
        names = np.repeat(np.array(self.terms("parties", ""), object), reader.doc_counts(0, count))
        return reader.docs(0, count), names.tolist()

    @cached_property
    def _rows(self) -> RowsReader:
        return RowsReader(self._file)

    def stored(self, document: int) -> StoredDocument:
        """Read what is stored of a document for showing it."""
        values = self._rows.row(document)
        if self._file.about["stored"] == _STORED:
            return StoredDocument._make(values)
        return StoredDocument(**dict(zip(self._file.about["stored"], values, strict=True)))

    def verify(self) -> bool:
        """Compare all of it with its checksums; UnusableIndexError when it is damaged."""
        if damaged := self._file.verify():
            raise self._file.damaged(*damaged)
        return True

    def close(self) -> None:
        """Release the file."""
        self._fields = {}
        self._file.close()


def _postings(reader: FieldReader, number: int) -> Postings:
    return PackedPostings([TermIn(0, reader, number, *reader.doc_bounds(number))])
