"""The exceptions that stop a command, and `Problem`: what went wrong with one submission, as a value.

A bad file never stops a build: it becomes documents, or Problems. Bad arguments and a bad index do stop, with
one of the exceptions here; its text is the one line the user sees.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from indexer.first_use import dataclass


class IndexerError(Exception):
    """A reason to stop a command: what is wrong, where, and what to do, in one line."""

    exit_code = 2
    """Of the command that it stops."""


class NoCorpusError(IndexerError):
    """A path that was named does not exist or cannot be read."""


class NoIndexError(IndexerError):
    """There is no index at the place given."""


class UnusableIndexError(IndexerError):
    """There is an index, but this program cannot use it: made by a newer version, or damaged."""


class OtherVersionError(UnusableIndexError):
    """The index was made by a version of this program that wrote it otherwise; the message says what to do."""

    exit_code = 4


class UnfinishedIndexError(UnusableIndexError):
    """The index has no commit yet: another process is building it."""

    exit_code = 3


class StaleIndexError(UnusableIndexError):
    """A later commit has taken away a file that an index opened before needs: open it again."""


class UnwritableIndexError(IndexerError):
    """The index cannot be written (disk full, read-only, quota, ...); what was committed before is intact."""


class LockedIndexError(IndexerError):
    """Another process is writing to the index."""

    exit_code = 3


class ListError(IndexerError):
    """A list in a file that cannot be read, or that names nothing."""


class DownloadError(IndexerError):
    """Something could not be had from EDGAR or a mirror of it: not reachable, refused, not whole."""


class AbsentError(DownloadError):
    """What was asked for is not there."""


class QuietError(DownloadError):
    """EDGAR wants no requests for a while; the message says why, and until when."""


class MissingExtraError(IndexerError):
    """A feature needs an optional dependency; the message names the extra that installs it."""


@contextmanager
def importing(extra: str, *, purpose: str) -> Iterator[None]:
    """Import libraries that come with an extra; MissingExtraError where one is missing.

    >>> with importing("xlsx", purpose="Excel files need"):
    ...     from openpyxl import Workbook
    """
    try:
        yield
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in {"indexer", "search"}:
            raise
        raise MissingExtraError(f"{purpose} {missing}: pip install 'edgar-corpus-search[{extra}]'") from error


MARGIN = 30
"""Characters of a long word that a message quotes."""


class ProblemKind(StrEnum):
    """What sort of thing went wrong with a submission, a document, or a file."""

    NOT_A_SUBMISSION = "not-a-submission"
    """The file holds no EDGAR submission (skipped, counted)."""
    UNREADABLE_FILE = "unreadable-file"
    """The file or archive member could not be read from disk or decompressed."""
    NO_HEADER = "no-header"
    """Documents without a header: no accession number, form, or parties."""
    NO_DOCUMENTS = "no-documents"
    """A header without documents."""
    TRUNCATED = "truncated"
    """The submission ends before its closing tags."""
    UNPLACED = "unplaced"
    """A header line that fits no known place; kept in `Header.fields`."""
    BAD_VALUE = "bad-value"
    """A header value that is not what its tag promises (a date that is none, ...)."""
    UNREAD_DOCUMENT = "unread-document"
    """A document that has text no reader could get at (PDF, damaged markup, ...)."""
    DAMAGED_DOCUMENT = "damaged-document"
    """A document that was read, but not as it should have been (cut markup, wrong uuencode length, ...)."""
    CHARACTERS = "characters"
    """Text in other characters than EDGAR takes: read in the charset that was declared, or repaired."""
    LEFT_OUT = "left-out"
    """What is no text of the page and was left out: words that a style hides, access codes."""
    UNLOCATED_ITEM = "unlocated-item"
    """An item that the form asks for, or the table of contents or the header names, was not found in the text."""
    DISPUTED_ITEM = "disputed-item"
    """Two ways of locating an item find different places."""
    OVERLONG_ITEM = "overlong-item"
    """An item that is nine tenths of a document in which others were not located: it likely holds them."""
    OVER_LIMIT = "over-limit"
    """A bound was met (size, parties, documents, compression ratio, time)."""
    DUPLICATE = "duplicate"
    """The accession number is in the corpus more than once; the fuller copy was kept."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong while reading, where, and what was done about it."""

    kind: ProblemKind
    message: str
    """What is wrong, one line, no trailing full stop."""
    source: str = ""
    """The file (and ` > member` of an archive); filled in by whoever knows it."""
    place: str = ""
    """Where in the file: `line 12`, `document 3 (ex991.htm)`, `byte 40960`."""
    outcome: str = ""
    """What was done about it: `kept as an unplaced field`, `skipped`, ..."""

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.source, self.place) if part)
        said = f"{where}: {self.message}" if where else self.message
        return f"{said} ({self.outcome})" if self.outcome else said


def clipped(text: str) -> str:
    """Cut a text as a message quotes it, when it is long."""
    return text if len(text) <= MARGIN else f"{text[:MARGIN]}…"
