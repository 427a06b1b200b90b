"""Watching builds again when the corpus has changed, and only then."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import NoCorpusError
from indexer.pipeline import watch as watching
from indexer.pipeline.build import Options, Summary
from indexer.pipeline.watch import Watching, watch
from indexer.storage.lock import Lock
from indexer.workers.stopping import Stop
from indexer.workers.worker import Settings

Write = Callable[..., Path]


class Scripted:
    """Stands for the waiting between two looks: does the next thing instead, and stops when there is none."""

    def __init__(self, *steps: Callable[[], Any]) -> None:
        self._steps = list(steps)

    def __call__(self, seconds: float, stop: Stop) -> None:
        if self._steps:
            self._steps.pop(0)()
        else:
            stop.requested = True


@pytest.fixture
def watched(
    filings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[list[Any], list[str]]]:
    """Watches while the steps are taken; what was reported, and complained of."""

    def watched(*steps: Callable[[], Any], **options: Any) -> tuple[list[Any], list[str]]:
        reported: list[Summary] = []
        complaints: list[str] = []
        monkeypatch.setattr(watching, "_wait", Scripted(*steps))
        settings = Settings(tmp_path / "index")
        watch(Watching([filings], settings, Options(**options), report=reported.append, complain=complaints.append))
        return reported, complaints

    return watched


def nothing() -> None:
    """Takes no step."""


def test_each_change_is_built_once(watched: Callable[..., Any], write: Write) -> None:
    write(1, "One.")
    reported, complaints = watched(
        nothing,
        lambda: write(2, "Two."),
        nothing,
        lambda: write(1, "One, changed."),
        lambda: write(3, "Three.").unlink(),
    )
    assert [summary.submissions for summary in reported] == [1, 1, 1]
    assert reported[-1].status.submissions == 2
    assert complaints == []


def test_a_file_that_may_still_be_being_written_waits(watched: Callable[..., Any], write: Write) -> None:
    path = write(1, "One.")
    os.utime(path, ns=(0, 0))
    begun = time.time_ns()
    reported, _ = watched(lambda: time.sleep(1.1), settle_seconds=1.0)
    assert [summary.submissions for summary in reported] == [1]
    assert time.time_ns() - begun > 10**9


def test_what_is_gone_is_taken_out_when_asked_but_never_all_of_it(
    watched: Callable[..., Any], write: Write, filings: Path
) -> None:
    write(1, "One.")
    two = write(2, "Two.")
    reported, complaints = watched(two.unlink, lambda: write(3, "Three."), prune=True)
    assert reported[-1].status.submissions == 2
    for path in filings.iterdir():
        path.unlink()
    _, complaints = watched(prune=True)
    assert len(complaints) == 1 and "no files in" in complaints[0]


def test_a_locked_index_is_tried_again(watched: Callable[..., Any], write: Write, tmp_path: Path) -> None:
    write(1, "One.")
    (tmp_path / "index").mkdir()
    lock = Lock(tmp_path / "index")
    reported, complaints = watched(lock.release, nothing)
    assert [summary.submissions for summary in reported] == [1]
    assert len(complaints) == 1 and "is locked by pid" in complaints[0]


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NoCorpusError):
        watch(Watching([tmp_path / "absent"], Settings(tmp_path / "index"), Options()))


def test_waiting_ends_when_it_is_asked_to() -> None:
    stop = Stop()
    threading.Timer(0.2, lambda: setattr(stop, "requested", True)).start()
    watching._wait(3600, stop)
    assert stop.requested
