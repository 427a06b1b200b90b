"""Into a Whoosh index: its schema made from ours, segments built anywhere, one table of contents that names them.

A `WhooshBuilder` writes a whole segment without the index's lock, so that worker processes need not talk to one
another; the `WhooshWriter` holds the lock, registers finished segments, and makes them visible with one rename.
The schema uses Whoosh's own field types only, so that any Whoosh 2.7.4 opens the index. Nothing is ever written
over: files no table of contents names are swept when the next writer opens.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import fields as attributes
from pathlib import Path
from typing import Any

from whoosh import fields
from whoosh.analysis import IDAnalyzer, LowercaseFilter, RegexTokenizer
from whoosh.codec import default_codec
from whoosh.columns import NumericColumn, RefBytesColumn
from whoosh.index import _DEF_INDEX_NAME as NAME
from whoosh.index import TOC
from whoosh.reading import SegmentReader
from whoosh.writing import PostingPool

from indexer.analysis import fold, term, words
from indexer.schema import (
    FIELDS,
    SECTION,
    SECTION_END,
    Field,
    IndexedDocument,
    Kind,
    StoredDocument,
    field_values,
    next_value,
)
from indexer.section_words import stretches
from indexer.storage.durable import sync, sync_folder
from indexer.storage.location import generation
from indexer.storage.lock import Lock
from indexer.texts import FOLDER, TextStore
from indexer.whoosh_compat.toc import Storage, read_table, write_table
from indexer.writers.checksums import checksum, refuse_damaged
from indexer.writers.cleanup import take_away_orphans
from indexer.writers.deleted_words import lose
from indexer.writers.rows import due, marks_of_rows, merged
from indexer.writers.writer import Copy

_INDEXED = frozenset(field.name for field in FIELDS)
_STORED = tuple(attribute.name for attribute in attributes(StoredDocument))


def whoosh_schema() -> Any:
    """The Whoosh schema: one field for each of ours, what is shown as stored fields, and columns to group and sort."""
    schema = fields.Schema()
    for field in (field for field in FIELDS if field.name != SECTION):
        is_marked = field.of_rows and field.kind is not Kind.TEXT
        schema.add(field.name, _marks_type() if is_marked else _field_type(field.kind, stored=field.name in _STORED))
    for name in (SECTION, SECTION_END):
        schema.add(name, _marks_type())
    for name in _STORED:
        if name not in schema:
            schema.add(name, fields.STORED())
    schema.add("filing", fields.COLUMN(NumericColumn("q", default=0)))
    schema.add("company_sort", fields.COLUMN(RefBytesColumn()))
    return schema


def _field_type(kind: Kind, *, stored: bool) -> Any:
    match kind:
        case Kind.TEXT:
            return fields.TEXT(analyzer=RegexTokenizer(r"[^\W_]+") | LowercaseFilter(), stored=stored)
        case Kind.KEYWORD:
            keyword = fields.ID(stored=stored, analyzer=IDAnalyzer(lowercase=True))
            keyword.scorable = False
            return keyword
        case Kind.DATE | Kind.NUMBER:
            return fields.NUMERIC(int, bits=32, shift_step=0, sortable=True, default=0, stored=stored)
        case Kind.DECIMAL:
            raise ValueError("a decimal stands in a row")


def _marks_type() -> Any:
    """Whole values with positions, which a keyword field of Whoosh's has not."""
    marks = fields.TEXT(analyzer=IDAnalyzer(lowercase=True), stored=False)
    marks.scorable = False
    return marks


Posting = tuple[bytes, int, bytes]
"""A term of one document: the term, how often, and the engine's encoding of where."""


def postings(kind: Kind, values: Iterable[str], encode: Any) -> Iterator[Posting]:
    """What a document's values of one field become in the index; `encode` turns positions into bytes."""
    match kind:
        case Kind.TEXT:
            for word, positions in _positions(values).items():
                yield word, len(positions), encode(positions)
        case Kind.KEYWORD:
            for value in dict.fromkeys(value.lower() for value in values):
                yield value.encode("utf-8", "replace"), 1, b""
        case Kind.DATE | Kind.NUMBER | Kind.DECIMAL:
            raise ValueError("numbers are encoded by their field")


def _positions(values: Iterable[str]) -> dict[bytes, list[int]]:
    found: dict[bytes, list[int]] = defaultdict(list)
    start = 0
    for value in values:
        split = words(value)
        for position, word in enumerate(split, start):
            found[term(word).encode()].append(position)
        start = next_value(start, len(split))
    return found


