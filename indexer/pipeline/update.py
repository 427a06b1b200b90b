"""Make batches the index: choose which copy of a submission is kept, and what each commit puts in and takes out."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from indexer.errors import Problem, ProblemKind
from indexer.manifest.records import Outcome, ProblemRecord, SubmissionRecord, by_fullness, passed_over
from indexer.workers.worker import Batch
from indexer.writers.writer import Copy, Writer


class Update:
    """Change an index and its records through one writer, committed a generation at a time."""

    def __init__(self, writer: Writer) -> None:
        """Begin; `writer` is closed by whoever opened it."""
        self.manifest = writer.manifest
        self._writer = writer
        self._changed = False
        self._copies: dict[str, int] = {}

    @property
    def passed_over(self) -> Counter[str]:
        """Count the copies of submissions that were passed over, as a kind of problem."""
        return Counter({ProblemKind.DUPLICATE.value: sum(self._copies.values())})

    @property
    def generation(self) -> int:
        """Return the generation of the last commit."""
        return self._writer.generation

    def forget(self, paths: Iterable[str]) -> None:
        """Take out what was read from these files; where another file has a copy, that is to be read again."""
        for path in paths:
            self._promote(record.accession for record in self._forget(path))

    def _forget(self, path: str) -> list[SubmissionRecord]:
        before = self.manifest.submissions_of(path)
        self._writer.remove([_copy(record) for record in before if record.kept])
        self.manifest.forget(path)
        self._changed = True
        return before

    def forget_submission(self, accession: str) -> bool:
        """Take out a submission, with all its copies; False when there is none."""
        copies = self.manifest.copies(accession)
        self._writer.remove([_copy(record) for record in copies if record.kept])
        self.manifest.forget_submission(accession)
        self._changed = self._changed or bool(copies)
        return bool(copies)

    def drop(self, segments: Collection[str]) -> None:
        """Take out whole segments, by their names, without looking into them."""
        self._writer.drop(segments)
        self._changed = self._changed or bool(segments)

    def take_out(self, copies: Collection[Copy]) -> None:
        """Take documents out of the index that the manifest goes on recording, until they are read again."""
        self._writer.remove(copies)
        self._changed = self._changed or bool(copies)

    def lose(self, copies: Iterable[Copy]) -> None:
        """Record no longer what was read of these; where another file has a copy, that is to be read again."""
        for copy in copies:
            self.manifest.forget_copy(copy.accession, copy.source)
            self._promote([copy.accession])
            self._changed = True

    def take(self, batch: Batch) -> None:
        """Put in what was read, in place of what was read from these files before.

        Of several copies of a submission the fullest is kept; all are recorded. What was read before of a file that
        cannot be read now stays.
        """
        failed = {file.path for file in batch.files if file.outcome == Outcome.FAILED}
        before = [record for file in batch.files for record in self._replace(file.path, failed=file.path in failed)]
        staying = {path for path in failed if self.manifest.submissions_of(path)}
        self._writer.add(batch.segments)
        problems = [_softened(each) if each.path in staying else each for each in batch.problems]
        self.manifest.record(files=batch.files, submissions=batch.submissions, problems=problems)
        self._changed = True
        for record in batch.submissions:
            self._decide(record)
        self._promote(record.accession for record in before)

    def _replace(self, path: str, *, failed: bool) -> list[SubmissionRecord]:
        """Take out what was read from a file before; when it cannot be read now, only copies that were passed over."""
        if not failed:
            return self._forget(path)
        passed_over = [record for record in self.manifest.submissions_of(path) if not record.kept]
        for record in passed_over:
            self.manifest.forget_copy(record.accession, record.source)
        self.manifest.forget_reading(path)
        return passed_over

    def _decide(self, record: SubmissionRecord) -> None:
        """Keep the copy just read, or the one held before."""
        copies = self.manifest.copies(record.accession)
        if len(copies) == 1:
            return
        held = sorted((copy for copy in copies if copy.kept), key=by_fullness)
        for loser in held[1:]:
            self._writer.remove([_copy(loser)])
            self.manifest.set_kept(loser, kept=False)
        self._explain(record.accession, held[0], [copy for copy in copies if copy != held[0]])

    def _explain(self, accession: str, kept: SubmissionRecord, others: list[SubmissionRecord]) -> None:
        self.manifest.forget_problems(accession, ProblemKind.DUPLICATE)
        self.manifest.record(problems=[_passed_over(other, kept) for other in others])
        self._copies[accession] = len(others)

    def _promote(self, accessions: Iterable[str]) -> None:
        """Have files read again that hold a fuller copy than the index is left with."""
        for accession in accessions:
            copies = sorted(self.manifest.copies(accession), key=by_fullness)
            if copies and not copies[0].kept:
                self.manifest.read_again(copies[0].path)
                self._changed = True

    def commit(self) -> bool:
        """Make the changes since the last commit visible; False when there are none."""
        if not self._changed:
            return False
        self._writer.commit()
        self._changed = False
        return True


def _copy(record: SubmissionRecord) -> Copy:
    return Copy(record.accession, record.source)


def _softened(record: ProblemRecord) -> ProblemRecord:
    return replace(record, problem=replace(record.problem, outcome="what was read of it before is kept"))


def _passed_over(loser: SubmissionRecord, kept: SubmissionRecord) -> ProblemRecord:
    message = f"{loser.accession} is in the corpus more than once"
    problem = Problem(ProblemKind.DUPLICATE, message, loser.source, outcome=passed_over(kept.source))
    return ProblemRecord(loser.path, loser.accession, problem)
