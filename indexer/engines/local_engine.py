"""The engine that keeps an index in a folder: its functions, each of which loads only what it takes."""

from pathlib import Path
from typing import TYPE_CHECKING

from indexer.storage import location
from indexer.whoosh_compat import commits

if TYPE_CHECKING:
    from indexer.manifest.manifest import Manifest
    from indexer.storage.condition import IndexCondition
    from indexer.stored_submissions import StoredSubmissions
    from indexer.verify.inspection import Inspection
    from indexer.verify.segments import Progress
    from indexer.writers.local import LocalBuilder, LocalReplacement, LocalWriter

# ruff: noqa: PLC0415  (who asks for one thing does not wait for the libraries of the others)


def is_new(address: Path) -> bool:
    """Tell whether a folder has no commit, and load what it takes to write to it."""
    import indexer.writers.local  # noqa: F401

    return commits.generation(address) < 0


def open_writer(address: Path, *, create: bool) -> "LocalWriter":
    """Open the writer of an index's folder, which is made where it is missing, if `create`."""
    from indexer.writers.local import LocalWriter

    if create:
        location.make(address)
    commits.check(address)
    return LocalWriter(address)


def open_replacement(address: Path) -> "LocalReplacement":
    """Open the writer of the index that grows within another's folder."""
    from indexer.writers.local import LocalReplacement

    location.make(address)
    return LocalReplacement(address)


def open_builder(address: Path) -> "LocalBuilder":
    """Open a builder of columnar segments in an index's folder."""
    from indexer.writers.local import LocalBuilder

    return LocalBuilder(address)


def open_manifest(address: Path, *, at: int | None) -> "Manifest":
    """Open the records in an index's folder."""
    from indexer.manifest.manifest import open_manifest

    return open_manifest(address, at=at)


def open_contents(address: Path) -> "StoredSubmissions":
    """Open an index's folder for looking submissions up."""
    from indexer.stored_submissions import StoredSubmissions

    return StoredSubmissions.open(address)


def last_commit(address: Path) -> tuple[int, int]:
    """Tell the last commit of a folder from every other by the names of its files."""
    return commits.last_commit(address)


def identity(address: Path) -> str:
    """Read the identity that a folder is marked with."""
    return location.identity(address)


def condition(address: Path) -> "IndexCondition":
    """Find out the condition of an index's folder."""
    from indexer.storage.condition import condition

    return condition(address)


def inspect(address: Path, progress: "Progress") -> "Inspection":
    """Check every segment of a folder, its texts, its records, and what lies about in it."""
    from indexer.verify.inspection import verify

    return verify(address, progress)


def refuse_damage(address: Path) -> None:
    """Raise UnusableIndexError when a segment of the folder, or its table of contents, is damaged."""
    from indexer.whoosh_compat.toc import read_table
    from indexer.writers.checksums import refuse_damaged

    refuse_damaged(address, read_table(address).segments)


def back_up(address: Path, target: Path) -> int:
    """Copy the last commit of an index's folder into a new one."""
    from indexer.writers.backup import back_up

    return back_up(address, target)


def export(address: Path, target: Path) -> int:
    """Write what is in an index's folder as a plain Whoosh index."""
    from indexer.whoosh_compat.export import export

    commits.check(address)
    return export(address, target)