class WhooshBuilder:
    """Builds one segment after another with Whoosh's stock codec. Holds no lock; see `indexer.writers.writer`."""

    def __init__(self, folder: Path, *, texts: str = "", memory: int = 128) -> None:
        """`texts`: the text store's file the texts are in; `memory`: megabytes of postings before spilling."""
        self._texts = texts
        self._storage = Storage(str(folder))
        self._schema = whoosh_schema()
        self._memory = memory
        self._codec = default_codec()
        self._start()

    def _start(self) -> None:
        self._segment = self._codec.new_segment(self._storage, NAME)
        self._pool = PostingPool(self._storage.temp_storage(), self._segment, limitmb=self._memory)
        self._documents = self._codec.per_document_writer(self._storage, self._segment)
        self._terms = self._codec.field_writer(self._storage, self._segment)
        self._count = self.size = 0

    def add(self, entry: IndexedDocument, kept: StoredDocument) -> None:
        """Take one document."""
        self._documents.start_doc(self._count)
        for field in (field for field in FIELDS if field.name != SECTION):
            if field.of_rows and field.kind is not Kind.TEXT:
                self._add_marks(field.name, marks_of_rows(field_values(entry, field)))
            else:
                self._add_field(field, field_values(entry, field), getattr(kept, field.name, None))
        for name in _STORED:
            if name not in _INDEXED:
                self._documents.add_field(name, self._schema[name], getattr(kept, name), 0)
        self._add_sections(entry)
        self._add_column("filing", entry.filing_key)
        self._add_column("company_sort", fold(kept.names[0] if kept.names else "").encode("utf-8", "replace"))
        self._documents.finish_doc()
        self._count += 1

    def _add_field(self, asked: Field, values: tuple[str, ...], stored: object) -> None:
        name, field = asked.name, self._schema[asked.name]
        length = 0
        if asked.kind in {Kind.DATE, Kind.NUMBER}:
            self._add_numbers(name, values)
        else:
            for word, frequency, where in postings(asked.kind, values, field.format.encode):
                self._pool.add((name, word, self._count, float(frequency), where))
                length += frequency
        length = length if field.scorable else 0
        self._documents.add_field(name, field, stored if field.stored else None, length)
        self.size += length

    def _add_sections(self, entry: IndexedDocument) -> None:
        found = stretches(entry.extracted.text, entry.extracted.sections)
        self._add_marks(SECTION, ((stretch.name, stretch.start) for stretch in found))
        self._add_marks(SECTION_END, ((stretch.name, stretch.end) for stretch in found))

    def _add_marks(self, field: str, marks: Iterable[tuple[str, int]]) -> None:
        """Take values and where they stand; those of one value ascend."""
        positions: dict[str, list[int]] = {}
        for value, position in marks:
            positions.setdefault(value, []).append(position)
        for value, places in sorted(positions.items()):
            where = self._schema[field].format.encode(places)
            self._pool.add((field, value.encode("utf-8", "replace"), self._count, float(len(places)), where))

    def _add_numbers(self, name: str, values: tuple[str, ...]) -> None:
        field = self._schema[name]
        for value in values[:1]:
            for word, frequency, weight, where in field.index(int(value)):
                self._pool.add((name, word, self._count, weight * frequency, where))
            self._documents.add_column_value(name, field.column_type, field.to_column_value(int(value)))

    def _add_column(self, name: str, value: object) -> None:
        self._documents.add_column_value(name, self._schema[name].column_type, value)

    def finish(self) -> Any:
        """The segment, written and synced; None when nothing was added."""
        segment, count = self._segment, self._count
        segment.set_doc_count(count)
        self._documents.close()
        if count:
            lengths = self._codec.per_document_reader(self._storage, segment)
            self._terms.add_postings(self._schema, lengths, self._pool.iter_postings())
            lengths.close()
        self._terms.close()
        self._pool.cleanup()
        self._storage.destroy()
        self._start()
        return self._assemble(segment) if count else self._discard(segment)

    def _assemble(self, segment: Any) -> Any:
        segment.create_compound_file(self._storage)
        segment.texts = (self._texts,)
        path = Path(self._storage.folder) / segment.make_filename(segment.COMPOUND_EXT)
        segment.checksum = checksum(path)
        sync(path)
        return segment

    def _discard(self, segment: Any) -> Any:
        for file in segment.list_files(self._storage):
            self._storage.delete_file(file)
        return None

    def close(self) -> None:
        """Discard what was not finished."""
        self._documents.close()
        self._terms.close()
        self._pool.cleanup()
        self._storage.destroy()
        self._discard(self._segment)


