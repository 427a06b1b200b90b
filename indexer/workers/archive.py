"""Hand out the members of one archive, and put together what they come to. Who reads what is `queue`'s business."""

from collections.abc import Callable
from typing import NamedTuple

from indexer.errors import Problem, ProblemKind
from indexer.limits import Limits
from indexer.manifest.records import FileRecord, ProblemRecord
from indexer.workers.contents import Contents, Member
from indexer.workers.task import Task, failure, key
from indexer.workers.worker import Batch

TRY_AGAIN = "skipped; `--retry` tries again"
"""The outcome of a problem with what was given up."""


class _Piece(NamedTuple):
    """Hold what some of the members came to, and the number of the first."""

    first: int
    batch: Batch


class Archive:
    """Hold an archive that is read in pieces. One member is held at a time, ahead of being asked for."""

    def __init__(self, task: Task, limits: Limits, clock: Callable[[], float]) -> None:
        """Open the one file of a task; `clock` as for `Contents`."""
        self.task = task
        [self.file] = task.files
        self.path = key(self.file)
        self._contents = Contents(self.file, limits, self._note, clock=clock)
        self._members = self._contents.members()
        self._ahead: Member | None = None
        self._record: FileRecord | None = None
        self._problems: list[ProblemRecord] = []
        self._numbers: dict[str, int] = {}
        """Of submissions and of what was skipped, by source."""
        self._pieces: list[_Piece] = []
        self.pieces = 0
        """How many have been begun and are not finished."""

    def has_more(self) -> bool:
        """Read one member ahead; False at the end of the archive."""
        if self._ahead is None and self._record is None:
            self._ahead = self._next()
            if self._ahead is None:
                self._record = self._contents.record()
            else:
                self._numbers[self._ahead.source] = self._ahead.number
        return self._ahead is not None

    def _next(self) -> Member | None:
        try:
            return next(self._members, None)
        except Exception as error:  # this process has the whole build to lose
            self._note(len(self._numbers), _unreadable(failure(error), self.path))
            return None

    def _note(self, number: int, problem: Problem) -> None:
        self._numbers.setdefault(problem.source, number)
        self._problems.append(ProblemRecord(self.path, "", problem))

    def take(self) -> Member | None:
        """Hand out the next member; None at the end."""
        member = self._ahead if self.has_more() else None
        self._ahead = None
        return member

    def give_up(self, number: int, why: str) -> None:
        """Record that a member was not read."""
        source = next((source for source, at in self._numbers.items() if at == number), self.path)
        self._note(number, _unreadable(f"{why}, twice", source))

    def put(self, first: int, batch: Batch) -> None:
        """Take what a piece came to, given the number of its first member."""
        self._pieces.append(_Piece(first, batch))
        self.pieces -= 1

    def whole(self) -> Batch | None:
        """Return what all of it came to, in its order; None while something is missing."""
        if self._record is None or self.pieces:
            return None
        batches = [piece.batch for piece in sorted(self._pieces, key=lambda piece: piece.first)]
        problems = [*self._problems, *(record for batch in batches for record in batch.problems)]
        submissions = [record for batch in batches for record in batch.submissions]
        numbers = self._numbers
        past = max(numbers.values(), default=0) + 1
        return Batch(
            segments=[segment for batch in batches for segment in batch.segments],
            files=[self._record],
            submissions=sorted(submissions, key=lambda record: numbers[record.source]),
            problems=sorted(problems, key=lambda record: numbers.get(record.problem.source, past)),
        )

    def close(self) -> None:
        """Read no more of it."""
        self._members.close()


def _unreadable(why: str, source: str) -> Problem:
    return Problem(ProblemKind.UNREADABLE_FILE, why, source, outcome=TRY_AGAIN)
