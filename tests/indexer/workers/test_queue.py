"""Archives are read by whoever has time and come to what one reader makes of them; a member that fails costs itself."""

import os
import signal
import tarfile
import time
import zipfile
from collections.abc import Iterable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from indexer.corpus import walking
from indexer.corpus.walking import CorpusFile
from indexer.errors import ProblemKind
from indexer.limits import Limits
from indexer.manifest.records import ProblemRecord, SubmissionRecord
from indexer.workers.pool import read_here, read_in_workers
from indexer.workers.queue import Queue
from indexer.workers.stopping import Stop
from indexer.workers.task import Failure, Task
from indexer.workers.worker import Batch, Settings
from indexer.writers.local import LocalBuilder
from indexer.writers.rows import ColumnarBuilder
from tests.indexer.conftest import submission

PART = 1000
"""Bytes of a part: two members."""


class Fragile(ColumnarBuilder):
    """Comes to grief over some words of a text."""

    def add(self, entry: Any, kept: Any) -> None:
        text = entry.extracted.text
        if "deadly" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "faulty" in text:
            raise ValueError("a fault of the program's own")
        if "slow" in text:
            until = time.process_time() + 0.5
            while time.process_time() < until:
                pass
        super().add(entry, kept)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "index").mkdir()
    return Settings(tmp_path / "index", builder=partial(LocalBuilder, codec=Fragile))


def tarred(path: Path, members: Iterable[tuple[str, bytes]]) -> CorpusFile:
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as archive:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, BytesIO(content))
    return listed(path)


def zipped(path: Path, members: Iterable[tuple[str, bytes]]) -> CorpusFile:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return listed(path)


def listed(path: Path) -> CorpusFile:
    return CorpusFile.of(str(path), path.stat())


def members(*texts: str) -> list[tuple[str, bytes]]:
    """Submissions numbered from 1, all of one name but the first, and something that is none behind the second."""
    found = [(f"{min(at, 2)}.nc", submission(at, text).encode()) for at, text in enumerate(texts, 1)]
    return [*found[:2], ("notes.md", b"none"), *found[2:]]


def read(task: Task, settings: Settings, processes: int) -> Batch:
    """What a task comes to, read by so many workers, or in this process."""
    reading = partial(read_in_workers, processes=processes) if processes else read_here
    [batch] = reading([task], settings, lambda *_: None, Stop())
    return batch


def said(batch: Batch) -> tuple[list[SubmissionRecord], list[ProblemRecord], list[str]]:
    return batch.submissions, batch.problems, [record.outcome for record in batch.files]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("pack", [tarred, zipped], ids=["tar", "zip"])
@pytest.mark.parametrize("processes", [0, 1, 3])
def test_it_comes_to_the_same_whoever_reads_it(tmp_path: Path, settings: Settings, pack: Any, processes: int) -> None:
    file = pack(tmp_path / "feed.gz", members(*(f"The text of number {number}." for number in range(1, 12))))
    alone = read(Task((file,)), settings, 0)
    shared = read(Task((file,), PART), settings, processes)
    assert said(shared) == said(alone)
    assert [record.source.partition(" > ")[2] for record in shared.submissions[:3]] == ["1.nc", "2.nc", "2.nc (2)"]
    assert [segment.doc_count() for segment in alone.segments] == [11]
    assert sum(segment.doc_count() for segment in shared.segments) == 11 and len(shared.segments) > 3
    assert (shared.files[0].sha256, shared.files[0].size) == (alone.files[0].sha256, file.size)


@pytest.mark.parametrize("part", [0, PART], ids=["whole", "shared"])
@pytest.mark.parametrize(("word", "processes"), [("deadly", 1), ("deadly", 2), ("faulty", 0), ("faulty", 2)])
def test_a_member_that_cannot_be_read_costs_itself(
    tmp_path: Path, settings: Settings, part: int, word: str, processes: int
) -> None:
    texts = [word if number == 5 else "harmless" for number in range(1, 9)]
    file = tarred(tmp_path / "feed.tar.gz", members(*texts))
    batch = read(Task((file,), part), settings, processes)
    assert [record.accession[-1] for record in batch.submissions] == list("1234678")
    skipped, given_up = (record.problem for record in batch.problems)
    assert (skipped.kind, given_up.kind) == (ProblemKind.NOT_A_SUBMISSION, ProblemKind.UNREADABLE_FILE)
    assert given_up.source == f"{file.path} > 2.nc (4)" and ", twice" in given_up.message
    assert "--retry" in given_up.outcome
    assert [record.outcome for record in batch.files] == ["read"]


