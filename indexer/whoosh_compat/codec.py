"""Show columnar segments to Whoosh as a codec. For reading; `indexer.columnar.builder` writes them.

The table of contents names segments by pickling `ColumnarSegment`, so Whoosh opens such an index wherever this module
can be imported. A writer of Whoosh's own adds and merges segments of its own codec beside these.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.util.numeric import byte_to_length

from indexer.columnar.builder import layout_of
from indexer.columnar.file import EXTENSION, SegmentFile
from indexer.columnar.stored import ABSENT, RowsReader, read_labels, read_numbers
from indexer.whoosh_compat.terms import NUMBER_OFFSET, ColumnarTerms


class ColumnarSegment(base.Segment):  # type: ignore[misc]
    """Keep what the table of contents has of a segment: its name, its documents, which of them are deleted."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._documents = 0
        self._deleted: set[int] = set()

    def codec(self) -> "ColumnarCodec":
        """Return the codec that reads it."""
        return ColumnarCodec()

    def path(self, folder: str | Path) -> Path:
        """Name the segment's file in the index's folder."""
        return Path(folder) / str(self.make_filename(EXTENSION))

    def set_doc_count(self, count: int) -> None:
        """Say how many documents the file has."""
        self._documents = count

    def doc_count_all(self) -> int:
        """Count the documents, deleted ones included."""
        return self._documents

    def deleted_count(self) -> int:
        """Count the deleted documents."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Yield the numbers of the deleted documents."""
        return iter(self._deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Mark a document deleted, or not."""
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether the document is marked deleted."""
        return docnum in self._deleted


class ColumnarCodec(base.Codec):  # type: ignore[misc]
    """Open a segment's readers, both of which map the same file."""

    def terms_reader(self, storage: Any, segment: ColumnarSegment) -> ColumnarTerms:
        """Open the terms and postings."""
        return ColumnarTerms(SegmentFile(segment.path(storage.folder)))

    def per_document_reader(self, storage: Any, segment: ColumnarSegment) -> "ColumnarDocuments":
        """Open the stored values, columns and lengths."""
        return ColumnarDocuments(SegmentFile(segment.path(storage.folder)), segment)

    def new_segment(self, storage: Any, indexname: str) -> ColumnarSegment:
        """Name a segment without documents, whose file is yet to be written."""
        return ColumnarSegment(indexname)

    def per_document_writer(self, storage: Any, segment: Any) -> Any:
        """Raise NotImplementedError: a segment is written whole."""
        raise NotImplementedError("columnar segments are written by indexer.columnar.builder; use Whoosh's own codec")

    field_writer = per_document_writer


class ColumnarDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """Read what is known of a segment's documents, by their numbers from 0."""

    def __init__(self, file: SegmentFile, segment: ColumnarSegment) -> None:
        self._file, self._segment = file, segment
        self._layout = layout_of(file)

    def close(self) -> None:
        """Release the file."""
        self._file.close()

    def doc_count(self) -> int:
        """Count the documents, without deleted ones."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """Count the documents, deleted ones included."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """Tell whether any document is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        """Yield the numbers of the deleted documents."""
        return self._segment.deleted_docs()

    # Columns

    def supports_columns(self) -> bool:
        """Tell that there are columns: numbers and labels."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Tell whether the segment has a column of that name."""
        return fieldname in (*self._layout.numbers, *self._layout.keys, *self._layout.labels)

    def column_reader(self, fieldname: str, column: Any) -> ColumnReader:
        """Read a column as Whoosh would have written it: numbers moved to be unsigned, texts as bytes."""
        if fieldname in self._layout.labels:
            indices, names = read_labels(self._file, fieldname)
            encoded = [name.encode("utf-8", "surrogatepass") for name in names]
            return _Column([encoded[index] for index in indices.tolist()])
        numbers = read_numbers(self._file, fieldname)
        raw = numbers + NUMBER_OFFSET if fieldname in self._layout.numbers else numbers
        return _Column(np.where(numbers == ABSENT, column.default_value(), raw).tolist())

    # Lengths

    def _lengths(self, fieldname: str) -> NDArray[np.uint8] | None:
        section = f"{fieldname}/lengths"
        return self._file.array(section) if section in self._file else None

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Count the words of a document's field, rounded as Whoosh does; `default` where it has none."""
        lengths = self._lengths(fieldname)
        length = 0 if lengths is None else int(byte_to_length(int(lengths[docnum])))
        return length or default

    def field_length(self, fieldname: str) -> int:
        """Count the words of the field in all documents."""
        return int(self._file.about["words"].get(fieldname, 0))

    def min_field_length(self, fieldname: str) -> int:
        """Count the words of the document with the fewest in this field, rounded."""
        lengths = self._lengths(fieldname)
        return 0 if lengths is None else int(byte_to_length(int(lengths.min())))

    def max_field_length(self, fieldname: str) -> int:
        """Count the words of the document with the most in this field, rounded."""
        lengths = self._lengths(fieldname)
        return 0 if lengths is None else int(byte_to_length(int(lengths.max())))

    # Stored values

    @cached_property
    def _rows(self) -> RowsReader:
        return RowsReader(self._file)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Read the values kept of a document for showing it, by name."""
        values = zip(self._layout.stored, self._rows.row(docnum), strict=True)
        return {name: value for name, value in values if value is not None}


class _Column(ColumnReader):  # type: ignore[misc]
    """Hold a column in memory."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._reverse = False

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def load(self) -> list[Any]:
        """Return the value of every document."""
        return self._values

    def sort_key(self, docnum: int) -> Any:
        """Return what to sort the document by."""
        return -self._values[docnum] if self._reverse else self._values[docnum]

    def set_reverse(self) -> None:
        """Sort the other way round."""
        self._reverse = True
