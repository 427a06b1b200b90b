"""Addresses of indices: the path of a folder, or `https://host:9200/edgar`; and the engine that serves one.

What lies there is others' business. An engine is a module of `indexer.writers` (what it has is said in
`indexer.writers.writer`) and one of `search.searchers`. An index that is a folder is everybody's: whoever reads back
what an index holds asks `engine_elsewhere` first.
"""

import re
from importlib import import_module
from pathlib import Path, PosixPath
from typing import Any

from indexer.errors import UnusableIndexError

_ENGINES = {
    "": "indexer.writers.local",
    "http": "indexer.engines.cluster_engine",
    "https": "indexer.engines.cluster_engine",
}
"""The module of each engine, by the scheme of the addresses it serves; a path has none."""
_SCHEME = re.compile(r"\A([a-z][a-z0-9+.-]+):/+", re.IGNORECASE)


def scheme(address: Path | str) -> str:
    """Return the scheme of an index's address, in lower case; empty for a folder.

    >>> scheme("/data/index"), scheme("https://localhost:9200/edgar"), scheme(Path("https://localhost:9200/edgar"))
    ('', 'https', 'https')
    """
    match = _SCHEME.match(str(address))
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


def engine_of(address: Path | str) -> Any:
    """Load the module of the engine that serves an address; UnusableIndexError when there is none."""
    kind = scheme(address)
    if kind not in _ENGINES:
        raise UnusableIndexError(f"{address}: there is no engine for {kind}; give the folder of an index")
    return import_module(_ENGINES[kind])


def engine_elsewhere(address: Path | str) -> Any | None:
    """Load the engine of an index that is no folder; None for a folder. UnusableIndexError as above."""
    return engine_of(address) if scheme(address) else None
