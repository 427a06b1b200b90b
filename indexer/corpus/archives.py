"""Reading gzip, tar and zip files as streams of named contents, within bounds, without extracting anything.

Member names are hostile: they are shown, never used as paths. Knows nothing of EDGAR; `walking` decides which contents
are submissions. Whatever a library raises over a damaged archive comes out as one of `READ_ERRORS`.
"""

import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from indexer.corpus.budget import Budget, OverLimitError, SpentError
from indexer.errors import Problem, ProblemKind
from indexer.printing import printable

READ_ERRORS = (OSError, EOFError, zlib.error, tarfile.TarError, zipfile.BadZipFile)
"""What reading a damaged or cut archive raises."""

_BUFFER = 1 << 16
_EXTENDED_HEADER_BYTES = 1 << 20
_EXTENDED_HEADERS = frozenset(
    (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
)
_DIRECTORY_ENTRY = 46
"""Bytes of a member in the directory of a zip file, at least."""
_LOCAL_HEADER = 30
"""Bytes before a member's name in a zip file."""
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
"""Those that Python decompresses piece by piece: of bzip2 and LZMA it takes all that comes out of a piece at once."""


class Container(Enum):
    """How a file holds others; the values are what the files begin with (a tar file has it at byte 257)."""

    GZIP = b"\x1f\x8b"
    TAR = b"ustar"
    ZIP = b"PK"


class Content(NamedTuple):
    """A member of an archive that can be read."""

    name: str
    stream: io.BufferedReader
    """`peek` gives its beginning, 8 KiB or all of it. Read it before the next member is asked for."""
    consumed: Callable[[], int]
    """How many bytes of the file on disk have been read for it and what stands before it."""


def container_of(beginning: bytes) -> Container | None:
    """Tell what a file that begins so holds others in, or `None`.

    >>> container_of(b"\\x1f\\x8b\\x08\\x00")
    <Container.GZIP: b'\\x1f\\x8b'>
    """
    if beginning.startswith(Container.GZIP.value):
        return Container.GZIP
    if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Container.ZIP
    return Container.TAR if beginning[257:262] == Container.TAR.value else None


def bounded(
    stream: io.BufferedIOBase, budget: Budget, *, consumed: Callable[[], int] | None = None
) -> io.BufferedReader:
    """Bound a stream by the budget, with a beginning to peek at; `consumed` where it decompresses something.

    Reading raises `OverLimitError` and `SpentError`.
    """
    return io.BufferedReader(_Bounded(stream, budget, consumed), _BUFFER)


class _Bounded(io.RawIOBase):
    def __init__(self, stream: io.BufferedIOBase, budget: Budget, consumed: Callable[[], int] | None) -> None:
        super().__init__()
        self._stream = stream
        self._budget = budget
        self._consumed = consumed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fills the buffer unless the stream ends, so that peeking sees more than a first morsel."""
        filled = 0
        while filled < len(buffer) and (size := self._read(buffer[filled:])):
            filled += size
            self._take(size)
        return filled

    def _read(self, buffer: memoryview) -> int:
        with _damage(OSError):
            return self._stream.readinto(buffer)

    def _take(self, size: int) -> None:
        if self._consumed is None:
            self._budget.take_time()
        else:
            self._budget.take(size, self._consumed)


def gunzipped(stream: io.BufferedIOBase, budget: Budget, consumed: Callable[[], int]) -> io.BufferedReader:
    """Return what a gzip stream holds, all of its parts one behind the other."""
    source = bounded(stream, budget)  # parts that hold nothing take time too
    return bounded(gzip.GzipFile(fileobj=source), budget, consumed=consumed)


@contextmanager
def _damage(error: type[Exception]) -> Iterator[None]:
    """Raise `error` for whatever a library raises over bytes that it did not foresee (ValueError, RecursionError, ...).

    A missing password is a RuntimeError, an unknown method of compression a NotImplementedError.
    """
    try:
        yield
    except (*READ_ERRORS, OverLimitError, MemoryError):
        raise
    except Exception as unforeseen:
        raise error(str(unforeseen) or type(unforeseen).__name__) from unforeseen


def tar_contents(stream: BinaryIO, budget: Budget, consumed: Callable[[], int]) -> Iterator[Content | Problem]:
    """Yield the regular files in a tar stream, in its order; a Problem for each link, device and sparse file."""
    with _damage(tarfile.ReadError):
        archive = tarfile.open(fileobj=stream, mode="r|", tarinfo=_TarInfo, encoding="utf-8")  # noqa: SIM115
    with archive:
        while (member := _next(archive)) is not None:
            budget.take_member()
            archive.members = []  # type: ignore[attr-defined]
            if member.issparse():  # a few bytes could stand for gigabytes, and no submission has holes
                yield _skipped(member.name, "a sparse file in an archive")
            elif (content := archive.extractfile(member) if member.isreg() else None) is not None:
                yield Content(member.name, bounded(content, budget), consumed)  # type: ignore[arg-type]
            elif not member.isdir():
                yield _skipped(member.name, "a link or device in an archive")


def _next(archive: tarfile.TarFile) -> tarfile.TarInfo | None:
    with _damage(tarfile.ReadError):
        return archive.next()


class _TarInfo(tarfile.TarInfo):
    """Refuses long-name and pax headers that would be read into memory whole."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_TarInfo":
        member = super().frombuf(buf, encoding, errors)
        if member.type in _EXTENDED_HEADERS and member.size > _EXTENDED_HEADER_BYTES:
            raise SpentError(f"a tar header of {member.size:,} bytes")
        return member


def zip_contents(stream: BinaryIO, budget: Budget) -> Iterator[Content | Problem]:
    """Yield the files in a zip file, in the order of its directory; a Problem for each that cannot be opened."""
    with _damage(zipfile.BadZipFile):
        _refuse_long_directory(stream, budget)
        archive = zipfile.ZipFile(stream)
    with archive:
        _refuse_overlaps(archive)
        consumed = 0
        for member in archive.infolist():
            budget.take_member()
            consumed += member.compress_size
            if member.is_dir():
                continue
            try:
                yield _zip_content(archive, member, budget, consumed)
            except READ_ERRORS as error:
                yield _skipped(member.filename, str(error))


def _refuse_long_directory(stream: BinaryIO, budget: Budget) -> None:
    """Raise SpentError before a directory of too many members is read into memory."""
    end = zipfile._EndRecData(stream)  # type: ignore[attr-defined]
    if end and end[zipfile._ECD_SIZE] > budget.limits.archive_members * 2 * _DIRECTORY_ENTRY:  # type: ignore[attr-defined]
        raise SpentError(f"more than {budget.limits.archive_members:,} members")
    stream.seek(0)


def _refuse_overlaps(archive: zipfile.ZipFile) -> None:
    """Raise BadZipFile where members share bytes, or say that they have more than there are."""
    members = sorted(archive.infolist(), key=lambda member: member.header_offset)
    starts = [member.header_offset for member in members] + [archive.start_dir]
    for member, (start, end) in zip(members, pairwise(starts), strict=True):
        if start + _LOCAL_HEADER + len(member.orig_filename) + member.compress_size > end:
            raise zipfile.BadZipFile("members that overlap")


def _zip_content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget, consumed: int) -> Content | Problem:
    if stat.S_ISLNK(member.external_attr >> 16):
        return _skipped(member.filename, "a link or device in an archive")
    if member.flag_bits & 1:
        return _skipped(member.filename, "encrypted")
    if member.compress_type not in _METHODS:
        return _skipped(member.filename, f"compressed by {_method(member)}, which is not read: use deflate")
    with _damage(zipfile.BadZipFile):
        opened = archive.open(member)
    return Content(member.filename, bounded(opened, budget, consumed=lambda: consumed), lambda: consumed)  # type: ignore[arg-type]


def _method(member: zipfile.ZipInfo) -> str:
    names: dict[int, str] = zipfile.compressor_names  # type: ignore[attr-defined]
    return names.get(member.compress_type, f"method {member.compress_type}")


def _skipped(name: str, why: str) -> Problem:
    return Problem(ProblemKind.UNREADABLE_FILE, why, source=printable(name), outcome="skipped")
