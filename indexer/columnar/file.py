"""Write and read the file of a segment: named arrays, and a directory at the end. What they mean is elsewhere.

    magic and version | array, array, ... | directory | where the directory is | magic

Every array begins at a multiple of 8 bytes and has a CRC-32, and one for each of its blocks when it has several
(`page_sums`, the last array). A file that was cut short has no directory: that is noticed when it is opened, as are a
damaged directory and a newer version. Damage inside an array is noticed when it is first read: all of a small one is
compared with its checksum, of a large one the blocks that are read. What is read is as it was written, or there is an
error.
"""

import json
import mmap
import os
import struct
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.access.pages import PAGE, CheckedArray, Pages, as_sums
from indexer.errors import OtherVersionError, UnusableIndexError

EXTENSION = ".cols"
"""Of a segment's file."""

VERSION = 3
"""Of the file's layout; any other is refused."""

_HEAD = struct.Struct("<8sQ")  # magic, version
_TAIL = struct.Struct("<QII8s")  # offset, length and checksum of the directory, magic
_MAGIC = b"COLSEG\r\n"
_CHUNK = 1 << 22
_SMALL = 8 * PAGE
"""Bytes up to which an array is compared whole."""
_SUMS = "page_sums"
_IN_MEMORY = 1 << 22


class ArrayExtent(NamedTuple):
    """Say where an array lies in the file, in bytes, and what it is."""

    offset: int
    items: int
    dtype: str
    checksum: int
    first_sum: int
    """The index, among the sums of blocks, of the one of its first block."""


_EXTENT = partial(tuple.__new__, ArrayExtent)
"""Makes one of a list, by C alone: a segment has hundreds, of which a question reads a few."""


def _size(section: ArrayExtent) -> int:
    return section.items * np.dtype(section.dtype).itemsize


