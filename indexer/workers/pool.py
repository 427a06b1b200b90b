"""Read tasks, in this process or in workers. A file whose worker dies is read once more, alone, then given up."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait

from indexer.errors import IndexerError, Problem, ProblemKind
from indexer.manifest.records import FileRecord, Outcome, ProblemRecord
from indexer.storage.durable import unwritable
from indexer.workers.process import Died, Failed, Worker
from indexer.workers.stopping import Stop
from indexer.workers.task import Task, failure, key
from indexer.workers.worker import Batch, Settings, read_task

Progress = Callable[[int, int], None]
"""Told how many submissions and how many bytes of files have been read so far, in all."""

_POLL_SECONDS = 0.2
_TRY = "skipped; `--retry` tries again"
_FRUITLESS = 3
"""Workers in a row that die before they have begun a file: then it is not the files' fault."""


class Failures:
    """Decide what to do with a task whose reading failed: a file is tried once more, alone; the others again."""

    def __init__(self) -> None:
        self._suspects: set[str] = set()

    def after(self, task: Task, index: int, why: str) -> tuple[list[Task], Batch | None]:
        """Return the tasks to read in place of this one, and what is to be recorded of a file that is given up."""
        file = task.files[index]
        others = task.files[:index] + task.files[index + 1 :]
        again = [Task(others)] if others else []
        if key(file) in self._suspects:
            problem = Problem(ProblemKind.UNREADABLE_FILE, f"{why}, twice", key(file), outcome=_TRY)
            record = FileRecord(key(file), file.size, file.mtime_ns, "", Outcome.FAILED.value, file.ctime_ns)
            return again, Batch(files=[record], problems=[ProblemRecord(key(file), "", problem)])
        self._suspects.add(key(file))
        return [*again, Task((file,))], None


class _Here:
    """Watch the reading in this process."""

    def __init__(self, progress: Progress, stop: Stop) -> None:
        self._progress, self._stop = progress, stop
        self._submissions = self._bytes = self.index = 0

    @property
    def stopped(self) -> bool:
        return self._stop.requested

    def begin(self, index: int) -> None:
        self.index = index

    def advance(self, submissions: int, size: int) -> None:
        self._submissions += submissions
        self._bytes += size
        self._progress(self._submissions, self._bytes)

    def beat(self) -> None:
        pass


def read_here(tasks: Iterable[Task], settings: Settings, progress: Progress, stop: Stop) -> Iterator[Batch]:
    """Read the tasks one after the other in this process."""
    waiting, failures, watch = deque(tasks), Failures(), _Here(progress, stop)
    while waiting and not stop.requested:
        task = waiting.popleft()
        try:
            yield read_task(task, settings, watch)
        except OSError as error:
            raise unwritable(settings.folder, str(error.strerror or error)) from error
        except IndexerError:
            raise
        except Exception as error:
            again, given_up = failures.after(task, watch.index, failure(error))
            waiting.extendleft(reversed(again))
            if given_up:
                yield given_up


def read_in_workers(
    tasks: Iterable[Task], settings: Settings, progress: Progress, stop: Stop, *, processes: int
) -> Iterator[Batch]:
    """Read the tasks in worker processes, yielding each batch as it is finished."""
    pool = _Pool(tasks, settings, processes)
    try:
        yield from pool.read(progress, stop)
    finally:
        pool.close()


class _Pool:
    def __init__(self, tasks: Iterable[Task], settings: Settings, processes: int) -> None:
        self._waiting = deque(tasks)
        self._settings, self._processes = settings, processes
        self._workers: list[Worker] = []
        self._failures = Failures()
        self._fruitless = 0
        self._gone = (0, 0)
        """What workers that are gone had read."""

    def read(self, progress: Progress, stop: Stop) -> Iterator[Batch]:
        while True:
            if stop.requested:
                self._waiting.clear()
                for worker in self._workers:
                    worker.stop()
            self._assign()
            busy = [worker for worker in self._workers if worker.task]
            if not busy:
                return
            wait([handle for worker in busy for handle in worker.handles], _POLL_SECONDS)
            for worker in busy:
                yield from self._answer_of(worker)
            progress(*self._read_so_far())

    def _assign(self) -> None:
        for worker in [worker for worker in self._workers if not worker.task]:
            if self._waiting:
                worker.give(self._waiting.popleft())
        while self._waiting and len(self._workers) < self._processes:
            worker = Worker(self._settings)
            self._workers.append(worker)
            worker.give(self._waiting.popleft())

    def _answer_of(self, worker: Worker) -> Iterator[Batch]:
        match worker.answer():
            case Batch() as batch:
                self._fruitless = 0
                yield batch
            case Failed(task, index, why):
                yield from self._again(task, index, why)
            case Died(task, index, why):
                self._dismiss(worker)
                self._fruitless += index < 0
                if self._fruitless >= _FRUITLESS:
                    raise IndexerError(f"the processes that read files die as soon as they begin ({why})")
                if index < 0:
                    self._waiting.appendleft(task)
                else:
                    yield from self._again(task, index, why)
            case str() as why:
                raise unwritable(self._settings.folder, why)
            case None:
                pass

    def _again(self, task: Task, index: int, why: str) -> Iterator[Batch]:
        again, given_up = self._failures.after(task, index, why)
        self._waiting.extendleft(reversed(again))
        if given_up:
            yield given_up

    def _dismiss(self, worker: Worker) -> None:
        self._gone = (self._gone[0] + worker.submissions, self._gone[1] + worker.bytes)
        self._workers.remove(worker)
        worker.close()

    def _read_so_far(self) -> tuple[int, int]:
        submissions = self._gone[0] + sum(worker.submissions for worker in self._workers)
        return submissions, self._gone[1] + sum(worker.bytes for worker in self._workers)

    def close(self) -> None:
        for worker in self._workers:
            worker.close()
