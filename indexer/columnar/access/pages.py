"""Read arrays of a segment's file page by page, each page compared with its checksum when it is first read."""

import struct
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from indexer.columnar.file import SegmentFile

PAGE = 1 << 12
"""Bytes that have a checksum of their own in an array that has more, so that little is read for little."""
_CODES = {1: "B", 2: "H", 4: "I", 8: "Q"}
"""How `struct` names unsigned numbers of so many bytes."""


def as_sums(sums: Any) -> memoryview:
    """Return checksums in a form of which one is read in little time."""
    return memoryview(np.array(sums, np.uint32).tobytes()).cast("I")


class Pages:
    """Part of a file that is compared with its checksums page by page, each when it is first read."""

    def __init__(self, file: "SegmentFile", name: str, sums: memoryview) -> None:
        """Read the array of that name, whose pages have these checksums."""
        self._file, self._name, self._sums = file, name, sums
        self._content = file.content
        extent = file.sections[name]
        self._size = np.dtype(extent.dtype).itemsize
        self._offset = extent.offset
        self._end = self._offset + extent.items * self._size
        self._one, self._two = (struct.Struct(f"<{count}{_CODES[self._size]}").unpack_from for count in "12")
        self._checked = bytearray(len(sums))

    def check(self, low: int, high: int) -> None:
        """Compare what lies between two offsets with its checksums; UnusableIndexError when it is not as written."""
        page, last = low // PAGE, (high - 1) // PAGE
        if page == last:
            if not self._checked[page]:
                self._compare(page)
            return
        while (page := self._checked.find(0, page, last + 1)) >= 0:
            self._compare(page)

    def _compare(self, page: int) -> None:
        start = self._offset + page * PAGE
        if crc32(self._content[start : min(start + PAGE, self._end)]) != self._sums[page]:
            raise self._file.damaged(self._name)
        self._checked[page] = 1

    def part(self, low: int, high: int) -> bytes:
        """Return the bytes between two offsets; raises as `check` does."""
        self.check(low, high)
        return self._content[self._offset + low : self._offset + high]

    def number(self, at: int) -> int:
        """Return an item of an array of unsigned numbers."""
        low = at * self._size
        self.check(low, low + self._size)
        number: int = self._one(self._content, self._offset + low)[0]
        return number

    def two(self, at: int) -> tuple[int, int]:
        """Return an item of an array of unsigned numbers, and the next."""
        low = at * self._size
        self.check(low, low + 2 * self._size)
        first, second = self._two(self._content, self._offset + low)
        return first, second


class CheckedArray:
    """A large array of a file, of which each page is compared with its checksum when it is first read."""

    def __init__(self, pages: Pages, values: NDArray[Any]) -> None:
        self._pages, self._values = pages, values
        self._size = values.itemsize

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, at: Any) -> Any:
        """Return an item, those of a slice without a step, or of indices; UnusableIndexError when not as written."""
        if isinstance(at, np.ndarray):
            for page in set((at * self._size // PAGE).tolist()):
                self._pages.check(page * PAGE, page * PAGE + 1)
            return self._values[at]
        span = at if isinstance(at, slice) else slice(at, at + 1 or None)
        low, high, _ = span.indices(len(self._values))
        self._pages.check(low * self._size, high * self._size)
        return self._values[at]

    def whole(self) -> NDArray[Any]:
        """Return all of it."""
        self._pages.check(0, self._values.nbytes)
        return self._values
