"""Read Whoosh's table of contents without Whoosh, when every segment it names is a columnar one.

Nothing is unpickled but plain values and the names of segments, so that reading it runs no code. Any other table is
left to Whoosh (`toc`).
"""

import io
import pickle
import struct
from pathlib import Path
from typing import Any, NamedTuple

from indexer.columnar.file import EXTENSION
from indexer.whoosh_compat.commits import SEGMENT, generation, table_bytes

_INT = struct.Struct(">i")
_ORDER, _VERSION = -12345, -111  # what Whoosh 2.7.4 begins its tables with
_PLAIN = {("builtins", "set"): set, ("builtins", "frozenset"): frozenset}


class NamedSegment:
    """Name a segment as the table of contents does."""

    indexname: str
    segid: str
    _deleted: set[int]
    lost_words: dict[str, int]

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the attributes of one segment: a pickle that gives them to the class is refused."""
        self.__dict__.update(state)

    @property
    def name(self) -> str:
        """Return its name, which its file has without the extension."""
        return f"{self.indexname}_{self.segid}"

    def path(self, folder: Path) -> Path:
        """Name its file in the index's folder."""
        return folder / f"{self.name}{EXTENSION}"

    @property
    def deleted(self) -> list[int]:
        """List the numbers of its deleted documents, ascending."""
        return sorted(self._deleted)

    @property
    def lost(self) -> dict[str, int]:
        """Count the words of its deleted documents, by field."""
        return getattr(self, "lost_words", {})


class _ForeignError(Exception):
    """Raised for a table that cannot be read here."""


class _Names(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("indexer.whoosh_compat.codec", "ColumnarSegment"):
            return NamedSegment
        if (module, name) in _PLAIN:
            return _PLAIN[module, name]
        raise _ForeignError(f"{module}.{name}")


class TableOfContents(NamedTuple):
    """Hold what a table of contents says: the generation it commits, and the segments it names."""

    generation: int
    segments: list[NamedSegment]


def read(folder: Path) -> TableOfContents | None:
    """Read the table of the last commit; None when there is none, or Whoosh is needed to read it.

    Raises FileNotFoundError when the table is taken away meanwhile, UnusableIndexError when it is damaged.
    """
    last = generation(folder)
    if last < 0:
        return None
    try:
        return TableOfContents(last, _read(io.BytesIO(table_bytes(folder, last))))
    except (_ForeignError, ValueError, TypeError, AttributeError, IndexError, struct.error, pickle.UnpicklingError):
        return None


def _read(stream: io.BytesIO) -> list[NamedSegment]:
    sizes = [_varint(stream) for _ in range(3)]
    order, version = _int(stream), _int(stream)
    if len(sizes) != 3 or (order, version) != (_ORDER, _VERSION):
        raise _ForeignError
    for _ in range(3):
        _varint(stream)
    stream.seek(_varint(stream), io.SEEK_CUR)  # the schema
    stream.seek(2 * _INT.size, io.SEEK_CUR)
    found: list[NamedSegment] = _Names(stream).load()
    if not all(SEGMENT.fullmatch(segment.name) for segment in found):
        raise _ForeignError
    return found


def _int(stream: io.BytesIO) -> int:
    return int(_INT.unpack(stream.read(_INT.size))[0])


def _varint(stream: io.BytesIO) -> int:
    number = shift = 0
    while True:
        byte = stream.read(1)[0]
        number |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return number
