"""Run a worker process, and see it from its parent. It holds no lock and ends when its parent does."""

import os
import signal
import sys
import threading
import time
import warnings
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Any

from indexer.workers.stopping import SIGNALS
from indexer.workers.task import Task, failure
from indexer.workers.worker import Batch, Settings, read_task

HANG_SECONDS = 3000.0
"""Without a sign of life after which a worker is ended: longer than may pass over any document
(`Limits.document_seconds`), and than finishing a segment takes."""

_HANG_PROCESSOR_SECONDS = 600
"""Of processor time, without a sign of life, after which the system ends a worker: it hangs within a C library."""

_SUBMISSIONS, _BYTES, _INDEX, _BEAT, _STOP = range(5)


@dataclass(frozen=True, slots=True)
class Failed:
    """Say that a worker could not read a task: what it raised, at which of its files."""

    task: Task
    index: int
    why: str


@dataclass(frozen=True, slots=True)
class Died:
    """Say that a worker is gone: at which of its task's files, -1 before the first."""

    task: Task
    index: int
    why: str


class Worker:
    """See a worker process from its parent. `spawn`: a forked one would inherit the parent's connections."""

    def __init__(self, settings: Settings) -> None:
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._board = context.Array("q", 5, lock=False)
        self._process = context.Process(target=_work, args=(theirs, self._board, settings), daemon=True)
        self._process.start()
        theirs.close()
        self.task: Task | None = None

    @property
    def handles(self) -> list[Any]:
        """Return what becomes ready when there is an answer."""
        return [self._connection, self._process.sentinel]

    @property
    def submissions(self) -> int:
        """Count the submissions read so far."""
        return int(self._board[_SUBMISSIONS])

    @property
    def bytes(self) -> int:
        """Count the bytes of files read so far."""
        return int(self._board[_BYTES])

    def give(self, task: Task) -> None:
        """Have a task read."""
        self.task = task
        self._board[_INDEX] = -1
        self._board[_BEAT] = int(time.monotonic())
        try:
            self._connection.send(task)
        except OSError:
            return  # it has died: `answer` will say so

    def stop(self) -> None:
        """Have it finish with the file at hand."""
        self._board[_STOP] = 1

    def answer(self) -> Batch | Failed | Died | str | None:
        """Return what became of the task: a batch, a failure, why the index cannot be written; None meanwhile."""
        task = self.task
        assert task is not None
        try:
            if self._connection.poll():
                answer: Batch | Failed | str = self._connection.recv()
                self.task = None
                return answer
        except (EOFError, OSError):
            self._process.join()
        if not self._process.is_alive():
            return Died(task, int(self._board[_INDEX]), f"the process reading it died ({_how(self._process.exitcode)})")
        if time.monotonic() - self._board[_BEAT] > HANG_SECONDS:
            self._process.kill()
            self._process.join()
            return Died(task, int(self._board[_INDEX]), f"the process reading it hung for {HANG_SECONDS:g} s")
        return None

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._connection.close()


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"


# In the worker


class _Board:
    """Watch the reading in a worker, and tell the parent."""

    def __init__(self, board: Any) -> None:
        self._board = board

    @property
    def stopped(self) -> bool:
        return bool(self._board[_STOP])

    @property
    def index(self) -> int:
        return int(self._board[_INDEX])

    def begin(self, index: int) -> None:
        self._board[_INDEX] = index
        self.beat()

    def advance(self, submissions: int, size: int) -> None:
        self._board[_SUBMISSIONS] += submissions
        self._board[_BYTES] += size

    def beat(self) -> None:
        self._board[_BEAT] = int(time.monotonic())
        _end_at(int(time.process_time()) + _HANG_PROCESSOR_SECONDS)


def _end_at(seconds: int) -> None:
    """Have the system end this process when it has taken so much processor time, where the system can."""
    try:
        import resource  # noqa: PLC0415  (not on every system)
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds if most == resource.RLIM_INFINITY else min(seconds, most), most))


def _work(connection: Any, board: Any, settings: Settings) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # the parent decides what an interrupt means
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # a parser's: they are of no use to who builds
    threading.Thread(target=_die_with_parent, daemon=True).start()
    watch = _Board(board)
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        connection.send(_read(task, settings, watch))


def _read(task: Task, settings: Settings, watch: _Board) -> Batch | Failed | str:
    try:
        return read_task(task, settings, watch)
    except OSError as error:
        return str(error.strerror or error)
    except Exception as error:
        return Failed(task, watch.index, failure(error))


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
