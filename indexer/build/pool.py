"""Reading tasks in worker processes. When a worker dies, its files are read once more, one by one."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Any

from indexer.build.plan import Task, key
from indexer.build.worker import Batch, Settings, read_task
from indexer.errors import Problem, ProblemKind
from indexer.manifest import FileRecord, ProblemRecord

Progress = Callable[[int, int], None]
"""Told how many submissions and how many bytes of files have been read so far, in all."""

_POLL_SECONDS = 0.2


class _StoppedError(Exception):
    """The build was interrupted while this worker was reading."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the workers and the parent both see."""

    submissions: Any
    bytes: Any
    stop: Any


def read_here(tasks: Iterable[Task], settings: Settings, progress: Progress) -> Iterator[Batch]:
    """Read the tasks one after the other in this process."""
    totals = [0, 0]

    def advance(submissions: int, size: int) -> None:
        totals[0] += submissions
        totals[1] += size
        progress(totals[0], totals[1])

    for task in tasks:
        yield read_task(task, settings, advance)


def read_in_workers(
    tasks: Iterable[Task], settings: Settings, progress: Progress, *, processes: int
) -> Iterator[Batch]:
    """Read the tasks in worker processes, yielding each batch as it is finished."""
    context = get_context("spawn")  # a forked worker would hold the index's lock after its parent has died
    shared = _Shared(context.Value("q"), context.Value("q"), context.Value("b"))
    suspects: list[Task] = []
    try:
        yield from _read(tasks, settings, progress, shared=shared, processes=processes, suspects=suspects)
        for task in [Task((file,)) for suspect in suspects for file in suspect.files]:
            died: list[Task] = []
            yield from _read([task], settings, progress, shared=shared, processes=1, suspects=died)
            yield from map(_given_up, died)
    finally:
        shared.stop.value = 1


def _read(
    tasks: Iterable[Task],
    settings: Settings,
    progress: Progress,
    *,
    shared: _Shared,
    processes: int,
    suspects: list[Task],
) -> Iterator[Batch]:
    """Read tasks until a worker dies; those under way then, and those not begun, become `suspects`."""
    waiting = deque(tasks)
    running: dict[Future[Batch], Task] = {}
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, context, _start_worker, (settings, shared)) as pool:
        try:
            while waiting or running:
                while waiting and len(running) <= processes:
                    running[pool.submit(_read_in_worker, waiting[0])] = waiting[0]
                    waiting.popleft()
                done, _ = wait(running, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
                progress(shared.submissions.value, shared.bytes.value)
                for future in done:
                    yield future.result()
                    del running[future]
        except BrokenProcessPool:
            suspects.extend([*running.values(), *waiting])
        except BaseException:
            shared.stop.value = 1
            raise


def _given_up(task: Task) -> Batch:
    [file] = task.files
    path = key(file)
    problem = Problem(
        ProblemKind.UNREADABLE_FILE,
        "the process reading it died, twice",
        path,
        outcome="skipped; `--retry` tries again",
    )
    record = FileRecord(path, file.size, file.mtime_ns, "", "failed")
    return Batch(files=[record], problems=[ProblemRecord(path, "", problem)])


# In the worker

_settings: Settings
_shared: _Shared


def _start_worker(settings: Settings, shared: _Shared) -> None:
    global _settings, _shared
    _settings, _shared = settings, shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_in_worker(task: Task) -> Batch:
    return read_task(task, _settings, _advance)


def _advance(submissions: int, size: int) -> None:
    if _shared.stop.value:
        raise _StoppedError
    with _shared.submissions.get_lock():
        _shared.submissions.value += submissions
    with _shared.bytes.get_lock():
        _shared.bytes.value += size
