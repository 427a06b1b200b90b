"""The doors to the engines: whatever is written to an index or read back of it goes through one of these functions.

An engine is a module of this room that has the functions of `IndexEngine`, and a line in the table below; questions
are put to it by a module of `search.searchers`. Behind the doors lies everything that an engine keeps: segments, texts,
the records of what was read, the lock. Nobody else asks of which engine an address is.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from indexer.addresses import scheme
from indexer.errors import UnusableIndexError

if TYPE_CHECKING:  # who asks for one thing loads no more than that
    from indexer.manifest.manifest import Manifest
    from indexer.storage.condition import IndexCondition
    from indexer.stored_submissions import SubmissionContents
    from indexer.verify.inspection import Inspection
    from indexer.verify.segments import Progress
    from indexer.writers.writer import Replacement, SegmentBuilder, Writer

_ENGINES = {
    "": "indexer.engines.local_engine",
    "http": "indexer.engines.cluster_engine",
    "https": "indexer.engines.cluster_engine",
}
"""The module of each engine, by the scheme of the addresses it serves; a path has none."""


class IndexEngine(Protocol):
    """Offer what an engine's module has: a function for each door, which takes the address of an index."""

    def is_new(self, address: Path) -> bool:
        """See `is_new` below."""

    def open_writer(self, address: Path, *, create: bool) -> "Writer":
        """See `open_writer` below."""

    def open_replacement(self, address: Path) -> "Replacement":
        """See `open_replacement` below."""

    def open_builder(self, address: Path) -> "SegmentBuilder":
        """See `open_builder` below."""

    def open_manifest(self, address: Path, *, at: int | None) -> "Manifest":
        """See `open_manifest` below."""

    def open_contents(self, address: Path) -> "SubmissionContents":
        """See `open_contents` below."""

    def last_commit(self, address: Path) -> tuple[int, int]:
        """See `last_commit` below."""

    def identity(self, address: Path) -> str:
        """See `identity` below."""

    def condition(self, address: Path) -> "IndexCondition":
        """See `condition` below."""

    def inspect(self, address: Path, progress: "Progress") -> "Inspection":
        """See `inspect` below."""

    def refuse_damage(self, address: Path) -> None:
        """See `refuse_damage` below."""

    def back_up(self, address: Path, target: Path) -> int:
        """See `back_up` below."""

    def export(self, address: Path, target: Path) -> int:
        """See `export` below."""


def is_new(address: Path) -> bool:
    """Tell whether nothing was committed there yet, and load what it takes to write there; nothing is opened.

    False also where telling takes opening something.
    """
    return _engine(address).is_new(address)


def open_writer(address: Path, *, create: bool = True) -> "Writer":
    """Lock an index for writing; make one where there is none, if `create`.

    Raises LockedIndexError, which says by whom; NoIndexError; UnusableIndexError when it is damaged, of another
    version, or at an address that no engine serves; UnwritableIndexError.
    """
    return _engine(address).open_writer(address, create=create)


def open_replacement(address: Path) -> "Replacement":
    """Lock an index for being built anew; where that was cut short before, it goes on where it stopped.

    Raises as `open_writer` does, but not for an index that is damaged or of another version.
    """
    return _engine(address).open_replacement(address)


def open_builder(address: Path) -> "SegmentBuilder":
    """Open a builder of segments for the writer at this address (`Writer.address`)."""
    return _engine(address).open_builder(address)


def open_manifest(address: Path, *, at: int | None = None) -> "Manifest":
    """Open an index's records as of its last commit, or of an earlier generation; to be closed.

    Raises NoIndexError where there is no index or no commit, IndexerError for a generation the index has not come to,
    and UnusableIndexError when it is damaged, of another version, or at an address that no engine serves.
    """
    return _engine(address).open_manifest(address, at=at)


def open_contents(address: Path) -> "SubmissionContents":
    """Open an index for looking submissions up by accession number; raises NoIndexError, UnusableIndexError."""
    return _engine(address).open_contents(address)


def last_commit(address: Path | str) -> tuple[int, int]:
    """Return the generation of the index's last commit and when it was made, in nanoseconds.

    The pair is another after every commit, also in an index that took the place of one; it costs about as much as
    listing a folder. (-1, 0) when there is no index. UnusableIndexError at an address that no engine serves.
    """
    return _engine(address).last_commit(Path(address))


def identity(address: Path | str) -> str:
    """Return what tells an index from every other, wherever it lies and however often it is built anew.

    Empty where there is none yet. UnusableIndexError at an address that no engine serves.
    """
    return _engine(address).identity(Path(address))


def condition(address: Path) -> "IndexCondition":
    """Find out which index is at an address, how large it is, and who is writing to it; it is there."""
    return _engine(address).condition(address)


def inspect(address: Path, progress: "Progress" = lambda documents: None) -> "Inspection":
    """Compare all of an index, as of its last commit, with its checksums, its texts and its records.

    `progress` is told of so many more documents. NoIndexError, and UnusableIndexError for one of another version.
    """
    return _engine(address).inspect(address, progress)


def refuse_damage(address: Path) -> None:
    """Raise UnusableIndexError, which names the file, when a file of the index is not as it was written."""
    _engine(address).refuse_damage(address)


def back_up(address: Path, target: Path) -> int:
    """Copy an index as of its last commit, whatever is asked of it or written to it meanwhile; return the generation.

    Raises IndexerError where something is at `target` already, NoIndexError, UnusableIndexError and OSError.
    """
    return _engine(address).back_up(address, target)


def export(address: Path, target: Path) -> int:
    """Write an index into a new folder as a plain Whoosh index, without the texts; return how many documents.

    Raises IndexerError where `target` is not empty, or lies within the index; NoIndexError, UnusableIndexError.
    """
    return _engine(address).export(address, target)


def _engine(address: Path | str) -> IndexEngine:
    kind = scheme(address)
    if kind not in _ENGINES:
        raise UnusableIndexError(f"{address}: there is no engine for {kind}; give the folder of an index")
    return cast(IndexEngine, import_module(_ENGINES[kind]))
