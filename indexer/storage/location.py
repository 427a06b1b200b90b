"""An index's folder: whether it is one, of which version, at which generation. Nothing of what the index holds."""

import json
import re
import struct
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from indexer.errors import NoIndexError, UnusableIndexError, UnwritableIndexError
from indexer.schema import VERSION
from indexer.storage.durable import sync_folder, write_whole
from indexer.storage.lock import FILE as LOCK_FILE

FILE = "edgar-index.json"
"""Says which version of the fields an index has; written when it is made."""

REBUILD = "rebuild"
"""The folder, within an index's, of the index that is to take its place."""
BECOMES = "becomes.json"
"""In that folder, when it is done: which generation it becomes."""

TRAILER = struct.Struct("<8sI")
"""Behind a table of contents: `MAGIC`, and the checksum of all before."""
MAGIC = b"EDGARTOC"


def make(folder: Path) -> None:
    """Have an index's folder there: made, or found to be one. UnusableIndexError, UnwritableIndexError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = [] if (folder / FILE).exists() else sorted(filter(_is_foreign, folder.iterdir()))
        if foreign:
            said = f"{folder} holds other things ({foreign[0].name})"
            raise UnusableIndexError(f"{said}: give the index a folder of its own")
        if not (folder / FILE).exists():
            mark(folder, VERSION)
            sync_folder(folder.parent)
    except FileExistsError as error:
        raise UnusableIndexError(f"{folder} is a file: give the index a folder of its own") from error
    except OSError as error:
        raise UnwritableIndexError(f"{folder} cannot be written: {error.strerror}") from error


def _is_foreign(path: Path) -> bool:
    """Whether something in a folder is not what an index begins with."""
    return path.name not in {LOCK_FILE, REBUILD} and not path.name.startswith(FILE)


def mark(folder: Path, version: int, *, since: int | None = None) -> None:
    """Write down which version of the fields the index has, from generation `since` on where it was another before."""
    marked: dict[str, object] = {"schema": version}
    if since is not None:
        with suppress(UnusableIndexError):
            marked["before"] = {"schema": version_of(folder), "generation": since}
    write_whole(folder / FILE, json.dumps(marked).encode() + b"\n")


def version_of(folder: Path) -> int:
    """Which version of the fields the index has; NoIndexError, UnusableIndexError."""
    try:
        marked = json.loads((folder / FILE).read_bytes())
        before = marked.get("before")
        if before and generation(folder) < before["generation"]:
            return int(before["schema"])
        return int(marked["schema"])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoIndexError(f"no index at {folder}: build one with `indexer build PATH --index {folder}`") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableIndexError(
            f"{folder / FILE} cannot be read ({error}): build the index anew with `indexer build PATH --rebuild`"
        ) from error


def is_marked_otherwise(folder: Path, version: int) -> bool:
    """Whether an index's mark is of another version of the fields, or cannot be read."""
    try:
        return version_of(folder) != version
    except UnusableIndexError:
        return True


def is_grafted(child: Path, generation: int) -> bool:
    """Whether an index built in another's folder has taken its place, the other being at this generation."""
    try:
        return bool(json.loads((child / BECOMES).read_bytes())["generation"] <= generation)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def check(folder: Path) -> None:
    """Raise NoIndexError or UnusableIndexError unless this program can read the index at `folder`."""
    version = version_of(folder)
    if version > VERSION:
        raise UnusableIndexError(
            f"the index at {folder} was made by a newer version of this program (fields {version}, this one knows "
            f"{VERSION}): update the program, or build the index anew with `indexer build PATH --rebuild`"
        )
    if version < VERSION:
        raise UnusableIndexError(
            f"the index at {folder} was made by an older version of this program (fields {version}, this one writes "
            f"{VERSION}): build it anew with `indexer build PATH --rebuild`"
        )


def table(folder: Path, generation: int) -> bytes:
    """The table of contents of a commit; FileNotFoundError; UnusableIndexError when its checksum is not that of it.

    A table that Whoosh's own writer made has no checksum.
    """
    path = folder / f"_MAIN_{generation}.toc"
    content = path.read_bytes()
    if len(content) < TRAILER.size:
        raise UnusableIndexError(f"{path} is cut short: run `indexer verify`")
    magic, checksum = TRAILER.unpack(content[-TRAILER.size :])
    if magic == MAGIC and crc32(content[: -TRAILER.size]) != checksum:
        raise UnusableIndexError(f"{path} is damaged: run `indexer verify`")
    return content


def generation(folder: Path) -> int:
    """Of the index's last commit; -1 before the first. Cheap enough to be asked for every second."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return -1
    tables = (re.fullmatch(r"_MAIN_(\d+)\.toc", name) for name in names)
    return max((int(table[1]) for table in tables if table), default=-1)


def last_commit(folder: Path) -> tuple[int, int]:
    """The generation and its time in nanoseconds: other after every commit, even in an index put in its place."""
    number = generation(folder)
    try:
        return number, (folder / f"_MAIN_{number}.toc").stat().st_mtime_ns
    except OSError:  # superseded meanwhile, or none at all
        return number, 0