class Stream:
    """Take an array that grows while others do; kept in memory while small, then in a temporary file."""

    def __init__(self, folder: Path, dtype: str) -> None:
        self.dtype = np.dtype(dtype)
        self.count = 0
        from tempfile import SpooledTemporaryFile  # noqa: PLC0415  (reading a segment needs none)

        self._spool = SpooledTemporaryFile(_IN_MEMORY, "w+b", dir=str(folder))  # noqa: SIM115  (see `close`)

    def append(self, values: NDArray[Any]) -> None:
        """Add values at the end."""
        self._spool.write(values.astype(self.dtype, copy=False).tobytes())
        self.count += len(values)

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes of what was added, from the beginning."""
        self._spool.seek(0)
        while chunk := self._spool.read(_CHUNK):
            yield chunk

    def close(self) -> None:
        """Take the temporary file away."""
        self._spool.close()

    def __del__(self) -> None:
        """Close, so that what is discarded half written leaves nothing open."""
        self._spool.close()


class SegmentFileWriter:
    """Write a segment's file; it is no segment until `finish` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("xb")
        self._file.write(_HEAD.pack(_MAGIC, VERSION))
        self._offset = _HEAD.size
        self._sections: dict[str, ArrayExtent] = {}
        self._sums: list[int] = []

    def add(self, name: str, values: NDArray[Any]) -> None:
        """Write a whole array."""
        little = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
        self._write(name, [little.data.cast("B")] if len(little) else [], little.dtype)

    def add_stream(self, name: str, stream: Stream) -> None:
        """Write what a stream holds, and close it."""
        self._write(name, stream.chunks(), stream.dtype)
        stream.close()

    def _write(self, name: str, chunks: Iterable[bytes | memoryview], dtype: np.dtype[Any]) -> None:
        self._pad()
        start, checksum, sums = self._offset, 0, _BlockSums()
        for chunk in chunks:
            self._file.write(chunk)
            checksum = crc32(chunk, checksum)
            sums.add(chunk)
            self._offset += len(chunk)
        items = (self._offset - start) // dtype.itemsize
        self._sections[name] = ArrayExtent(start, items, dtype.str, checksum, len(self._sums))
        self._sums += sums.found if self._offset - start > PAGE else []

    def _pad(self) -> None:
        padding = -self._offset % 8
        self._file.write(bytes(padding))
        self._offset += padding

    def finish(self, about: dict[str, Any]) -> None:
        """Write the directory, with what else is to be known of the segment, and have all on disk."""
        self.add(_SUMS, np.array(self._sums, "<u4"))
        self._pad()
        directory = json.dumps({"about": about, "sections": self._sections}, separators=(",", ":")).encode()
        self._file.write(directory)
        self._file.write(_TAIL.pack(self._offset, len(directory), crc32(directory), _MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        """Give up: close and delete the file."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if not self._file.closed:
            self.discard()


class _BlockSums:
    """Compute the checksum of each block of what comes in pieces of any length."""

    def __init__(self) -> None:
        self.found: list[int] = []
        self._left = 0

    def add(self, piece: bytes | memoryview) -> None:
        """Take the next piece."""
        view, at = memoryview(piece), 0
        while at < len(view):
            if not self._left:
                self.found.append(0)
                self._left = PAGE
            part = view[at : at + self._left]
            self.found[-1] = crc32(part, self.found[-1])
            self._left -= len(part)
            at += len(part)


class SegmentFile:
    """Read a segment's file: the arrays are views of the mapped file, checked when they are first looked at."""

    def __init__(self, path: Path) -> None:
        """Map it. Raises FileNotFoundError, UnusableIndexError when it is cut short, damaged or of another version."""
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _HEAD.size + _TAIL.size:
                raise self.unusable("is cut short")
            self.content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._whole = set[str]()
        self._pages: dict[str, Pages] = {}
        self.about: dict[str, Any]
        self.sections: dict[str, ArrayExtent]
        self._read_directory(size)

    def _read_directory(self, size: int) -> None:
        magic, version = _HEAD.unpack_from(self.content, 0)
        if magic != _MAGIC:
            raise self.unusable("is damaged: it does not begin as a segment does")
        if version < 1:
            raise self.unusable("is damaged: no segment is of its version")
        if version != VERSION:
            who, remedy = ("a newer", "update the program, or ") if version > VERSION else ("an older", "")
            raise OtherVersionError(
                f"{self.path} was written by {who} version of this program (segment version {version}, this program "
                f"reads {VERSION}): {remedy}build the index anew"
            )
        offset, length, checksum, magic = _TAIL.unpack_from(self.content, size - _TAIL.size)
        if magic != _MAGIC or offset + length + _TAIL.size != size:
            raise self.unusable("is cut short")
        directory = self.content[offset : offset + length]
        if crc32(directory) != checksum:
            raise self.unusable("is damaged: its directory has another checksum than it had")
        self._end = int(offset)
        content = json.loads(directory)
        self.about = content["about"]
        self.sections = dict(zip(content["sections"], map(_EXTENT, content["sections"].values()), strict=True))
        if _SUMS not in self.sections:
            raise UnusableIndexError(
                f"{self.path} was written by an older version of this program, without what makes asking quick: build "
                "the index anew"
            )

    def unusable(self, what: str) -> UnusableIndexError:
        """Make an error that names the file, says what is wrong with it, and what to do."""
        return UnusableIndexError(f"{self.path} {what}; run `indexer verify --repair`, or restore the file")

    def damaged(self, *names: str) -> UnusableIndexError:
        """Make the error for arrays that are not as they were written."""
        return self.unusable(f"is not as it was written: {', '.join(names)}")

    def __contains__(self, name: str) -> bool:
        return name in self.sections

    def array(self, name: str) -> NDArray[Any]:
        """Return the array of that name, as a view; KeyError when there is none, UnusableIndexError when damaged."""
        if name not in self._whole:
            if not self._is_whole(name):
                raise self.damaged(name)
            self._whole.add(name)
        return self.unchecked(name)

    def values(self, name: str) -> "NDArray[Any] | CheckedArray":
        """Return the same of an array that is read in slices: of a large one only what is read is checked."""
        if _size(self.sections[name]) <= _SMALL:
            return self.array(name)
        return CheckedArray(self.pages(name), self.unchecked(name))

    def pages(self, name: str) -> Pages:
        """Return an array as bytes that are checked page by page; KeyError when there is none of that name."""
        if name not in self._pages:
            section = self.sections[name]
            count = -(-_size(section) // PAGE)
            sums = self._sums[section.first_sum :][:count] if count > 1 else as_sums([section.checksum])
            self._pages[name] = Pages(self, name, sums)
        return self._pages[name]

    @cached_property
    def _sums(self) -> memoryview:
        return as_sums(self.array(_SUMS))

    def unchecked(self, name: str) -> NDArray[Any]:
        """Return an array as it lies there, whether or not it is as it was written."""
        section = self.sections[name]
        return np.frombuffer(self.content, section.dtype, section.items, section.offset)

    def release(self) -> None:
        """Give the memory of what was looked at back to the system; what is looked at again is read again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self.content.madvise(mmap.MADV_DONTNEED)

    def verify(self) -> list[str]:
        """List the arrays that are not as they were written; `padding` for what lies between them."""
        damaged = [name for name in self.sections if not self._is_whole(name)]
        return damaged if self._is_padded() else [*damaged, "padding"]

    def _is_padded(self) -> bool:
        """Tell whether zeros lie between the arrays."""
        ends = [(each.offset, each.offset + _size(each)) for each in self.sections.values()]
        bounds = [(_HEAD.size, _HEAD.size), *sorted(ends), (self._end, self._end)]
        return not any(any(self.content[end:start]) for (_, end), (start, _) in pairwise(bounds))

    def _is_whole(self, name: str) -> bool:
        section = self.sections[name]
        size, checksum = _size(section), 0
        with memoryview(self.content) as content:
            for start in range(section.offset, section.offset + size, _CHUNK):
                checksum = crc32(content[start : min(start + _CHUNK, section.offset + size)], checksum)
        return checksum == section.checksum

    def close(self) -> None:
        """Unmap the file, unless arrays are still in use: then it is unmapped when they are gone."""
        self._pages.clear()
        try:
            self.content.close()
        except BufferError:
            return
