"""Hold what is recorded of a corpus: a file as it was when it was read, a submission, a problem, and the totals.

Values only. Where they are kept is `manifest`'s business.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache

from indexer.errors import Problem
from indexer.first_use import dataclass


@cache
def program() -> str:
    """Name this program with its version, as a commit is signed with it."""
    from importlib.metadata import version  # noqa: PLC0415  (slow, and only writing needs it)

    return f"edgar-corpus-search {version('edgar-corpus-search')}"


_PASSED_OVER = re.compile(r"(?<=^the copy in ).*(?= was kept$)")


def passed_over(kept: str) -> str:
    """Say what became of a copy, another one having been kept: the one in that source."""
    return f"the copy in {kept} was kept"


def with_source(outcome: str, changed: Callable[[str], str]) -> str:
    """Change the source that the outcome of a problem names, where it names one (`passed_over`)."""
    return _PASSED_OVER.sub(lambda found: changed(found[0]), outcome)


class Outcome(StrEnum):
    """Name what came of reading a file."""

    READ = "read"
    SKIPPED = "skipped"
    """It holds no submission."""
    FAILED = "failed"
    """It could not be read."""
    AGAIN = "again"
    """It is to be read anew: it holds the fullest copy left of a submission that was taken from another file."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Describe a file of the corpus as it was when it was read. Times are in nanoseconds since 1970."""

    path: str
    size: int
    mtime_ns: int
    sha256: str
    """Of the file's bytes as they lie on disk, hexadecimal; empty when it could not be read."""
    outcome: str
    """Of `Outcome`."""
    ctime_ns: int = 0
    """When the file's name, owner or content last changed."""
    checked_ns: int = 0
    """When it was read, or last compared by its sha256: what changed about then cannot be told by its time."""


@dataclass(frozen=True, slots=True)
class SubmissionRecord:
    """Describe a submission of the corpus and what became of its documents."""

    accession: str
    source: str
    """The file, and ` > member` for a member of an archive."""
    path: str
    sha256: str
    bytes: int
    form: str
    filed: int | None
    """YYYYMMDD."""
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
        """Return what tells the fuller of two copies: documents, characters of text, bytes."""
        return self.documents, self.characters, self.bytes


def by_fullness(record: SubmissionRecord) -> tuple[int, int, int, int, str]:
    """Return a key that sorts the best of several copies first; not by time, which depends on the workers."""
    documents, characters, size = record.fullness
    return -documents, -characters, -size, len(record.source), record.source


@dataclass(frozen=True, slots=True)
class ProblemRecord:
    """Hold a problem, and the file and submission it belongs to."""

    path: str
    accession: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Status:
    """Sum up what is in the index at one generation."""

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


@dataclass(frozen=True, slots=True)
class Commit:
    """Describe one generation: when it was committed, by which program, and what it changed."""

    generation: int
    committed: str
    program: str
    added: int
    """Submissions that are in the index from this generation on."""
    removed: int
    """Submissions that are not, from this generation on."""
