"""Faults at chosen places: every rename, write, fsync, deletion and SQLite commit of this process is a place.

Patches the standard library, and is meant for a process of its own. A place can end the process, as SIGKILL or a power
failure does, or fail as a full disk or a broken one does.
"""

# What is patched here is what pathlib uses.
# ruff: noqa: PTH100, PTH110, PTH112, PTH115, PTH120, PTH202

import builtins
import errno
import io
import os
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KILLED = 86
"""The exit code of a process that ended at a place."""

_REAL: dict[str, Any] = {
    name: getattr(os, name)
    for name in ("rename", "replace", "unlink", "remove", "rmdir", "mkdir", "link", "fsync", "pwrite", "ftruncate")
}
_OPEN = io.open


@dataclass
class Places:
    """Counts the places under a folder, and does what is wanted at one of them."""

    folder: Path
    at: int = -1
    """The place, from 0; -1 for none."""
    fault: str = "kill"
    """`kill`, `power`, or the name of an errno."""
    stays: bool = False
    """For errors: every later place fails too, as on a disk that is full; else only this one."""
    count: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    met: str = ""
    """The kind of the place at which something was done."""
    unsynced: dict[str, int] = field(default_factory=dict)
    """Files with content that is not on disk yet, and how much of it is."""
    unnamed: set[str] = field(default_factory=set)
    """Files whose names are not on disk yet."""
    renamed: list[tuple[str, str]] = field(default_factory=list)
    """Renames that are not on disk yet."""

    def reach(self, kind: str, half: Callable[[], None] = lambda: None) -> None:
        """A place is reached, before what it does is done; `half` does a part of it."""
        number, self.count = self.count, self.count + 1
        self.kinds[kind] += 1
        if number == self.at or (self.stays and number > self.at >= 0):
            self.met = self.met or kind
            self._fail(kind, half)

    def _fail(self, kind: str, half: Callable[[], None]) -> None:
        if self.fault not in ("kill", "power"):
            number = getattr(errno, self.fault)
            if kind == "sqlite":
                full = number == errno.ENOSPC
                refused = sqlite3.OperationalError("database or disk is full" if full else "disk I/O error")
                refused.sqlite_errorcode = sqlite3.SQLITE_FULL if full else sqlite3.SQLITE_IOERR
                raise refused
            raise OSError(number, os.strerror(number))
        half()
        if self.fault == "power":
            self._lose()
        os._exit(KILLED)

    def _lose(self) -> None:
        """What was never synced is gone: renames first, then contents, then names."""
        for before, after in reversed(self.renamed):
            _REAL["rename"](after, before)
            if after in self.unsynced:
                self.unsynced[before] = self.unsynced.pop(after)
        for path, size in self.unsynced.items():
            if os.path.exists(path):
                os.truncate(path, size)
        for path in self.unnamed:
            if os.path.exists(path):
                _REAL["unlink"](path)

    def inside(self, path: Any) -> bool:
        try:
            return Path(os.path.abspath(os.fspath(path))).is_relative_to(self.folder)
        except TypeError:
            return False


def install(places: Places) -> None:
    """Patch this process."""
    places.folder = places.folder.resolve()
    for name in ("unlink", "remove", "rmdir", "mkdir"):
        _patch_path(places, name)
    for name in ("rename", "replace", "link"):
        _patch_rename(places, name)
    _patch_descriptors(places)
    _patch_open(places)
    _patch_sqlite(places)


def _patch_path(places: Places, name: str) -> None:
    real = _REAL[name]

    def patched(path: Any, *args: Any, **options: Any) -> Any:
        if options.get("dir_fd") is not None or places.inside(path):
            places.reach("unlink" if name == "remove" else name)
        return real(path, *args, **options)

    setattr(os, name, patched)


def _patch_rename(places: Places, name: str) -> None:
    real = _REAL[name]

    def patched(source: Any, target: Any, **options: Any) -> None:
        if places.inside(target):
            places.reach("rename" if name != "link" else name)
        is_new = not os.path.exists(target)
        real(source, target, **options)
        before, after = os.path.abspath(source), os.path.abspath(target)
        if name == "link":
            places.unnamed.add(after)
            return
        if before in places.unsynced:
            places.unsynced[after] = places.unsynced.pop(before)
        if is_new:
            places.renamed.append((before, after))

    setattr(os, name, patched)


def _patch_descriptors(places: Places) -> None:
    def fsync(descriptor: Any) -> None:
        number = descriptor if isinstance(descriptor, int) else descriptor.fileno()
        path = os.readlink(f"/proc/self/fd/{number}")
        if places.inside(path) or os.path.isdir(path):
            places.reach("fsync")
        _REAL["fsync"](number)
        places.unsynced.pop(path, None)
        if os.path.isdir(path):
            places.unnamed = {each for each in places.unnamed if os.path.dirname(each) != path}
            places.renamed = [pair for pair in places.renamed if os.path.dirname(pair[1]) != path]

    def counted(name: str) -> Callable[..., Any]:
        def patched(descriptor: int, *args: Any) -> Any:
            if places.inside(os.readlink(f"/proc/self/fd/{descriptor}")):
                places.reach("write")
            return _REAL[name](descriptor, *args)

        return patched

    os.fsync = fsync
    os.pwrite, os.ftruncate = counted("pwrite"), counted("ftruncate")


def _patch_open(places: Places) -> None:
    class Raw(io.FileIO):
        def write(self, data: Any) -> int:
            places.reach("write", lambda: super(Raw, self).write(bytes(data)[: len(bytes(data)) // 2]) and None)
            path = os.path.abspath(os.fspath(self.name))
            places.unsynced.setdefault(path, self.synced)
            return super().write(data)

        synced = 0

    def opened(file: Any, mode: str = "r", buffering: int = -1, *args: Any, **options: Any) -> Any:
        writes = "b" in mode and set(mode) & set("wax+") and not isinstance(file, int) and places.inside(file)
        if not writes or options.get("opener"):
            return _OPEN(file, mode, buffering, *args, **options)
        path = os.path.abspath(os.fspath(file))
        is_new = not os.path.exists(path)
        raw = Raw(path, mode.replace("b", ""))
        if is_new:
            places.unnamed.add(path)
            places.unsynced[path] = 0
        else:
            raw.synced = places.unsynced.get(path, os.path.getsize(path))
        kind = io.BufferedRandom if "+" in mode else io.BufferedWriter
        return kind(raw)

    builtins.open = opened
    io.open = opened


def _patch_sqlite(places: Places) -> None:
    connect = sqlite3.connect

    class Connection(sqlite3.Connection):
        def commit(self) -> None:
            places.reach("sqlite")
            super().commit()

    def connected(*args: Any, **options: Any) -> sqlite3.Connection:
        return connect(*args, **{"factory": Connection, **options})

    sqlite3.connect = connected
