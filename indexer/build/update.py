"""Making batches the index: which copy of a submission is kept, and what each commit puts in and takes out."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from indexer.build.worker import Batch
from indexer.errors import Problem, ProblemKind
from indexer.manifest import Manifest, ProblemRecord, SubmissionRecord
from indexer.writers.whoosh import WhooshWriter
from indexer.writers.writer import Copy

PROGRAM = f"edgar-corpus-search {version('edgar-corpus-search')}"


class Update:
    """One writer's changes to an index, committed a generation at a time."""

    def __init__(self, folder: Path) -> None:
        """Take the index's lock; LockedIndexError when another has it."""
        self._writer = WhooshWriter(folder)
        self.manifest = Manifest.create(folder, at=self._writer.generation)
        self._changed = False
        self.passed_over: list[ProblemRecord] = []
        """Copies of submissions that another file holds more fully."""

    def forget(self, paths: Iterable[str]) -> int:
        """Take out what was read from these files; how many documents."""
        gone: list[Copy] = []
        for path in paths:
            gone += [Copy(each.accession, each.source) for each in self.manifest.submissions_of(path) if each.kept]
            self.manifest.forget(path)
            self._changed = True
        return self._writer.remove(gone)

    def take(self, batch: Batch) -> None:
        """Register a batch's segments. Of two copies of a submission the fuller is kept; both are recorded."""
        self._writer.add(batch.segments)
        self._writer.remove([loser for record in batch.submissions for loser in self._record(record)])
        self.manifest.record(batch.files, (), batch.problems)
        self._changed = True

    def _record(self, record: SubmissionRecord) -> Iterator[Copy]:
        held = self.manifest.holding(record.accession)
        self.manifest.record((), [record], ())
        if held is not None:
            best, loser = sorted((held, record), key=_rank)
            self.manifest.set_kept(loser, kept=False)
            self.passed_over.append(_passed_over(loser, best))
            self.manifest.record((), (), self.passed_over[-1:])
            yield Copy(loser.accession, loser.source)

    def commit(self) -> None:
        """Make the changes since the last commit visible, if there are any."""
        if self._changed:
            self.manifest.prepare(datetime.now(UTC).isoformat(timespec="seconds"), PROGRAM)
            self._writer.commit()
            self.manifest.at = self._writer.generation
            self._changed = False

    def close(self) -> None:
        """Release the lock; what was not committed is discarded."""
        self.manifest.close()
        self._writer.close()


def _rank(record: SubmissionRecord) -> tuple[int, int, int, int, str]:
    """By which the better of two copies comes first; not by time, for that depends on which worker was quicker."""
    documents, characters, size = record.fullness
    return -documents, -characters, -size, len(record.source), record.source


def _passed_over(loser: SubmissionRecord, kept: SubmissionRecord) -> ProblemRecord:
    message = f"{loser.accession} is in the corpus more than once"
    problem = Problem(ProblemKind.DUPLICATE, message, loser.source, outcome=f"the copy in {kept.source} was kept")
    return ProblemRecord(loser.path, loser.accession, problem)
