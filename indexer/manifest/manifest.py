"""Ask the manifest which files were read, what came of each, and what went wrong, by generation (SQLite).

Every row says from which generation of the index it holds (`added`) and from which it no longer does (`removed`).
Rows are written just before the index commits that generation; a reader asks for the generation the index is at,
so a commit that never happened shows nothing, and the next writer takes its rows back. What was covered at an
earlier generation stays answerable. What the rows say is in `records`; how they are written is in `recording`; that
they are as they were written, in `digests`.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Self, TypeVar

from indexer.errors import IndexerError, NoIndexError, Problem, ProblemKind, UnusableIndexError
from indexer.manifest.database import DAMAGE, opened
from indexer.manifest.digests import altered
from indexer.manifest.records import Commit, FileRecord, Outcome, ProblemRecord, Status, SubmissionRecord, with_source
from indexer.storage.roots import Roots
from indexer.whoosh_compat import commits

FILE = "manifest.sqlite"
HISTORIES = ("file", "submission", "problem")
"""The tables whose rows hold from one generation to another."""
TABLES = (*HISTORIES, "generation")
"""Those that have a digest."""

HOLDS = "added <= :at AND (removed IS NULL OR removed > :at)"
_READ = re.compile(r"\bFROM (\w+)")
"""The tables that a query reads."""
SUMMED = ("bytes", "characters", "documents", "text", "empty", "binary", "rendered", "unread")

Record = TypeVar("Record", FileRecord, SubmissionRecord)
_PLACES = frozenset({"path", "source"})
"""The columns that are kept as names (`indexer.storage.roots`), and asked and given as paths."""


class Manifest:
    """Ask one index's manifest as of one generation; raises UnusableIndexError when it is damaged.

    A table is compared with its digest when it is first asked.
    """

    def __init__(self, connection: sqlite3.Connection, *, at: int, roots: Roots = Roots()) -> None:  # noqa: B008
        self._connection = connection
        self.roots = roots
        """Where the files it names are."""
        self.at = at
        """The generation asked for."""
        self._unchecked = set(TABLES)

    @classmethod
    def open(cls, folder: Path, *, at: int) -> Self:
        """Open it for reading. Raises UnusableIndexError when there is none, or it is damaged or of another version."""
        path = folder / FILE
        if not path.is_file():
            raise UnusableIndexError(f"{folder} has no manifest: build the index anew with `indexer build --rebuild`")
        return cls(opened(path), at=at, roots=Roots.of(folder))

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # What is covered

    def files(self) -> dict[str, FileRecord]:
        """Return every file, by path."""
        return {record.path: record for record in self._records(FileRecord, "file")}

    def submissions(self) -> Iterator[SubmissionRecord]:
        """Yield every submission the index holds, and every copy it passed over."""
        return self._records(SubmissionRecord, "submission")

    def submissions_of(self, path: str) -> list[SubmissionRecord]:
        """Return the submissions and copies that were read from a file."""
        return list(self._records(SubmissionRecord, "submission", "AND path = :path", path=path))

    def copies(self, accession: str) -> list[SubmissionRecord]:
        """Return every copy of a submission, the one the index holds among them."""
        return list(self._records(SubmissionRecord, "submission", "AND accession = :accession", accession=accession))

    def problems(self, kind: str | None = None) -> Iterator[ProblemRecord]:
        """Yield every problem, or those of one kind, by file; those of a file in the order they were met."""
        condition = "AND kind = :kind" if kind else ""
        rows = self._ask(f"SELECT * FROM problem WHERE {HOLDS} {condition} ORDER BY path, rowid", kind=kind)
        for path, accession, *said, _added, _removed in rows:
            yield ProblemRecord(self.roots.path(path), accession, self._problem(said))

    def unlisted(self) -> dict[str, Problem]:
        """Return what could not even be listed, by path: problems that belong to no file."""
        rows = self._ask(
            f"SELECT path, kind, message, source, place, outcome FROM problem WHERE {HOLDS}"
            f" AND path NOT IN (SELECT path FROM file WHERE {HOLDS})"
        )
        return {self.roots.path(path): self._problem(said) for path, *said in rows}

    def _problem(self, said: Iterable[str]) -> Problem:
        kind, message, source, place, outcome = said
        return Problem(
            ProblemKind(kind), message, self.roots.path(source), place, with_source(outcome, self.roots.path)
        )

    def to_read_again(self) -> list[str]:
        """Return the files that are to be read whether or not they have changed."""
        asked = self._ask(f"SELECT path FROM file WHERE outcome = :again AND {HOLDS}", again=Outcome.AGAIN.value)
        return [self.roots.path(path) for (path,) in asked]

    def with_problems(self, *kinds: ProblemKind) -> set[str]:
        """Return the files that have a problem of any of these kinds."""
        listed = ", ".join(f"'{kind.value}'" for kind in kinds)
        asked = self._ask(f"SELECT DISTINCT path FROM problem WHERE {HOLDS} AND kind IN ({listed})")
        return {self.roots.path(path) for (path,) in asked}

    def status(self, *, at: int | None = None) -> Status:
        """Sum up what the index holds, at another generation where one is named."""
        at = self.at if at is None else at
        sums = ", ".join(f"COALESCE(SUM({name}), 0)" for name in SUMMED)
        totals = f"SELECT COUNT(*), MIN(filed), MAX(filed), {sums} FROM submission WHERE kept AND {HOLDS}"
        submissions, first_filed, last_filed, *summed = self._row(totals, at=at)
        (copies,) = self._row(f"SELECT COUNT(*) FROM submission WHERE NOT kept AND {HOLDS}", at=at)
        (problems,) = self._row(f"SELECT COUNT(*) FROM problem WHERE {HOLDS}", at=at)
        made = self._row("SELECT committed, program FROM generation WHERE number = :at", at=at)
        committed, by = made or ("", "")
        outcomes = self._outcomes(at)
        return Status(
            generation=at,
            committed=committed,
            program=by,
            files=outcomes.total(),
            skipped=outcomes[Outcome.SKIPPED],
            failed=outcomes[Outcome.FAILED],
            submissions=submissions,
            copies=copies,
            problems=problems,
            first_filed=first_filed,
            last_filed=last_filed,
            **dict(zip(SUMMED, summed, strict=True)),
        )

    def _outcomes(self, at: int) -> Counter[str]:
        """Count the files by what came of reading them."""
        return Counter(dict(self._ask(f"SELECT outcome, COUNT(*) FROM file WHERE {HOLDS} GROUP BY outcome", at=at)))

    def forms(self) -> list[tuple[str, int]]:
        """Count the submissions of each form type, most frequent first."""
        return self._counts(f"SELECT form, COUNT(*) FROM submission WHERE kept AND {HOLDS} GROUP BY form")

    def problem_kinds(self) -> list[tuple[str, int]]:
        """Count the problems of each kind, most frequent first."""
        return self._counts(f"SELECT kind, COUNT(*) FROM problem WHERE {HOLDS} GROUP BY kind")

    def added_since(self, generation: int) -> set[str]:
        """Return the accession numbers of what the index holds and did not hold, or not so, at a generation."""
        rows = self._ask(
            f"SELECT accession FROM submission WHERE kept AND {HOLDS} AND added > :since", since=generation
        )
        return {accession for (accession,) in rows}

    def troubled(self, kinds: Iterable[ProblemKind]) -> set[str]:
        """Return the accession numbers of the submissions that have a problem of one of these kinds."""
        among = ", ".join(f"'{kind}'" for kind in kinds)
        rows = self._ask(f"SELECT DISTINCT accession FROM problem WHERE kind IN ({among}) AND {HOLDS}")
        return {accession for (accession,) in rows}

    def begun(self) -> str:
        """Tell when the index was first committed to, ISO 8601 in UTC: it tells it from one built anew in its place."""
        return str(self._row("SELECT COALESCE(MIN(committed), '') FROM generation")[0])

    def generation_seen(self, generation: int, committed: str) -> int:
        """Find up to where an index was seen that was at a generation, committed then (ISO 8601, UTC).

        It is that generation, unless the index was brought back from a backup and has come to another of that number.
        """
        same = self._row(
            "SELECT 1 FROM generation WHERE number = :seen AND committed = :then", seen=generation, then=committed
        )
        if same or not committed:
            return generation
        return int(
            self._row("SELECT COALESCE(MAX(number), 0) FROM generation WHERE committed < :then", then=committed)[0]
        )

    def commits(self) -> Iterator[Commit]:
        """Yield every generation so far, the oldest first."""
        rows = self._ask(
            "SELECT number, committed, program, (SELECT COUNT(*) FROM submission WHERE kept AND added = number),"
            " (SELECT COUNT(*) FROM submission WHERE kept AND removed = number)"
            " FROM generation WHERE number <= :at ORDER BY number"
        )
        for number, committed, program, added, removed in rows:
            yield Commit(generation=number, committed=committed, program=program, added=added, removed=removed)

    def verify(self) -> None:
        """Compare every table with its digest; UnusableIndexError when one is not as it was written."""
        try:
            self._check_first([*self._unchecked])
        except DAMAGE as error:
            raise _damaged(error) from error

    def check(self) -> list[str]:
        """List what is wrong with the file, by SQLite's check and the digests of its tables; nothing when sound."""
        try:
            found = [str(said) for (said,) in self._connection.execute("PRAGMA integrity_check")]
            return [said for said in found if said != "ok"] or [
                said for table in TABLES for said in altered(self._connection, table)
            ]
        except DAMAGE as error:
            return [str(error)]

    # SQL

    def _counts(self, sql: str) -> list[tuple[str, int]]:
        return [(str(value), int(number)) for value, number in self._ask(f"{sql} ORDER BY 2 DESC, 1")]

    def _records(self, kind: type[Record], table: str, condition: str = "", **values: object) -> Iterator[Record]:
        names = [field.name for field in fields(kind)]
        places = [number for number, name in enumerate(names) if name in _PLACES]
        asked = f"SELECT {', '.join(names)} FROM {table} WHERE {HOLDS} {condition} ORDER BY rowid"
        for found in self._ask(asked, **self._named(values)):
            row = list(found)
            for place in places:
                row[place] = self.roots.path(row[place])
            yield kind(*row)

    def _named(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return values with names in place of paths."""
        return {name: self.roots.name(str(each)) if name in _PLACES else each for name, each in values.items()}

    def _row(self, sql: str, **values: object) -> tuple[Any, ...]:
        return next(self._ask(sql, **values), ())

    def _ask(self, sql: str, **values: object) -> Iterator[tuple[Any, ...]]:
        try:
            self._check_first(self._unchecked.intersection(_READ.findall(sql)))
            # `yield from` would close the cursor when a reader leaves early, and the file may be closed by then.
            for row in self._connection.execute(sql, {"at": self.at, **values}):  # noqa: UP028
                yield row
        except DAMAGE as error:
            raise _damaged(error) from error

    def _check_first(self, tables: Iterable[str]) -> None:
        """Compare tables with their digests, before the first answer that rests on them."""
        for table in tables:
            for said in altered(self._connection, table):
                raise _damaged(said)
            self._unchecked.discard(table)


def _damaged(said: object) -> UnusableIndexError:
    return UnusableIndexError(f"the manifest is damaged ({said}): run `indexer verify`")


def open_manifest(address: Path, *, at: int | None = None) -> Manifest:
    """Open the records in an index's folder; see `indexer.engines.engine.open_manifest`."""
    last = commits.check(address)
    if last < 0:
        raise NoIndexError(f"no index at {address} yet: build one with `indexer build PATH --index {address}`")
    if at is not None and at > last:
        raise not_come_to(address, last, at)
    return Manifest.open(address, at=last if at is None else at)


def not_come_to(address: Path, last: int, asked: int) -> IndexerError:
    """Make the error for a generation that an index has not come to."""
    return IndexerError(
        f"the index at {address} is at generation {last}, and has not come to {asked}: name one up to {last}"
    )
