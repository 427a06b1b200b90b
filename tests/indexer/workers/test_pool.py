"""Tasks are read to the end whatever becomes of a worker; a file that ends two of them is given up, and said so."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from indexer.corpus.walking import CorpusFile
from indexer.errors import UnwritableIndexError
from indexer.workers import process
from indexer.workers.pool import read_here, read_in_workers
from indexer.workers.stopping import Stop
from indexer.workers.task import Task
from indexer.workers.worker import Batch, Settings
from indexer.writers.local import LocalBuilder
from indexer.writers.rows import ColumnarBuilder

WHERE = "POOL_TEST_FOLDER"


def files(corpus: Path) -> tuple[CorpusFile, ...]:
    return tuple(CorpusFile.of(str(path), path.stat()) for path in sorted(corpus.iterdir()))


class Fragile(ColumnarBuilder):
    """Comes to grief over some words of a text: always, or the first time only."""

    def add(self, entry: Any, kept: Any) -> None:
        text = entry.extracted.text
        if "deadly" in text or any(_first_time(word) for word in text.split() if word.startswith("once")):
            os.kill(os.getpid(), signal.SIGKILL)
        if "faulty" in text:
            raise ValueError("a fault of the program's own")
        if "vast" in text:
            raise MemoryError((10**9,), "uint32")
        if "full" in text:
            raise OSError(28, "No space left on device")
        if "hangs" in text and _first_time("hangs"):
            signal.pause()
        super().add(entry, kept)


def _first_time(what: str) -> bool:
    try:
        (Path(os.environ[WHERE]) / what).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "index").mkdir()
    monkeypatch.setenv(WHERE, str(tmp_path))
    return Settings(tmp_path / "index", builder=partial(LocalBuilder, codec=Fragile))


def outcomes(batches: Iterable[Batch]) -> dict[str, str]:
    """What came of each file."""
    return {Path(record.path).name: record.outcome for batch in batches for record in batch.files}


@pytest.mark.parametrize("share", [0, 1 << 20], ids=["whole", "shared"])
@pytest.mark.parametrize(("text", "outcome"), [("deadly", "failed"), ("once", "read"), ("faulty", "failed")])
def test_a_file_is_tried_twice_and_the_others_are_read(
    write: Any, settings: Settings, text: str, outcome: str, share: int
) -> None:
    filings = settings.folder.parent / "filings"
    for number in range(1, 7):
        write(number, text if number == 3 else "harmless", name=f"{number}.txt")
    every = files(filings)
    tasks = [Task(some, share_bytes=share) for some in (every[:2], every[2:4], every[4:])]
    batches = list(read_in_workers(tasks, settings, lambda *_: None, Stop(), processes=2))
    assert outcomes(batches) == {f"{number}.txt": outcome if number == 3 else "read" for number in range(1, 7)}
    problems = [record.problem for batch in batches for record in batch.problems]
    assert len(problems) == (outcome == "failed")
    assert all(", twice" in problem.message and "--retry" in problem.outcome for problem in problems)
    assert sorted(record.accession for batch in batches for record in batch.submissions) == [
        f"0009000077-17-{number:06}" for number in range(1, 7) if number != 3 or outcome == "read"
    ]


def test_however_many_workers_die_nothing_is_lost(write: Any, filings: Path, settings: Settings) -> None:
    for number in range(1, 9):
        write(number, f"once{number}" if number % 2 else "harmless", name=f"{number}.txt")
    every = files(filings)
    tasks = [Task(every[:5]), Task(every[5:])]
    batches = list(read_in_workers(tasks, settings, lambda *_: None, Stop(), processes=2))
    assert outcomes(batches) == {f"{number}.txt": "read" for number in range(1, 9)}
    assert sorted(record.accession for batch in batches for record in batch.submissions) == [
        f"0009000077-17-{number:06}" for number in range(1, 9)
    ]
    assert not any(batch.problems for batch in batches)


FORKED = f"""
import os, signal, sys, threading
from multiprocessing.connection import wait
from pathlib import Path
from indexer.engines.engine import is_new
from indexer.workers.process import forked
assert is_new(Path({str(Path(__file__).with_suffix(".none"))!r}))
opened = os.open(os.devnull, os.O_RDONLY)
first, second = forked(2)
loaded = [open(f"/proc/{{worker._process.pid}}/maps").read().count("numpy") > 0 for worker in (first, second)]
os.kill(first._process.pid, signal.SIGKILL)
wait(first.handles, 60)
first.give(type("Work", (), {{"task": None}})(), None)
while (answer := first.answer()) is None:  # its end of the pipe may close before it is dead
    pass
