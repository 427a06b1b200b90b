"""The text store: what the index was made from, compressed, beside the index.

A store is a folder of append-only files; each writer (one per worker process) makes its own. A text is kept in
blocks, so that a passage of a long document can be read without the rest; a block ends after white space, never
inside a word, and is a zstd frame. The directory of a text has the checksums of its frames, and one of its own that
includes the address: what lies there is that text or damage, even where it is another text, and whole. Sections and
pages of a document are kept with its text.
"""

import json
import os
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from threading import Lock, local
from types import TracebackType
from typing import NamedTuple, Self
from zlib import crc32

import zstandard

from indexer.analysis.tokenizer import words_before
from indexer.errors import OtherVersionError, StaleIndexError, UnusableIndexError
from indexer.extracted import Section

FOLDER = "texts"
"""The store's folder within an index's."""
EXTENSION = ".zst"
"""Of the store's files."""
BLOCK = 1 << 16
"""Characters of a block, about: read in 0.1 ms. Twice as long ones take 4 % less room. Measured 2026-11."""

STRETCH = 1 << 12
"""Characters of a stretch of a block, about: a word is found without counting from the first of its block."""

_FAMILY = b"EDGTEXT"
_MAGIC = _FAMILY + b"3"
"""Begins a file, with the version of its layout; any other is refused."""
_COUNTS = struct.Struct(
    "<IIII"
)  # checksum of the directory from here on, blocks, bytes of the parts frame, its checksum
_CHECKED = 4  # where what that checksum is of begins
_BLOCK = struct.Struct("<IIII")  # bytes of the frame, its checksum, characters, words
_MOST_OF_PARTS = 1 << 28
_ONE_STRETCH = 2  # counts of a block's words: none before it, and all of them


def stored_file(index: Path, name: str) -> Path:
    """Name a file of the text store of the index in a folder."""
    return index / FOLDER / f"{name}{EXTENSION}"


def stored_files(index: Path) -> list[Path]:
    """List the files of the text store of the index in a folder, by name."""
    return sorted((index / FOLDER).glob(f"*{EXTENSION}"))


class TextAddress(NamedTuple):
    """Where a text lies: file of the store, offset and length in bytes. Printed as `file:offset:length`."""

    file: str
    offset: int
    length: int

    def __str__(self) -> str:
        return f"{self.file}:{self.offset}:{self.length}"

    @classmethod
    def parse(cls, printed: str) -> Self:
        """Parse an address as it is printed; ValueError when it is none."""
        file, offset, length = printed.rsplit(":", 2)
        return cls(file, int(offset), int(length))


class Parts(NamedTuple):
    """What is known of a text's parts: see `indexer.filings.ExtractedText`."""

    sections: tuple[Section, ...] = ()
    pages: tuple[int, ...] = ()
    unlocated: tuple[str, ...] = ()


class TextWriter:
    """Appends texts to a file of its own; what was added can be read once `sync` has returned."""

    def __init__(self, folder: Path, *, level: int = 3) -> None:
        folder.mkdir(exist_ok=True)
        self.name = os.urandom(8).hex()
        self._path = folder / f"{self.name}{EXTENSION}"
        self._file = self._path.open("xb")
        self._file.write(_MAGIC)
        self._offset = len(_MAGIC)
        self._compressor = zstandard.ZstdCompressor(level=level)

    def add(self, text: str, parts: Parts = Parts()) -> TextAddress:  # noqa: B008  (an immutable value)
        """Store a text; its address."""
        blocks = list(_split(text))
        frames = [self._compressor.compress(block.encode("utf-8", "surrogatepass")) for block in blocks]
        words = _words_within(text, blocks)
        has_stretches = any(len(counts) > _ONE_STRETCH for counts in words)
        kept = [*parts, [counts[1:-1] for counts in words]] if has_stretches else [*parts]
        about = self._compressor.compress(json.dumps(kept).encode()) if any(kept) else b""
        directory = b"".join(
            _BLOCK.pack(len(frame), crc32(frame), len(block), counts[-1])
            for frame, block, counts in zip(frames, blocks, words, strict=True)
        )
        return self._append(_COUNTS.pack(0, len(blocks), len(about), crc32(about)) + directory, [*frames, about])

    def _append(self, directory: bytes, frames: Sequence[bytes]) -> TextAddress:
        length = len(directory) + sum(map(len, frames))
        address = TextAddress(self.name, self._offset, length)
        checksum = _checksum(directory, address).to_bytes(_CHECKED, "little")
        self._file.writelines((checksum, directory[_CHECKED:], *frames))
        self._offset += length
        return address

    def sync(self) -> None:
        """Have all that was added on disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Sync and close; a file to which nothing was added is taken away."""
        try:
            self.sync()
        finally:
            self._file.close()
        if self._offset == len(_MAGIC):
            self._path.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _checksum(directory: bytes | memoryview, address: TextAddress) -> int:
    """Compute the checksum of a text's directory as it has to be at an address."""
    return crc32(directory[_CHECKED:], crc32(str(address).encode()))


def _split(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = _block_end(text, start)
        yield text[start:end]
        start = end


def _words_within(text: str, blocks: Sequence[str]) -> list[list[int]]:
    """Count the words of each block before each of its stretches, and last all of them."""
    inside = list(map(stretches, blocks))
    starts = [0, *accumulate(map(len, blocks))]
    offsets = [start + at for start, each in zip(starts, inside, strict=False) for at in each]
    before = words_before(text, [*offsets, len(text)])
    ends = [0, *accumulate(map(len, inside))]
    return [[count - before[low] for count in before[low : high + 1]] for low, high in pairwise(ends)]


def stretches(block: str) -> list[int]:
    """List where the stretches of a block begin: with it, and then at the first space after so many characters."""
    starts = [0]
    while (space := block.find(" ", starts[-1] + STRETCH)) >= 0:
        starts.append(space)
    return starts


def _block_end(text: str, start: int) -> int:
    end = start + BLOCK
    if end >= len(text):
        return len(text)
    cut = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    while cut < start and end < len(text):  # one word longer than a block: go on to its end
        end = min(end + BLOCK, len(text))
        cut = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return cut + 1 if cut >= start else len(text)


class StoredText:
    """One text of a store, read block by block as it is asked for."""

    def __init__(self, record: memoryview, address: TextAddress) -> None:
        """Take the record at an address; UnusableIndexError when its directory is damaged."""
        self._record, self._address = record, address
        checksum, count, self._about, self._about_checksum = _COUNTS.unpack_from(record, 0)
        directory = record[: _COUNTS.size + count * _BLOCK.size]
        if len(directory) != _COUNTS.size + count * _BLOCK.size or _checksum(directory, address) != checksum:
            raise UnusableIndexError(f"text {address} is damaged, or another lies there; run `indexer verify`")
        rows = list(_BLOCK.iter_unpack(directory[_COUNTS.size :]))
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
    begins = os.pread(descriptor, len(_MAGIC), 0)
    if begins == _MAGIC:
        return descriptor
    os.close(descriptor)
    if begins.startswith(_FAMILY):
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
        _, count, _, _ = _COUNTS.unpack(self._read(address, _COUNTS.size))
        directory = self._read(address, min(address.length, _COUNTS.size + count * _BLOCK.size))
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
        if len(record) != length or length < _COUNTS.size:
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
