"""Write and read what leads into the middle of a long term's postings: of every 64 documents, a few numbers.

Terms of fewer documents have no blocks. Of the others, by block, in the order of the terms:

    long_terms, long_starts     the numbers of these terms, and where the blocks of each start, last where they end
    long_groups                 how many groups of documents (filings) each is in
    block_docs                  the last document of the block
    block_docs_more, block_places, block_places_more
                                second bytes of documents, places, second bytes of places, of the term up to the
                                block's end
    block_best                  the highest weight of a document (see `Weighing`), times 1024, rounded up; 65,535: more
    mean_length                 with what mean length it was weighed
"""

from bisect import bisect_left
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.access.pages import CheckedArray, Pages
from indexer.columnar.file import SegmentFile, SegmentFileWriter, Stream
from indexer.columnar.packing import LENGTHS, Numbers, starts
from indexer.fields.weighing import K1, B

SIZE = 64
"""Documents of a block."""

_UNIT = 1024
_MOST = 65535


class Weighing(NamedTuple):
    """What blocks are made of besides postings: `frequency / norm` is a document's weight, and BM25 rises with it.

    With another mean length a weight is at most so many times as large as that length is.
    """

    norms: NDArray[np.float64]
    """Of each document, what its length adds below the line of BM25."""
    groups: NDArray[np.int64]
    """Of each document, its group; those of a group stand together."""
    mean: float

    @classmethod
    def of(cls, lengths: NDArray[np.uint8] | None, groups: NDArray[np.int64]) -> Self:
        """Weigh documents of these lengths, as `packing.length_bytes` rounds them; None: no matter how long."""
        if lengths is None or not len(lengths):
            return cls(np.ones(len(groups)), groups, 1.0)
        words = LENGTHS[lengths]
        mean = float(words.mean()) or 1.0
        return cls(K1 * (1 - B + B * words / mean), groups, mean)


