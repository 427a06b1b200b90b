"""Build segments with Whoosh's stock codec, for a Whoosh without this package.

A builder writes a whole segment without the index's lock, so that worker processes need not talk to one another.
Whoosh's `add_document` is bypassed: going to its posting pool directly is three times as fast, and our tokenizer need
not be named in the schema.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.codec import default_codec
from whoosh.writing import PostingPool

from indexer.analysis.folding import fold
from indexer.analysis.stacked import is_word, stacked_terms
from indexer.analysis.tokenizer import analyzed, term
from indexer.fields.entries import IndexedDocument, StoredDocument
from indexer.fields.row_values import marks_of_rows, next_value
from indexer.fields.schema import FIELDS, SECTION, Kind, SchemaField, field_values
from indexer.fields.text_marks import Marks, marks
from indexer.storage.durable import checksum, sync
from indexer.whoosh_compat.commits import NAME
from indexer.whoosh_compat.toc import Storage
from indexer.whoosh_compat.whoosh_schema import STORED, whoosh_schema

_INDEXED = frozenset(field.name for field in FIELDS)

Posting = tuple[bytes, int, bytes]
"""A term of one document: the term, how often, and the engine's encoding of where."""


def postings(kind: Kind, values: Iterable[str], encode: Any) -> Iterator[Posting]:
    """Yield what a document's values of one field become in the index; `encode` turns positions into bytes."""
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
        spaced, stacked = analyzed(value)
        words = spaced.split()
        for place, word in (*enumerate(words), *stacked_terms(stacked(), words.__getitem__)):
            found[term(word).encode()].append(start + place)
        start = next_value(start, len(words))
    return found


class StockBuilder:
    """Build one segment after another; implements `indexer.writers.local.DocumentBuilder`. Holds no lock."""

    def __init__(self, folder: Path, *, texts: str = "", memory: int = 128) -> None:
        """Begin; `texts`: the text store's file the texts are in; `memory`: megabytes of postings before spilling."""
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
            if field.is_marked:
                self._add_marks({field.name: marks_of_rows(field_values(entry, field))})
            else:
                self._add_field(field, field_values(entry, field), getattr(kept, field.name, None))
        for name in STORED:
            if name not in _INDEXED:
                self._documents.add_field(name, self._schema[name], getattr(kept, name), 0)
        self._add_marks(marks(entry.extracted.text, entry.extracted.sections))
        self._add_column("filing", entry.filing_key)
        self._add_column("company_sort", fold(kept.names[0] if kept.names else "").encode("utf-8", "replace"))
        self._documents.finish_doc()
        self._count += 1

    def _add_field(self, asked: SchemaField, values: tuple[str, ...], stored: object) -> None:
        name, field = asked.name, self._schema[asked.name]
        length = 0
        if asked.kind in {Kind.DATE, Kind.NUMBER}:
            self._add_numbers(name, values)
        else:
            for word, frequency, where in postings(asked.kind, values, field.format.encode):
                self._pool.add((name, word, self._count, float(frequency), where))
                length += frequency if is_word(word) else 0
        length = length if field.scorable else 0
        self._documents.add_field(name, field, stored if field.stored else None, length)
        self.size += length

    def _add_marks(self, marked: Marks) -> None:
        for field, placed in marked.items():
            encode = self._schema[field].format.encode
            for name, positions in placed.items():
                if positions:
                    key = (field, name.encode("utf-8", "replace"))
                    self._pool.add((*key, self._count, float(len(positions)), encode(positions)))

    def _add_numbers(self, name: str, values: tuple[str, ...]) -> None:
        field = self._schema[name]
        for value in values[:1]:
            for word, frequency, weight, where in field.index(int(value)):
                self._pool.add((name, word, self._count, weight * frequency, where))
            self._documents.add_column_value(name, field.column_type, field.to_column_value(int(value)))

    def _add_column(self, name: str, value: object) -> None:
        self._documents.add_column_value(name, self._schema[name].column_type, value)

    def finish(self) -> Any:
        """Write the segment and sync it; None when nothing was added."""
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