print(loaded, answer.at.why, second._process.is_alive())
second.close()
threading.Thread(target=threading.Event().wait, daemon=True).start()
print(forked(2))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="workers are spawned")
def test_a_forked_worker_has_what_its_parent_loaded_and_its_death_is_seen(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FORKED], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == (
        "[True, True] the process reading it died (SIGKILL) True\n[]\n", ""
    )  # fmt: skip


def test_a_worker_that_hangs_is_ended(
    write: Any, filings: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "HANG_SECONDS", 4.0)
    write(1, "hangs", name="1.txt")
    batches = list(read_in_workers([Task(files(filings))], settings, lambda *_: None, Stop(), processes=1))
    assert outcomes(batches) == {"1.txt": "read"}


def test_in_this_process_a_fault_costs_the_file_only(write: Any, filings: Path, settings: Settings) -> None:
    write(1, "harmless", name="1.txt")
    write(2, "faulty", name="2.txt")
    write(3, "harmless", name="3.txt")
    batches = list(read_here([Task(files(filings))], settings, lambda *_: None, Stop()))
    assert outcomes(batches) == {"1.txt": "read", "2.txt": "failed", "3.txt": "read"}


@pytest.mark.parametrize("processes", [0, 1])
def test_what_there_is_no_memory_for_is_given_up_and_said_so(
    write: Any, filings: Path, settings: Settings, processes: int
) -> None:
    write(1, "vast", name="1.txt")
    write(2, "harmless", name="2.txt")
    read = partial(read_in_workers, processes=processes) if processes else read_here
    batches = list(read([Task(files(filings))], settings, lambda *_: None, Stop()))
    assert outcomes(batches) == {"1.txt": "failed", "2.txt": "read"}
    [problem] = [record.problem for batch in batches for record in batch.problems]
    assert problem.message == "reading it failed (there is not enough memory for it), twice"


@pytest.mark.parametrize("processes", [0, 1])
def test_a_full_disk_ends_the_reading(write: Any, filings: Path, settings: Settings, processes: int) -> None:
    write(1, "full")
    tasks = [Task(files(filings))]
    with pytest.raises(UnwritableIndexError, match=r"No space left on device; it is as it was at its last commit"):
        if processes:
            list(read_in_workers(tasks, settings, lambda *_: None, Stop(), processes=processes))
        else:
            list(read_here(tasks, settings, lambda *_: None, Stop()))


def test_progress_counts_everything_once(write: Any, filings: Path, settings: Settings) -> None:
    for number in range(1, 5):
        write(number, "harmless", name=f"{number}.txt")
    told: list[tuple[int, int]] = []
    every = files(filings)
    list(read_in_workers([Task(every)], settings, lambda *done: told.append(done), Stop(), processes=1))
    assert told[-1] == (4, sum(file.size for file in every))
    assert told == sorted(told)


def test_what_was_read_before_a_stop_is_given(write: Any, filings: Path, settings: Settings) -> None:
    for number in range(1, 5):
        write(number, "harmless", name=f"{number}.txt")
    stop = Stop()

    def after_two(submissions: int, size: int) -> None:
        stop.requested = submissions >= 2

    [batch] = read_here([Task(files(filings))], settings, after_two, stop)
    assert outcomes([batch]) == {"1.txt": "read", "2.txt": "read"}
    assert len(batch.segments) == 1