class WhooshWriter:
    """The one writer of an index; see `indexer.writers.writer`."""

    def __init__(self, folder: Path, lock: Lock | None = None) -> None:
        """Makes an empty index where there is none. Takes the lock where none is given; LockedIndexError."""
        self._folder = folder
        self._storage = Storage(str(folder))
        self._own_lock = None if lock else Lock(folder)
        self._readers: dict[str, Any] = {}
        self._unwanted: list[Any] = []
        self._texts = TextStore(folder / FOLDER)
        if generation(folder) < 0:
            write_table(folder, whoosh_schema(), [], 0)
        self._read()
        take_away_orphans(folder)  # only now, when no worker of ours is writing yet

    def _read(self) -> None:
        table = read_table(self._folder)
        self._segments: list[Any] = list(table.segments)
        self._schema = table.schema
        self.generation: int = table.generation
        """Of the last commit."""

    def add(self, segments: Iterable[Any]) -> None:
        """Register finished segments; they become visible at `commit`."""
        self._segments.extend(segments)

    def remove(self, copies: Iterable[Copy]) -> int:
        """Mark every document of these copies deleted, in all segments registered so far; how many documents."""
        wanted = list(copies)
        return sum(self._remove_from(segment, wanted) for segment in self._segments) if wanted else 0

    def _remove_from(self, segment: Any, copies: list[Copy]) -> int:
        reader = self._reader(segment)
        held = {number for copy in copies for number in _holding(reader, copy)}
        doomed = {number for number in held if not segment.is_deleted(number)}
        for number in doomed:
            lose(segment, reader, number, self._texts)
            segment.delete_document(number)
        return len(doomed)

    def _reader(self, segment: Any) -> Any:
        name = segment.segment_id()
        if name not in self._readers:
            self._readers[name] = SegmentReader(self._storage, self._schema, segment)
        return self._readers[name]

    def drop(self, names: Container[str]) -> None:
        """Take out segments of these names at `commit`, unread: they are damaged."""
        self._unwanted += [segment for segment in self._segments if segment.segment_id() in names]
        self._segments = [segment for segment in self._segments if segment.segment_id() not in names]

    def commit(self) -> None:
        """Make all that was added and removed visible with one rename, then take away what is no longer named."""
        dropped = [*self._unwanted, *(segment for segment in self._segments if not segment.doc_count())]
        self._segments = [segment for segment in self._segments if segment.doc_count()]
        dropped += self._merge()
        if (self._folder / FOLDER).is_dir():
            sync_folder(self._folder / FOLDER)
        write_table(self._folder, self._schema, self._segments, self.generation + 1)
        self.generation += 1
        for segment in dropped:
            self._forget_reader(segment)
            _delete(self._storage, segment.list_files(self._storage))
        _delete(self._storage, self._superseded())
        self._unwanted = []

    def _forget_reader(self, segment: Any) -> None:
        reader = self._readers.pop(segment.segment_id(), None)
        if reader is not None:
            reader.close()

    def _merge(self) -> list[Any]:
        """Merge what is due; the segments that were merged."""
        folder, replaced = Path(self._storage.folder), []
        while groups := due(folder, self._segments):
            for group in groups:
                refuse_damaged(folder, group)
                names = {segment.segment_id() for segment in group}
                self._segments = [each for each in self._segments if each.segment_id() not in names]
                self._segments.append(merged(folder, group))
                replaced += group
        return replaced

    def _superseded(self) -> list[str]:
        pattern = TOC._pattern(NAME)
        tables = [(file, match) for file in self._storage.list() if (match := pattern.match(file))]
        return [file for file, match in tables if int(match.group(1)) < self.generation]

    def close(self) -> None:
        """Release the lock; what was not committed is discarded by the next writer."""
        for reader in self._readers.values():
            reader.close()
        self._readers.clear()
        self._texts.close()
        if self._own_lock:
            self._own_lock.release()


def _delete(storage: Storage, files: Iterable[str]) -> None:
    for file in files:
        (Path(storage.folder) / file).unlink(missing_ok=True)


def _holding(reader: Any, copy: Copy) -> list[int]:
    accession = copy.accession.lower().encode()
    if ("accession", accession) not in reader:
        return []
    numbers = reader.postings("accession", accession).all_ids()
    return [number for number in numbers if copy.source in ("", reader.stored_fields(number)["source"])]
