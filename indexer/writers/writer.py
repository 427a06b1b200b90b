"""Open an index for writing: `open_writer`, the only door, and what every engine gives behind it. No engine here.

An engine is a module of this room that has the functions of `EngineElsewhere` (that of folders: of `WriteEngine`), and
a line in `indexer.addresses`; what it is asked with is a module of `search.searchers`. Behind the door lies everything
an engine keeps: segments, texts, the records of what was read, the lock.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeAlias, cast

from indexer.addresses import engine_of
from indexer.fields.entries import IndexedDocument, StoredDocument
from indexer.manifest.manifest import Manifest
from indexer.manifest.recording import Recorder
from indexer.storage.condition import IndexCondition
from indexer.stored_submissions import SubmissionContents

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


class WriteEngine(Protocol):
    """Offer what an engine's module has; each function is called with the index's address."""

    def open_writer(self, address: Path, *, create: bool) -> Writer:
        """See `open_writer` below."""

    def open_replacement(self, address: Path) -> Replacement:
        """See `open_replacement` below."""

    def open_builder(self, address: Path) -> SegmentBuilder:
        """See `open_builder` below."""

    def back_up(self, address: Path, target: Path) -> int:
        """See `back_up` below."""


class ReadableFiling(Protocol):
    """A filing of an index that is read back whole."""

    accession: str
    source: str
    documents: Sequence[StoredDocument]


class ReadableFilings(Protocol):
    """Every filing of an index, to be held against its records."""

    @property
    def generation(self) -> int:
        """Return the generation they are of."""

    def every(self) -> Iterator[ReadableFiling]:
        """Yield every filing, by accession number."""

    def characters_of(self, filing: ReadableFiling) -> int:
        """Read a filing's header and texts; return how many characters these have. IndexerError for a damaged one."""

    def close(self) -> None:
        """Release connections."""


class EngineElsewhere(WriteEngine, Protocol):
    """Offer moreover what is read back of an index that is no folder; what is in a folder those who read know."""

    def open_manifest(self, address: Path, *, at: int | None) -> Manifest:
        """See `indexer.manifest.manifest.open_manifest`."""

    def open_contents(self, address: Path) -> SubmissionContents:
        """See `indexer.stored_submissions.open_contents`."""

    def open_filings(self, address: Path) -> ReadableFilings:
        """Open the filings for `indexer verify`."""

    def condition(self, address: Path) -> IndexCondition:
        """See `indexer.storage.condition.condition`."""


def open_writer(address: Path, *, create: bool = True) -> Writer:
    """Lock an index for writing; make one where there is none, if `create`.

    Raises LockedIndexError, which says by whom; NoIndexError; UnusableIndexError when it is damaged, of another
    version, or at an address that no engine serves; UnwritableIndexError.
    """
    return _engine(address).open_writer(address, create=create)


def open_replacement(address: Path) -> Replacement:
    """Lock an index for being built anew; where that was cut short before, it goes on where it stopped.

    Raises as `open_writer` does, but not for an index that is damaged or of another version.
    """
    return _engine(address).open_replacement(address)


def open_builder(address: Path) -> SegmentBuilder:
    """Open a builder of segments for the writer at this address (`Writer.address`)."""
    return _engine(address).open_builder(address)


def back_up(address: Path, target: Path) -> int:
    """Copy an index as of its last commit, whatever is asked of it or written to it meanwhile; return the generation.

    Raises IndexerError where something is at `target` already, NoIndexError, UnusableIndexError and OSError.
    """
    return _engine(address).back_up(address, target)


def _engine(address: Path) -> WriteEngine:
    return cast(WriteEngine, engine_of(address))
