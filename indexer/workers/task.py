"""Name what a worker is given to read, and say why reading it failed."""

import hashlib
from dataclasses import dataclass

from indexer.corpus.walking import CorpusFile, opened
from indexer.printing import printable


@dataclass(frozen=True, slots=True)
class Task:
    """Name files for one worker to read into segments of their own."""

    files: tuple[CorpusFile, ...]
    part_bytes: int = 0
    """Where it is one archive whose members are handed out: how many bytes of members at a time, about; else 0."""
    only: frozenset[int] | None = None
    """Which members of the one archive to read, by number; None for all."""
    share_bytes: int = 0
    """Of files, up to which whoever reads it goes on with the tasks behind it; 0 for itself alone."""

    @property
    def size(self) -> int:
        """Count the bytes of its files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Failure:
    """Say at which of a task's files reading failed, -1 before the first, at which submission in it, and why."""

    file: int
    member: int
    why: str


def key(file: CorpusFile) -> str:
    """Return the file's path as the manifest has it."""
    return printable(file.path)


def sha256_of(path: str) -> str:
    """Compute the SHA-256 of a file's bytes, hexadecimal; empty when it cannot be read."""
    try:
        with opened(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def failure(error: Exception) -> str:
    """Say why a file could not be read, where that is no fault of the file's.

    >>> failure(MemoryError()), failure(KeyError("x"))
    ('reading it failed (there is not enough memory for it)', "reading it failed (KeyError('x'))")
    """
    said = "there is not enough memory for it" if isinstance(error, MemoryError) else repr(error)
    return f"reading it failed ({said})"
