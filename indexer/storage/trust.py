"""Tell whether an index's folder can be trusted: its table of contents is a pickle, and opening one can run code."""

import os
import stat
from pathlib import Path


def distrust(folder: Path) -> str:
    """Say why an index should not be opened without thought; nothing where it can."""
    try:
        status = folder.stat()
    except OSError:
        return ""
    if status.st_mode & stat.S_IWOTH:
        return f"{folder} can be written by everyone: whoever changes the index can run code as you"
    if status.st_uid not in (os.geteuid(), 0):
        return f"{folder} belongs to another user (uid {status.st_uid}), who can run code as you if you open it"
    return ""
