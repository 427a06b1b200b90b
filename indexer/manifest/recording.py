"""Write the manifest: what holds from the next generation on. One writer at a time; asking is in `manifest`.

Everything recorded waits in one transaction, which `prepare` ends just before the index commits. A process that dies
in between leaves nothing, and one that dies after it leaves rows of a generation the index never reached, which the
next recorder takes back.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any, Self

from indexer.errors import ProblemKind, UnusableIndexError, UnwritableIndexError
from indexer.manifest.database import DAMAGE, VERSION, checked, connect
from indexer.manifest.digests import SCHEMA, keep
from indexer.manifest.manifest import FILE, HISTORIES, HOLDS, TABLES, Manifest
from indexer.manifest.records import FileRecord, Outcome, ProblemRecord, SubmissionRecord, with_source
from indexer.storage.roots import Roots

LAYOUT = f"""
CREATE TABLE generation (number INTEGER PRIMARY KEY, committed TEXT, program TEXT);
{SCHEMA}
CREATE TABLE file (
    path TEXT, size INTEGER, mtime_ns INTEGER, sha256 TEXT, outcome TEXT, ctime_ns INTEGER, checked_ns INTEGER,
    added INTEGER, removed INTEGER);
CREATE TABLE submission (
    accession TEXT, source TEXT, path TEXT, sha256 TEXT, bytes INTEGER, form TEXT, filed INTEGER, characters INTEGER,
    documents INTEGER, text INTEGER, empty INTEGER, binary INTEGER, rendered INTEGER, unread INTEGER,
    kept INTEGER, added INTEGER, removed INTEGER);
CREATE TABLE problem (
    path TEXT, accession TEXT, kind TEXT, message TEXT, source TEXT, place TEXT, outcome TEXT,
    added INTEGER, removed INTEGER);
