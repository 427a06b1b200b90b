"""Tell in which condition an index is, besides what its records say: how large, and whether it is being written to."""

from pathlib import Path
from typing import NamedTuple

from indexer.storage.location import identity
from indexer.storage.lock import Holder, held_by


class IndexCondition(NamedTuple):
    """Say what of an index its records do not."""

    identity: str
    """What tells it from every other."""
    size: int
    """Bytes that it takes, with everything that belongs to it."""
    writer: Holder | None
    """Who is writing to it."""


def condition(folder: Path) -> IndexCondition:
    """Find out the condition of an index's folder, which is there."""
    on_disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return IndexCondition(identity(folder), on_disk, held_by(folder))
