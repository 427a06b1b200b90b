"""The manifest: which files were read, what came of each, and what went wrong, by generation (SQLite).

Every row says from which generation of the index it holds (`added`) and from which it no longer does (`removed`).
Rows are written just before the index commits that generation; a reader asks for the generation the index is at,
so a commit that never happened shows nothing, and the next writer takes its rows back. What was covered at an
earlier generation stays answerable. No engine here, and no reading of submissions.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any, Self, TypeVar

from indexer.errors import Problem, ProblemKind, UnusableIndexError

FILE = "manifest.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS generation (number INTEGER PRIMARY KEY, committed TEXT, program TEXT);
CREATE TABLE IF NOT EXISTS file (
    path TEXT, size INTEGER, mtime_ns INTEGER, sha256 TEXT, outcome TEXT, added INTEGER, removed INTEGER);
CREATE TABLE IF NOT EXISTS submission (
    accession TEXT, source TEXT, path TEXT, sha256 TEXT, bytes INTEGER, form TEXT, filed INTEGER, characters INTEGER,
    documents INTEGER, text INTEGER, empty INTEGER, binary INTEGER, rendered INTEGER, unread INTEGER,
    kept INTEGER, added INTEGER, removed INTEGER);
CREATE TABLE IF NOT EXISTS problem (
    path TEXT, accession TEXT, kind TEXT, message TEXT, source TEXT, place TEXT, outcome TEXT,
    added INTEGER, removed INTEGER);
CREATE INDEX IF NOT EXISTS file_path ON file (path);
CREATE INDEX IF NOT EXISTS submission_accession ON submission (accession);
CREATE INDEX IF NOT EXISTS submission_path ON submission (path);
CREATE INDEX IF NOT EXISTS problem_path ON problem (path);
"""
_HISTORIES = ("file", "submission", "problem")
_HOLDS = "added <= :at AND (removed IS NULL OR removed > :at)"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of the corpus as it was when it was read."""

    path: str
    size: int
    mtime_ns: int
    sha256: str
    """Of the file's bytes; empty for an archive, whose members have their own."""
    outcome: str
    """`read`, `skipped` (it holds no submission) or `failed`."""


@dataclass(frozen=True, slots=True)
class SubmissionRecord:
    """A submission of the corpus and what became of its documents."""

    accession: str
    source: str
    path: str
    sha256: str
    bytes: int
    form: str
    filed: int | None
    characters: int
    """Of text, over all documents."""
    documents: int
    text: int
    """Documents that ended as text; the five together are `documents`."""
    empty: int
    binary: int
    rendered: int
    unread: int
    kept: bool = True
    """False: a copy of a submission that another file holds more fully."""

    @property
    def fullness(self) -> tuple[int, int, int]:
        """By which the fuller of two copies is told: documents, text, bytes."""
        return self.documents, self.characters, self.bytes


@dataclass(frozen=True, slots=True)
class ProblemRecord:
    """A problem, and the file and submission it belongs to."""

    path: str
    accession: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Status:
    """What is in the index at one generation."""

    generation: int
    committed: str
    """When, ISO 8601 in UTC; empty for an index without commits."""
    program: str
    files: int
    skipped: int
    failed: int
    submissions: int
    copies: int
    bytes: int
    characters: int
    documents: int
    text: int
    empty: int
    binary: int
    rendered: int
    unread: int
    problems: int
    first_filed: int | None
    last_filed: int | None


Record = TypeVar("Record", FileRecord, SubmissionRecord)


