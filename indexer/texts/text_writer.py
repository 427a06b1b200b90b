"""Write texts to a file of the store."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self
from zlib import crc32

import zstandard

from indexer.texts.text_blocks import split, words_within
from indexer.texts.text_layout import (
    BLOCK_ROW,
    CHECKED,
    COUNTS,
    EXTENSION,
    MAGIC,
    Parts,
    TextAddress,
    directory_checksum,
)

_ONE_STRETCH = 2  # counts of a block's words: none before it, and all of them


class TextWriter:
    """Appends texts to a file of its own; what was added can be read once `sync` has returned."""

    def __init__(self, folder: Path, *, level: int = 3) -> None:
        folder.mkdir(exist_ok=True)
        self.name = os.urandom(8).hex()
        self._path = folder / f"{self.name}{EXTENSION}"
        self._file = self._path.open("xb")
        self._file.write(MAGIC)
        self._offset = len(MAGIC)
        self._compressor = zstandard.ZstdCompressor(level=level)

    def add(self, text: str, parts: Parts = Parts()) -> TextAddress:  # noqa: B008  (an immutable value)
        """Store a text; its address."""
        blocks = list(split(text))
        frames = [self._compressor.compress(block.encode("utf-8", "surrogatepass")) for block in blocks]
        words = words_within(text, blocks)
        has_stretches = any(len(counts) > _ONE_STRETCH for counts in words)
        kept = [*parts, [counts[1:-1] for counts in words]] if has_stretches else [*parts]
        about = self._compressor.compress(json.dumps(kept).encode()) if any(kept) else b""
        directory = b"".join(
            BLOCK_ROW.pack(len(frame), crc32(frame), len(block), counts[-1])
            for frame, block, counts in zip(frames, blocks, words, strict=True)
        )
        return self._append(COUNTS.pack(0, len(blocks), len(about), crc32(about)) + directory, [*frames, about])

    def _append(self, directory: bytes, frames: Sequence[bytes]) -> TextAddress:
        length = len(directory) + sum(map(len, frames))
        address = TextAddress(self.name, self._offset, length)
        checksum = directory_checksum(directory, address).to_bytes(CHECKED, "little")
        self._file.writelines((checksum, directory[CHECKED:], *frames))
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
        if self._offset == len(MAGIC):
            self._path.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
