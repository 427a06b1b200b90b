"""Read texts of the store, whole and block by block."""

import json
import os
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock, local
from zlib import crc32

import zstandard

from indexer.errors import OtherVersionError, StaleIndexError, UnusableIndexError
from indexer.extracted import Section
from indexer.texts.text_layout import (
    BLOCK_ROW,
    COUNTS,
    EXTENSION,
    FAMILY,
    MAGIC,
    Parts,
    TextAddress,
    directory_checksum,
)

_MOST_OF_PARTS = 1 << 28


class StoredText:
    """One text of a store, read block by block as it is asked for."""

    def __init__(self, record: memoryview, address: TextAddress) -> None:
        """Take the record at an address; UnusableIndexError when its directory is damaged."""
        self._record, self._address = record, address
        checksum, count, self._about, self._about_checksum = COUNTS.unpack_from(record, 0)
        directory = record[: COUNTS.size + count * BLOCK_ROW.size]
        if len(directory) != COUNTS.size + count * BLOCK_ROW.size or directory_checksum(directory, address) != checksum:
            raise UnusableIndexError(f"text {address} is damaged, or another lies there; run `indexer verify`")
        rows = list(BLOCK_ROW.iter_unpack(directory[COUNTS.size :]))
        self._frames = _running(len(directory), [row[0] for row in rows])
        self._checksums = [row[1] for row in rows]
        self.starts: Sequence[int] = _running(0, [row[2] for row in rows])
        """Offset of each block's first character, and last the length of the text."""
        self.words: Sequence[int] = _running(0, [row[3] for row in rows])
        """Position of each block's first word in the text, and last the number of words."""

    def __len__(self) -> int:
        return self.starts[-1]

    @property
    def nbytes(self) -> int:
        """Tell how many bytes the record takes."""
        return len(self._record)

    def block(self, number: int) -> str:
        """Read a block's text; UnusableIndexError when it is damaged."""
        most = 4 * (self.starts[number + 1] - self.starts[number])
        content = self._decompress(self._frames[number], self._frames[number + 1], self._checksums[number], most=most)
        try:
            return content.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise self._damaged(error) from error

    def slice(self, start: int, end: int) -> str:
        """Read the text from `start` to `end`, in characters, and only the blocks it lies in."""
        start, end = max(0, start), min(end, len(self))
        if start >= end:
            return ""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        joined = "".join(map(self.block, range(first, last + 1)))
        return joined[start - self.starts[first] : end - self.starts[first]]

    def whole(self) -> str:
        """Read the whole text."""
        return self.slice(0, len(self))

    def parts(self) -> Parts:
        """Read its sections and pages."""
        return self._known[0]

    def words_within(self, number: int) -> list[int]:
        """Count the words of a block before each of its `stretches`, and last all of them."""
        inside = self._known[1]
        return [0, *(inside[number] if inside else ()), self.words[number + 1] - self.words[number]]

    @cached_property
    def _known(self) -> tuple[Parts, list[list[int]]]:
        """Read its parts, and the words before the stretches of each block but those before the first."""
        if not self._about:
            return Parts(), []
        end = self._frames[-1] + self._about
        about = self._decompress(self._frames[-1], end, self._about_checksum, most=_MOST_OF_PARTS)
        try:
            sections, pages, unlocated, *inside = json.loads(about)
            parts = Parts(tuple(Section(*section) for section in sections), tuple(pages), tuple(unlocated))
        except (ValueError, TypeError) as error:
            raise self._damaged(error) from error
        return parts, inside[0] if inside else []

    def _decompress(self, start: int, end: int, checksum: int, *, most: int) -> bytes:
        """Decompress a frame, of `most` bytes at most: what a stranger's says of its size is not to be believed."""
        frame = self._record[start:end]
        try:
            if crc32(frame) != checksum:
                raise zstandard.ZstdError("its checksum is another")
            if zstandard.frame_content_size(frame) > most:
                raise zstandard.ZstdError("its size is another")
            content: bytes = _of_thread.decompressor.decompress(frame)
        except zstandard.ZstdError as error:
            raise self._damaged(error) from error
        return content

    def _damaged(self, error: Exception) -> UnusableIndexError:
        return UnusableIndexError(f"text {self._address} is damaged ({error}); run `indexer verify`")


class _OfThread(local):
    """What threads cannot share and is costly to make."""

    def __init__(self) -> None:
        self.decompressor = zstandard.ZstdDecompressor()


_of_thread = _OfThread()


def _opened(path: Path) -> int:
    """Open a file of the store; OtherVersionError and UnusableIndexError when it does not begin as one does now."""
    descriptor = os.open(path, os.O_RDONLY)
    begins = os.pread(descriptor, len(MAGIC), 0)
    if begins == MAGIC:
        return descriptor
    os.close(descriptor)
    if begins.startswith(FAMILY):
        raise OtherVersionError(f"{path} was built by another version of this program: `indexer build --rebuild`")
    raise UnusableIndexError(f"{path} is damaged: it does not begin as a file of texts does; run `indexer verify`")


def _running(first: int, sizes: Sequence[int]) -> list[int]:
    totals = [first]
    for size in sizes:
        totals.append(totals[-1] + size)
    return totals


class TextStore:
    """Reads the texts of a folder, from any thread. Files are opened when first needed, the last `OPEN` stay so."""

    OPEN = 256

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, int] = {}
        self._lock = Lock()

    def __getitem__(self, address: TextAddress) -> StoredText:
        """Open the text at an address; StaleIndexError when its file is gone, UnusableIndexError when it is damaged.

        OtherVersionError when another version of this program wrote it.
        """
        return StoredText(self._read(address, address.length), address)

    def word_count(self, address: TextAddress) -> int:
        """Count the words of a text, of which only the directory is read; errors as for the text."""
        _, count, _, _ = COUNTS.unpack(self._read(address, COUNTS.size))
        directory = self._read(address, min(address.length, COUNTS.size + count * BLOCK_ROW.size))
        return StoredText(directory, address).words[-1]

    def _read(self, address: TextAddress, length: int) -> memoryview:
        try:
            with self._lock:
                record = os.pread(self._descriptor(address.file), length, address.offset)
        except FileNotFoundError as error:
            raise StaleIndexError(
                f"text {address} is gone: a later build replaced it (open the index anew), or its file was deleted "
                "(run `indexer verify`)"
            ) from error
        except OSError as error:
            raise UnusableIndexError(f"text {address} cannot be read: {error.strerror}") from error
        if len(record) != length or length < COUNTS.size:
            raise UnusableIndexError(f"text {address} is cut short; run `indexer verify`")
        return memoryview(record)

    def _descriptor(self, file: str) -> int:
        descriptor = self._files.pop(file, -1)
        if descriptor < 0:
            descriptor = _opened(self._folder / f"{file}{EXTENSION}")
            if len(self._files) >= self.OPEN:
                os.close(self._files.pop(next(iter(self._files))))
        self._files[file] = descriptor
        return descriptor

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            while self._files:
                os.close(self._files.popitem()[1])

    def __del__(self) -> None:
        while self._files:
            os.close(self._files.popitem()[1])
