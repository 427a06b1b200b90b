"""What a worker is given: files to read."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from indexer.corpus.walking import CorpusFile
from indexer.errors import printable


@dataclass(frozen=True, slots=True)
class Task:
    """Files for one worker to read into segments of their own."""

    files: tuple[CorpusFile, ...]


def key(file: CorpusFile) -> str:
    """The file's path as the manifest has it."""
    return printable(file.path)


def sha256_of(path: str) -> str:
    """Of a file's bytes, hexadecimal; empty when it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
