"""Walking a corpus: from paths to the submission files in them, lazily, one at a time.

A corpus is files and folders of submissions (`.txt`, `.nc`, anything that begins as a submission does), gzip files,
`.tar` and `.tar.gz` feed archives, and zip files. The content decides, not the name. What is skipped comes as a
`Problem` among the rest. What a submission says is `envelope`'s business; how archives are read, `archives`'.
"""

import errno
import io
import os
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from time import process_time
from typing import NamedTuple, Self

from indexer.corpus.archives import (
    READ_ERRORS,
    Container,
    Content,
    bounded,
    container_of,
    gunzipped,
    tar_contents,
    zip_contents,
)
from indexer.corpus.budget import Budget, OverLimitError, SpentError
from indexer.corpus.pictures import Sieve
from indexer.envelope.submission import SNIFFED_BYTES, is_submission, not_a_submission
from indexer.errors import NoCorpusError, Problem, ProblemKind
from indexer.filings import SubmissionFile
from indexer.limits import DEFAULT_LIMITS, Limits
from indexer.printing import printable

Found = Iterator[SubmissionFile | Problem]
"""Submissions, and a Problem for whatever was skipped."""

MEMBER = " > "
"""Between an archive's path and a member's name."""

UNFINISHED = ".unfinished"
"""The name of a folder in a corpus that is left out: what is still being fetched, and the journal of it."""

_PIECE, _FIRST_PIECE = 4 << 20, 1 << 20
"""Bytes that are asked for at once: a piece is zeroed whole before it is read, however few bytes come."""
_NO_FILE = "neither a file nor a folder"


