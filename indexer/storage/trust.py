"""Whether an index may run code: not by itself, and not without whoever opens it having said so (`--trust`)."""

import os
import stat
from pathlib import Path

_given = False


def give(given: bool = True) -> None:
    """Have this process read whatever the indexes it opens name, which can run any code, from now on or no longer."""
    global _given  # noqa: PLW0603  (the libraries that ask take no argument for it)
    _given = given


def is_given() -> bool:
    """Tell whether whatever an index names is read."""
    return _given


def distrust(folder: Path) -> str:
    """Say why trust should not be given to an index without thought, or nothing."""
    try:
        status = folder.stat()
    except OSError:
        return ""
    if status.st_mode & stat.S_IWOTH:
        return f"{folder} can be written by everyone: whoever changes the index can run code as you"
    if status.st_uid not in (os.geteuid(), 0):
        return f"{folder} belongs to another user (uid {status.st_uid}), who can run code as you if you open it"
    return ""
