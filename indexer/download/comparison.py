"""What is missing: an index held against EDGAR's own lists. Without it a search says only what is in a folder."""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.download.journal import Journal
from indexer.download.lists import ListKind, Lists
from indexer.download.wanted import ListedFiling, WantedFilings
from indexer.engines.engine import open_manifest
from indexer.http.copies import Copies
from indexer.manifest.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which of the filings that EDGAR lists are in an index."""

    listed: int
    here: int
    missing: tuple[ListedFiling, ...]
    """The newest first."""
    as_of: datetime | None
    """When the oldest of the lists was last known to be so; None when there is none."""
    gaps: tuple[str, ...]
    """Lists that should have been read too; with any, more may be missing."""


def missing(
    index: Path, wanted: WantedFilings, lists: Lists | None = None, *, kinds: tuple[ListKind, ...] = ()
) -> Comparison:
    """Compare an index with what EDGAR lists of the filings wanted; from the lists kept on this machine, unless given.

    Raises NoIndexError and UnusableIndexError, and what reading the lists raises.
    """
    lists = lists or Lists(Copies.kept())
    with closing(Journal.passing()) as journal, open_manifest(index) as manifest:
        request = journal.request(str(wanted))
        listed = journal.name(request, lists.filings(wanted, kinds))
        lacking = tuple(
            entry.filing for entry in journal.entries(request) if not _holds(manifest, entry.filing.accession)
        )
    looked = min(lists.copies.looked.values(), default=None)
    as_of = None if looked is None else datetime.fromtimestamp(looked, UTC)
    return Comparison(listed, listed - len(lacking), lacking, as_of, tuple(lists.gaps))


def _holds(manifest: Manifest, accession: str) -> bool:
    return any(record.kept for record in manifest.copies(accession))
