"""Name the files of a Whoosh index, and tell by their names which commit is the last. Imports nothing of Whoosh.

    _MAIN_7.toc    the table of contents of generation 7: the commit
    MAIN_<id>.*    a segment's files
    _MAIN_*, tmp-* what a writer has not finished

What a table of contents holds is read by `toc` (with Whoosh) and `plain_table` (without).
"""

import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from indexer.errors import UnusableIndexError
from indexer.first_use import regex
from indexer.storage import location

NAME = "MAIN"
"""Of the index within its folder, as Whoosh calls it where nobody names it otherwise."""

TRAILER = struct.Struct("<8sI")
"""Behind a table of contents: `MAGIC`, and the checksum of all before."""
MAGIC = b"EDGARTOC"

SEGMENT = regex(rf"{NAME}_[0-9a-z]+")
"""The name of a segment; any other would lie elsewhere."""

_TABLE = regex(rf"_{NAME}_([0-9]+)\.toc")
_SEGMENT = regex(rf"({NAME}_[0-9a-z]+)\.[A-Za-z0-9_.]+")
_ATTEMPTS, _PAUSE = 20, 0.02

Opened = TypeVar("Opened")


def table_path(folder: Path, generation: int) -> Path:
    """Name the table of contents of a generation."""
    return folder / f"_{NAME}_{generation}.toc"


def generation_of(file_name: str) -> int | None:
    """Tell of which generation a file is the table of contents; None for any other file.

    >>> generation_of("_MAIN_7.toc"), generation_of("MAIN_abc.seg")
    (7, None)
    """
    match = _TABLE.fullmatch(file_name)
    return int(match[1]) if match else None


def segment_of(file_name: str) -> str | None:
    """Tell to which segment a file belongs; None when to none.

    >>> segment_of("MAIN_0a9.cols"), segment_of("_MAIN_7.toc")
    ('MAIN_0a9', None)
    """
    match = _SEGMENT.match(file_name)
    return match[1] if match else None


def is_unfinished(file_name: str) -> bool:
    """Tell whether a file or folder is one that a writer makes on the way to another."""
    return file_name.startswith((f"_{NAME}_", "tmp-")) or file_name.endswith(".tmp")


def generation(folder: Path) -> int:
    """Find the generation of the last commit; -1 before the first. Cheap enough to be asked for every second."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return -1
    return max((number for name in names if (number := generation_of(name)) is not None), default=-1)


def last_commit(folder: Path) -> tuple[int, int]:
    """Tell a commit from every other: its generation and its time in nanoseconds.

    The time differs even where another index was put in the place of one at the same generation.
    """
    number = generation(folder)
    try:
        return number, table_path(folder, number).stat().st_mtime_ns
    except OSError:  # superseded meanwhile, or none at all
        return number, 0


def check(folder: Path) -> int:
    """Return the generation of an index that this program can read; -1 where there is no commit yet.

    Raises NoIndexError, and UnusableIndexError when it is of another version.
    """
    last = generation(folder)
    location.check(folder, last)
    return last


def table_bytes(folder: Path, generation: int) -> bytes:
    """Read the table of contents of a commit, with its trailer where it has one.

    Raises FileNotFoundError, and UnusableIndexError when its checksum is not that of its content. A table that
    Whoosh's own writer made has no trailer, and is not checked.
    """
    path = table_path(folder, generation)
    content = path.read_bytes()
    if len(content) < TRAILER.size:
        raise UnusableIndexError(f"{path} is cut short: run `indexer verify`")
    magic, checksum = TRAILER.unpack(content[-TRAILER.size :])
    if magic == MAGIC and crc32(content[: -TRAILER.size]) != checksum:
        raise UnusableIndexError(f"{path} is damaged: run `indexer verify`")
    return content


def retried(opened: Callable[[], Opened]) -> Opened:
    """Open a commit, and the next one when a writer takes away a file of it meanwhile.

    `opened` finds the last commit and opens what it names; it is called again when it raises FileNotFoundError.
    Raises UnusableIndexError when a file stays missing.
    """
    for _ in range(_ATTEMPTS):
        try:
            return opened()
        except FileNotFoundError as error:
            missing = error.filename
            time.sleep(_PAUSE)
    raise UnusableIndexError(f"{missing} is missing: run `indexer verify`")
