"""Keep the segments of an index's folder as its one writer has them, named by one table of contents.

Segments are built elsewhere, without the lock; here finished ones are registered, and made visible with one rename.
Nothing is ever written over: files no table of contents names are taken away when the next list is opened.
"""

from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any

from indexer.storage.durable import sync
from indexer.texts.text_layout import FOLDER
from indexer.texts.text_store import TextStore
from indexer.whoosh_compat.commits import generation
from indexer.whoosh_compat.segment_reader import AnySegment
from indexer.whoosh_compat.toc import read_table, segment_files, write_table
from indexer.whoosh_compat.whoosh_schema import whoosh_schema
from indexer.writers.checksums import refuse_damaged
from indexer.writers.cleanup import superseded_tables, take_away_orphans
from indexer.writers.deleted_words import count_deleted
from indexer.writers.rows import due, merged
from indexer.writers.writer import Copy


class SegmentList:
    """List the segments of an index whose lock the caller holds, and commit them."""

    def __init__(self, folder: Path) -> None:
        """Read the last commit's list, having made an empty commit where there is none."""
        self._folder = folder
        self._readers: dict[str, AnySegment] = {}
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
        """Mark every document of these copies deleted, in all segments registered so far; return how many documents."""
        wanted = list(copies)
        return sum(self._remove_from(segment, wanted) for segment in self._segments) if wanted else 0

    def _remove_from(self, segment: Any, copies: list[Copy]) -> int:
        reader = self._reader(segment)
        held = {number for copy in copies for number in _holding(reader, copy)}
        doomed = {number for number in held if not segment.is_deleted(number)}
        for number in doomed:
            count_deleted(segment, reader, number, self._texts)
            segment.delete_document(number)
        return len(doomed)

    def _reader(self, segment: Any) -> AnySegment:
        name = segment.segment_id()
        if name not in self._readers:
            self._readers[name] = AnySegment(self._folder, self._schema, segment)
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
            sync(self._folder / FOLDER)
        write_table(self._folder, self._schema, self._segments, self.generation + 1)
        self.generation += 1
        for segment in dropped:
            self._forget_reader(segment)
            _delete(segment_files(self._folder, segment))
        _delete(superseded_tables(self._folder, self.generation))
        self._unwanted = []

    def _forget_reader(self, segment: Any) -> None:
        reader = self._readers.pop(segment.segment_id(), None)
        if reader is not None:
            reader.close()

    def _merge(self) -> list[Any]:
        """Merge what is due; return the segments that were merged."""
        replaced: list[Any] = []
        while groups := due(self._folder, self._segments):
            for group in groups:
                refuse_damaged(self._folder, group)
                names = {segment.segment_id() for segment in group}
                self._segments = [each for each in self._segments if each.segment_id() not in names]
                self._segments.append(merged(self._folder, group))
                replaced += group
        return replaced

    def close(self) -> None:
        """Release files; what was not committed is discarded when the next list is opened."""
        for reader in self._readers.values():
            reader.close()
        self._readers.clear()
        self._texts.close()


def _delete(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _holding(reader: AnySegment, copy: Copy) -> list[int]:
    numbers = reader.documents_with("accession", copy.accession.lower().encode())
    return [number for number in numbers if copy.source in ("", reader.stored(number).source)]