class CorpusFile(NamedTuple):
    """A file of the corpus, listed and not yet opened."""

    path: str
    """As given, joined with the names beneath it; bytes that are no UTF-8 are kept as surrogates."""
    size: int
    """In bytes."""
    mtime_ns: int
    ctime_ns: int = 0
    """When its name, owner or content last changed; unlike `mtime_ns` it cannot be set."""

    @classmethod
    def of(cls, path: str, status: os.stat_result) -> Self:
        """Take what the system says of a file."""
        return cls(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


class _Piece(NamedTuple):
    """What was read at once."""

    content: bytes
    is_last: bool
    """Whether it is known that no other follows."""


def walk(paths: Iterable[str | os.PathLike[str]], *, limits: Limits = DEFAULT_LIMITS) -> Found:
    """Yield every submission in these files and folders, in the order of their names; archives are opened.

    Raises `NoCorpusError` for a path that does not exist or cannot be read, before anything is read.
    """
    for file in files(paths):
        if isinstance(file, Problem):
            yield file
        else:
            yield from submissions(file, limits=limits)


def files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[CorpusFile | Problem]:
    """List the files in these files and folders, sorted by name, without reading any of them.

    Symbolic links are followed; a file or folder that can be reached in several ways is listed once, so that loops
    end. Raises `NoCorpusError` as `walk` does.
    """
    roots = [os.fspath(path) for path in paths]
    for root in roots:
        _check(root)
    seen: set[tuple[int, int]] = set()
    for root in roots:
        yield from _listed(root, seen)


def _check(root: str) -> None:
    if not Path(root).exists():
        raise NoCorpusError(f"{printable(root)}: no such file or folder")
    if not os.access(root, os.R_OK):
        raise NoCorpusError(f"{printable(root)}: cannot be read (permission denied)")


def _listed(root: str, seen: set[tuple[int, int]]) -> Iterator[CorpusFile | Problem]:
    stack = [root]
    while stack:
        path = stack.pop()
        try:
            status = Path(path).stat()
            identity = (status.st_dev, status.st_ino)
            if identity in seen:
                continue
            seen.add(identity)
            if stat.S_ISDIR(status.st_mode):
                inside = (entry.path for entry in os.scandir(path) if entry.name != UNFINISHED)
                stack += sorted(inside, reverse=True)
            elif stat.S_ISREG(status.st_mode):
                yield CorpusFile.of(path, status)
            else:
                yield _unreadable(printable(path), _NO_FILE)
        except OSError as error:
            yield _unreadable(printable(path), reason(error))


def is_archive(path: str) -> bool:
    """Tell whether a file is an archive of others, by what it begins with; not where it cannot be read."""
    try:
        with opened(path) as stream:
            beginning = stream.read(SNIFFED_BYTES)
        if container_of(beginning) is Container.GZIP:
            beginning = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(beginning, SNIFFED_BYTES)
    except READ_ERRORS:
        return False
    return container_of(beginning) in {Container.TAR, Container.ZIP}


def submissions(
    file: CorpusFile, *, limits: Limits = DEFAULT_LIMITS, clock: Callable[[], float] = process_time
) -> Found:
    """Yield the submissions in one file: one, or those of an archive, in its order.

    A file that changes while it is read is skipped with a Problem, as is all that cannot be read or is none. `clock`
    tells the processor time that counts for its budget.
    """
    source = printable(file.path)
    try:
        with opened(file.path) as stream:
            yield from _found_in(stream, source, Budget(limits, file.size, clock=clock))
    except SpentError as error:
        yield _over_limit(source, str(error), "the rest was left out")
    except OverLimitError as error:
        yield _over_limit(source, str(error))
    except READ_ERRORS as error:
        yield _unreadable(source, reason(error))


def opened(path: str) -> io.BufferedReader:
    """Open a file for reading; OSError when there is no regular file.

    What took its place after it was listed is not waited for: a pipe that nobody writes to would never open.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    stream = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        stream.close()
        raise OSError(errno.EINVAL, _NO_FILE, path)
    return stream


def _found_in(stream: io.BufferedReader, source: str, budget: Budget) -> Found:
    beginning = stream.read(SNIFFED_BYTES)
    stream.seek(0)
    match container_of(beginning):
        case Container.GZIP:
            yield from _found_in_gzip(gunzipped(stream, budget, stream.tell), source, budget, stream.tell)
        case Container.TAR:
            yield from _found_in_archive(tar_contents(stream, budget, stream.tell), source, budget)
        case Container.ZIP:
            yield from _found_in_archive(zip_contents(stream, budget), source, budget)
        case None:
            yield _plain(stream, source, budget)


def _plain(stream: io.BufferedReader, source: str, budget: Budget) -> SubmissionFile | Problem:
    before = os.fstat(stream.fileno())
    found = _submission(bounded(stream, budget), source, budget.limits, size=before.st_size)
    after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return _unreadable(source, "it changed while it was read")
    return found


def _found_in_gzip(unzipped: io.BufferedReader, source: str, budget: Budget, consumed: Callable[[], int]) -> Found:
    if container_of(unzipped.peek(SNIFFED_BYTES)) is Container.TAR:
        yield from _found_in_archive(tar_contents(unzipped, budget, consumed), source, budget)
    else:
        yield _submission(unzipped, source, budget.limits)


def _found_in_archive(contents: Iterator[Content | Problem], source: str, budget: Budget) -> Found:
    for content in contents:
        if isinstance(content, Problem):
            yield replace(content, source=f"{source}{MEMBER}{content.source}")
        else:
            yield _member(content, f"{source}{MEMBER}{printable(content.name)}", budget)


def _member(content: Content, source: str, budget: Budget) -> SubmissionFile | Problem:
    """A member, unzipped where it is a gzip file; an archive within an archive is skipped."""
    try:
        stream, limits = content.stream, budget.limits
        if container_of(stream.peek(SNIFFED_BYTES)) is Container.GZIP:
            stream = gunzipped(stream, budget, content.consumed)
        if container_of(stream.peek(SNIFFED_BYTES)):
            return _unreadable(source, "an archive within an archive")
        return _submission(stream, source, limits)
    except SpentError:
        raise
    except OverLimitError as error:
        return _over_limit(source, str(error))
    except READ_ERRORS as error:
        return _unreadable(source, reason(error))


def _submission(
    stream: io.BufferedReader, source: str, limits: Limits, *, size: int = _FIRST_PIECE
) -> SubmissionFile | Problem:
    """The submission in a stream that has about so many bytes."""
    beginning = stream.peek(SNIFFED_BYTES)
    if not is_submission(beginning):
        return not_a_submission(beginning, source=source)
    return _submission_file(source, _pieces(stream, limits, first=min(size + 1, _PIECE)))


def _submission_file(source: str, pieces: Iterable[_Piece]) -> SubmissionFile:
    """A submission without the bytes of its pictures, which are never held."""
    sieve, digest, size = Sieve(), sha256(), 0
    kept: list[bytes] = []
    for piece in pieces:
        digest.update(piece.content)
        size += len(piece.content)
        kept.append(sieve.feed(piece.content, is_last=piece.is_last))
    kept.append(sieve.rest())
    content = b"".join(filter(None, kept))  # one alone is not copied
    return SubmissionFile(source, content, size, digest.hexdigest(), tuple(sieve.gaps))


def all_of(stream: io.BufferedReader, limits: Limits) -> bytes:
    """Read a stream to its end; piece by piece, because its size is not to be trusted. Raises OverLimitError."""
    return b"".join(piece.content for piece in _pieces(stream, limits, first=_FIRST_PIECE))


def _pieces(stream: io.BufferedReader, limits: Limits, *, first: int) -> Iterator[_Piece]:
    size, asked = 0, first
    while content := stream.read(asked):
        size += len(content)
        if size > limits.submission_bytes:
            raise OverLimitError(f"more than {limits.submission_bytes:,} bytes")
        yield _Piece(content, len(content) < asked)
        asked = _PIECE


def reason(error: Exception) -> str:
    """Say what an error says, in one line without the path, which the Problem gives."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(printable(said).split()) or type(error).__name__


def _unreadable(source: str, why: str) -> Problem:
    return Problem(ProblemKind.UNREADABLE_FILE, why, source=source, outcome="skipped")


def _over_limit(source: str, why: str, outcome: str = "skipped") -> Problem:
    return Problem(ProblemKind.OVER_LIMIT, why, source=source, outcome=outcome)
