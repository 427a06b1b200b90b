"""Say what is read next: tasks, parts of archives whose members are handed out, and what is read again after a failure.

An archive is decompressed once, here, within one budget; whoever reads asks for one member after the other. What its
parts come to is put together, so that a file comes to one batch, however many have read it. Files are handed out in the
same way, a few at a time, so that all who read are done at once.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from time import process_time
from typing import TypeAlias

from indexer.corpus.walking import is_archive
from indexer.errors import Problem, ProblemKind
from indexer.limits import Limits
from indexer.manifest.records import FileRecord, Outcome, ProblemRecord
from indexer.workers.archive import TRY_AGAIN, Archive
from indexer.workers.contents import Member
from indexer.workers.task import Failure, Task, key
from indexer.workers.worker import Batch

_PART = 8 << 20
"""Bytes of members in a part of an archive that is read once more."""

Handed: TypeAlias = Member | Task
"""What is handed out to who has begun a task: a member of an archive, or further files."""


class Work:
    """Hold what one reader has been given: a task with what was handed out behind it, files or an archive's members."""

    def __init__(self, task: Task, archive: Archive | None, more: Callable[[], Task | None] = lambda: None) -> None:
        """Begin a task; `archive` is the one of which it reads a part, or some members once more.

        `more` takes the next task that whoever has time goes on with; None when there is none.
        """
        self.task, self.archive, self._more = task, archive, more
        self._given: list[int] = []
        self._left = task.part_bytes or task.share_bytes - task.size

    def next(self) -> Handed | None:
        """Hand out the next member, or the files of the next task; None when the part is over."""
        if self._left <= 0:
            return None
        return self._files() if self.archive is None else self._member(self.archive)

    def _member(self, archive: Archive) -> Member | None:
        if (member := archive.take()) is not None:
            self._left -= member.size
            self._given.append(member.number)
        return member

    def _files(self) -> Task | None:
        if (task := self._more()) is not None:
            self._left -= task.size
            self.task = replace(self.task, files=self.task.files + task.files)
        return task

    def handed(self) -> Iterator[Handed]:
        """Hand out what is in the part, one after the other."""
        return iter(self.next, None)

    @property
    def numbers(self) -> frozenset[int]:
        """Tell which members of the archive it has."""
        return self.task.only or frozenset(self._given)


class Queue:
    """Give out what is to be read, and take back what it came to.

    A file, or a member of an archive, at which reading fails is read once more, by itself, then given up.
    """

    def __init__(self, tasks: Iterable[Task], limits: Limits, *, clock: Callable[[], float] = process_time) -> None:
        """Begin; `clock` tells the processor time of everybody who reads, which the budget of an archive counts."""
        self._waiting = deque(tasks)
        self._limits, self._clock = limits, clock
        self._open: Archive | None = None
        self._archives: dict[str, Archive] = {}
        self._suspects: set[tuple[str, int]] = set()
        self._done: list[Batch] = []
        self.bytes = 0
        """Of archives that have been read to their ends."""

    def next(self) -> Work | None:
        """Give out what to read next; None when there is nothing at present."""
        while True:
            if self._open is not None:
                if self._open.has_more():
                    self._open.pieces += 1
                    return Work(self._open.task, self._open)
                self._settle(self._open)
                self._open = None
            if not self._waiting:
                return None
            task = self._waiting.popleft()
            if not task.part_bytes:
                return Work(task, None if task.only is None else self._archives[key(task.files[0])], self._shared)
            self._open = self._archives[key(task.files[0])] = Archive(task, self._limits, self._clock)

    def _shared(self) -> Task | None:
        """Take the next task, if it is one that whoever has time goes on with."""
        return self._waiting.popleft() if self._waiting and self._waiting[0].share_bytes else None

    def read_ahead(self) -> None:
        """Have the next member of an archive at hand."""
        if self._open is not None:
            self._open.has_more()

    def clear(self) -> None:
        """Give out no more but the rest of the archive that is being read."""
        self._waiting = deque(task for task in self._waiting if task.only is not None)

    def done(self, work: Work, batch: Batch) -> None:
        """Take back what was read."""
        if work.archive is None:
            self._done.append(batch)
        else:
            work.archive.put(min(work.numbers, default=0), batch)
            self._settle(work.archive)

    def finished(self) -> Iterator[Batch]:
        """Yield what is finished, each batch once: whole files."""
        while self._done:
            yield self._done.pop(0)

    def _settle(self, archive: Archive) -> None:
        batch = archive.whole()
        if batch is not None and self._archives.pop(archive.path, None) is not None:
            self.bytes += archive.file.size
            self._done.append(batch)

    def unread(self, work: Work) -> None:
        """Take back what nobody has begun to read."""
        self._again(work, [self._repeated(work, work.numbers)] if work.archive else [work.task])

    def failed(self, work: Work, failure: Failure) -> None:
        """Decide what becomes of work that came to nothing."""
        if work.archive is None:
            self._again(work, self._file_failed(work.task, failure))
        else:
            self._again(work, self._member_failed(work, work.archive, failure))

    def _again(self, work: Work, tasks: Iterable[Task]) -> None:
        """Read these in place of the work."""
        tasks = [task for task in tasks if task.files and (task.only is None or task.only)]
        self._waiting.extendleft(reversed(tasks))
        if work.archive is not None:
            work.archive.pieces += len(tasks) - 1
            self._settle(work.archive)

    def _repeated(self, work: Work, numbers: frozenset[int]) -> Task:
        return replace(work.task, part_bytes=0, only=numbers)

    def _member_failed(self, work: Work, archive: Archive, failure: Failure) -> list[Task]:
        lone = frozenset((failure.member,))
        others = self._repeated(work, work.numbers - lone)
        if self._is_first(archive.path, failure.member):
            return [others, self._repeated(work, lone)]
        archive.give_up(failure.member, failure.why)
        return [others]

    def _file_failed(self, task: Task, failure: Failure) -> list[Task]:
        file = task.files[failure.file]
        others = Task(task.files[: failure.file] + task.files[failure.file + 1 :])
        if self._is_first(key(file), failure.member):
            return [others, Task((file,), part_bytes=_PART if is_archive(file.path) else 0)]
        problem = Problem(ProblemKind.UNREADABLE_FILE, f"{failure.why}, twice", key(file), outcome=TRY_AGAIN)
        record = FileRecord(key(file), file.size, file.mtime_ns, "", Outcome.FAILED.value, file.ctime_ns)
        self._done.append(Batch(files=[record], problems=[ProblemRecord(key(file), "", problem)]))
        return [others]

    def _is_first(self, path: str, member: int) -> bool:
        """Tell whether reading failed there for the first time, and note it."""
        known = (path, member) in self._suspects
        self._suspects.add((path, member))
        return not known

    def close(self) -> None:
        """Close the archives."""
        for archive in self._archives.values():
            archive.close()
