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
    assert complaints == [f"no files in {filings}, or it is gone: what the index has of it stays"]


def test_what_is_gone_is_reported_by_itself_once(watched: Callable[..., Any], write: Write) -> None:
    write(1, "One.")
    two, three = write(2, "Two."), write(3, "Three.")
    reported, _ = watched(two.unlink, nothing, three.unlink, nothing)
    gone = [[Path(path).name for path in summary.vanished] for summary in reported]
    assert gone == [[], [two.name], [two.name, three.name]]
    two = write(2, "Two.")
    reported, _ = watched(two.unlink, nothing, prune=True)
    assert [(summary.submissions, len(summary.vanished), summary.pruned) for summary in reported[1:]] == [(0, 1, True)]
    assert reported[-1].status.submissions == 1


def test_a_root_that_vanishes_and_comes_back_is_said_once_each(
    filings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    """Nothing of it is taken out meanwhile, and what lies elsewhere is read all the same."""
    write(1, "One.")
    other = tmp_path / "other"
    other.mkdir()
    write(2, "Two.").rename(other / "2.txt")
    reported: list[Summary] = []
    complaints: list[str] = []
    events: list[tuple[str, dict[str, Any]]] = []
    steps = (
        lambda: other.rename(tmp_path / "away"),
        nothing,
        lambda: write(3, "Three."),
        lambda: (tmp_path / "away").rename(other),
        nothing,
    )
    monkeypatch.setattr(watching, "_wait", Scripted(*steps))
    watch(
        Watching(
            [filings, other],
            Settings(tmp_path / "index"),
            Options(prune=True),
            report=reported.append,
            complain=complaints.append,
            log=lambda event, **values: events.append((event, values)),
        )
    )
    assert complaints == [f"no files in {other}, or it is gone: what the index has of it stays", f"{other} is back"]
    said = [(event, values) for event, values in events if event in ("gone", "back")]
    assert said == [("gone", {"path": str(other)}), ("back", {"path": str(other)})]
    assert [(summary.submissions, summary.status.submissions) for summary in reported] == [(2, 2), (1, 3)]


def test_a_build_that_takes_long_does_not_put_off_the_next_look(
    watched: Callable[..., Any], write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is rationed is the looking; the time is a made-up one, which passes in builds alone."""
    waits: list[float] = []
    clock = [0.0]
    write(1, "One.")
    monkeypatch.setattr(watching.time, "monotonic", lambda: clock[0])
    run = watching.Build.run

    def slow(build: Any) -> Summary:
        clock[0] += 100
        return run(build)

    monkeypatch.setattr(watching.Build, "run", slow)

    def waited(seconds: float, stop: Stop) -> None:
        waits.append(seconds)
        stop.requested = len(waits) == 2

    monkeypatch.setattr(watching, "_wait", waited)
    settings = Settings(write(2, "Two.").parents[1] / "index")
    watch(Watching([write(3, "Three.").parent], settings, Options()))
    assert waits == [watching.SECONDS, watching.SECONDS] and watching.SECONDS <= 1


def test_why_there_was_no_build_is_said_once(watched: Callable[..., Any], write: Write, tmp_path: Path) -> None:
    write(1, "One.")
    (tmp_path / "index").mkdir()
    lock = Lock(tmp_path / "index")
    _, complaints = watched(nothing, nothing, lock.release, nothing)
    assert len(complaints) == 1 and complaints[0].endswith("; trying again")


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
