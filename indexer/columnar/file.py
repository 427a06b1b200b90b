"""Write and read the file of a segment: named arrays, and a directory at the end. What they mean is elsewhere.

    magic and version | array, array, ... | directory | where the directory is | magic

Every array begins at a multiple of 8 bytes and has a CRC-32. A file that was cut short has no directory: that is
noticed when it is opened, as are a damaged directory and a newer version; damage inside an array is noticed by
`SegmentFile.verify`.
"""

import json
import mmap
import os
import struct
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.errors import UnusableIndexError

EXTENSION = ".cols"
"""Of a segment's file."""

VERSION = 2
"""Of the file's layout; any other is refused."""

_HEAD = struct.Struct("<8sQ")  # magic, version
_TAIL = struct.Struct("<QII8s")  # offset, length and checksum of the directory, magic
_MAGIC = b"COLSEG\r\n"
_CHUNK = 1 << 22
_IN_MEMORY = 1 << 22


class ArrayExtent(NamedTuple):
    """Say where an array lies in the file, in bytes, and what it is."""

    offset: int
    items: int
    dtype: str
    checksum: int


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
        start, checksum = self._offset, 0
        for chunk in chunks:
            self._file.write(chunk)
            checksum = crc32(chunk, checksum)
            self._offset += len(chunk)
        self._sections[name] = ArrayExtent(start, (self._offset - start) // dtype.itemsize, dtype.str, checksum)

    def _pad(self) -> None:
        padding = -self._offset % 8
        self._file.write(bytes(padding))
        self._offset += padding

    def finish(self, about: dict[str, Any]) -> None:
        """Write the directory, with what else is to be known of the segment, and have all on disk."""
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


class SegmentFile:
    """Read a segment's file: the arrays are views of the mapped file, read when they are looked at."""

    def __init__(self, path: Path) -> None:
        """Map it. Raises FileNotFoundError, UnusableIndexError when it is cut short, damaged or of another version."""
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _HEAD.size + _TAIL.size:
                raise self.unusable("is cut short")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.about: dict[str, Any]
        self.sections: dict[str, ArrayExtent]
        self._read_directory(size)

    def _read_directory(self, size: int) -> None:
        magic, version = _HEAD.unpack_from(self._map, 0)
        if magic != _MAGIC:
            raise self.unusable("is damaged: it does not begin as a segment does")
        if version < 1:
            raise self.unusable("is damaged: no segment is of its version")
        if version != VERSION:
            who, remedy = ("a newer", "update the program, or ") if version > VERSION else ("an older", "")
            raise UnusableIndexError(
                f"{self.path} was written by {who} version of this program (segment version {version}, this program "
                f"reads {VERSION}): {remedy}build the index anew"
            )
        offset, length, checksum, magic = _TAIL.unpack_from(self._map, size - _TAIL.size)
        if magic != _MAGIC or offset + length + _TAIL.size != size:
            raise self.unusable("is cut short")
        directory = self._map[offset : offset + length]
        if crc32(directory) != checksum:
            raise self.unusable("is damaged: its directory has another checksum than it had")
        self._end = int(offset)
        content = json.loads(directory)
        self.about = content["about"]
        self.sections = {name: ArrayExtent(*section) for name, section in content["sections"].items()}

    def unusable(self, what: str) -> UnusableIndexError:
        """Make an error that names the file, says what is wrong with it, and what to do."""
        return UnusableIndexError(f"{self.path} {what}; run `indexer verify --repair`, or restore the file")

    def __contains__(self, name: str) -> bool:
        return name in self.sections

    def array(self, name: str) -> NDArray[Any]:
        """Return the array of that name, as a view; KeyError when there is none."""
        section = self.sections[name]
        return np.frombuffer(self._map, section.dtype, section.items, section.offset)

    def bytes(self, name: str) -> memoryview:
        """Return the array of that name as the bytes it lies in."""
        section = self.sections[name]
        return memoryview(self._map)[section.offset : section.offset + section.items]

    def release(self) -> None:
        """Give the memory of what was looked at back to the system; what is looked at again is read again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def verify(self) -> list[str]:
        """List the arrays that are not as they were written; `padding` for what lies between them."""
        damaged = [name for name in self.sections if not self._is_whole(name)]
        return damaged if self._is_padded() else [*damaged, "padding"]

    def _is_padded(self) -> bool:
        """Tell whether zeros lie between the arrays."""
        ends = [(each.offset, each.offset + _size(each)) for each in self.sections.values()]
        bounds = [(_HEAD.size, _HEAD.size), *sorted(ends), (self._end, self._end)]
        return not any(any(self._map[end:start]) for (_, end), (start, _) in pairwise(bounds))

    def _is_whole(self, name: str) -> bool:
        section = self.sections[name]
        size, checksum = _size(section), 0
        for start in range(section.offset, section.offset + size, _CHUNK):
            checksum = crc32(self._map[start : min(start + _CHUNK, section.offset + size)], checksum)
        return checksum == section.checksum

    def close(self) -> None:
        """Unmap the file, unless arrays are still in use: then it is unmapped when they are gone."""
        try:
            self._map.close()
        except BufferError:
            return
