"""Putting what is fetched into a corpus: written elsewhere, checked, on disk, and only then renamed to its place.

A file that is being written is locked by its process, so that no two write the same, and what a killed one left is
taken over. A submission is whole when its last tag is the end of its first; an archive, when its compression ends.
"""

import fcntl
import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from indexer.envelope.submission import SNIFFED_BYTES, is_submission
from indexer.errors import AbsentError, DownloadError
from indexer.http.answers import NotWholeError, Pieces
from indexer.http.client import Client
from indexer.limits import DEFAULT_LIMITS

_LEVEL = 6
"""Of gzip: its own default."""
_TAIL = 256
"""Bytes at the end of a submission in which its last tag stands."""
_PEM = rb"PRIVACY-ENHANCED MESSAGE"
_FIRST = re.compile(rb"-----BEGIN (%s)-----|<((?:SEC|IMS)-(?:DOCUMENT|HEADER)|SUBMISSION|DOCUMENT)>" % _PEM)
_LAST = re.compile(rb"(?:-----END (%s)-----|</([A-Z-]+)>)[\s\0\x1a]*\Z" % _PEM)


class Placed(NamedTuple):
    """What was put into its place."""

    size: int
    """In bytes, before compression."""
    sha256: str
    """Of these bytes, hexadecimal."""


def place_filing(client: Client, paths: Sequence[str], *, part: Path, target: Path) -> Placed | None:
    """Fetch a submission, from the first of its paths that has it, to its place; None when it is there by now.

    So it is when another process is at it. The file is compressed when its name ends in `.gz`. Raises AbsentError when
    no path has it, DownloadError, and OSError when it cannot be written.
    """
    return _placed(part, target, lambda file: _first(client, paths, file, compressed=target.suffix == ".gz"))


def place_archive(client: Client, path: str, *, part: Path, target: Path) -> Placed | None:
    """Fetch a gzip file as it is to its place; as `place_filing`."""
    return _placed(part, target, lambda file: client.get(path, lambda pieces: _archive(pieces, file)))


def _placed(part: Path, target: Path, write: Callable[[BinaryIO], Placed]) -> Placed | None:
    with _claimed(part, target) as file:
        if file is None:
            return None
        placed = write(file)
        os.fsync(file.fileno())
        target.parent.mkdir(parents=True, exist_ok=True)
        part.rename(target)
        return placed


@contextmanager
def _claimed(part: Path, target: Path) -> Iterator[BinaryIO | None]:
    """Open and lock the file to write to; None when somebody else has it, or what it is for is at its place by now."""
    part.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o666), "r+b", buffering=0) as file:
        if target.exists() or not _is_locked(file.fileno(), part) or target.exists():
            yield None
            return
        try:
            yield file
        finally:
            if not target.exists():
                part.unlink(missing_ok=True)


def _is_locked(descriptor: int, part: Path) -> bool:
    """Lock a file that was opened, and see that it has its name still: whoever had it before may have renamed it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(descriptor), part.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def _first(client: Client, paths: Sequence[str], file: BinaryIO, *, compressed: bool) -> Placed:
    absent = AbsentError("there is no path to ask for")
    for path in paths:
        try:
            return client.get(path, lambda pieces: _submission(pieces, file, compressed=compressed))
        except AbsentError as error:
            absent = error
    raise absent


def _submission(pieces: Pieces, file: BinaryIO, *, compressed: bool) -> Placed:
    """Write a submission from its beginning; NotWholeError."""
    _empty(file)
    first, last = b"", b""
    size, sha256 = 0, hashlib.sha256()
    with _stream(file, compressed=compressed) as stream:
        for piece in pieces:
            stream.write(piece)
            size += len(piece)
            sha256.update(piece)
            first = (first + piece)[:SNIFFED_BYTES] if len(first) < SNIFFED_BYTES else first
            last = (last + piece)[-_TAIL:]
            if size > DEFAULT_LIMITS.submission_bytes:
                raise DownloadError(f"more than {DEFAULT_LIMITS.submission_bytes:,} bytes came")
    check_whole(first, last)
    return Placed(size, sha256.hexdigest())


@contextmanager
def _stream(file: BinaryIO, *, compressed: bool) -> Iterator[BinaryIO | gzip.GzipFile]:
    """Where the bytes of a submission go; the same bytes make the same file."""
    if compressed:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=file, mtime=0) as stream:
            yield stream
    else:
        yield file


def check_whole(first: bytes, last: bytes) -> None:
    """Check by its first and last bytes that something is a whole submission; NotWholeError says what it lacks.

    >>> check_whole(b"<SEC-DOCUMENT>0009000101-17-004512.txt : 20170418", b"</DOCUMENT>\\n</SEC-DOCUMENT>\\n")
    """
    if not is_submission(first):
        raise NotWholeError("what came is not a submission")
    opened, closed = _FIRST.search(first), _LAST.search(last)
    begins = (opened[1] or opened[2]).decode() if opened else "a header"
    ends = (closed[1] or closed[2]).decode() if closed else ""
    headless = begins in ("SEC-HEADER", "IMS-HEADER", "a header")
    if ends != begins and not (headless and ends == "DOCUMENT"):
        raise NotWholeError(f"the submission is cut off: it begins with {begins} and does not end with it")


def _archive(pieces: Pieces, file: BinaryIO) -> Placed:
    """Write a gzip file as it comes, and see that its compression ends where it does."""
    _empty(file)
    size, sha256 = 0, hashlib.sha256()
    inflating = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        for piece in pieces:
            file.write(piece)
            size += len(piece)
            sha256.update(piece)
            rest = piece
            while rest:
                if inflating.eof:
                    inflating = zlib.decompressobj(16 + zlib.MAX_WBITS)
                inflating.decompress(rest, 1 << 20)
                rest = inflating.unconsumed_tail or inflating.unused_data
    except zlib.error as error:
        raise NotWholeError(f"the archive is damaged: {error}") from error
    if not inflating.eof:
        raise NotWholeError("the archive is cut off")
    return Placed(size, sha256.hexdigest())


def _empty(file: BinaryIO) -> None:
    file.seek(0)
    file.truncate()
