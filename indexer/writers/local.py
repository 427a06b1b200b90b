"""Write an index that is a folder: its lock, its records, its segments and texts as one `Writer`.

The records of a generation are on disk before the table of contents that makes the generation the last; what it
takes to have both, or neither, after a crash is in `manifest.recording` and `segment_list`.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

from indexer.fields.entries import IndexedDocument, StoredDocument, stored
from indexer.literals.dates import now
from indexer.manifest.recording import Recorder
from indexer.manifest.records import program
from indexer.storage import location
from indexer.storage.durable import writing
from indexer.storage.lock import Lock
from indexer.storage.roots import Roots
from indexer.texts.text_layout import FOLDER, Parts
from indexer.texts.text_writer import TextWriter
from indexer.whoosh_compat import commits
from indexer.writers import swap
from indexer.writers.rows import ColumnarBuilder
from indexer.writers.segment_list import SegmentList
from indexer.writers.writer import Copy, Segment


class LocalWriter:
    """Write to an index's folder, alone; implements `indexer.writers.writer.Writer`."""

    def __init__(self, folder: Path) -> None:
        """Take the lock; raises as `open_writer` does."""
        self.address = folder
        with writing(folder), ExitStack() as opening:
            self._lock = opening.enter_context(Lock(folder))
            self.manifest = opening.enter_context(Recorder.create(folder, at=max(0, commits.generation(folder))))
            self._segments = SegmentList(folder)
            opening.callback(self._segments.close)
            self._opened = opening.pop_all()

    @property
    def generation(self) -> int:
        """Return the generation of the last commit."""
        return self._segments.generation

    @property
    def was_abandoned(self) -> bool:
        """Tell whether the process that had the lock before was killed."""
        return self._lock.abandoned is not None

    def take_roots(self, paths: Iterable[Path]) -> None:
        """Keep what is read by its place under these folders, and note where those known before are now."""
        self._keep(self.manifest.roots.within(paths))

    def relocate(self, old: str, new: str) -> None:
        """Note that what lay at one path lies at another."""
        self._keep(self.manifest.roots.relocated(old, new))

    def _keep(self, roots: Roots) -> None:
        with writing(self.address):
            roots.keep(self.address)
        self.manifest.roots = roots

    def add(self, segments: Iterable[Segment]) -> None:
        """Register finished segments; they become visible at `commit`."""
        self._segments.add(segments)

    def remove(self, copies: Iterable[Copy]) -> int:
        """Mark every document of these copies deleted; return how many documents."""
        return self._segments.remove(copies)

    def drop(self, names: Container[str]) -> None:
        """Take out segments of these names at `commit`, unread: they are damaged."""
        self._segments.drop(names)

    def commit(self) -> None:
        """Have the records on disk, then make the generation they hold from the last one."""
        self.manifest.prepare(now(), program())
        self._segments.commit()
        self.manifest.committed()

    def close(self) -> None:
        """Release the files and the lock; what was not committed is discarded by the next writer."""
        self._opened.close()


class LocalReplacement(LocalWriter):
    """Write an index in a folder within another's; implements `indexer.writers.writer.Replacement`."""

    def __init__(self, folder: Path) -> None:
        """Take the locks of both, having taken away a rebuild that cannot be gone on with."""
        self._replaced, child = folder, folder / location.REBUILD
        with ExitStack() as opening:
            opening.enter_context(Lock(folder))
            with writing(folder):
                swap.discard_unless_resumable(folder)
            location.make(child)
            commits.check(child)
            Roots.of(folder).keep(child)
            super().__init__(child)
            self._outer = opening.pop_all()

    def _keep(self, roots: Roots) -> None:
        """Keep the roots in both: records of one become those of the other."""
        with writing(self._replaced):
            roots.keep(self._replaced)
        super()._keep(roots)

    def take_place(self) -> int:
        """Close the new index, and commit it in place of the old one; return the generation it becomes."""
        super().close()
        return swap.take_place(self.address, self._replaced)

    def close(self) -> None:
        """Release both locks; where the new index has not taken its place, the next rebuild goes on with it."""
        super().close()
        self._outer.close()


class DocumentBuilder(Protocol):
    """Build segments of one codec, document by document."""

    def add(self, entry: IndexedDocument, kept: StoredDocument) -> None:
        """Take one document. All documents of a submission come one after the other."""

    @property
    def size(self) -> int:
        """Count the words taken since the last `finish`."""

    def finish(self) -> Any:
        """Write the segment and sync it; None when nothing was added."""

    def close(self) -> None:
        """Discard what was not finished."""


class LocalBuilder:
    """Build segments in an index's folder, with their texts in a file of its own in the text store.

    Implements `indexer.writers.writer.SegmentBuilder`.
    """

    def __init__(self, folder: Path, *, codec: Callable[..., DocumentBuilder] = ColumnarBuilder) -> None:
        """Open a file of the text store; `codec` is called with the folder, and `texts=`, the name of that file."""
        self._roots = Roots.of(folder)
        self._texts = TextWriter(folder / FOLDER)
        self._builder = codec(folder, texts=self._texts.name)

    def bounded(self, header_text: str, entries: Sequence[IndexedDocument]) -> Sequence[IndexedDocument]:
        """Return the documents as they are: a folder takes them all."""
        return entries

    def add(self, header_text: str, entries: Sequence[IndexedDocument]) -> None:
        """Take all documents of a submission, and its header as it stood."""
        header = str(self._texts.add(header_text))
        source = self._roots.name(entries[0].source)
        for entry in entries:
            read = entry.extracted
            text = str(self._texts.add(read.text, Parts(read.sections, read.pages, read.unlocated)))
            self._builder.add(entry, stored(entry, text=text, header=header, source=source))

    @property
    def size(self) -> int:
        """Count the words taken since the last `finish`."""
        return self._builder.size

    def finish(self) -> Segment | None:
        """Write the segment and sync it; None when nothing was added."""
        return self._builder.finish()

    def close(self) -> None:
        """Sync the texts, and discard what was not finished."""
        try:
            self._builder.close()
        finally:
            self._texts.close()
