"""Say what a build or a removal would do, and do nothing: no lock is taken, and nothing is written."""

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import NoIndexError
from indexer.manifest.manifest import Manifest, open_manifest
from indexer.manifest.records import SubmissionRecord
from indexer.pipeline.listing import Listing, listed
from indexer.pipeline.plan import Changes, compare, decided


@dataclass(frozen=True, slots=True)
class Plan:
    """Say what a build would do: the files it would read, and those that are gone."""

    wanted: int
    """Files that would be read."""
    bytes: int
    unchanged: int
    vanished: tuple[str, ...]
    """Files that are gone."""
    taken_out: tuple[SubmissionRecord, ...]
    """What the index holds of those."""


def plan_build(paths: Sequence[Path], folder: Path) -> Plan:
    """Compare a corpus with the index in a folder, which need not be there; raises as `Build` does."""
    listing = listed(paths, index=folder)
    try:
        with closing(open_manifest(folder)) as manifest:
            changes = _changes(listing, manifest)
            gone = [record for path in changes.vanished for record in manifest.submissions_of(path) if record.kept]
    except NoIndexError:
        changes, gone = Changes(listing.files, (), (), (), ()), []
    size = sum(file.size for file in changes.wanted)
    return Plan(len(changes.wanted), size, len(changes.unchanged), changes.vanished, tuple(gone))


def _changes(listing: Listing, manifest: Manifest) -> Changes:
    known = manifest.files()
    unlisted = (problem.source for problem in listing.problems)
    changes = compare(listing.files, known, roots=map(str, listing.roots), unlisted=unlisted)
    return decided(changes, known, threads=os.cpu_count() or 1)[0]


def plan_removal(folder: Path, accessions: Iterable[str]) -> dict[str, list[SubmissionRecord]]:
    """Find the copies of each submission that would be taken out; none of one that the index does not hold."""
    with closing(open_manifest(folder)) as manifest:
        return {accession: manifest.copies(accession) for accession in dict.fromkeys(accessions)}
