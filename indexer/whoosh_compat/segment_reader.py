"""Read a segment of any codec through Whoosh's own reader, as values and arrays. Slow, and right for every codec.

Whoosh's private names that this takes stand here, and nowhere else.

Columnar segments, texts, tables of contents and the manifest are compared with checksums before anything is made of
them, so that an exception behind that is a fault of this program, and is shown as one. Segments of Whoosh's own codec
that others wrote have no checksum: what Whoosh's readers raise of them is about their bytes, and is made one error that
names the segment (`naming_segments`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import isgeneratorfunction
from pathlib import Path
from types import FunctionType
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import NumericColumn
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from indexer.columnar.stored import ABSENT
from indexer.errors import IndexerError, UnusableIndexError
from indexer.fields.entries import StoredDocument
from indexer.storage.durable import checksum
from indexer.storage.roots import Roots
from indexer.whoosh_compat.codec import ColumnarSegment
from indexer.whoosh_compat.toc import open_last

Reader = TypeVar("Reader")

_NAMES = frozenset(StoredDocument._fields)


def segment_path(folder: Path, segment: Any) -> Path:
    """Name the one file of a segment of Whoosh's own codec, as this program has it written."""
    return folder / str(segment.make_filename(segment.COMPOUND_EXT))


def is_altered(path: Path, segment: Any) -> bool:
    """Tell whether a segment's file is not as it was written; False when its checksum is not known."""
    known = getattr(segment, "checksum", None)
    return known is not None and checksum(path) != known


def refuse_altered(folder: Path, segment: Any) -> None:
    """Raise UnusableIndexError for a segment that is not as it was written, FileNotFoundError when it is gone."""
    path = segment_path(folder, segment)
    if is_altered(path, segment):
        raise _unusable(segment.segment_id(), "is not as it was written")


def naming_segments(*passing: type[Exception]) -> Callable[[type[Reader]], type[Reader]]:
    """Have every method of a class raise UnusableIndexError, which names `self.name`, for whatever it raises.

    What is no damage passes: errors of this program, of the system, and those of the classes `passing`.
    """

    def of(reader: type[Reader]) -> type[Reader]:
        for name, method in list(vars(reader).items()):
            if isinstance(method, FunctionType):
                setattr(reader, name, _naming(method, (IndexerError, OSError, *passing)))
        return reader

    return of


def _naming(method: FunctionType, passing: tuple[type[Exception], ...]) -> Callable[..., Any]:
    @wraps(method)
    def returns(self: Any, *values: Any, **named: Any) -> Any:
        with _about(self, passing):
            return method(self, *values, **named)

    @wraps(method)
    def yields(self: Any, *values: Any, **named: Any) -> Iterator[Any]:
        with _about(self, passing):
            yield from method(self, *values, **named)

    return yields if isgeneratorfunction(method) else returns


@contextmanager
def _about(reader: Any, passing: tuple[type[Exception], ...]) -> Iterator[None]:
    try:
        yield
    except passing:
        raise
    except Exception as error:
        raise _unusable(reader.name, f"cannot be read ({error!r:.100})") from error


def _unusable(name: str, said: str) -> UnusableIndexError:
    return UnusableIndexError(f"the segment {name} {said}; run `indexer verify --repair`, or restore the file")


class TermPostings(NamedTuple):
    """Hold where one term stands, in documents that are deleted too; both arrays have one number an occurrence."""

    term: bytes
    documents: NDArray[np.int64]
    """Of each occurrence the number of its document, ascending."""
    positions: NDArray[np.int64]
    """Of each occurrence its position in the document's field, in words."""


