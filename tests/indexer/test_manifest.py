"""The manifest answers for the generation the index is at: not for one that was never committed."""

from pathlib import Path

import pytest

from indexer.errors import Problem, ProblemKind, UnusableIndexError
from indexer.manifest import FILE, FileRecord, Manifest, ProblemRecord, SubmissionRecord


def file(path: str, **changes: object) -> FileRecord:
    return FileRecord(**{"path": path, "size": 10, "mtime_ns": 5, "sha256": "ab", "outcome": "read", **changes})  # type: ignore[arg-type]


def submission(path: str, accession: str = "0009000077-17-000001", **changes: object) -> SubmissionRecord:
    values = {
        **{"accession": accession, "source": path, "path": path, "sha256": "ab", "bytes": 10, "form": "8-K"},
        **{"filed": 20170308, "characters": 7, "documents": 1},
        **{"text": 1, "empty": 0, "binary": 0, "rendered": 0, "unread": 0},
        **changes,
    }
    return SubmissionRecord(**values)  # type: ignore[arg-type]


def problem(path: str, kind: ProblemKind = ProblemKind.UNPLACED) -> ProblemRecord:
    return ProblemRecord(path, "", Problem(kind, "a line without a place", path, "line 3", "kept"))


def prepared(folder: Path, at: int, *paths: str) -> Manifest:
    """A manifest with these files prepared for the next generation."""
    manifest = Manifest.create(folder, at=at)
    manifest.record(map(file, paths), map(submission, paths), map(problem, paths))
    manifest.prepare("2017-03-08T12:00:00+00:00", "test")
    return manifest


def test_what_was_prepared_holds_from_the_next_generation_on(tmp_path: Path) -> None:
    manifest = prepared(tmp_path, 0, "a.txt")
    assert (manifest.files(), list(manifest.submissions()), list(manifest.problems())) == ({}, [], [])
    manifest.at = 1
    assert manifest.files() == {"a.txt": file("a.txt")}
    assert list(manifest.submissions()) == [submission("a.txt")]
    assert list(manifest.problems()) == [problem("a.txt")]


def test_a_commit_that_never_happened_is_taken_back(tmp_path: Path) -> None:
    manifest = prepared(tmp_path, 0, "a.txt")
    manifest.at = 1
    manifest.forget("a.txt")
    manifest.record([file("b.txt")], [], [])
    manifest.prepare("2017-03-08T12:00:30+00:00", "test")
    manifest.close()
    again = Manifest.create(tmp_path, at=1)
    assert list(again.files()) == ["a.txt"]
    again.at = 2
    assert list(again.files()) == ["a.txt"]


def test_an_earlier_generation_stays_answerable(tmp_path: Path) -> None:
    manifest = prepared(tmp_path, 0, "a.txt")
    manifest.at = 1
    manifest.forget("a.txt")
    manifest.prepare("2017-03-08T12:00:30+00:00", "test")
    manifest.close()
    then, now = Manifest.open(tmp_path, at=1), Manifest.open(tmp_path, at=2)
    assert (list(then.files()), list(now.files())) == (["a.txt"], [])
    assert (then.status().submissions, now.status().submissions) == (1, 0)
    assert then.status().committed == "2017-03-08T12:00:00+00:00"


def test_totals_are_those_of_what_is_kept(tmp_path: Path) -> None:
    manifest = Manifest.create(tmp_path, at=0)
    copies = [submission("a.txt", documents=3, text=2, unread=1), submission("b.txt", kept=False)]
    manifest.record([file("a.txt"), file("b.txt"), file("c.txt", outcome="failed")], copies, [problem("b.txt")])
    manifest.prepare("now", "test")
    manifest.at = 1
    status = manifest.status()
    assert (status.files, status.failed, status.submissions, status.copies) == (3, 1, 1, 1)
    assert (status.documents, status.text, status.unread, status.problems) == (3, 2, 1, 1)
    assert (status.first_filed, status.last_filed, status.program) == (20170308, 20170308, "test")
    assert manifest.forms() == [("8-K", 1)]
    assert manifest.problem_kinds() == [("unplaced", 1)]


def test_a_name_that_is_no_unicode_is_kept_readable(tmp_path: Path) -> None:
    manifest = prepared(tmp_path, 0, "caf\udce9.txt")
    manifest.at = 1
    assert list(manifest.files()) == ["caf\\xe9.txt"]


def test_none_and_a_damaged_one_are_errors_that_say_so(tmp_path: Path) -> None:
    with pytest.raises(UnusableIndexError, match="no manifest"):
        Manifest.open(tmp_path, at=0)
    (tmp_path / FILE).write_bytes(b"not a database, by any means" * 100)
    with pytest.raises(UnusableIndexError, match=FILE):
        Manifest.create(tmp_path, at=0)
    with pytest.raises(UnusableIndexError, match="damaged"):
        Manifest.open(tmp_path, at=0).files()
