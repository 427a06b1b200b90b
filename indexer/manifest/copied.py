"""The records of an index on a cluster, copied to this machine to be asked and added to as those of a folder are.

The cluster has the rows (`indexer.cluster.record_rows`); the copy is brought up to date from commit to commit, and lost
without harm. A writer has a copy of its own, whose new rows go to the cluster when it commits.
"""

import fcntl
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha1
from pathlib import Path

from indexer.cluster import record_rows, state
from indexer.cluster.asking import Cluster
from indexer.cluster.record_rows import RecordRow
from indexer.cluster.state import ClusterState, CommitNote
from indexer.errors import UnusableIndexError
from indexer.manifest.database import connect
from indexer.manifest.digests import keep
from indexer.manifest.manifest import FILE, HISTORIES, TABLES, Manifest
from indexer.manifest.recording import LAYOUT, Recorder
from indexer.manifest.records import FileRecord

_MARK = "copied"
"""The table that says which commit the copy has come to."""


def open_copy(cluster: Cluster, of: ClusterState, *, at: int) -> Manifest:
    """Bring this machine's copy up to a state, and open it as of a generation."""
    folder = _folder(cluster)
    with _alone(folder):
        _bring_up(cluster, of, folder)
    return Manifest.open(folder, at=at)


def open_own(cluster: Cluster, of: ClusterState, folder: Path) -> "CopyRecorder":
    """Copy the records as of a state into a folder, to be recorded in."""
    with open_copy(cluster, of, at=of.generation), closing(sqlite3.connect(folder / FILE)) as own:
        with closing(sqlite3.connect(_folder(cluster) / FILE)) as copy:
            copy.backup(own)
        own.execute(f"DROP TABLE {_MARK}")
        own.commit()
    return CopyRecorder.create(folder, at=of.generation)


def open_grown(cluster: Cluster, notes: Iterable[CommitNote], folder: Path) -> "CopyRecorder":
    """Copy the records of an epoch that is being built, of these commits, into a folder, to be recorded in."""
    recorder = CopyRecorder.create(folder, at=0)
    recorder.give_way(cluster, notes)
    return recorder


def _folder(cluster: Cluster) -> Path:
    """Name the folder of this machine's copy of the records of an index."""
    from platformdirs import user_cache_path  # noqa: PLC0415  (only a cluster needs it)

    name = sha1(str(cluster.address).encode(), usedforsecurity=False).hexdigest()[:16]
    folder = user_cache_path("edgar-corpus-search") / "clusters" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bring_up(cluster: Cluster, of: ClusterState, folder: Path) -> None:
    with closing(_opened(folder)) as connection:
        at = _come_to(connection)
        if at.number and at.name != _name_of(cluster, of, at.number):
            _begin_anew(connection)
            for table in TABLES:
                keep(connection, table)
            at = at._replace(number=0)
        for note in state.commits(cluster, of, since=at.number):
            _apply(connection, cluster, note)
            connection.execute(f"DELETE FROM {_MARK}")
            connection.execute(f"INSERT INTO {_MARK} VALUES (?, ?)", (note.number, note.name))
            connection.commit()


def _opened(folder: Path) -> sqlite3.Connection:
    try:
        connection = connect(folder / FILE, "mode=rwc")
        if not connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = ?", (_MARK,)).fetchone()[0]:
            _begin_anew(connection)
    except sqlite3.DatabaseError:  # it is a copy: another is made
        (folder / FILE).unlink(missing_ok=True)
        connection = connect(folder / FILE, "mode=rwc")
        _begin_anew(connection)
    for table in TABLES:
        keep(connection, table)
    return connection


def _begin_anew(connection: sqlite3.Connection) -> None:
    for table in (*TABLES, "digest", _MARK):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.executescript(f"{LAYOUT} CREATE TABLE {_MARK} (number INTEGER, name TEXT);")
    connection.commit()


def _come_to(connection: sqlite3.Connection) -> CommitNote:
    found = connection.execute(f"SELECT number, name FROM {_MARK}").fetchone()
    number, name = found or (0, "")
    return CommitNote(number, name, "", "")


