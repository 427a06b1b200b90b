"""Tell where an index is, whether a folder is one, and of which version. Nothing of what the index holds."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from indexer.errors import NoIndexError, OtherVersionError, UnusableIndexError, UnwritableIndexError
from indexer.fields.version import VERSION
from indexer.storage.durable import sync, write_whole

FILE = "edgar-index.json"
"""Says which version of the fields an index has, which index it is, and where its corpus lies (`roots`)."""

_CHECK = "crc"
LOCK_FILE = "MAIN_WRITELOCK"
"""Whoosh's own name for it, so that its writers are kept out too."""
REBUILD = "rebuild"
"""The folder, within an index's, of the index that is to take its place."""
BECOMES = "becomes.json"
"""In that folder, when it is done: which generation it becomes."""


def make(folder: Path) -> None:
    """Make an index's folder, unless it is one. Raises UnusableIndexError, UnwritableIndexError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = [] if (folder / FILE).exists() else sorted(filter(_is_foreign, folder.iterdir()))
        if foreign:
            said = f"{folder} holds other things ({foreign[0].name})"
            raise UnusableIndexError(f"{said}: give the index a folder of its own")
        if not (folder / FILE).exists():
            mark(folder, VERSION)
            sync(folder.parent)
    except FileExistsError as error:
        raise UnusableIndexError(f"{folder} is a file: give the index a folder of its own") from error
    except OSError as error:
        raise UnwritableIndexError(f"{folder} cannot be written: {error.strerror}") from error


def _is_foreign(path: Path) -> bool:
    """Tell whether something in a folder is not what an index begins with."""
    return path.name not in {LOCK_FILE, REBUILD} and not path.name.startswith(FILE)


def mark(folder: Path, version: int, *, since: int | None = None) -> None:
    """Write down which version of the fields the index has, from generation `since` on where it was another before."""
    before: dict[str, object] = {}
    if since is not None:
        with suppress(UnusableIndexError):
            before = {"schema": version_of(folder, since - 1), "generation": since}
    remark(folder, schema=version, before=before)


def remark(folder: Path, **values: object) -> None:
    """Write values down beside those that an index's mark has; an index without an identity gets one."""
    kept = {"identity": os.urandom(16).hex(), **marked(folder), **values}
    write_whole(folder / FILE, json.dumps({**kept, _CHECK: _checksum(kept)}).encode() + b"\n")


def _checksum(said: Mapping[str, Any]) -> int:
    """Compute the CRC-32 of what a mark says, but for its checksum."""
    return crc32(json.dumps({name: value for name, value in said.items() if name != _CHECK}).encode())


def marked(folder: Path) -> dict[str, Any]:
    """Read all that an index's mark says; nothing where it cannot be read."""
    try:
        said = _mark(folder)
    except (OSError, ValueError):
        return {}
    return {name: value for name, value in said.items() if name != _CHECK}


def _mark(folder: Path) -> dict[str, Any]:
    """Read an index's mark; OSError, and ValueError when it is not as it was written."""
    said = json.loads((folder / FILE).read_bytes())
    if not isinstance(said, dict):
        raise ValueError("it is no object")
    is_checked = _CHECK in said or said.get("schema") == VERSION  # other versions may have no checksum
    if is_checked and said.get(_CHECK) != _checksum(said):
        raise ValueError("it is not as it was written")
    return said


def identity(folder: Path) -> str:
    """Return what tells an index from every other, wherever it lies and however often it is built anew.

    It is made with the index. One of an earlier version has none before it is next written to: empty then.
    """
    said = marked(folder).get("identity")
    return said if isinstance(said, str) else ""


def version_of(folder: Path, generation: int) -> int:
    """Read which version of the fields the index has at a generation; NoIndexError, UnusableIndexError."""
    try:
        marked = _mark(folder)
        before = marked.get("before")
        if before and generation < before["generation"]:
            return int(before["schema"])
        return int(marked["schema"])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoIndexError(f"no index at {folder}: build one with `indexer build PATH --index {folder}`") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableIndexError(
            f"{folder / FILE} cannot be read ({error}): build the index anew with `indexer build PATH --rebuild`"
        ) from error


def is_marked_otherwise(folder: Path, generation: int) -> bool:
    """Tell whether an index's mark is of another version of the fields than this program's, or cannot be read."""
    try:
        return version_of(folder, generation) != VERSION
    except UnusableIndexError:
        return True


def is_in_place(child: Path, generation: int) -> bool:
    """Tell whether an index built in another's folder has taken its place, the other being at this generation."""
    try:
        return bool(json.loads((child / BECOMES).read_bytes())["generation"] <= generation)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def check(folder: Path, generation: int) -> None:
    """Raise NoIndexError, UnusableIndexError, or OtherVersionError where this program cannot read that generation."""
    version = version_of(folder, generation)
    if version > VERSION:
        raise OtherVersionError(
            f"the index at {folder} was made by a newer version of this program (fields {version}, this one knows "
            f"{VERSION}): update the program, or build the index anew with `indexer build PATH --rebuild`"
        )
    if version < VERSION:
        raise OtherVersionError(
            f"the index at {folder} was made by an older version of this program (fields {version}, this one writes "
            f"{VERSION}): build it anew with `indexer build PATH --rebuild`"
        )
