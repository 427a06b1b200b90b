"""Addresses of indices: the path of a folder, or `https://host:9200/edgar`. Which engine serves one: `engines`."""

import re
from pathlib import Path, PosixPath

from indexer.errors import UnwritableIndexError
from indexer.first_use import regex

_SCHEME = regex(r"\A([a-z][a-z0-9+.-]+):/+", re.IGNORECASE)


def scheme(address: Path | str) -> str:
    """Return the scheme of an index's address, in lower case; empty for a folder.

    >>> scheme("/data/index"), scheme("https://localhost:9200/edgar"), scheme(Path("https://localhost:9200/edgar"))
    ('', 'https', 'https')
    """
    match = _SCHEME.match(text) if ":" in (text := str(address)) else None
    return match[1].lower() if match else ""


class _AddressPath(PosixPath):
    """An address that goes where paths go, and is printed as it was given."""

    def __str__(self) -> str:
        return absolute(super().__str__())


def as_path(address: Path | str) -> Path:
    """Return an index's address as a path that is printed as it was given.

    >>> str(as_path("https://localhost:9200/edgar"))
    'https://localhost:9200/edgar'
    """
    return _AddressPath(address) if scheme(address) else Path(address)


def absolute(address: Path | str) -> str:
    """Return the address by which an index is known wherever the process runs.

    >>> absolute(Path("https://localhost:9200/edgar"))
    'https://localhost:9200/edgar'
    """
    return _SCHEME.sub(r"\1://", str(address), count=1) if scheme(address) else str(Path(address).resolve())


def refuse_within(address: Path, target: Path) -> None:
    """Raise UnwritableIndexError when something is to be written into an index's folder, or in its place."""
    if not scheme(address) and target.resolve().is_relative_to(address.resolve()):
        said = f"{target} is in the index at {address}, which is for its own files: name a place beside it"
        raise UnwritableIndexError(said)
