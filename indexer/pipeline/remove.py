"""Take single submissions out of an index."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from indexer.engines.engine import open_manifest, open_writer
from indexer.manifest.records import Status, SubmissionRecord
from indexer.pipeline.log import Log, silent
from indexer.pipeline.update import Update
from indexer.storage.durable import writing


@dataclass(frozen=True, slots=True)
class Removal:
    """Say what was taken out."""

    removed: tuple[str, ...]
    missing: tuple[str, ...]
    """What the index did not hold."""
    status: Status
    """Of the index afterwards."""


def remove(folder: Path, accessions: Iterable[str], *, log: Log = silent) -> Removal:
    """Take submissions out, with all their copies, in one commit; LockedIndexError, NoIndexError, ...

    Their files stay recorded as read: a submission comes back when its file changes, or the index is built anew.
    """
    with writing(folder), closing(open_writer(folder, create=False)) as writer:
        update = Update(writer)
        found = {accession: update.forget_submission(accession) for accession in dict.fromkeys(accessions)}
        if update.commit():
            log("remove", accessions=[each for each, was in found.items() if was], generation=update.generation)
        status = update.manifest.status(at=update.generation)
    removed = tuple(accession for accession, was_there in found.items() if was_there)
    return Removal(removed, tuple(accession for accession in found if accession not in removed), status)


def plan_removal(folder: Path, accessions: Iterable[str]) -> dict[str, list[SubmissionRecord]]:
    """Find the copies of each submission that would be taken out; none of one that the index does not hold."""
    with closing(open_manifest(folder)) as manifest:
        return {accession: manifest.copies(accession) for accession in dict.fromkeys(accessions)}
