"""Tell in which condition an index is, besides what its records say: how large, and whether it is being written to."""

from pathlib import Path
from typing import NamedTuple

from indexer.addresses import engine_elsewhere
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


def condition(address: Path) -> IndexCondition:
    """Find out the condition of the index at an address, which is there."""
    if engine := engine_elsewhere(address):
        found: IndexCondition = engine.condition(address)
        return found
    on_disk = sum(path.stat().st_size for path in address.rglob("*") if path.is_file())
    return IndexCondition(identity(address), on_disk, held_by(address))