def _name_of(cluster: Cluster, of: ClusterState, number: int) -> str:
    """Return the name of the commit that a generation is, empty where the index has not come to it: it is another."""
    if number > of.generation:
        return ""
    try:
        return state.commits(cluster, of, since=number - 1)[0].name
    except UnusableIndexError:
        return ""


def _apply(connection: sqlite3.Connection, cluster: Cluster, note: CommitNote) -> None:
    """Take over the rows that a commit ends, then those that it begins."""
    for row in record_rows.rows(cluster, note.name, removed=True):
        same = " AND ".join(f"{name} IS ?" for name in _columns(connection, _table(row)))
        found = f"UPDATE {row.table} SET removed = ? WHERE {same} AND removed IS NULL"
        connection.execute(found, (note.number, *row.values))
    for row in record_rows.rows(cluster, note.name, removed=False):
        marks = ", ".join("?" * len(row.values))
        connection.execute(f"INSERT INTO {_table(row)} VALUES ({marks}, ?, NULL)", (*row.values, note.number))
    connection.execute("INSERT INTO generation VALUES (?, ?, ?)", (note.number, note.committed, note.program))


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """List the columns of a table that say something, and not when it holds."""
    rows = connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
    return [name for (name,) in rows if name not in {"added", "removed"}]


def _table(row: RecordRow) -> str:
    if row.table not in HISTORIES:
        raise UnusableIndexError(f"the records of the cluster have a table {row.table}: another version made them")
    return row.table


class CopyRecorder(Recorder):
    """Records in a copy of its own, and says what is new in it."""

    def refresh(self, files: Iterable[FileRecord]) -> None:
        """Note new times of files as records of the next generation: the cluster's rows are not altered."""
        for file in files:
            self._remove("file", "path = :path", path=file.path)
            self.record(files=[file])

    def added(self) -> Iterator[RecordRow]:
        """Yield the rows that the next generation begins."""
        return self._rows("added = ? AND removed IS NULL")

    def removed(self) -> Iterator[RecordRow]:
        """Yield the rows that the next generation ends."""
        return self._rows("removed = ?")

    def _rows(self, condition: str) -> Iterator[RecordRow]:
        for table in HISTORIES:
            found = self._connection.execute(
                f"SELECT rowid, * FROM {table} WHERE {condition} ORDER BY rowid", (self.at,)
            )
            for number, *values, _added, _removed in found.fetchall():
                yield RecordRow(table, self._id(table, number, values), number, values)

    def _id(self, table: str, number: int, values: list[object]) -> str:
        """Name a row: by what it says, and how many rows before it say the same."""
        same = " AND ".join(f"{name} IS ?" for name in _columns(self._connection, table))
        found = self._connection.execute(f"SELECT COUNT(*) FROM {table} WHERE {same} AND rowid < ?", (*values, number))
        said = repr(tuple(values)).encode("utf-8", "surrogatepass")
        return f"{table}-{sha1(said, usedforsecurity=False).hexdigest()}-{found.fetchone()[0]}"

    def give_way(self, cluster: Cluster, notes: Iterable[CommitNote]) -> None:
        """Put the commits of others before the next generation, which comes after them."""
        for note in notes:
            self._move(note.number + 1)
            _apply(self._connection, cluster, note)
        self._connection.commit()

    def _move(self, to: int) -> None:
        for table in HISTORIES:
            for column in ("added", "removed"):
                self._connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (to, self.at))
        self._connection.execute("UPDATE generation SET number = ? WHERE number = ?", (to, self.at))
        self.at = to

    def doubles(self) -> list[tuple[str, str]]:
        """List the submissions of the next generation that others have committed meanwhile: accession and source."""
        found = self._connection.execute(
            "SELECT accession, source FROM submission AS ours WHERE kept AND removed IS NULL AND added = ? AND EXISTS "
            "(SELECT 1 FROM submission AS theirs WHERE theirs.accession = ours.accession AND theirs.kept "
            "AND theirs.removed IS NULL AND theirs.added < ours.added)",
            (self.at,),
        )
        return [(accession, source) for accession, source in found]