def group_numbers(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number groups of documents from 0: those one after the other that have one key."""
    return np.concatenate([np.zeros(min(1, len(keys)), np.int64), np.cumsum(keys[1:] != keys[:-1])])


class PostingColumns(NamedTuple):
    """Hold what blocks are made of, of postings one after the other; arrays of one length."""

    docs: NDArray[Any]
    docs_more: NDArray[Any]
    """1 where the number that stands for the document has a second byte."""
    places: NDArray[Any]
    places_more: NDArray[Any]

    def part(self, low: int, high: int) -> "PostingColumns":
        """Return those from `low` up to `high`."""
        return PostingColumns(*(each[low:high] for each in self))

    def narrow(self) -> "PostingColumns":
        """Copy them in as few bytes as they need: a term may be in very many documents."""
        return PostingColumns(*map(np.ndarray.astype, self, ("<u4", "u1", "<u4", "<u4")))


class BlockWriter:
    """Collect the blocks of a field's terms, which come in order."""

    def __init__(self, folder: Path, weighing: Weighing) -> None:
        """Begin; `folder`: where files may lie meanwhile; `weighing` is of the documents of the segment."""
        self._folder, self._weighing = folder, weighing
        self._terms = self._blocks = 0
        self._last: list[PostingColumns] = []
        self._found: dict[str, Stream] = {}

    def add(self, counts: Numbers, column: PostingColumns, *, continued: bool) -> None:
        """Take the postings of terms, of so many documents each; see `FieldWriter.add`."""
        edges = starts(counts)
        if continued:
            self._last.append(column.part(0, int(edges[1])).narrow())
        if len(counts) > continued:
            self._end_last()
            self._add_whole(edges[continued:-2], edges[continued + 1 : -1], column)
            self._terms += len(counts) - continued
            self._last = [column.part(int(edges[-2]), int(edges[-1])).narrow()]

    def _end_last(self) -> None:
        """Take the last term, which does not go on."""
        if sum(len(each.docs) for each in self._last) >= SIZE:
            column = PostingColumns(*map(np.concatenate, zip(*self._last, strict=True)))
            self._terms -= 1
            self._add_whole(np.zeros(1, np.int64), np.array([len(column.docs)]), column)
            self._terms += 1
        self._last = []

    def _add_whole(self, firsts: Numbers, pasts: Numbers, column: PostingColumns) -> None:
        """Take the long ones among whole terms, whose postings lie from `firsts` up to `pasts`."""
        long = np.flatnonzero(pasts - firsts >= SIZE)
        if not len(long):
            return
        firsts, pasts = firsts[long], pasts[long]
        blocks = -(-(pasts - firsts) // SIZE)
        lows = ranges_by(firsts, blocks)
        highs = np.minimum(lows + SIZE, np.repeat(pasts, blocks))
        self._keep("long_starts", self._blocks + starts(blocks)[bool(self._blocks) :])
        self._keep("long_terms", self._terms + long)
        self._blocks += int(blocks.sum())
        self._keep("long_groups", self._groups(column.docs, firsts, pasts))
        self._keep("block_docs", column.docs[highs - 1])
        for part in ("docs_more", "places", "places_more"):
            totals = starts(getattr(column, part))
            self._keep(f"block_{part}", totals[highs] - np.repeat(totals[firsts], blocks))
        weights = np.append(column.places / self._weighing.norms[column.docs], 0.0)
        best = np.maximum.reduceat(weights, np.stack([lows, highs]).T.ravel())[::2]
        self._keep("block_best", np.minimum(np.ceil(best * _UNIT * (1 + 1e-9)), _MOST))

    def _groups(self, docs: NDArray[Any], firsts: Numbers, pasts: Numbers) -> Numbers:
        """Count the groups that the documents of each term are in."""
        groups = self._weighing.groups[docs]
        new = np.ones(len(docs), np.bool_)
        np.not_equal(groups[1:], groups[:-1], out=new[1:])
        new[firsts] = True
        totals = starts(new)
        return totals[pasts] - totals[firsts]

    def _keep(self, part: str, values: NDArray[Any]) -> None:
        if part not in self._found:
            self._found[part] = Stream(self._folder, "<u2" if part == "block_best" else "<u4")
        self._found[part].append(values)

    def finish(self, file: SegmentFileWriter, name: str) -> None:
        """Write the blocks into the file, when there are any."""
        self._end_last()
        for part, stream in self._found.items():
            file.add_stream(f"{name}/{part}", stream)
        if self._found:
            file.add(f"{name}/mean_length", np.array([self._weighing.mean]))


def ranges_by(firsts: Numbers, counts: Numbers) -> Numbers:
    """List where so many blocks begin, of runs that begin at `firsts`.

    >>> ranges_by(np.array([3, 300]), np.array([2, 1])).tolist()
    [3, 67, 300]
    """
    numbers = np.arange(int(counts.sum())) - np.repeat(starts(counts)[:-1], counts)
    return np.repeat(firsts, counts) + SIZE * numbers


class Blocks:
    """The blocks of one term: arrays that run parallel, an item a block."""

    def __init__(self, field: "BlockReader", at: int) -> None:
        """Read those of the term that comes `at` that place among the long ones."""
        self._field, self._at = field, at
        self._low, self._high = field.pages("long_starts").two(at)

    def __len__(self) -> int:
        return self._high - self._low

    def _array(self, part: str) -> NDArray[Any]:
        values: NDArray[Any] = self._field.values(f"block_{part}")[self._low : self._high]
        return values

    @cached_property
    def groups(self) -> int:
        """Count the groups that the term's documents are in."""
        return self._field.pages("long_groups").number(self._at)

    @cached_property
    def docs(self) -> NDArray[np.uint32]:
        """Return the last document of each."""
        return self._array("docs")

    @cached_property
    def docs_more(self) -> NDArray[np.uint32]:
        """Count the second bytes of documents up to the end of each."""
        return self._array("docs_more")

    @cached_property
    def places(self) -> NDArray[np.uint32]:
        """Count the places up to the end of each."""
        return self._array("places")

    @cached_property
    def places_more(self) -> NDArray[np.uint32]:
        """Count the second bytes of places up to the end of each."""
        return self._array("places_more")

    def weights(self) -> NDArray[np.float64]:
        """Return what no document's weight exceeds in each, with the mean length it was weighed with."""
        best = self._array("best")
        return np.where(best == _MOST, np.inf, best / _UNIT)


def between(ends: NDArray[Any], low: int, high: int) -> tuple[int, int]:
    """Return what is counted up to the block `low`, and up to `high`; `ends`: up to the end of each."""
    return (int(ends[low - 1]) if low else 0), int(ends[high - 1])


class BlockReader:
    """Read the blocks of a field's terms."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        """Read those of the field of that name; it may have none."""
        self._file, self._name = file, name
        self._has_any = f"{name}/long_terms" in file
        self._values: dict[str, Any] = {}

    @cached_property
    def mean_length(self) -> float:
        """Return the mean length with which documents were weighed."""
        return float(self._file.array(f"{self._name}/mean_length")[0])

    @cached_property
    def _long_terms(self) -> memoryview:
        values = self._file.array(f"{self._name}/long_terms")
        return memoryview(values.astype(np.uint32).tobytes()).cast("I")

    def pages(self, part: str) -> Pages:
        """Return an array of the blocks as pages."""
        return self._file.pages(f"{self._name}/{part}")

    def values(self, part: str) -> NDArray[Any] | CheckedArray:
        """Return an array of the blocks."""
        if part not in self._values:
            self._values[part] = self._file.values(f"{self._name}/{part}")
        found: NDArray[Any] | CheckedArray = self._values[part]
        return found

    def find(self, number: int) -> Blocks | None:
        """Return the blocks of a term; None when it has none."""
        if not self._has_any:
            return None
        at = bisect_left(self._long_terms, number)
        return Blocks(self, at) if at < len(self._long_terms) and self._long_terms[at] == number else None
