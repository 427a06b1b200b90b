"""Say how texts lie in the files of the store: names, addresses, and the bytes of a record's directory."""

import struct
from pathlib import Path
from typing import NamedTuple, Self
from zlib import crc32

from indexer.extracted import Section

FOLDER = "texts"
"""The store's folder within an index's."""
EXTENSION = ".zst"
"""Of the store's files."""

FAMILY = b"EDGTEXT"
"""Begins a file of any version."""
MAGIC = FAMILY + b"3"
"""Begins a file, with the version of its layout; any other is refused."""
COUNTS = struct.Struct("<IIII")
"""Begin a record: checksum of the directory from here on, blocks, bytes of the parts frame, its checksum."""
CHECKED = 4
"""Where what that checksum is of begins, in bytes."""
BLOCK_ROW = struct.Struct("<IIII")
"""Of a block: bytes of the frame, its checksum, characters, words."""


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


def directory_checksum(directory: bytes | memoryview, address: TextAddress) -> int:
    """Compute the checksum of a text's directory as it has to be at an address."""
    return crc32(directory[CHECKED:], crc32(str(address).encode()))
