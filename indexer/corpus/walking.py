"""Walking a corpus: from paths to the submission files in them, lazily, one at a time.

A corpus is files and folders of submissions (`.txt`, `.nc`, anything that begins as a submission does), gzip files,
`.tar` and `.tar.gz` feed archives, and zip files. The content decides, not the name. What is skipped comes as a
`Problem` among the rest. What a submission says is `envelope`'s business; how archives are read, `archives`'.
"""

import io
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from indexer.corpus.archives import (
    READ_ERRORS,
    Container,
    Content,
    OverLimitError,
    bounded,
    container_of,
    gunzipped,
    tar_contents,
    zip_contents,
)
from indexer.envelope.submission import SNIFFED_BYTES, is_submission, not_a_submission
from indexer.errors import NoCorpusError, Problem, ProblemKind
from indexer.filings import SubmissionFile
from indexer.limits import DEFAULT_LIMITS, Limits
from indexer.printing import printable

Found = Iterator[SubmissionFile | Problem]
"""Submissions, and a Problem for whatever was skipped."""

MEMBER = " > "
"""Between an archive's path and a member's name."""

_PIECE = 4 << 20


class CorpusFile(NamedTuple):
    """A file of the corpus, listed and not yet opened."""

    path: str
    """As given, joined with the names beneath it; bytes that are no UTF-8 are kept as surrogates."""
    size: int
    """In bytes."""
    mtime_ns: int
    ctime_ns: int = 0
    """When its name, owner or content last changed; unlike `mtime_ns` it cannot be set."""


def walk(paths: Iterable[str | os.PathLike[str]], *, limits: Limits = DEFAULT_LIMITS) -> Found:
    """Every submission in these files and folders, in the order of their names; archives are opened.

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
                stack += sorted((entry.path for entry in os.scandir(path)), reverse=True)
            elif stat.S_ISREG(status.st_mode):
                yield CorpusFile(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            else:
                yield _unreadable(printable(path), "neither a file nor a folder")
        except OSError as error:
            yield _unreadable(printable(path), _said(error))


def submissions(file: CorpusFile, *, limits: Limits = DEFAULT_LIMITS) -> Found:
    """The submissions in one file: one, or those of an archive, in its order.

    A file that changes while it is read is skipped with a Problem, as is all that cannot be read or is none.
    """
    source = printable(file.path)
    try:
        with Path(file.path).open("rb") as stream:
            yield from _found_in(stream, source, limits)
    except OverLimitError as error:
        yield _over_limit(source, str(error))
    except READ_ERRORS as error:
        yield _unreadable(source, _said(error))


def _found_in(stream: io.BufferedReader, source: str, limits: Limits) -> Found:
    beginning = stream.read(SNIFFED_BYTES)
    stream.seek(0)
    match container_of(beginning):
        case Container.GZIP:
            yield from _found_in_gzip(gunzipped(stream, limits), source, limits)
        case Container.TAR:
            yield from _found_in_archive(tar_contents(stream, limits), source, limits)
        case Container.ZIP:
            yield from _found_in_archive(zip_contents(stream, limits), source, limits)
        case None:
            yield _plain(stream, source, limits)


def _plain(stream: io.BufferedReader, source: str, limits: Limits) -> SubmissionFile | Problem:
    before = os.fstat(stream.fileno())
    found = _submission(bounded(stream, limits), source, limits)
    after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return _unreadable(source, "it changed while it was read")
    return found


def _found_in_gzip(unzipped: io.BufferedReader, source: str, limits: Limits) -> Found:
    if container_of(unzipped.peek(SNIFFED_BYTES)) is Container.TAR:
        yield from _found_in_archive(tar_contents(unzipped, limits), source, limits)
    else:
        yield _submission(unzipped, source, limits)


def _found_in_archive(contents: Iterator[Content | Problem], source: str, limits: Limits) -> Found:
    for content in contents:
        if isinstance(content, Problem):
            yield replace(content, source=f"{source}{MEMBER}{content.source}")
        else:
            yield _member(content, f"{source}{MEMBER}{printable(content.name)}", limits)


def _member(content: Content, source: str, limits: Limits) -> SubmissionFile | Problem:
    """A member, unzipped where it is a gzip file; an archive within an archive is skipped."""
    try:
        stream = content.stream
        if container_of(stream.peek(SNIFFED_BYTES)) is Container.GZIP:
            stream = gunzipped(io.BytesIO(_read(stream, limits)), limits)
        if container_of(stream.peek(SNIFFED_BYTES)):
            return _unreadable(source, "an archive within an archive")
        return _submission(stream, source, limits)
    except OverLimitError as error:
        return _over_limit(source, str(error))
    except READ_ERRORS as error:
        return _unreadable(source, _said(error))


def _submission(stream: io.BufferedReader, source: str, limits: Limits) -> SubmissionFile | Problem:
    beginning = stream.peek(SNIFFED_BYTES)
    if not is_submission(beginning):
        return not_a_submission(beginning, source=source)
    return SubmissionFile(source, _read(stream, limits))


def _read(stream: io.BufferedReader, limits: Limits) -> bytes:
    """All of a stream; piece by piece, because its size is not to be trusted."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > limits.submission_bytes:
            raise OverLimitError(f"more than {limits.submission_bytes:,} bytes")
    return b"".join(pieces)


def _said(error: Exception) -> str:
    """What an error says, in one line without the path, which the Problem gives."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(printable(said).split()) or type(error).__name__


def _unreadable(source: str, why: str) -> Problem:
    return Problem(ProblemKind.UNREADABLE_FILE, why, source=source, outcome="skipped")


def _over_limit(source: str, why: str) -> Problem:
    return Problem(ProblemKind.OVER_LIMIT, why, source=source, outcome="skipped")