class Manifest:
    """The manifest of one index, asked as of one generation."""

    def __init__(self, connection: sqlite3.Connection, *, at: int) -> None:
        self._connection = connection
        self.at = at
        """The generation asked for; a writer raises it after each commit."""

    @classmethod
    def open(cls, folder: Path, *, at: int) -> Self:
        """For reading; UnusableIndexError when there is none or it is damaged."""
        path = folder / FILE
        if not path.is_file():
            raise UnusableIndexError(f"{folder} has no manifest: build the index anew with `indexer build`")
        return cls(_connect(f"{path.resolve().as_uri()}?mode=ro"), at=at)

    @classmethod
    def create(cls, folder: Path, *, at: int) -> Self:
        """For the one writer: makes what is missing, and takes back rows of a commit that never happened."""
        connection = _connect((folder / FILE).resolve().as_uri())
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
            _take_back(connection, at)
        except sqlite3.Error as error:
            raise UnusableIndexError(f"{folder / FILE} cannot be written ({error})") from error
        return cls(connection, at=at)

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    # What is covered

    def files(self) -> dict[str, FileRecord]:
        """Every file, by path."""
        return {record.path: record for record in self._records(FileRecord, "file")}

    def submissions(self) -> Iterator[SubmissionRecord]:
        """Every submission the index holds, and every copy it passed over."""
        return self._records(SubmissionRecord, "submission")

    def holding(self, accession: str) -> SubmissionRecord | None:
        """The copy of a submission that the index will hold from the next generation on."""
        wanted = {"at": self.at + 1, "accession": accession}
        return next(
            self._records(SubmissionRecord, "submission", "AND kept AND accession = :accession", **wanted), None
        )

    def submissions_of(self, path: str) -> list[SubmissionRecord]:
        """The submissions and copies that were read from a file."""
        return list(self._records(SubmissionRecord, "submission", "AND path = :path", path=path))

    def passed_over_for(self, path: str) -> list[str]:
        """Files that hold a copy of a submission the index took from this file."""
        rows = self._ask(
            f"SELECT DISTINCT path FROM submission WHERE NOT kept AND path != :path AND {_HOLDS} AND accession IN "
            f"(SELECT accession FROM submission WHERE kept AND path = :path AND {_HOLDS})",
            path=path,
        )
        return [other for (other,) in rows]

    def problems(self) -> Iterator[ProblemRecord]:
        """Every problem, in the order they were met."""
        rows = self._ask(f"SELECT * FROM problem WHERE {_HOLDS} ORDER BY rowid")
        for path, accession, kind, *rest, _added, _removed in rows:
            yield ProblemRecord(path, accession, Problem(ProblemKind(kind), *rest))

    def status(self) -> Status:
        """Totals."""
        sums = ", ".join(f"COALESCE(SUM({name}), 0)" for name in _SUMMED)
        held = self._row(f"SELECT COUNT(*), {sums}, MIN(filed), MAX(filed) FROM submission WHERE kept AND {_HOLDS}")
        copies = self._row(f"SELECT COUNT(*) FROM submission WHERE NOT kept AND {_HOLDS}")
        files = self._row(
            f"SELECT COUNT(*), COALESCE(SUM(outcome = 'skipped'), 0), COALESCE(SUM(outcome = 'failed'), 0) "
            f"FROM file WHERE {_HOLDS}"
        )
        problems = self._row(f"SELECT COUNT(*) FROM problem WHERE {_HOLDS}")
        made = self._row("SELECT committed, program FROM generation WHERE number = :at") or ("", "")
        return Status(*(self.at, *made, *files, held[0], *copies, *held[1:-2], *problems, *held[-2:]))

    def forms(self) -> list[tuple[str, int]]:
        """Form types and how many submissions have each, most frequent first."""
        return [
            (str(form), int(count))
            for form, count in self._ask(
                f"SELECT form, COUNT(*) FROM submission WHERE kept AND {_HOLDS} GROUP BY form ORDER BY 2 DESC, 1"
            )
        ]

    def problem_kinds(self) -> list[tuple[str, int]]:
        """Kinds of problem and how many there are of each, most frequent first."""
        return [
            (str(kind), int(count))
            for kind, count in self._ask(
                f"SELECT kind, COUNT(*) FROM problem WHERE {_HOLDS} GROUP BY kind ORDER BY 2 DESC, 1"
            )
        ]

    def added_since(self, generation: int) -> set[str]:
        """Accession numbers of the submissions that the index holds and did not hold, or not so, at a generation."""
        sql = f"SELECT accession FROM submission WHERE kept AND {_HOLDS} AND added > :since"
        return {accession for (accession,) in self._ask(sql, since=generation)}

    def troubled(self, kinds: Iterable[ProblemKind]) -> set[str]:
        """Accession numbers of the submissions that have a problem of one of these kinds."""
        among = ", ".join(f"'{kind}'" for kind in kinds)
        rows = self._ask(f"SELECT DISTINCT accession FROM problem WHERE kind IN ({among}) AND {_HOLDS}")
        return {accession for (accession,) in rows}

    def begun(self) -> str:
        """When the index was first committed to, ISO 8601 in UTC: tells it from one built anew in its place."""
        return str(self._row("SELECT COALESCE(MIN(committed), '') FROM generation")[0])

    # Recording the next generation

    def forget(self, path: str) -> None:
        """From the next generation on, nothing was read from this file."""
        for table in _HISTORIES:
            self._connection.execute(
                f"UPDATE {table} SET removed = :next WHERE path = :path AND {_HOLDS}",
                {"next": self.at + 1, "path": path, "at": self.at},
            )
            self._connection.execute(f"DELETE FROM {table} WHERE path = ? AND added > ?", (path, self.at))

    def set_kept(self, record: SubmissionRecord, *, kept: bool) -> None:
        """From the next generation on, the index holds this copy, or passes over it."""
        self._connection.execute(
            f"UPDATE submission SET removed = :next WHERE accession = :accession AND source = :source AND {_HOLDS}",
            {"next": self.at + 1, "accession": record.accession, "source": record.source, "at": self.at},
        )
        self._connection.execute(
            "DELETE FROM submission WHERE accession = ? AND source = ? AND added > ?",
            (record.accession, record.source, self.at),
        )
        self._insert("submission", (*astuple(record)[:-1], kept))

    def record(
        self,
        files: Iterable[FileRecord],
        submissions: Iterable[SubmissionRecord],
        problems: Iterable[ProblemRecord],
    ) -> None:
        """From the next generation on, these hold."""
        for file in files:
            self._insert("file", astuple(file))
        for submission in submissions:
            self._insert("submission", astuple(submission))
        for each in problems:
            said = each.problem
            place = (said.kind.value, said.message, said.source, said.place, said.outcome)
            self._insert("problem", (each.path, each.accession, *place))

    def _insert(self, table: str, values: tuple[Any, ...]) -> None:
        marks = ", ".join("?" * (len(values) + 2))
        self._connection.execute(f"INSERT INTO {table} VALUES ({marks})", (*map(_storable, values), self.at + 1, None))

    def prepare(self, committed: str, program: str) -> None:
        """Have the next generation's rows on disk; call just before the index commits it."""
        self._connection.execute("INSERT INTO generation VALUES (?, ?, ?)", (self.at + 1, committed, program))
        self._connection.commit()

    # SQL

    def _records(self, kind: type[Record], table: str, condition: str = "", **values: object) -> Iterator[Record]:
        names = ", ".join(field.name for field in fields(kind))
        for row in self._ask(f"SELECT {names} FROM {table} WHERE {_HOLDS} {condition} ORDER BY rowid", **values):
            yield kind(*row)

    def _row(self, sql: str) -> tuple[Any, ...]:
        return next(self._ask(sql), ())

    def _ask(self, sql: str, **values: object) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection.execute(sql, {"at": self.at, **values})
        except sqlite3.DatabaseError as error:
            raise UnusableIndexError(f"the manifest is damaged ({error}): run `indexer verify`") from error


_SUMMED = ("bytes", "characters", "documents", "text", "empty", "binary", "rendered", "unread")


def _take_back(connection: sqlite3.Connection, at: int) -> None:
    with connection:
        for table in _HISTORIES:
            connection.execute(f"DELETE FROM {table} WHERE added > ?", (at,))
            connection.execute(f"UPDATE {table} SET removed = NULL WHERE removed > ?", (at,))
        connection.execute("DELETE FROM generation WHERE number > ?", (at,))


def _connect(uri: str) -> sqlite3.Connection:
    try:
        return sqlite3.connect(uri, uri=True)
    except sqlite3.Error as error:
        raise UnusableIndexError(f"{uri} cannot be opened ({error})") from error


def printable(text: str) -> str:
    """Text that SQLite and a terminal can hold: bytes of a file name that are no UTF-8 become `\\xNN`."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _storable(value: object) -> object:
    return printable(value) if isinstance(value, str) else value
