"""The manifest answers for the generation the index is at: not for one that was never committed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.errors import Problem, ProblemKind, UnusableIndexError
from indexer.manifest.database import connect
from indexer.manifest.manifest import FILE, Manifest
from indexer.manifest.recording import Recorder
from indexer.manifest.records import Commit, FileRecord, Outcome, ProblemRecord, SubmissionRecord


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


def recorded(folder: Path, at: int, *paths: str) -> Recorder:
    """A recorder with these files prepared for the next generation."""
    recorder = Recorder.create(folder, at=at)
    recorder.record(
        files=map(file, paths), submissions=[submission(path) for path in paths], problems=map(problem, paths)
    )
    recorder.prepare("2017-03-08T12:00:00+00:00", "test")
    return recorder


def files_at(folder: Path, at: int) -> list[str]:
    with closing(Manifest.open(folder, at=at)) as manifest:
        return list(manifest.files())


def test_what_was_prepared_holds_from_the_next_generation_on(tmp_path: Path) -> None:
    recorder = recorded(tmp_path, 0, "a.txt")
    assert files_at(tmp_path, 0) == []
    with closing(Manifest.open(tmp_path, at=1)) as manifest:
        assert manifest.files() == {"a.txt": file("a.txt")}
        assert list(manifest.submissions()) == manifest.copies("0009000077-17-000001") == [submission("a.txt")]
        assert list(manifest.problems()) == [problem("a.txt")]
    recorder.close()


def test_what_was_not_prepared_is_not_there(tmp_path: Path) -> None:
    recorder = Recorder.create(tmp_path, at=0)
    recorder.record(files=[file("a.txt")])
    recorder.close()
    assert files_at(tmp_path, 1) == []


def test_a_commit_that_never_happened_is_taken_back(tmp_path: Path) -> None:
    recorder = recorded(tmp_path, 0, "a.txt")
    recorder.committed()
    recorder.forget("a.txt")
    recorder.record(files=[file("b.txt")])
    recorder.prepare("2017-03-08T12:00:30+00:00", "test")
    recorder.close()
    assert files_at(tmp_path, 2) == ["b.txt"]
    Recorder.create(tmp_path, at=1).close()
    assert files_at(tmp_path, 2) == ["a.txt"]


def test_an_earlier_generation_stays_answerable(tmp_path: Path) -> None:
    recorder = recorded(tmp_path, 0, "a.txt")
    recorder.committed()
    recorder.forget("a.txt")
    recorder.prepare("2017-03-08T12:00:30+00:00", "test")
    recorder.close()
    then, now = Manifest.open(tmp_path, at=1), Manifest.open(tmp_path, at=2)
    assert (list(then.files()), list(now.files())) == (["a.txt"], [])
    assert (then.status().submissions, now.status().submissions) == (1, 0)
    assert now.status(at=1) == then.status()
    assert then.status().committed == "2017-03-08T12:00:00+00:00"
    assert list(now.commits()) == [
        Commit(1, "2017-03-08T12:00:00+00:00", "test", added=1, removed=0),
        Commit(2, "2017-03-08T12:00:30+00:00", "test", added=0, removed=1),
    ]
    then.close()
    now.close()


def test_what_was_recorded_and_forgotten_before_a_commit_was_never_there(tmp_path: Path) -> None:
    recorder = Recorder.create(tmp_path, at=0)
    recorder.record(files=[file("a.txt"), file("b.txt")], submissions=[submission("a.txt"), submission("b.txt")])
    recorder.forget("a.txt")
    recorder.set_kept(submission("b.txt"), kept=False)
    recorder.prepare("now", "test")
    recorder.close()
    with closing(Manifest.open(tmp_path, at=1)) as manifest:
        assert list(manifest.submissions()) == [submission("b.txt", kept=False)]
        assert [commit.added for commit in manifest.commits()] == [0]


def test_a_file_to_be_read_again_says_so_until_it_is(tmp_path: Path) -> None:
    recorder = recorded(tmp_path, 0, "a.txt")
    recorder.committed()
    recorder.read_again("a.txt")
    assert recorder.to_read_again() == ["a.txt"]
    assert recorder.files() == {"a.txt": file("a.txt", outcome=Outcome.AGAIN)}
    assert list(recorder.submissions()) == [submission("a.txt")]
    recorder.close()


def test_new_times_are_noted_for_every_generation_at_once(tmp_path: Path) -> None:
    recorder = recorded(tmp_path, 0, "a.txt")
    recorder.committed()
    recorder.refresh([file("a.txt", mtime_ns=6, ctime_ns=7, checked_ns=8)])
    recorder.close()
    with closing(Manifest.open(tmp_path, at=1)) as manifest:
        assert manifest.files() == {"a.txt": file("a.txt", mtime_ns=6, ctime_ns=7, checked_ns=8)}


def test_totals_are_those_of_what_is_kept(tmp_path: Path) -> None:
    recorder = Recorder.create(tmp_path, at=0)
    copies = [submission("a.txt", documents=3, text=2, unread=1), submission("b.txt", kept=False)]
    recorder.record(
        files=[file("a.txt"), file("b.txt"), file("c.txt", outcome="failed")],
        submissions=copies,
        problems=[problem("b.txt"), problem("gone", ProblemKind.UNREADABLE_FILE)],
    )
    status = recorder.status()
    assert (status.files, status.failed, status.submissions, status.copies) == (3, 1, 1, 1)
    assert (status.documents, status.text, status.unread, status.problems) == (3, 2, 1, 2)
    assert (status.first_filed, status.last_filed) == (20170308, 20170308)
    assert recorder.forms() == [("8-K", 1)]
    assert recorder.problem_kinds() == [("unplaced", 1), ("unreadable-file", 1)]
    assert list(recorder.problems("unplaced")) == [problem("b.txt")]
    assert recorder.unlisted() == {"gone": problem("gone", ProblemKind.UNREADABLE_FILE).problem}
    assert recorder.with_problems(ProblemKind.UNREADABLE_FILE, ProblemKind.TRUNCATED) == {"gone"}
    recorder.close()


def test_what_no_database_can_hold_is_kept_readable(tmp_path: Path) -> None:
    recorded(tmp_path, 0, "half a pair \ud83d.txt").close()
    assert files_at(tmp_path, 1) == ["half a pair \\ud83d.txt"]


def test_whoever_leaves_before_the_last_row_leaves_in_silence(tmp_path: Path) -> None:
    recorded(tmp_path, 0, "a.txt", "b.txt").close()
    with closing(Manifest.open(tmp_path, at=1)) as manifest:
        rows = manifest.problems()
        assert next(rows) == problem("a.txt")
    rows.close()  # as when it is forgotten


def test_none_and_a_damaged_one_are_errors_that_say_so(tmp_path: Path) -> None:
    with pytest.raises(UnusableIndexError, match="no manifest"):
        Manifest.open(tmp_path, at=0)
    (tmp_path / FILE).write_bytes(b"not a database, by any means" * 100)
    for call in (Manifest.open, Recorder.create):
        with pytest.raises(UnusableIndexError, match=f"{FILE} is damaged"):
            call(tmp_path, at=0)


@pytest.mark.parametrize("first", [b"q", b"\x8b"])
@pytest.mark.parametrize("name", [b"unread", b"submission", b"committed", b"generation"])
def test_a_name_that_is_another_is_damage(tmp_path: Path, name: bytes, first: bytes) -> None:
    """Also one that is no text, of which SQLite's module says what it says of a full disk: an OperationalError."""
    recorded(tmp_path, 0, "a.txt").close()
    content = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(content.replace(name, first + name[1:]))
    with pytest.raises(UnusableIndexError, match="damaged"):
        Recorder.create(tmp_path, at=1)