def test_an_archive_without_submissions_is_skipped(tmp_path: Path, settings: Settings) -> None:
    batch = read(Task((tarred(tmp_path / "feed.tar", [("notes.md", b"none")]),), PART), settings, 2)
    assert [record.outcome for record in batch.files] == ["skipped"]
    assert [record.problem.kind for record in batch.problems] == [ProblemKind.NOT_A_SUBMISSION]


def test_an_archive_that_breaks_off_keeps_what_was_read(tmp_path: Path, settings: Settings) -> None:
    whole = tarred(tmp_path / "feed.tar", members(*["harmless"] * 8))
    content = Path(whole.path).read_bytes()
    Path(whole.path).write_bytes(content[: content.index(b"0009000077-17-000006") + 20])
    batch = read(Task((listed(Path(whole.path)),), PART), settings, 2)
    assert [record.accession[-1] for record in batch.submissions] == list("12345")
    assert batch.problems[-1].problem.kind is ProblemKind.UNREADABLE_FILE


def test_what_all_readers_take_counts_against_the_time_of_the_archive(tmp_path: Path, settings: Settings) -> None:
    file = tarred(tmp_path / "feed.tar", members(*["slow"] * 12))
    bounded = Settings(settings.folder, Limits(file_seconds=2.0), builder=settings.builder)
    batch = read(Task((file,), PART), bounded, 2)
    assert batch.problems[-1].problem.kind is ProblemKind.OVER_LIMIT
    assert 0 < len(batch.submissions) < 12


def test_when_asked_to_stop_the_archive_at_hand_is_read_to_its_end(tmp_path: Path, settings: Settings) -> None:
    first, second = (tarred(tmp_path / name, members(*["harmless"] * 6)) for name in ("a.tar", "b.tar"))
    stop = Stop()

    def after_one(submissions: int, size: int) -> None:
        stop.requested = submissions >= 1

    [batch] = read_in_workers([Task((first,), PART), Task((second,), PART)], settings, after_one, stop, processes=2)
    assert len(batch.submissions) == 6 and batch.files[0].path == first.path


def test_progress_counts_members_and_the_bytes_of_the_archive(tmp_path: Path, settings: Settings) -> None:
    file = tarred(tmp_path / "feed.tar", members(*["harmless"] * 6))
    told: list[tuple[int, int]] = []
    list(read_in_workers([Task((file,), PART)], settings, lambda *done: told.append(done), Stop(), processes=2))
    assert told[-1] == (6, file.size)


def test_one_member_is_held_ahead_of_being_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, read_so_far = tarred(tmp_path / "feed.tar", members(*["harmless"] * 6)), list[str]()
    submission_file = walking._submission_file

    def noted(source: str, pieces: Any) -> Any:
        read_so_far.append(source)
        return submission_file(source, pieces)

    monkeypatch.setattr(walking, "_submission_file", noted)
    queue = Queue([Task((file,), PART)], Limits())
    work = queue.next()
    assert work is not None
    for handed in range(1, 3):
        assert work.next() is not None
        queue.read_ahead()
        queue.read_ahead()
        assert len(read_so_far) == handed + 1
    queue.close()


def test_files_are_handed_out_up_to_a_bound_and_read_again_with_those_before(tmp_path: Path) -> None:
    for name in "abcdef":
        (tmp_path / name).write_text("none")
    a, b, c, d, e, f = (listed(tmp_path / name) for name in "abcdef")
    queue = Queue([*(Task((each,), share_bytes=12) for each in (a, b, c, d, e)), Task((f,))], Limits())
    work, other = queue.next(), queue.next()
    assert work is not None and other is not None
    assert [task and task.files for task in (work.next(), other.next(), work.next())] == [(c,), (d,), (e,)]
    assert (work.next(), other.next()) == (None, None)
    queue.failed(work, Failure(1, 0, "it died"))
    assert [each and each.task for each in (queue.next(), queue.next(), queue.next())] == [
        Task((a, e)), Task((c,)), Task((f,)),
    ]  # fmt: skip


def test_a_file_that_fails_is_read_alone_once(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_text("none")
    file, other = listed(tmp_path / "a"), listed(tmp_path / "b")
    queue = Queue([Task((other, file))], Limits())
    work = queue.next()
    assert work is not None
    queue.failed(work, Failure(1, 0, "it died"))
    again = [queue.next(), queue.next()]
    assert [each and each.task for each in again] == [Task((other,)), Task((file,))]
    assert again[1] is not None
    queue.failed(again[1], Failure(0, 0, "it died"))
    [given_up] = queue.finished()
    assert [record.path for record in given_up.files] == [file.path] and queue.next() is None
