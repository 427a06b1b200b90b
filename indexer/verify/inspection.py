"""Inspect the whole of an index: in a folder every file of it; elsewhere what is read back; and both by the records."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from indexer.errors import IndexerError, NoIndexError
from indexer.manifest.manifest import FILE, Manifest, open_manifest
from indexer.storage.lock import held_by
from indexer.verify import read_back, segments
from indexer.verify.findings import NEXT_BUILD, REBUILD, REPAIR, Fault, Finding
from indexer.verify.read_back import Filing, ReadableFilings
from indexer.verify.segments import Progress
from indexer.whoosh_compat import commits
from indexer.whoosh_compat.toc import read_table
from indexer.writers.cleanup import orphans
from indexer.writers.writer import Copy

_ATTEMPTS = 3


@dataclass(slots=True)
class Inspection:
    """Say what was looked at, and what is wrong."""

    generation: int
    findings: list[Finding] = field(default_factory=list)
    segments: int = 0
    documents: int = 0
    characters: int = 0
    """Of stored texts, each compared with the postings."""
    recorded: int = 0
    """Submissions of the manifest, each looked for in the index."""

    @property
    def faults(self) -> list[Finding]:
        """List the findings that matter: not mere files left over."""
        return [finding for finding in self.findings if finding.fault is not Fault.LEFT_OVER]


def verify(folder: Path, progress: Progress = lambda documents: None) -> Inspection:
    """Check an index's folder at its last commit; NoIndexError, UnusableIndexError for one of another version.

    A commit in the meantime may take away what is being looked at: then it is looked at again.
    """
    commits.check(folder)
    for _ in range(_ATTEMPTS):
        inspection = _inspected(folder, progress)
        if not inspection.faults or inspection.generation == commits.generation(folder):
            break
    return inspection


def _inspected(folder: Path, progress: Progress) -> Inspection:
    inspection = Inspection(commits.generation(folder))
    try:
        table = read_table(folder)
    except NoIndexError:
        raise
    except IndexerError as error:
        inspection.findings.append(Finding(Fault.TABLE, str(folder), str(error), REBUILD))
        return inspection
    inspection.generation = table.generation
    held: Counter[Copy] = Counter()
    for segment in table.segments:
        checked = segments.check(folder, table.schema, segment, progress)
        inspection.findings += checked.findings
        inspection.characters += checked.characters
        inspection.segments += 1
        held += checked.held
    inspection.documents = held.total()
    inspection.findings += _against_records(inspection, held, lambda at: open_manifest(folder, at=at))
    if held_by(folder) is None:  # else what looks left over is being made
        inspection.findings += _left_over(folder)
    return inspection


def verify_read_back(
    filings: ReadableFilings[Filing], records: Callable[[int], Manifest], progress: Progress = lambda documents: None
) -> Inspection:
    """Check an index that is no folder: every filing of it, against the records, which are opened by generation."""
    checked = read_back.check(filings, progress)
    inspection = Inspection(filings.generation, list(checked.findings), characters=checked.characters)
    inspection.documents = checked.held.total()
    inspection.findings += _against_records(inspection, checked.held, records)
    return inspection


def _against_records(
    inspection: Inspection, held: Counter[Copy], records: Callable[[int], Manifest]
) -> Iterator[Finding]:
    try:
        with records(inspection.generation) as manifest:
            for said in manifest.check():
                yield Finding(Fault.MANIFEST, FILE, said, REBUILD)
            recorded = Counter(
                {
                    Copy(record.accession, record.source): record.documents
                    for record in manifest.submissions()
                    if record.kept
                }
            )
    except IndexerError as error:
        yield Finding(Fault.MANIFEST, FILE, str(error), REBUILD)
        return
    inspection.recorded = len(recorded)
    unusable = " and ".join(finding.segment for finding in inspection.findings if finding.segment)
    for copy, documents in recorded.items():
        if held[copy] != documents:
            said = f"the index has {held[copy]} of its {documents} documents"
            cause = "" if held[copy] else unusable
            yield Finding(Fault.UNINDEXED, copy.accession, said, REPAIR, (copy,), cause=cause)
    for copy in held.keys() - recorded.keys():
        said = f"in the index, and not in the manifest (from {copy.source})"
        yield Finding(Fault.UNRECORDED, copy.accession, said, "`indexer verify --repair` takes it out", (copy,))


def _left_over(folder: Path) -> Iterator[Finding]:
    for path in orphans(folder):
        yield Finding(Fault.LEFT_OVER, str(path.relative_to(folder)), "nothing needs this file", NEXT_BUILD)