def test_damage_in_the_middle_is_found_by_the_check(tmp_path: Path) -> None:
    recorded(tmp_path, 0, *(f"{number}.txt" for number in range(300))).close()
    content = bytearray((tmp_path / FILE).read_bytes())
    assert len(content) > 40_000
    content[9000:30_000] = bytes(21_000)
    (tmp_path / FILE).write_bytes(content)
    with closing(Manifest.open(tmp_path, at=1)) as manifest:
        assert manifest.check()


def test_a_row_that_says_something_else_is_found_by_the_check(tmp_path: Path) -> None:
    recorder = recorded(tmp_path, 0, "a.txt", "b.txt")
    recorder.committed()
    recorder.refresh([file("a.txt", mtime_ns=6)])
    recorder.set_kept(submission("b.txt"), kept=False)
    recorder.prepare("now", "test")
    assert recorder.check() == []
    recorder.close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("UPDATE submission SET characters = 8 WHERE path = 'a.txt'")
    with closing(Manifest.open(tmp_path, at=1)) as manifest:
        assert manifest.check() == ["rows of the table submission are not as they were written"]


CHANGES = {
    "a value": ("UPDATE submission SET characters = 8 WHERE path = 'a.txt'", "submission"),
    "since when": ("UPDATE problem SET added = 0", "problem"),
    "until when": ("UPDATE file SET removed = 1 WHERE path = 'a.txt'", "file"),
    "a row that is gone": ("DELETE FROM submission WHERE path = 'b.txt'", "submission"),
    "a row that is there twice": ("INSERT INTO file SELECT * FROM file WHERE path = 'b.txt'", "file"),
    "a commit": ("UPDATE generation SET program = 'other'", "generation"),
    "the digest": ("UPDATE digest SET total = total + 1 WHERE name = 'problem'", "problem"),
}
ASKED: dict[str, Callable[[Manifest], object]] = {
    "submission": lambda manifest: [*manifest.submissions()],
    "problem": Manifest.problem_kinds,
    "file": Manifest.files,
    "generation": Manifest.begun,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_rests_on_altered_rows_is_not_answered(tmp_path: Path, change: str) -> None:
    recorded(tmp_path, 0, "a.txt", "b.txt").close()
    sql, altered = CHANGES[change]
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute(sql)
    with closing(Manifest.open(tmp_path, at=1)) as manifest:
        for table, ask in ASKED.items():
            if table == altered:
                for _ in range(2):
                    with pytest.raises(UnusableIndexError, match=f"damaged .rows of the table {table} are not as"):
                        ask(manifest)
            else:
                assert ask(manifest)
        with pytest.raises(UnusableIndexError, match="damaged"):
            manifest.status()
        with pytest.raises(UnusableIndexError, match="damaged"):
            manifest.verify()


def test_damage_is_not_written_over(tmp_path: Path) -> None:
    recorded(tmp_path, 0, "a.txt", "b.txt").close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("UPDATE submission SET characters = 8 WHERE path = 'a.txt'")
    recorder = Recorder.create(tmp_path, at=1)
    recorder.forget("a.txt")
    recorder.record(files=[file("c.txt")])
    recorder.prepare("later", "test")
    recorder.close()
    with closing(Manifest.open(tmp_path, at=2)) as manifest, pytest.raises(UnusableIndexError, match="submission"):
        manifest.status()


def test_one_without_digests_is_refused(tmp_path: Path) -> None:
    recorded(tmp_path, 0, "a.txt").close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("DROP TABLE digest")
    for call in (Manifest.open, Recorder.create):
        with pytest.raises(UnusableIndexError, match=r"another version.*indexer build --rebuild"):
            call(tmp_path, at=1)


def test_one_of_another_version_is_refused(tmp_path: Path) -> None:
    recorded(tmp_path, 0, "a.txt").close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    for call in (Manifest.open, Recorder.create):
        with pytest.raises(UnusableIndexError, match="another version"):
            call(tmp_path, at=1)


def test_it_is_read_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = recorded(tmp_path, 0, "a.txt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.manifest.database.connect", _refusing("mode=ro"))
        assert files_at(tmp_path, 1) == ["a.txt"]  # copied, with what a writer has not yet put into it
        recorder.close()
        assert not (tmp_path / f"{FILE}-wal").exists()
        assert files_at(tmp_path, 1) == ["a.txt"]


def _refusing(mode: str) -> Callable[[Path, str], sqlite3.Connection]:
    """As SQLite does that cannot make a file beside the database."""

    def refuse(path: Path, asked: str) -> sqlite3.Connection:
        if asked == mode:
            raise sqlite3.OperationalError("unable to open database file")
        return connect(path, asked)

    return refuse
