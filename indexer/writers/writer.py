"""The seam between the pipeline and an engine: what every writer can do. No engine here."""

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol, TypeAlias

from indexer.schema import IndexedDocument, StoredDocument

Segment: TypeAlias = Any
"""An engine's finished segment: it can be pickled, and only its engine looks inside."""


class Copy(NamedTuple):
    """A submission as it was read from one place; the same accession number may stand in several."""

    accession: str
    source: str = ""
    """The file, and ` > member`; empty for any."""


class SegmentBuilder(Protocol):
    """Turns documents into a segment; runs in a worker process, and holds no lock."""

    def add(self, entry: IndexedDocument, kept: StoredDocument) -> None:
        """Take one document. All documents of a submission go to one builder, one after the other."""

    @property
    def size(self) -> int:
        """Words taken since the last `finish`, by which the pipeline decides when to roll."""

    def finish(self) -> Segment | None:
        """The segment, written to disk but named by no table of contents yet; None when nothing was added."""


class Writer(Protocol):
    """The one writer of an index; holds its lock from opening to `close`."""

    def add(self, segments: Iterable[Segment]) -> None:
        """Register finished segments; they become visible at `commit`."""

    def remove(self, copies: Iterable[Copy]) -> int:
        """Mark every document of these deleted, in the segments registered so far; how many documents."""

    def commit(self) -> None:
        """Make all that was added and removed visible, at once, durably."""

    def close(self) -> None:
        """Release the lock; what was not committed is discarded."""
