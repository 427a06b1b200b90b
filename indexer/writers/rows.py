"""Build an index's columnar segments: our fields as a layout, entries as rows, and which segments to merge when.

A `SegmentList` registers these segments as it does Whoosh's own; see `indexer.columnar` for what is in them.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from indexer.analysis.folding import fold
from indexer.columnar.builder import Builder, Layout, SegmentRow
from indexer.columnar.file import SegmentFile
from indexer.columnar.merging import Source, merge
from indexer.fields.entries import IndexedDocument, StoredDocument
from indexer.fields.row_values import marks_of_rows, next_value, rows_of
from indexer.fields.schema import AMOUNT, FIELDS, LISTED, SECTION, UNLOCATED, Kind, SchemaField, field_values
from indexer.fields.text_marks import MARKS, marks
from indexer.filings import Header
from indexer.whoosh_compat.codec import ColumnarSegment
from indexer.whoosh_compat.commits import NAME

_STORED = StoredDocument._fields
_MARKED = tuple(field for field in FIELDS if field.is_marked)
"""The fields of rows whose values are compared whole; each stands where its row does."""
_OF_DOCUMENT = frozenset(
    (
        *("text", "title", "type", "description", "filename", "sequence", "reading", SECTION, UNLOCATED, AMOUNT),
        *("ticker", LISTED),
    )
)
"""The fields besides those of rows whose values differ within a submission; all others are of its header, and are
worked out once."""
_FIELDS_OF_DOCUMENT = tuple(field for field in FIELDS if field.name in _OF_DOCUMENT - {SECTION})
_FIELDS_OF_HEADER = tuple(field for field in FIELDS if field.name not in _OF_DOCUMENT and not field.of_rows)
_WORDS_OF_ROWS = tuple(field for field in FIELDS if field.of_rows and field.kind is Kind.TEXT)

LAYOUT = Layout(
    words=tuple(field.name for field in FIELDS if field.kind is Kind.TEXT),
    values=tuple(
        field.name for field in FIELDS if field.kind is Kind.KEYWORD and field.name != SECTION and not field.of_rows
    ),
    marks=(*MARKS, *(field.name for field in _MARKED)),
    numbers=tuple(field.name for field in FIELDS if field.kind in {Kind.DATE, Kind.NUMBER}),
    keys=("filing",),
    facets=("parties",),
    labels=("company_sort",),
    stored=_STORED,
    next_start=next_value,
)

FACTOR = 8
"""Segments of about one size from which on they are merged: more make building quicker, and asking slower."""

AT_ONCE = 16
"""Segments that are merged into one, at most: each takes some megabytes meanwhile."""

SMALLEST = 1 << 22
"""Bytes; segments below are of one size."""

LARGEST = 1 << 32
"""Bytes that a merged segment may have, about: what is larger is left alone."""


class _Values(NamedTuple):
    """Hold values of some of the fields, by kind."""

    words: dict[str, tuple[str, ...]]
    values: dict[str, list[str]]
    numbers: dict[str, int]


def _values(entry: IndexedDocument, some: Iterable[SchemaField]) -> _Values:
    found = _Values({}, {}, {})
    for field in some:
        if values := field_values(entry, field):
            match field.kind:
                case Kind.TEXT:
                    found.words[field.name] = values
                case Kind.KEYWORD:
                    found.values[field.name] = list(map(str.lower, values))
                case Kind.DATE | Kind.NUMBER:
                    found.numbers[field.name] = int(values[0])
                case Kind.DECIMAL:
                    raise ValueError(f"{field.name}: a decimal stands in a row")
    return found


def _row_marks(entry: IndexedDocument) -> dict[str, dict[str, list[int]]]:
    marked = _MARKED if rows_of(entry) else ()
    return {field.name: marks_of_rows(field_values(entry, field)) for field in marked}


class Rows:
    """Make rows of a segment of entries; what entries of one submission share is worked out once."""

    def __init__(self) -> None:
        self._header: tuple[Header, str] | None = None
        self._values = _Values({}, {}, {})

    def row(self, entry: IndexedDocument, kept: StoredDocument) -> SegmentRow:
        """Return what a segment takes of an entry."""
        fields = _FIELDS_OF_DOCUMENT if not rows_of(entry) else (*_FIELDS_OF_DOCUMENT, *_WORDS_OF_ROWS)
        header, own = self._of_header(entry), _values(entry, fields)
        return SegmentRow(
            words=header.words | own.words,
            values=header.values | own.values | {"parties": kept.parties},
            marks={**marks(entry.extracted.text, entry.extracted.sections), **_row_marks(entry)},
            numbers=header.numbers | own.numbers | {"filing": entry.filing_key},
            labels={"company_sort": fold(kept.names[0]) if kept.names else ""},
            stored=kept,
        )

    def _of_header(self, entry: IndexedDocument) -> _Values:
        if self._header is None or self._header[0] is not entry.header or self._header[1] != entry.submission_id:
            self._header = entry.header, entry.submission_id
            self._values = _values(entry, _FIELDS_OF_HEADER)
        return self._values


class ColumnarBuilder:
    """Build one segment after another; implements `indexer.writers.local.DocumentBuilder`. Holds no lock."""

    def __init__(self, folder: Path, *, texts: str = "") -> None:
        """Begin in an index's folder; `texts`: the text store's file the texts are in."""
        self._folder, self._texts = folder, texts
        self._rows = Rows()
        self._segment: ColumnarSegment | None = None
        self._builder: Builder | None = None

    def add(self, entry: IndexedDocument, kept: StoredDocument) -> None:
        """Take one document."""
        if self._builder is None:
            self._segment = new_segment([self._texts])
            self._builder = Builder(self._segment.path(self._folder), LAYOUT)
        self._builder.add(self._rows.row(entry, kept))

    @property
    def size(self) -> int:
        """Count the words taken since the last `finish`."""
        return self._builder.size if self._builder else 0

    def finish(self) -> ColumnarSegment | None:
        """Write the segment and sync it; None when nothing was added."""
        segment, builder = self._segment, self._builder
        self._segment = self._builder = None
        if segment is not None and builder is not None:
            builder.finish()
            segment.set_doc_count(builder.documents)
        return segment

    def close(self) -> None:
        """Discard what was not finished."""
        if self._builder is not None:
            self._builder.discard()
            self._segment = self._builder = None


def new_segment(texts: Iterable[str]) -> ColumnarSegment:
    """Name a segment yet to be written, whose texts are in these files of the text store."""
    segment = ColumnarSegment(NAME)
    segment.texts = tuple(sorted({file for file in texts if file}))
    return segment


def merged(folder: Path, segments: Sequence[ColumnarSegment]) -> ColumnarSegment:
    """Write the segments' documents, without the deleted ones, as a new segment, synced."""
    segment = new_segment(file for each in segments for file in each.texts)
    sources = [_source(folder, each) for each in segments]
    merge(sources, segment.path(folder))
    segment.set_doc_count(sum(each.doc_count() for each in segments))
    for source in sources:
        source.file.close()
    return segment


