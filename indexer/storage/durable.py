"""Files that survive a power failure: what is named is on disk before its name is. Nothing of the index here."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from indexer.errors import UnwritableIndexError

_CHUNK = 1 << 22


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """What the operating system says against writing an index, as UnwritableIndexError."""
    try:
        yield
    except OSError as error:
        raise unwritable(folder, error.strerror or str(error)) from error


def unwritable(folder: Path, why: str) -> UnwritableIndexError:
    """The error for an index that cannot be written."""
    return UnwritableIndexError(f"the index at {folder} cannot be written: {why}; it is as it was at its last commit")


def sync(path: Path) -> None:
    """Have a file, or a folder's list of names, on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Have a folder's list of names on disk, where the system can (Windows cannot, and need not)."""
    if os.name != "nt":
        sync(folder)


def checksum(path: Path) -> int:
    """Compute the CRC-32 of a file."""
    crc = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            crc = crc32(chunk, crc)
    return crc


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file so that there is the old one or the new one at any time, and never part of either."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)
