"""Lock an index for one writer at a time, and say who it is; lock other files.

The operating system holds the lock for the process, on a file that is never deleted, so that it is free as soon as
the process is gone, however it went. What the file says (who has it, since when) is for people; it is emptied when
the lock is given back, so that a file that still says something was left by a process that was killed.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Self

from indexer.errors import LockedIndexError, UnwritableIndexError
from indexer.first_use import dataclass
from indexer.literals.dates import now
from indexer.storage.location import LOCK_FILE as FILE

_ATTEMPTS, _PAUSE = 4, 0.05


@dataclass(frozen=True, slots=True)
class Holder:
    """Name a process that writes to an index."""

    pid: int
    since: str
    """ISO 8601, UTC."""
    host: str

    def __str__(self) -> str:
        if self == UNKNOWN:
            return "another process, it cannot be found out which"
        where = "" if self.host == _host() else f" on {self.host}"
        return f"pid {self.pid}{where} since {self.since}"


UNKNOWN = Holder(0, "", "")
"""Somebody, or nobody: the file system keeps no locks, or the lock's file does not say who has it."""


class Lock:
    """Hold an index's lock from its making to `release`."""

    def __init__(self, folder: Path) -> None:
        """Take it. Raises LockedIndexError, which says by whom; UnwritableIndexError where no file can be made."""
        self._path = folder / FILE
        try:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise UnwritableIndexError(f"{self._path} cannot be written: {error.strerror}") from error
        try:
            acquired = _acquired(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            why = f"its file system keeps no locks ({error.strerror})"
            raise UnwritableIndexError(f"{folder} cannot be written: {why}") from error
        if not acquired:
            os.close(self._descriptor)
            raise LockedIndexError(
                f"{folder} is locked by {holder(folder) or UNKNOWN}: it is being written to; try again after that"
            )
        self.abandoned = holder(folder)
        """Who had it before and was killed; None when it was given back."""
        self._say(Holder(os.getpid(), now(), _host()))

    def _say(self, who: Holder | None) -> None:
        content = json.dumps(asdict(who)).encode() if who else b""
        with suppress(OSError):  # for people only: a full disk must not keep anyone from the lock
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, content, 0)

    def release(self) -> None:
        """Give it back; do nothing when that was done before."""
        if self._descriptor >= 0:
            self._say(None)
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.release()


def holder(folder: Path) -> Holder | None:
    """Read what the lock's file says; None when it says nothing, which does not tell whether it is held."""
    try:
        return Holder(**json.loads((folder / FILE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def held_by(folder: Path) -> Holder | None:
    """Find who is writing to the index now; None when nobody is, UNKNOWN when this cannot be found out."""
    try:
        descriptor = os.open(folder / FILE, os.O_RDONLY)
    except FileNotFoundError:
        return None
    except OSError:
        return UNKNOWN
    try:
        return None if _locked(descriptor, shared=True) else holder(folder) or UNKNOWN
    except OSError:
        return UNKNOWN
    finally:
        os.close(descriptor)


def _acquired(descriptor: int) -> bool:
    """Try more than once, because `held_by` has the lock for a moment."""
    for _ in range(_ATTEMPTS - 1):
        if _locked(descriptor):
            return True
        time.sleep(_PAUSE)
    return _locked(descriptor)


def _locked(descriptor: int, *, shared: bool = False) -> bool:
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait to be alone among the processes that lock the same file, which is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _host() -> str:
    """Return this machine's name."""
    from socket import gethostname  # noqa: PLC0415  (those who only look whether it is locked need not wait for it)

    return gethostname()
