"""Keep a segment's values by document: numbers, labels (short texts to sort by), and rows of values to show.

<name>/numbers              one for each document; the least of the type where it has none
<name>/labels, names, ...   for each document the index of its label among the names, which are sorted
rows, row_starts, blocks    JSON, a line for each document, compressed in blocks of a few documents
"""

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.access.pages import Pages
from indexer.columnar.file import SegmentFile, SegmentFileWriter, Stream
from indexer.columnar.packing import Numbers, smallest, starts

ABSENT = int(np.iinfo(np.int64).min)
"""The number of a document that has none."""

_ROWS = 16  # of a block: more compress better, fewer are read faster
_LEVEL = 6
_KEPT = 256
_DECODER, _ENCODER = json.JSONDecoder(), json.JSONEncoder(separators=(",", ":"))


class Labels(NamedTuple):
    """Hold for each document the index of its label among the names, which are sorted, each once."""

    indices: Numbers
    names: Sequence[str]


def write_numbers(file: SegmentFileWriter, name: str, values: Numbers) -> None:
    """Write a number for each document, ABSENT where it has none, in four bytes when they fit."""
    present = values[values != ABSENT]
    bounds = np.iinfo(np.int32)
    fits = not len(present) or (int(present.min()) > bounds.min and int(present.max()) <= bounds.max)
    narrow = np.where(values == ABSENT, bounds.min, values).astype("<i4") if fits else values.astype("<i8")
    file.add(f"{name}/numbers", narrow)


def read_numbers(file: SegmentFile, name: str) -> Numbers:
    """Read the numbers written under that name: int64, ABSENT where a document has none."""
    stored = file.array(f"{name}/numbers")
    values: Numbers = stored.astype(np.int64)
    if stored.dtype.itemsize == 4:
        values[stored == np.iinfo(np.int32).min] = ABSENT
    return values


def write_labels(file: SegmentFileWriter, name: str, values: Sequence[str]) -> None:
    """Write a short text for each document."""
    names = sorted(set(values))
    index = {value: number for number, value in enumerate(names)}
    content = [value.encode("utf-8", "surrogatepass") for value in names]
    ends = starts(np.fromiter(map(len, content), np.int64, len(content)))
    dtype = "<u2" if len(names) <= 1 << 16 else "<u4"
    file.add(f"{name}/labels", np.fromiter(map(index.__getitem__, values), dtype, len(values)))
    file.add(f"{name}/names", np.frombuffer(b"".join(content), np.uint8))
    file.add(f"{name}/name_starts", ends.astype(smallest(int(ends[-1]))))


def read_labels(file: SegmentFile, name: str) -> Labels:
    """Read the labels written under that name."""
    content = file.array(f"{name}/names").tobytes()
    bounds = file.array(f"{name}/name_starts").tolist()
    names = [content[low:high].decode("utf-8", "surrogatepass") for low, high in pairwise(bounds)]
    return Labels(file.array(f"{name}/labels").astype(np.int64), names)


class RowsWriter:
    """Write the rows, in order."""

    def __init__(self, file: SegmentFileWriter) -> None:
        self._file = file
        self._stream = Stream(file.path.parent, "u1")
        self._waiting: list[bytes] = []
        self._sizes: list[int] = []
        self._counts: list[int] = []

    def add(self, values: Sequence[Any]) -> None:
        """Add a document's values: texts, numbers, None, or tuples of these."""
        self.add_line(_ENCODER.encode(values).encode())

    def add_line(self, line: bytes) -> None:
        """Add a row as `RowsReader.lines` gives it."""
        self._waiting.append(line)
        if len(self._waiting) == _ROWS:
            self._flush()

    def add_block(self, content: bytes, count: int) -> None:
        """Add a whole block as `RowsReader.blocks` gives it."""
        self._flush()
        self._append(content, count)

    def _flush(self) -> None:
        if self._waiting:
            self._append(zlib.compress(b"\n".join(self._waiting), _LEVEL), len(self._waiting))
            self._waiting = []

    def _append(self, content: bytes, count: int) -> None:
        self._stream.append(np.frombuffer(content, np.uint8))
        self._sizes.append(len(content))
        self._counts.append(count)

    def finish(self) -> None:
        """Write the arrays into the file."""
        self._flush()
        block_ends, row_ends = starts(np.array(self._sizes)), starts(np.array(self._counts))
        self._file.add("block_starts", block_ends.astype(smallest(int(block_ends[-1]))))
        self._file.add("row_starts", row_ends.astype("<u4"))
        self._file.add_stream("rows", self._stream)


class RowsReader:
    """Read rows, from any thread."""

    def __init__(self, file: SegmentFile) -> None:
        self._file = file
        self._lock = Lock()
        self._recent: dict[int, list[bytes]] = {}

    @cached_property
    def _row_starts(self) -> memoryview:
        return memoryview(self._file.array("row_starts").astype(np.uint32).tobytes()).cast("I")

    @cached_property
    def _block_starts(self) -> Pages:
        return self._file.pages("block_starts")

    @cached_property
    def _content_pages(self) -> Pages:
        return self._file.pages("rows")

    def row(self, document: int) -> list[Any]:
        """Read a document's values; tuples come back as tuples. UnusableIndexError when they are damaged."""
        block = bisect_right(self._row_starts, document) - 1
        line = self.lines(block)[document - self._row_starts[block]]
        values, _ = _DECODER.raw_decode(line.decode())  # half of what `json.loads` takes
        return [tuple(value) if type(value) is list else value for value in values]

    def lines(self, block: int) -> list[bytes]:
        """Read the rows of a block, not yet parsed; those of the last blocks asked for are kept."""
        found = self._recent.get(block)
        if found is None:
            found = self._lines(block)
            with self._lock:
                while len(self._recent) >= _KEPT:
                    del self._recent[next(iter(self._recent))]
                self._recent[block] = found
        return found

    def _lines(self, block: int) -> list[bytes]:
        try:
            return zlib.decompress(self._content(block)).split(b"\n")
        except zlib.error as error:
            raise self._file.unusable(f"is damaged ({error})") from error

    def _content(self, block: int) -> bytes:
        return self._content_pages.part(*self._block_starts.two(block))

    def blocks(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield every block: its first row, how many rows it has, and its bytes."""
        bounds = self._row_starts.tolist()
        for block, (low, high) in enumerate(pairwise(bounds)):
            yield low, high - low, self._content(block)


def copy_rows(source: RowsReader, kept: NDArray[np.bool_], target: RowsWriter) -> None:
    """Add the rows of the kept documents; blocks that are kept whole are not decompressed."""
    for number, (first, count, content) in enumerate(source.blocks()):
        wanted = kept[first : first + count]
        if wanted.all():
            target.add_block(content, count)
        elif wanted.any():
            _add_lines(target, source.lines(number), wanted.tolist())


def _add_lines(target: RowsWriter, lines: Iterable[bytes], wanted: Iterable[bool]) -> None:
    for line, keep in zip(lines, wanted, strict=True):
        if keep:
            target.add_line(line)
