"""What every engine's writers do, as protocols. No engine here; the doors to them are in `indexer.engines`."""

from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeAlias

from indexer.fields.entries import IndexedDocument
from indexer.manifest.recording import Recorder

Segment: TypeAlias = Any
"""An engine's finished segment: it can be pickled, and only its engine looks inside."""


class Copy(NamedTuple):
    """Name a submission as it was read from one place; the same accession number may stand in several."""

    accession: str
    source: str = ""
    """The file, and ` > member`; empty for any."""


class SegmentBuilder(Protocol):
    """Turn submissions into segments, and keep their texts; in a worker process, without a lock."""

    def bounded(self, header_text: str, entries: Sequence[IndexedDocument]) -> Sequence[IndexedDocument]:
        """Return a submission's documents as the engine takes them: a text beyond its bounds is a problem instead."""

    def add(self, header_text: str, entries: Sequence[IndexedDocument]) -> None:
        """Take all documents of a submission, and its header as it stood."""

    @property
    def size(self) -> int:
        """Count the words taken since the last `finish`, by which the worker decides when to roll."""

    def finish(self) -> Segment | None:
        """Write what was taken as a segment that no commit names yet; None when nothing was added."""

    def close(self) -> None:
        """Have the texts of the finished segments on disk, and discard what was not finished."""


class Writer(Protocol):
    """Write to an index, alone: its lock is held from opening to `close`."""

    manifest: Recorder
    """The records of what was read, as of the next generation; they hold from `commit` on."""

    @property
    def address(self) -> Path:
        """Return where builders build segments for this writer."""

    @property
    def generation(self) -> int:
        """Return the generation of the last commit."""

    @property
    def was_abandoned(self) -> bool:
        """Tell whether the writer before this one was killed."""

    def take_roots(self, paths: Iterable[Path]) -> None:
        """Keep what is read from now on by its place under these folders, each where it was known or is new."""

    def relocate(self, old: str, new: str) -> None:
        """Note that what lay at one path lies at another."""

    def add(self, segments: Iterable[Segment]) -> None:
        """Register finished segments; they become visible at `commit`."""

    def remove(self, copies: Iterable[Copy]) -> int:
        """Mark every document of these deleted, in the segments registered so far; return how many documents."""

    def drop(self, names: Container[str]) -> None:
        """Take out segments of these names at `commit`, unread: they are damaged."""

    def commit(self) -> None:
        """Make all that was added, removed and recorded visible, at once, durably."""

    def close(self) -> None:
        """Release the lock; what was not committed is discarded."""


class Replacement(Writer, Protocol):
    """Write an index beside another, which is asked until the new one takes its place."""

    def take_place(self) -> int:
        """Close the new index, and commit it in place of the old one; return the generation it becomes."""