@naming_segments()
class AnySegment:
    """Read one segment, in one thread: Whoosh's readers share a place in their file. Documents are numbered from 0."""

    def __init__(self, folder: Path, schema: Any, segment: Any) -> None:
        """Open a segment that the table of contents of the index in `folder` names, by that table's schema.

        Its methods raise UnusableIndexError for whatever reading damaged bytes may raise.
        """
        self.name = str(segment.segment_id())
        self._schema = schema
        self._roots = Roots.of(folder)
        self._reader: Any = SegmentReader(FileStorage(str(folder)), schema, segment)
        self.size: int = self._reader.doc_count_all()
        """Documents, deleted ones included."""
        self.deleted: tuple[int, ...] = tuple(sorted(segment.deleted_docs()))

    # Terms

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term in self._reader

    def terms(self, field: str, prefix: bytes = b"") -> Iterator[bytes]:
        """Yield the field's terms that begin so, in order."""
        if field in set(self._reader.indexed_field_names()):
            yield from self._reader.expand_prefix(field, prefix)

    def has_positions(self, field: str) -> bool:
        """Tell whether the field's postings say where a term stands."""
        return bool(self._schema[field].format.supports("positions"))

    def matcher(self, field: str, term: bytes) -> Any:
        """Return Whoosh's matcher of a term the field has: all its postings, those of deleted documents too."""
        return self._reader._terms.matcher(field, term, self._schema[field].format)

    def documents_with(self, field: str, term: bytes) -> list[int]:
        """List the documents that have a term and are not deleted; none when the field has no such term."""
        if (field, term) not in self:
            return []
        gone = set(self.deleted)
        return [number for number in self.matcher(field, term).all_ids() if number not in gone]

    def frequency(self, field: str, term: bytes, document: int) -> int:
        """Count how often a term that the field has stands in a document."""
        matcher = self.matcher(field, term)
        if matcher.is_active() and matcher.id() < document:
            matcher.skip_to(document)
        return int(matcher.weight()) if matcher.is_active() and matcher.id() == document else 0

    def postings(self, field: str) -> Iterator[TermPostings]:
        """Yield the postings of every term of a field with positions, in the order of the terms."""
        for term in self.terms(field):
            matcher = self.matcher(field, term)
            documents: list[int] = []
            positions: list[int] = []
            while matcher.is_active():
                places = matcher.value_as("positions")
                documents += [matcher.id()] * len(places)
                positions += places
                matcher.next()
            yield TermPostings(term, np.array(documents, np.int64), np.array(positions, np.int64))

    # Columns

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Read how many words each document's field has, quantised to a byte as Whoosh does."""
        return self._column(f"_{field}_len", NumericColumn("B", default=0)).astype(np.uint8)

    def total_length(self, field: str) -> int:
        """Count the field's words in all documents, deleted ones included."""
        return int(self._reader.field_length(field))

    def numbers(self, field: str) -> NDArray[np.int64]:
        """Read each document's number; ABSENT where it has none."""
        column = self._schema[field].column_type
        raw = self._column(field, column).astype(np.int64)
        bits = getattr(self._schema[field], "bits", 0)
        if not bits:
            return raw
        return np.where(raw == column.default_value(), ABSENT, raw - (1 << (bits - 1)))

    def _column(self, name: str, column: Any) -> NDArray[Any]:
        """Read the numbers of a column; documents after its end have its default value."""
        kind = np.dtype(f">{column._typecode}")
        values = np.full(self.size, column.default_value(), kind)
        documents = self._reader._perdoc
        if documents.has_column(name):
            file, offset, length = documents._get_column_file(name)
            found = np.frombuffer(file.get(offset, length), kind)
            values[: len(found)] = found[: self.size]
        return values

    def labels(self, field: str) -> list[str]:
        """Read each document's text in a column of texts; empty where it has none."""
        if not self._reader.has_column(field):
            return [""] * self.size
        return [value.decode("utf-8") for value in self._reader.column_reader(field, translate=False)]

    # Stored values

    def stored(self, document: int) -> StoredDocument:
        """Read what is kept of a document for showing it."""
        values = self._reader.stored_fields(document)
        kept = {name: values[name] for name in values if name in _NAMES}
        return StoredDocument(**kept | {"source": self._roots.path(kept["source"])})

    def documents(self) -> Iterator[tuple[int, StoredDocument]]:
        """Yield the number of each document that is not deleted, and what is kept of it."""
        return ((number, self.stored(number)) for number in self._reader.all_doc_ids())

    def documents_of(self, accession: bytes) -> Iterator[StoredDocument]:
        """Yield what is kept of a submission's documents, in the order of their numbers."""
        return map(self.stored, self.documents_with("accession", accession))

    def close(self) -> None:
        """Release files."""
        self._reader.close()


def open_segments(folder: Path) -> list[AnySegment]:
    """Open the segments of the last commit, as they were written; raises NoIndexError, UnusableIndexError."""
    return open_last(folder, lambda table: [open_segment(folder, table.schema, each) for each in table.segments])


def open_segment(folder: Path, schema: Any, segment: Any) -> AnySegment:
    """Open a segment after comparing it with its checksum: whole, but for a columnar one, which checks what it reads.

    Raises FileNotFoundError, UnusableIndexError.
    """
    if not isinstance(segment, ColumnarSegment):
        refuse_altered(folder, segment)
    return AnySegment(folder, schema, segment)
