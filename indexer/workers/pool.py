"""Read tasks, in this process or in workers, whatever becomes of them. What is read when is `queue`'s business."""

from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait
from time import process_time

from indexer.errors import IndexerError
from indexer.storage.durable import unwritable
from indexer.workers.process import Died, Failed, Worker
from indexer.workers.queue import Queue, Work
from indexer.workers.stopping import Stop
from indexer.workers.task import Failure, Task, failure
from indexer.workers.worker import Batch, Settings, read_task

Progress = Callable[[int, int], None]
"""Told how many submissions and how many bytes of files have been read so far, in all."""

_POLL_SECONDS = 0.2
_FRUITLESS = 3
"""Workers in a row that die before they have begun a file: then it is not the files' fault."""


class _Here:
    """Watch the reading in this process."""

    def __init__(self, queue: Queue, progress: Progress, stop: Stop) -> None:
        self._queue, self._progress, self._stop = queue, progress, stop
        self._submissions = self._bytes = self._index = self._member = 0

    @property
    def stopped(self) -> bool:
        return self._stop.requested

    def failure(self, error: Exception) -> Failure:
        return Failure(self._index, self._member, failure(error))

    def begin(self, index: int, member: int) -> None:
        self._index, self._member = index, member

    def advance(self, submissions: int, size: int) -> None:
        self._submissions += submissions
        self._bytes += size
        self._progress(self._submissions, self._bytes + self._queue.bytes)

    def beat(self) -> None:
        pass


def read_here(tasks: Iterable[Task], settings: Settings, progress: Progress, stop: Stop) -> Iterator[Batch]:
    """Read the tasks one after the other in this process."""
    queue = Queue(tasks, settings.limits)
    watch = _Here(queue, progress, stop)
    while (work := _next(queue, stop)) is not None:
        try:
            queue.done(work, read_task(work.task, settings, watch, work.handed()))
        except OSError as error:
            raise unwritable(settings.folder, str(error.strerror or error)) from error
        except IndexerError:
            raise
        except Exception as error:
            queue.failed(work, watch.failure(error))
        yield from queue.finished()
    yield from queue.finished()


def _next(queue: Queue, stop: Stop) -> Work | None:
    if stop.requested:
        queue.clear()
    return queue.next()


def read_in_workers(
    tasks: Iterable[Task],
    settings: Settings,
    progress: Progress,
    stop: Stop,
    *,
    processes: int,
    workers: Iterable[Worker] = (),
) -> Iterator[Batch]:
    """Read the tasks in worker processes, in those there are first, yielding each batch as it is finished."""
    pool = _Pool(tasks, settings, processes, workers)
    try:
        yield from pool.read(progress, stop)
    finally:
        pool.close()


class _Pool:
    def __init__(self, tasks: Iterable[Task], settings: Settings, processes: int, workers: Iterable[Worker]) -> None:
        self._queue = Queue(tasks, settings.limits, clock=self._seconds)
        self._settings, self._processes = settings, processes
        self._workers = list(workers)
        self._fruitless = 0
        self._gone = (0, 0, 0.0)
        """What workers that are gone had read, and the processor time they took."""

    def read(self, progress: Progress, stop: Stop) -> Iterator[Batch]:
        while True:
            if stop.requested:
                self._queue.clear()
                for worker in self._workers:
                    worker.stop()
            self._assign()
            yield from self._queue.finished()
            busy = [worker for worker in self._workers if worker.work]
            if not busy:
                return
            self._queue.read_ahead()
            wait([handle for worker in busy for handle in worker.handles], _POLL_SECONDS)
            for worker in busy:
                self._hear(worker)
            progress(*self._read_so_far())

    def _assign(self) -> None:
        for worker in [worker for worker in self._workers if not worker.work]:
            if work := self._queue.next():
                worker.give(work, self._settings)
        while len(self._workers) < self._processes and (work := self._queue.next()):
            self._workers.append(Worker())
            self._workers[-1].give(work, self._settings)

    def _hear(self, worker: Worker) -> None:
        """Take what a worker has to say of its work."""
        work = worker.work
        assert work is not None
        match worker.answer():
            case Batch() as batch:
                self._fruitless, worker.work = 0, None
                self._queue.done(work, batch)
            case Failed(at):
                worker.work = None
                self._queue.failed(work, at)
            case Died(at):
                self._dismiss(worker)
                self._lost(work, at)
            case str() as why:
                raise unwritable(self._settings.folder, why)
            case None:
                pass

    def _lost(self, work: Work, at: Failure) -> None:
        """Decide what becomes of the work of a worker that has died."""
        self._fruitless += at.file < 0
        if self._fruitless >= _FRUITLESS:
            raise IndexerError(
                f"the processes that read files die as soon as they begin ({at.why}): try fewer, with --processes 1"
            )
        if at.file < 0:
            self._queue.unread(work)
        else:
            self._queue.failed(work, at)

    def _dismiss(self, worker: Worker) -> None:
        submissions, size, seconds = self._gone
        self._gone = (submissions + worker.submissions, size + worker.bytes, seconds + worker.seconds)
        self._workers.remove(worker)
        worker.close()

    def _seconds(self) -> float:
        """Tell the processor time of everybody who reads."""
        return process_time() + self._gone[2] + sum(worker.seconds for worker in self._workers)

    def _read_so_far(self) -> tuple[int, int]:
        submissions = self._gone[0] + sum(worker.submissions for worker in self._workers)
        return submissions, self._gone[1] + sum(worker.bytes for worker in self._workers) + self._queue.bytes

    def close(self) -> None:
        for worker in self._workers:
            worker.kill()  # all at once, and each is waited for
        for worker in self._workers:
            worker.close()
        self._queue.close()
