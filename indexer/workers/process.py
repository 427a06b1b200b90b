"""Run a worker process, and see it from its parent. It holds no lock and ends when its parent does."""

import gc
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Any

from indexer.workers.contents import Member
from indexer.workers.queue import Handed, Work
from indexer.workers.stopping import SIGNALS
from indexer.workers.task import Failure, Task, failure
from indexer.workers.worker import Batch, Settings, read_task

HANG_SECONDS = 3000.0
"""Without a sign of life after which a worker is ended: longer than may pass over any document
(`Limits.document_seconds`), and than finishing a segment takes."""

_HANG_PROCESSOR_SECONDS = 600
"""Of processor time, without a sign of life, after which the system ends a worker: it hangs within a C library."""

_SUBMISSIONS, _BYTES, _INDEX, _MEMBER, _BEAT, _MILLISECONDS, _STOP = _BOARD = range(7)


@dataclass(frozen=True, slots=True)
class Failed:
    """Say that a worker could not read a task: at which file, and what it raised."""

    at: Failure


@dataclass(frozen=True, slots=True)
class Died:
    """Say that a worker is gone, and at which file of its task."""

    at: Failure


@dataclass(frozen=True, slots=True)
class Asking:
    """Ask the parent for what is next: a member of its archive, or further files."""


class Worker:
    """See a worker process from its parent. One that is forked has at hand what the parent has imported."""

    def __init__(self, *, forked: bool = False) -> None:
        """Start it; spawned, for a forked one inherits the parent's locks and connections (see `forked`)."""
        context: Any = get_context("fork" if forked else "spawn")
        self._connection, theirs = context.Pipe()
        self._board = context.Array("q", len(_BOARD), lock=False)
        self._process = context.Process(target=_work, args=(theirs, self._board), daemon=True)
        self._process.start()
        theirs.close()
        self.work: Work | None = None

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

    @property
    def seconds(self) -> float:
        """Tell how much processor time it has taken, as of the submission it is reading."""
        return float(self._board[_MILLISECONDS] / 1000)

    def give(self, work: Work, settings: Settings) -> None:
        """Have something read."""
        self.work = work
        self._board[_INDEX] = -1
        self._send((work.task, settings))

    def _hand(self, handed: Handed | None) -> None:
        """Hand it what it asked for; the bytes of a member apart, so that they are not copied."""
        if isinstance(handed, Member):
            self._send(handed._replace(content=b""), handed.content)
        else:
            self._send(handed)

    def _send(self, message: tuple[Task, Settings] | Handed | None, content: Any = None) -> None:
        self._board[_BEAT] = int(time.monotonic())
        try:
            self._connection.send(message)
            if content is not None:
                self._connection.send_bytes(content)
        except OSError:
            return  # it has died: `answer` will say so

    def stop(self) -> None:
        """Have it finish with the file at hand."""
        self._board[_STOP] = 1

    def answer(self) -> Batch | Failed | Died | str | None:
        """Return what became of the work: a batch, a failure, why the index cannot be written; None meanwhile."""
        try:
            if self._connection.poll():
                return self._answered(self._connection.recv())
        except (EOFError, OSError):
            self._process.join()
        if not self._process.is_alive():
            return self._died(f"the process reading it died ({_how(self._process.exitcode)})")
        if time.monotonic() - self._board[_BEAT] > HANG_SECONDS:
            self._process.kill()
            self._process.join()
            return self._died(f"the process reading it hung for {HANG_SECONDS:g} s")
        return None

    def _answered(self, answer: Batch | Failed | Asking | str) -> Batch | Failed | str | None:
        if isinstance(answer, Asking):
            assert self.work is not None
            self._hand(self.work.next())
            return None
        return answer

    def _died(self, why: str) -> Died:
        return Died(Failure(int(self._board[_INDEX]), int(self._board[_MEMBER]), why))

    def kill(self) -> None:
        """Have the process end, without waiting for it."""
        self._process.kill()

    def close(self) -> None:
        """End the process."""
        self.kill()
        self._process.join()
        self._connection.close()


def forked(number: int) -> list[Worker]:
    """Fork workers of this process, in which nothing is open yet that they must not have: no lock, no connection.

    None where other threads run, of which a fork would be the half of, or where the system is no friend of forks.
    """
    if threading.active_count() > 1 or sys.platform != "linux":
        return []
    gc.freeze()  # so that no worker looks through it, nor copies it to do so
    try:
        return [Worker(forked=True) for _ in range(number)]
    finally:
        gc.unfreeze()


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"


# In the worker


class _Board:
    """Watch the reading in a worker, and tell the parent."""

    def __init__(self, board: Any) -> None:
        self._board = board
        self._seconds = -1

    @property
    def stopped(self) -> bool:
        return bool(self._board[_STOP])

    def failure(self, error: Exception) -> Failure:
        return Failure(int(self._board[_INDEX]), int(self._board[_MEMBER]), failure(error))

    def begin(self, index: int, member: int) -> None:
        self._board[_INDEX], self._board[_MEMBER] = index, member
        self.beat()

    def advance(self, submissions: int, size: int) -> None:
        self._board[_SUBMISSIONS] += submissions
        self._board[_BYTES] += size

    def beat(self) -> None:
        self._board[_BEAT] = int(time.monotonic())
        taken = time.process_time()
        self._board[_MILLISECONDS] = int(1000 * taken)
        if int(taken) != self._seconds:
            self._seconds = int(taken)
            _end_at(self._seconds + _HANG_PROCESSOR_SECONDS)


def _end_at(seconds: int) -> None:
    """Have the system end this process when it has taken so much processor time, where the system can."""
    try:
        import resource  # noqa: PLC0415  (not on every system)
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds if most == resource.RLIM_INFINITY else min(seconds, most), most))


def _work(connection: Any, board: Any) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # the parent decides what an interrupt means
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # a parser's: they are of no use to who builds
    threading.Thread(target=_die_with_parent, daemon=True).start()
    gc.freeze()  # what was imported need not be looked through by every collection
    watch = _Board(board)
    while True:
        try:
            task, settings = connection.recv()
        except EOFError:
            return
        connection.send(_read(task, settings, watch, _handed(connection)))


def _handed(connection: Any) -> Iterator[Handed]:
    """Ask the parent for what is next until there is no more."""
    while True:
        connection.send(Asking())
        match connection.recv():
            case None:
                return
            case Member() as member:
                yield member._replace(content=connection.recv_bytes())
            case Task() as task:
                yield task
            case other:
                raise AssertionError(f"not what was asked for: {other!r}")


def _read(task: Task, settings: Settings, watch: _Board, handed: Iterator[Handed]) -> Batch | Failed | str:
    try:
        return read_task(task, settings, watch, handed)
    except OSError as error:
        return str(error.strerror or error)
    except Exception as error:
        return Failed(watch.failure(error))


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
