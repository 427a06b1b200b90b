"""What a worker makes of a file: every submission in it under a name of its own, within the bounds, and its sha256."""

import hashlib
import tarfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from indexer.corpus.walking import CorpusFile
from indexer.errors import ProblemKind
from indexer.extract.document import DocumentText
from indexer.limits import Limits
from indexer.workers import worker
from indexer.workers.task import Task
from indexer.workers.worker import Batch, Settings, read_task

Write = Callable[..., Path]


class Unwatched:
    """Watches nothing."""

    stopped = False

    def begin(self, index: int, member: int) -> None:
        pass

    def advance(self, submissions: int, size: int) -> None:
        pass

    def beat(self) -> None:
        pass


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "index").mkdir()
    return Settings(tmp_path / "index")


def listed(path: Path) -> CorpusFile:
    return CorpusFile.of(str(path), path.stat())


def read(settings: Settings, *paths: Path) -> Batch:
    return read_task(Task(tuple(map(listed, paths))), settings, Unwatched())


def archive(path: Path, *members: tuple[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as writer:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            writer.addfile(member, BytesIO(content))
    return path


def test_a_file_is_recorded_with_the_sha256_of_its_bytes(settings: Settings, write: Write, filings: Path) -> None:
    plain = write(1, "One.")
    packed = archive(filings / "feed.tar.gz", ("a.nc", plain.read_bytes()), ("b.nc", plain.read_bytes()))
    (filings / "notes.md").write_text("none")
    batch = read(settings, plain, packed, filings / "notes.md")
    assert [record.sha256 for record in batch.files] == [
        hashlib.sha256(Path(record.path).read_bytes()).hexdigest() for record in batch.files
    ]
    assert [record.outcome for record in batch.files] == ["read", "read", "skipped"]
    assert all(record.checked_ns > 0 for record in batch.files)


def test_a_file_that_changed_since_it_was_listed_has_no_sha256(settings: Settings, write: Write) -> None:
    path = write(1, "One.")
    file = listed(path)
    path.write_bytes(path.read_bytes() + b"\n")
    batch = read_task(Task((file,)), settings, Unwatched())
    assert [(record.outcome, record.sha256) for record in batch.files] == [("read", "")]


def test_members_of_one_name_are_told_apart(settings: Settings, write: Write, filings: Path) -> None:
    content = write(1, "One.").read_bytes()
    path = archive(filings / "feed.tar.gz", ("a.nc", content), ("a.nc", content.replace(b"One", b"Two")))
    batch = read(settings, path)
    assert [record.source for record in batch.submissions] == [f"{path} > a.nc", f"{path} > a.nc (2)"]
    assert len({record.sha256 for record in batch.submissions}) == 2


def test_a_document_that_takes_too_long_is_left_out(
    settings: Settings, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = worker.read_document

    def slow(document: Any, **options: Any) -> DocumentText:
        if b"slow" in document.content:
            endless()
        return real(document, **options)

    monkeypatch.setattr(worker, "read_document", slow)
    path = write(1, "quick", "slow", "quick again")
    batch = read(Settings(settings.folder, Limits(document_seconds=0.2)), path)
    [record] = batch.submissions
    assert (record.documents, record.text, record.unread) == (3, 2, 1)
    [problem] = [record.problem for record in batch.problems]
    assert (problem.kind, problem.place) == (ProblemKind.OVER_LIMIT, "document 2 (d2.txt)")
    assert problem.message == "reading takes longer than 0.2 s"


def endless(*arguments: Any, **options: Any) -> Any:
    while True:
        sum(range(1000))


def test_where_only_the_sections_take_too_long_the_text_is_kept(
    settings: Settings, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "sectioned", endless)
    batch = read(Settings(settings.folder, Limits(document_seconds=0.2)), write(1, "quick"))
    [record] = batch.submissions
    assert (record.documents, record.text, record.characters) == (1, 1, len("quick"))
    [problem] = [record.problem for record in batch.problems]
    assert (problem.kind, problem.outcome) == (ProblemKind.OVER_LIMIT, "kept without sections")
    assert problem.message == "reading takes longer than 0.2 s"


def test_a_submission_has_a_time_of_its_own(settings: Settings, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    real = worker.read_document

    def slow(document: Any, **options: Any) -> DocumentText:
        return endless() if b"slow" in document.content else real(document, **options)

    monkeypatch.setattr(worker, "read_document", slow)
    bounds = Limits(document_seconds=60, submission_seconds=0.3)
    batch = read(Settings(settings.folder, bounds), write(1, "quick", "slow", "quick again"), write(2, "the next"))
    first, second = batch.submissions
    assert (first.documents, first.text, first.unread) == (3, 1, 2)
    assert (second.documents, second.text) == (1, 1)
    said = [(record.problem.place, record.problem.message) for record in batch.problems]
    assert said == [
        (f"document {number} (d{number}.txt)", "reading the submission takes longer than 0.3 s") for number in (2, 3)
    ]


def test_waiting_is_not_reading(settings: Settings, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    real = worker.read_document

    def waiting(document: Any, **options: Any) -> DocumentText:
        time.sleep(0.5)
        return real(document, **options)

    monkeypatch.setattr(worker, "read_document", waiting)
    batch = read(Settings(settings.folder, Limits(document_seconds=0.3)), write(1, "quick"))
    assert [record.text for record in batch.submissions] == [1]
    assert batch.problems == []


def test_a_submission_that_cannot_be_taken_apart_in_time_is_left_out(
    settings: Settings, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "parse_submission", endless)
    batch = read(Settings(settings.folder, Limits(document_seconds=0.1)), write(1, "One."))
    assert [record.outcome for record in batch.files] == ["read"]
    assert [(record.problem.kind, record.problem.outcome) for record in batch.problems] == [
        (ProblemKind.OVER_LIMIT, "the submission left out")
    ]
    assert batch.segments == []


def test_a_segment_is_finished_when_it_is_large_enough(settings: Settings, write: Write) -> None:
    paths = [write(number, "word " * 100) for number in range(1, 5)]
    assert len(read(Settings(settings.folder, words=150), *paths).segments) == 2
    assert len(read(settings, *paths).segments) == 1
