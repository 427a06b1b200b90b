"""Reading gzip, tar and zip files as streams of named contents, within bounds, without extracting anything.

Member names are hostile: they are shown, never used as paths. Knows nothing of EDGAR; `corpus` decides which contents
are submissions.
"""

import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from enum import Enum
from typing import BinaryIO, NamedTuple

from indexer.errors import Problem, ProblemKind
from indexer.limits import Limits
from indexer.printing import printable

READ_ERRORS = (OSError, EOFError, zlib.error, tarfile.TarError, zipfile.BadZipFile, RuntimeError, NotImplementedError)
"""What reading a damaged, cut or encrypted archive raises; `RuntimeError` is zipfile's word for a missing password."""

_RATIO_COUNTS_FROM = 16 << 20
_BUFFER = 1 << 16
_EXTENDED_HEADER_BYTES = 1 << 20
_EXTENDED_HEADERS = frozenset(
    (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
)


class Container(Enum):
    """How a file holds others; the values are what the files begin with (a tar file has it at byte 257)."""

    GZIP = b"\x1f\x8b"
    TAR = b"ustar"
    ZIP = b"PK"


class OverLimitError(Exception):
    """A bound was met while reading."""


class Content(NamedTuple):
    """Something in an archive that can be read."""

    name: str
    stream: io.BufferedReader
    """`peek` gives its beginning, 8 KiB or all of it. Read it before the next member is asked for."""


def container_of(beginning: bytes) -> Container | None:
    """What a file that begins so holds others in, or `None`.

    >>> container_of(b"\\x1f\\x8b\\x08\\x00")
    <Container.GZIP: b'\\x1f\\x8b'>
    """
    if beginning.startswith(Container.GZIP.value):
        return Container.GZIP
    if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Container.ZIP
    return Container.TAR if beginning[257:262] == Container.TAR.value else None


def bounded(stream: BinaryIO, limits: Limits, *, compressed: Callable[[], int] | None = None) -> io.BufferedReader:
    """The stream with a beginning to peek at; with `compressed` (bytes read so far) its compression ratio is watched.

    Reading raises `OverLimitError` past the ratio.
    """
    return io.BufferedReader(_Bounded(stream, limits, compressed), _BUFFER)


class _Bounded(io.RawIOBase):
    def __init__(self, stream: BinaryIO, limits: Limits, compressed: Callable[[], int] | None) -> None:
        super().__init__()
        self._stream = stream
        self._limits = limits
        self._compressed = compressed
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fills the buffer unless the stream ends, so that peeking sees more than a first morsel."""
        filled = 0
        while filled < len(buffer) and (chunk := self._stream.read(len(buffer) - filled)):
            buffer[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        self._read += filled
        self._check_ratio()
        return filled

    def _check_ratio(self) -> None:
        if self._compressed is None or self._read < _RATIO_COUNTS_FROM:
            return
        if self._read > self._limits.compression_ratio * max(self._compressed(), 1):
            raise OverLimitError(f"more than {self._limits.compression_ratio} bytes out of each compressed byte")


def gunzipped(stream: BinaryIO, limits: Limits) -> io.BufferedReader:
    """What a gzip stream holds, all of its parts one behind the other."""
    unzipped = gzip.GzipFile(fileobj=stream)
    return bounded(unzipped, limits, compressed=stream.tell)  # type: ignore[arg-type]


def tar_contents(stream: BinaryIO, limits: Limits) -> Iterator[Content | Problem]:
    """The regular files in a tar stream, in its order; a Problem for each link and device."""
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_TarInfo, encoding="utf-8") as archive:
        for member in archive:
            archive.members = []  # type: ignore[attr-defined]
            content = archive.extractfile(member) if member.isreg() else None
            if content is not None:
                yield Content(member.name, bounded(content, limits))  # type: ignore[arg-type]
            elif not member.isdir():
                yield _skipped(member.name, "a link or device in an archive")


class _TarInfo(tarfile.TarInfo):
    """Refuses long-name and pax headers that would be read into memory whole."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_TarInfo":
        member = super().frombuf(buf, encoding, errors)
        if member.type in _EXTENDED_HEADERS and member.size > _EXTENDED_HEADER_BYTES:
            raise OverLimitError(f"a tar header of {member.size:,} bytes")
        return member


def zip_contents(stream: BinaryIO, limits: Limits) -> Iterator[Content | Problem]:
    """The files in a zip file, in the order of its directory; a Problem for each that cannot be opened."""
    with zipfile.ZipFile(stream) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            try:
                yield _zip_content(archive, member, limits)
            except READ_ERRORS as error:
                yield _skipped(member.filename, str(error))


def _zip_content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> Content | Problem:
    if stat.S_ISLNK(member.external_attr >> 16):
        return _skipped(member.filename, "a link or device in an archive")
    if member.flag_bits & 1:
        return _skipped(member.filename, "encrypted")
    opened = archive.open(member)
    return Content(member.filename, bounded(opened, limits, compressed=lambda: member.compress_size))  # type: ignore[arg-type]


def _skipped(name: str, why: str) -> Problem:
    return Problem(ProblemKind.UNREADABLE_FILE, why, source=printable(name), outcome="skipped")
