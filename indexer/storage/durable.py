"""Write files that survive a power failure: what is named is on disk before its name is. Nothing of the index here."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from indexer.errors import UnwritableIndexError

_CHUNK = 1 << 22


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Raise an OSError of the block as UnwritableIndexError, which says what the system says against writing there."""
    try:
        yield
    except OSError as error:
        raise unwritable(folder, error.strerror or str(error)) from error


def unwritable(folder: Path, why: str) -> UnwritableIndexError:
    """Make the error for an index that cannot be written."""
    return UnwritableIndexError(f"the index at {folder} cannot be written: {why}; it is as it was at its last commit")


def sync(path: Path) -> None:
    """Have a file's content, or a folder's list of names, on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def checksum(path: Path) -> int:
    """Compute the CRC-32 of a file."""
    crc = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            crc = crc32(chunk, crc)
    return crc


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a file to write beside `path`, which takes its place when all has gone well and vanishes when not.

    There is the old file or the new one at any time, and never part of either. What is not a regular file (a pipe, a
    device) is written directly. Raises OSError, which names `path`.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    path = path.resolve()
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        yield beside
        sync(beside)
        beside.replace(path)
    except BaseException as error:
        beside.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename == str(beside):
            error.filename = str(path)
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file whole or not at all, with its name on disk; see `replacing`."""
    with replacing(path) as beside:
        beside.write_bytes(content)
    sync(path.parent)
