"""Read back what an index holds of a submission, by accession number: stored fields, texts, header. No questions here.

Where every segment is a columnar one nothing of Whoosh is loaded; any other is read through Whoosh.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol, Self

from indexer.columnar.builder import layout_of
from indexer.columnar.file import SegmentFile
from indexer.columnar.postings import FieldReader
from indexer.columnar.stored import RowsReader
from indexer.errors import NoIndexError
from indexer.fields.entries import StoredDocument
from indexer.storage.roots import Roots
from indexer.texts.text_layout import FOLDER, Parts, TextAddress
from indexer.texts.text_store import StoredText, TextStore
from indexer.whoosh_compat import commits, plain_table
from indexer.whoosh_compat.plain_table import NamedSegment


class _Segment(Protocol):
    def documents_of(self, accession: bytes) -> Iterator[StoredDocument]:
        """Yield a submission's documents that are not deleted, in any order."""

    def close(self) -> None:
        """Release files."""


class ReadableText(Protocol):
    """A text that an index holds."""

    def whole(self) -> str:
        """Read the whole text."""

    def parts(self) -> Parts:
        """Read where its sections and pages are."""


class SubmissionContents(Protocol):
    """What an index holds of submissions."""

    def documents(self, accession: str) -> list[StoredDocument]:
        """Return a submission's documents in their order; none when the index does not hold it."""

    def text(self, document: StoredDocument) -> ReadableText:
        """Return a document's text."""

    def header(self, document: StoredDocument) -> str:
        """Return the header of a document's submission, as it stood."""

    def close(self) -> None:
        """Release files."""


class StoredSubmissions:
    """An index opened for looking submissions up by accession number, at its last commit."""

    def __init__(self, segments: Sequence[_Segment], texts: TextStore) -> None:
        self._segments, self._texts = segments, texts

    @classmethod
    def open(cls, address: Path) -> Self:
        """Open the index at an address; raises NoIndexError, UnusableIndexError."""
        if commits.check(address) < 0:
            raise NoIndexError(f"no index at {address}: build one with `indexer build PATH --index {address}`")
        return cls(commits.retried(lambda: _opened(address)), TextStore(address / FOLDER))

    def documents(self, accession: str) -> list[StoredDocument]:
        """Return a submission's documents in their order; none when the index does not hold it."""
        value = accession.lower().encode("utf-8", "replace")
        found = (document for segment in self._segments for document in segment.documents_of(value))
        return sorted(found, key=lambda document: document.ordinal)

    def text(self, document: StoredDocument) -> StoredText:
        """Return a document's text, to be read in blocks."""
        return self._texts[TextAddress.parse(document.text)]

    def header(self, document: StoredDocument) -> str:
        """Return the header of a document's submission, as it stood."""
        return self._texts[TextAddress.parse(document.header)].whole()

    def close(self) -> None:
        """Release files."""
        for segment in self._segments:
            segment.close()
        self._texts.close()


class _FileSegment:
    """A columnar segment, read from its file."""

    def __init__(self, folder: Path, named: NamedSegment, roots: Roots) -> None:
        self._roots = roots
        self._file = SegmentFile(named.path(folder))
        self._deleted = frozenset(named.deleted)
        self._names = layout_of(self._file).stored

    def documents_of(self, accession: bytes) -> Iterator[StoredDocument]:
        field, rows = FieldReader(self._file, "accession"), RowsReader(self._file)
        term = field.find(accession)
        if term is not None:
            for number in field.docs(term, term + 1).tolist():
                if number not in self._deleted:
                    kept = dict(zip(self._names, rows.row(number), strict=True))
                    yield StoredDocument(**kept | {"source": self._roots.path(kept["source"])})

    def close(self) -> None:
        self._file.close()


def _opened(folder: Path) -> list[_Segment]:
    table = plain_table.read(folder)
    if table is not None:
        roots = Roots.of(folder)
        return [_FileSegment(folder, each, roots) for each in table.segments]
    from indexer.whoosh_compat.segment_reader import open_segments  # noqa: PLC0415  (loads Whoosh)

    return list(open_segments(folder))
