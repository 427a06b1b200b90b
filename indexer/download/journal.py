"""The journal of a corpus: what was asked for, which filings EDGAR's lists named, and what became of each (SQLite).

It lies in the corpus, in a folder that no build looks into, and several processes may write to it. Files on disk are
believed before it: it says where a filing was put, not that it is there.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Self

from indexer.corpus.walking import UNFINISHED
from indexer.download.wanted import ListedFiling
from indexer.edgar.accession import accession_number
from indexer.errors import DownloadError
from indexer.literals.dates import now

FILE = "journal.sqlite"
_WAIT = 60.0
"""Seconds for which another process may be writing."""
_BATCH = 1000
_TABLES = """
CREATE TABLE IF NOT EXISTS request (
    number INTEGER PRIMARY KEY, question TEXT NOT NULL, asked TEXT NOT NULL, ended TEXT,
    found INTEGER, here INTEGER, fetched INTEGER, absent INTEGER, failed INTEGER, through INTEGER);
CREATE TABLE IF NOT EXISTS filing (
    accession TEXT PRIMARY KEY, cik TEXT NOT NULL, form TEXT NOT NULL, filed INTEGER NOT NULL, company TEXT NOT NULL,
    size INTEGER NOT NULL, state TEXT NOT NULL, listed TEXT NOT NULL,
    path TEXT NOT NULL DEFAULT '', bytes INTEGER, sha256 TEXT, tried TEXT, why TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS named (
    request INTEGER NOT NULL, filed INTEGER NOT NULL, accession TEXT NOT NULL,
    PRIMARY KEY (request, filed, accession), UNIQUE (request, accession)) WITHOUT ROWID;
"""


class State(StrEnum):
    """What became of a filing."""

    LISTED = "listed"
    FETCHING = "fetching"
    """Begun: it may be at its path, whole, when the process was killed just behind."""
    FETCHED = "fetched"
    ABSENT = "absent"
    """A list names it, and the archive does not have it."""
    FAILED = "failed"


class Entry(NamedTuple):
    """A filing that a request named."""

    filing: ListedFiling
    state: State
    path: str
    """Where it was put, or is about to be, below the corpus; empty when nobody has tried."""


class Counts(NamedTuple):
    """What came of a request, in filings."""

    found: int = 0
    here: int = 0
    fetched: int = 0
    absent: int = 0
    failed: int = 0


class Journal:
    """A journal, open for one process."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        with self._writing():
            for statement in _TABLES.split(";"):
                connection.execute(statement)

    @classmethod
    def open(cls, corpus: Path) -> Self:
        """Open the journal of a corpus, made when missing; DownloadError where it cannot be written or read."""
        folder = corpus / UNFINISHED
        try:
            folder.mkdir(parents=True, exist_ok=True)
            is_new = not (folder / FILE).exists()
            connection = sqlite3.connect(folder / FILE, timeout=_WAIT, isolation_level=None)
            connection.execute("PRAGMA synchronous = NORMAL")
            journal = cls(connection)
            if is_new:
                journal._adopt(corpus)
            return journal
        except OSError as error:
            raise DownloadError(f"{folder} cannot be written: {error.strerror}") from error
        except sqlite3.Error as error:
            raise DownloadError(f"the journal {folder / FILE} cannot be opened: {error}") from error

    @classmethod
    def passing(cls, corpus: Path | None = None) -> Self:
        """Open a journal for this process only, that may grow beyond memory and leaves nothing behind.

        It begins with what the journal of a corpus says, where there is one.
        """
        connection = sqlite3.connect("", isolation_level=None)
        kept = corpus / UNFINISHED / FILE if corpus else None
        if kept and kept.is_file():
            with closing(sqlite3.connect(f"{kept.resolve().as_uri()}?mode=ro", uri=True, timeout=_WAIT)) as source:
                source.backup(connection)
        return cls(connection)

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def _adopt(self, corpus: Path) -> None:
        """Write down the filings that are in the corpus already: a journal may be lost."""
        files = (path for path in corpus.glob("edgar/*/*") if path.name.endswith((".txt", ".txt.gz")))
        rows = (
            (accession, path.parent.name, State.FETCHED, now(), str(path.relative_to(corpus)))
            for path in files
            if (accession := accession_number(path.name.partition(".")[0]))
        )
        with self._writing():
            self._connection.executemany(
                "INSERT OR IGNORE INTO filing (accession, cik, form, filed, company, size, state, listed, path)"
                " VALUES (?, ?, '', 0, '', 0, ?, ?, ?)",
                rows,
            )

    # Requests

    def request(self, question: str) -> int:
        """Write down that something is asked for; the number of the request."""
        with self._writing():
            asked = self._connection.execute("INSERT INTO request (question, asked) VALUES (?, ?)", (question, now()))
            return int(asked.lastrowid or 0)

    def name(self, request: int, filings: Iterable[ListedFiling]) -> int:
        """Write down the filings that lists named for a request, one at a time from wherever they come; how many."""
        rest = iter(filings)
        while batch := list(islice(rest, _BATCH)):
            with self._writing():
                self._connection.executemany(
                    "INSERT INTO filing (accession, cik, form, filed, company, size, state, listed)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (accession) DO UPDATE SET"
                    " size = max(size, excluded.size), filed = CASE filed WHEN 0 THEN excluded.filed ELSE filed END,"
                    " form = CASE form WHEN '' THEN excluded.form ELSE form END,"
                    " company = CASE company WHEN '' THEN excluded.company ELSE company END,"
                    " cik = CASE cik WHEN '' THEN excluded.cik ELSE cik END",
                    ((*filing, State.LISTED, now()) for filing in batch),
                )
                self._connection.executemany(
                    "INSERT OR IGNORE INTO named VALUES (?, ?, ?)",
                    ((request, filing.filed, filing.accession) for filing in batch),
                )
        return self.number(request)

    def number(self, request: int) -> int:
        """Count the filings that a request named, each once."""
        return int(self._row("SELECT COUNT(*) FROM named WHERE request = ?", request)[0])

    def end(self, request: int, counts: Counts, *, through: int = 0) -> None:
        """Write down what came of a request; `through` is the last day (YYYYMMDD) of which every filing was named."""
        with self._writing():
            self._connection.execute(
                "UPDATE request SET ended = ?, found = ?, here = ?, fetched = ?, absent = ?, failed = ?, through = ?"
                " WHERE number = ?",
                (now(), *counts, through or None, request),
            )

    def through(self, question: str) -> int:
        """Give the last day of which the same question has named every filing; 0 when it never has."""
        return int(self._row("SELECT COALESCE(MAX(through), 0) FROM request WHERE question = ?", question)[0])

    # Filings

    def entries(self, request: int) -> Iterator[Entry]:
        """Give the filings that a request named, the newest first; they may be written about meanwhile."""
        last = 1 << 60, ""
        while rows := self._before(request, last):
            for _filed, *listed, state, path in rows:
                yield Entry(ListedFiling(*listed), State(state), path)
            last = rows[-1][0], rows[-1][1]

    def _before(self, request: int, last: tuple[int, str]) -> list[tuple[Any, ...]]:
        return self._connection.execute(
            "SELECT named.filed, filing.accession, cik, form, filing.filed, company, size, state, path"
            " FROM named JOIN filing USING (accession) WHERE request = ? AND (named.filed, named.accession) < (?, ?)"
            " ORDER BY named.filed DESC, named.accession DESC LIMIT ?",
            (request, *last, _BATCH),
        ).fetchall()

    def begin(self, accession: str, path: str) -> None:
        """Write down where a filing is about to be put."""
        self._note(accession, State.FETCHING, path=path)

    def fetched(self, accession: str, path: str, *, size: int | None = None, sha256: str | None = None) -> None:
        """Write down that a filing is at a path, whole: its bytes before compression and their hash, where known."""
        self._note(accession, State.FETCHED, path=path, size=size, sha256=sha256)

    def missed(self, accession: str, state: State, why: str) -> None:
        """Write down that a filing could not be had, and why."""
        self._note(accession, state, why=why)

    def _note(
        self,
        accession: str,
        state: State,
        *,
        path: str = "",
        size: int | None = None,
        sha256: str | None = None,
        why: str = "",
    ) -> None:
        with self._writing():
            self._connection.execute(
                "UPDATE filing SET state = ?, path = ?, bytes = COALESCE(?, bytes), sha256 = COALESCE(?, sha256),"
                " tried = ?, why = ? WHERE accession = ?",
                (state, path, size, sha256, now(), why, accession),
            )

    # SQL

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, alone among processes; DownloadError where it cannot be written."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.commit()
        except sqlite3.Error as error:
            raise DownloadError(f"the journal cannot be written: {error}") from error

    def _row(self, sql: str, *values: object) -> tuple[Any, ...]:
        found: tuple[Any, ...] = self._connection.execute(sql, values).fetchone()
        return found