CREATE INDEX file_path ON file (path);
CREATE INDEX submission_accession ON submission (accession);
CREATE INDEX submission_path ON submission (path);
CREATE INDEX problem_path ON problem (path);
PRAGMA user_version = {VERSION};
"""
"""What makes the tables of a manifest."""


class Recorder(Manifest):
    """Record in the manifest, as its one writer; asked, it answers as of the next generation.

    What it is asked is not compared with the digests: damaged rows leave them wrong, whatever is written beside.
    """

    @classmethod
    def create(cls, folder: Path, *, at: int) -> Self:
        """Open it, make what is missing, and take back what was never committed; `at` is the index's generation."""
        path = folder / FILE
        try:
            connection = connect(path, "mode=rwc")
            _prepare(connection, path)
            _take_back(connection, at)
        except DAMAGE as error:
            if _is_refused(error):
                raise UnwritableIndexError(f"{path} cannot be written ({error})") from error
            raise UnusableIndexError(f"{path} is damaged ({error}): run `indexer verify`") from error
        return cls(connection, at=at + 1, roots=Roots.of(folder))

    def _check_first(self, tables: Iterable[str]) -> None:
        """Compare nothing: a build that finds nothing to do reads every row and takes twice as long otherwise."""

    def forget(self, path: str) -> None:
        """Record that nothing was read from this file."""
        for table in HISTORIES:
            self._remove(table, "path = :path", path=path)

    def forget_reading(self, path: str) -> None:
        """Take back the outcome and the problems of reading a file; what was found in it stays recorded."""
        for table in ("file", "problem"):
            self._remove(table, "path = :path", path=path)

    def forget_submission(self, accession: str) -> None:
        """Record that no copy of this submission was read; the files stay recorded, so that it is not read again."""
        for table in ("submission", "problem"):
            self._remove(table, "accession = :accession", accession=accession)

    def forget_copy(self, accession: str, source: str) -> None:
        """Record that the submission was not read from this source."""
        self._remove("submission", "accession = :accession AND source = :source", accession=accession, source=source)

    def forget_problems(self, accession: str, kind: ProblemKind) -> None:
        """Record that the submission has no problems of this kind."""
        self._remove("problem", "accession = :accession AND kind = :kind", accession=accession, kind=kind.value)

    def _remove(self, table: str, condition: str, **values: object) -> None:
        """End the rows of generations before here; those of the next never were."""
        values = {**self._named(values), "next": self.at}
        self._do(f"DELETE FROM {table} WHERE {condition} AND added = :next", values)
        self._do(f"UPDATE {table} SET removed = :next WHERE {condition} AND removed IS NULL", values)

    def set_kept(self, record: SubmissionRecord, *, kept: bool) -> None:
        """Record that the index holds this copy, or passes over it."""
        self.forget_copy(record.accession, record.source)
        self.record(submissions=[replace(record, kept=kept)])

    def read_again(self, path: str) -> None:
        """Record that the file is to be read by this build, or the next."""
        for file in self._records(FileRecord, "file", "AND path = :path", path=path):
            self._remove("file", "path = :path", path=path)
            self.record(files=[replace(file, outcome=Outcome.AGAIN.value)])

    def record(
        self,
        *,
        files: Iterable[FileRecord] = (),
        submissions: Iterable[SubmissionRecord] = (),
        problems: Iterable[ProblemRecord] = (),
    ) -> None:
        """Record files, submissions and problems that hold from the next generation on."""
        name = self.roots.name
        for file in files:
            self._insert("file", **_values(replace(file, path=name(file.path))))
        for each in submissions:
            self._insert("submission", **_values(replace(each, path=name(each.path), source=name(each.source))))
        for path, accession, said in ((each.path, each.accession, each.problem) for each in problems):
            self._insert(
                "problem",
                path=name(path),
                accession=accession,
                kind=said.kind.value,
                message=said.message,
                source=name(said.source),
                place=said.place,
                outcome=with_source(said.outcome, name),
            )

    def _insert(self, table: str, **values: Any) -> None:
        """Insert a row that holds from the next generation on; values by their columns."""
        kept = {column: _storable(value) for column, value in values.items()} | {"added": self.at}
        marks = ", ".join("?" * len(kept))
        self._do(f"INSERT INTO {table} ({', '.join(kept)}) VALUES ({marks})", tuple(kept.values()))

    def refresh(self, files: Iterable[FileRecord]) -> None:
        """Note new times of files whose content is what it was; true of every generation, and so written at once."""
        for file in (replace(each, path=self.roots.name(each.path)) for each in files):
            times = {"mtime": file.mtime_ns, "ctime": file.ctime_ns, "checked": file.checked_ns}
            self._do(
                f"UPDATE file SET mtime_ns = :mtime, ctime_ns = :ctime, checked_ns = :checked "
                f"WHERE path = :path AND {HOLDS}",
                {**times, "path": file.path, "at": self.at},
            )
        self._commit()

    def adopt(self, other: Path, *, at: int) -> None:
        """Record that what another manifest says at its generation `at` holds, and nothing else.

        A submission that is as it was keeps the generation it was added in.
        """
        self._do("ATTACH ? AS other", (f"{other.resolve().as_uri()}?mode=ro",))
        for table in HISTORIES:
            same = self._same(table) if table == "submission" else "0"
            columns = ", ".join(self._columns(table))
            holds = "theirs.added <= :at AND (theirs.removed IS NULL OR theirs.removed > :at)"
            self._do(
                f"UPDATE main.{table} AS ours SET removed = :next WHERE removed IS NULL AND NOT EXISTS "
                f"(SELECT 1 FROM other.{table} AS theirs WHERE {holds} AND {same})",
                {"at": at, "next": self.at},
            )
            self._do(
                f"INSERT INTO main.{table} SELECT {columns}, :next, NULL FROM other.{table} AS theirs WHERE {holds} "
                f"AND NOT EXISTS (SELECT 1 FROM main.{table} AS ours WHERE ours.removed IS NULL AND {same})",
                {"at": at, "next": self.at},
            )

    def _same(self, table: str) -> str:
        return " AND ".join(f"ours.{name} IS theirs.{name}" for name in self._columns(table))

    def _columns(self, table: str) -> list[str]:
        rows = self._connection.execute(f"SELECT name FROM pragma_table_info('{table}')")
        return [name for (name,) in rows if name not in ("added", "removed")]

    def prepare(self, committed: str, program: str) -> None:
        """Have the next generation's rows on disk; call just before the index commits it."""
        self._do("INSERT INTO generation VALUES (?, ?, ?)", (self.at, committed, program))
        self._commit()

    def committed(self) -> None:
        """Begin the next generation, the index having committed this one."""
        self.at += 1

    def _do(self, sql: str, values: Any) -> None:
        try:
            self._connection.execute(sql, values)
        except sqlite3.Error as error:
            raise _failed(error) from error

    def _commit(self) -> None:
        try:
            self._connection.commit()
        except sqlite3.Error as error:
            raise _failed(error) from error


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make tables where there are none; have each commit on disk before it returns."""
    empty = not connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    if empty:
        connection.executescript(f"BEGIN; {LAYOUT} COMMIT;")
    if _layout(checked(connection, path)) != _layout_made():
        connection.close()
        raise UnusableIndexError(f"{path} is damaged (its tables are not those that were made): run `indexer verify`")
    with connection:
        for table in TABLES:
            keep(connection, table)


def _layout(connection: sqlite3.Connection) -> list[tuple[bytes, ...]]:
    """List every table's columns, by name and type, as bytes: damaged ones may be no text."""
    return connection.execute(
        "SELECT CAST(made.name AS BLOB), CAST(has.name AS BLOB), CAST(has.type AS BLOB)"
        " FROM sqlite_master AS made, pragma_table_info(made.name) AS has"
        " WHERE made.type = 'table' AND made.name NOT LIKE 'sqlite%' ORDER BY made.name, has.cid"
    ).fetchall()


@cache
def _layout_made() -> list[tuple[bytes, ...]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(LAYOUT)
        return _layout(connection)


def _take_back(connection: sqlite3.Connection, at: int) -> None:
    if not connection.execute("SELECT COUNT(*) FROM generation WHERE number > ?", (at,)).fetchone()[0]:
        return
    with connection:
        for table in HISTORIES:
            connection.execute(f"DELETE FROM {table} WHERE added > ?", (at,))
            connection.execute(f"UPDATE {table} SET removed = NULL WHERE removed > ?", (at,))
        connection.execute("DELETE FROM generation WHERE number > ?", (at,))


def _failed(error: sqlite3.Error) -> UnwritableIndexError | UnusableIndexError:
    if _is_refused(error):
        return UnwritableIndexError(f"the manifest cannot be written ({error}); the index is as it was")
    return UnusableIndexError(f"the manifest is damaged ({error}): run `indexer verify`")


def _values(record: FileRecord | SubmissionRecord) -> dict[str, Any]:
    """Return what a record says, by the names of its columns."""
    return {each.name: getattr(record, each.name) for each in fields(record)}


def _storable(value: object) -> object:
    """Make a value as SQLite gives it back: text without halves of surrogate pairs (header values may have them)."""
    if isinstance(value, bool):
        return int(value)
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _is_refused(error: Exception) -> bool:
    """Tell what a disk, a quota or a lock says from what damage does to SQL: a name that is gone, or is no text."""
    told = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return isinstance(error, sqlite3.OperationalError) and told != sqlite3.SQLITE_ERROR