def _source(folder: Path, segment: ColumnarSegment) -> Source:
    kept = np.ones(segment.doc_count_all(), np.bool_)
    kept[list(segment.deleted_docs())] = False
    return Source(SegmentFile(segment.path(folder)), kept)


def due(folder: Path, segments: Iterable[Any]) -> list[list[ColumnarSegment]]:
    """Choose which segments to merge now, so that few of any size remain; each group in the order of the segments.

    `FACTOR` of about one size are merged, as many as there are by then, and with them larger ones as long as the next
    has no more bytes than all that it joins. A segment most of whose documents are deleted is written anew by itself.
    """
    sizes = {segment: _size(folder, segment) for segment in segments if isinstance(segment, ColumnarSegment)}
    sparse = [segment for segment in sizes if segment.deleted_count() * 2 > segment.doc_count_all()]
    levels: dict[int, list[ColumnarSegment]] = {}
    for segment, size in sizes.items():
        if segment not in sparse and size * FACTOR <= LARGEST:
            levels.setdefault(int(log(max(size, SMALLEST), FACTOR)), []).append(segment)
    groups = [[segment] for segment in sparse]
    if many := [level for level, alike in levels.items() if len(alike) >= FACTOR]:
        above = [segment for level, alike in levels.items() if level > min(many) for segment in alike]
        joined = _with_larger(sizes, levels[min(many)], above)
        groups += _divided(joined, -(-sum(sizes[each] for each in joined) // LARGEST))
    return groups


def _size(folder: Path, segment: ColumnarSegment) -> int:
    return segment.path(folder).stat().st_size


def _with_larger(
    sizes: Mapping[ColumnarSegment, int], chosen: Sequence[ColumnarSegment], above: Sequence[ColumnarSegment]
) -> list[ColumnarSegment]:
    """Add larger segments, the smallest first, each of which doubles at least by being merged."""
    found, total = set(chosen), sum(sizes[each] for each in chosen)
    for segment in sorted(above, key=lambda each: sizes[each]):
        if len(found) >= AT_ONCE or sizes[segment] > total or total + sizes[segment] > LARGEST:
            break
        found.add(segment)
        total += sizes[segment]
    return [each for each in sizes if each in found]


def _divided(segments: Sequence[ColumnarSegment], least: int) -> list[list[ColumnarSegment]]:
    """Divide segments into as few groups as may be merged at once, `least` or more, of about one length."""
    count = max(least, -(-len(segments) // AT_ONCE))
    bounds = [len(segments) * part // count for part in range(count + 1)]
    return [list(segments[low:high]) for low, high in pairwise(bounds)]
