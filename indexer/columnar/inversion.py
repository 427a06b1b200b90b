"""Turn text into postings: words become numbers when they are read, and one sort a field puts them by term.

No Python object is made per posting: words come by their numbers (`indexer.columnar.waiting`), and are kept as four
bytes a word.
"""

import itertools
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import methodcaller
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.packing import starts, steps
from indexer.columnar.postings import Block

_PART = 1 << 20
"""Postings that are taken apart at a time, about: eight megabytes of them."""
_HALF = 8
"""Bytes of a term that are compared as one number."""
_KEY = 64
"""Bits of what is sorted."""
_AS_BYTES = methodcaller("encode", "utf-8", "replace")


class Order(NamedTuple):
    """Hold terms in order."""

    terms: list[bytes]
    ranks: NDArray[np.uint32]
    """Of the number each had: its place in the order."""


def in_order(terms: Sequence[bytes]) -> Order:
    """Order terms, given by number, by their bytes."""
    numbers = _by_first_bytes(terms)
    ranks = np.empty(len(numbers), np.uint32)
    ranks[numbers] = np.arange(len(numbers), dtype=np.uint32)
    return Order(list(map(terms.__getitem__, numbers.tolist())), ranks)


def _by_first_bytes(terms: Sequence[bytes]) -> NDArray[np.int64]:
    """Sort the numbers of terms by the first bytes of these, as two numbers, and then those alike by all bytes."""
    halves = np.array(terms, f"S{2 * _HALF}").view(f">u{_HALF}").astype(np.uint64).reshape(-1, 2)
    numbers = np.lexsort((halves[:, 1], halves[:, 0]))
    new = np.diff(halves[numbers], axis=0).any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([True], new, [True]))))
    for low, high in edges.reshape(-1, 2).tolist():
        alike = slice(low, high + 1)
        numbers[alike] = sorted(numbers[alike].tolist(), key=terms.__getitem__)
    return numbers


class Runs(NamedTuple):
    """Hold words of a field, by their numbers: runs of words, and what is stacked on words, documents ascending."""

    documents: NDArray[Any]
    """Of each run."""
    starts: NDArray[Any]
    """The position of its first word."""
    counts: NDArray[Any]
    """Its words."""
    words: NDArray[np.int32]
    stacked: NDArray[np.int32]
    stacked_documents: NDArray[Any]
    stacked_positions: NDArray[Any]


class WordField:
    """Collect the words of one field of all documents so far."""

    def __init__(self) -> None:
        self._numbers = array("i")
        self._runs = array("I")  # a document, the position of the first word, how many words, and so on
        self._stacked = array("I")  # a number, a document, a position, and so on

    def add(self, runs: Runs) -> int:
        """Take the words of documents that come after those so far; return how many."""
        self._runs.frombytes(_rows(runs.documents, runs.starts, runs.counts))
        self._numbers.frombytes(runs.words.data.cast("B"))
        self._stacked.frombytes(_rows(runs.stacked, runs.stacked_documents, runs.stacked_positions))
        return len(runs.words)

    def lengths(self, documents: int) -> NDArray[np.int64]:
        """Count the words of each document: int64, one for each."""
        docs, _, counts = _columns(self._runs)
        return np.bincount(docs, counts, documents).astype(np.int64)

    def inverted(self, ordered: Order) -> Iterator[Block]:
        """Yield the postings, once, block by block, so that little memory is needed at once."""
        if not self._numbers:
            return
        words, stacked = len(self._numbers), _columns(self._stacked)
        self._numbers.frombytes(stacked[0].tobytes())
        documents, begins, counts = _columns(self._runs)
        bits = _Bits.of(int((begins + counts).max()), int(documents[-1]))
        places = np.empty(len(self._numbers), np.uint64)
        _count_up(places[:words], bits.places(documents, begins), counts)
        places[words:] = bits.places(*stacked[1:])
        for first, keys in _keys(ordered.ranks, np.frombuffer(self._numbers, np.int32), places, bits=bits):
            keys.sort()
            for low, high in _cuts(keys, bits):
                yield _block(ordered.terms, keys[low:high], bits, first=first)


class _Bits(NamedTuple):
    """Say how many bits of a number are its position, and how many that and its document: what is above is its rank."""

    position: int
    place: int

    @classmethod
    def of(cls, position: int, document: int) -> Self:
        """Take as many as the largest position and the last document need."""
        return cls(position.bit_length(), position.bit_length() + document.bit_length())

    def places(self, documents: NDArray[Any], positions: NDArray[Any]) -> NDArray[np.uint64]:
        """Make one number of each document and position."""
        places: NDArray[np.uint64] = documents.astype(np.uint64) << np.uint64(self.position) | positions
        return places


def _count_up(numbers: NDArray[np.uint64], firsts: NDArray[np.uint64], counts: NDArray[Any]) -> None:
    """Fill in runs that count up from each of `firsts`."""
    firsts, counts = firsts[counts > 0], counts[counts > 0]
    at = starts(counts)[:-1]
    numbers.fill(1)
    numbers[at] = firsts
    numbers[at[1:]] -= firsts[:-1] + counts[:-1] - np.uint64(1)  # may wrap, and back
    np.cumsum(numbers, out=numbers)


def _keys(
    ranks: NDArray[np.uint32], numbers: NDArray[np.int32], places: NDArray[np.uint64], *, bits: _Bits
) -> Iterator[tuple[int, NDArray[np.uint64]]]:
    """Yield the first of so many ranks as fit above places, and what is sorted by these and by place."""
    shift, many = np.uint64(bits.place), 1 << max(0, _KEY - bits.place)
    if len(ranks) <= many:
        for low in range(0, len(places), _PART):
            places[low : low + _PART] |= ranks[numbers[low : low + _PART]].astype(np.uint64) << shift
        yield 0, places
        return
    own = ranks[numbers]
    for first in range(0, len(ranks), many):
        chosen = np.flatnonzero((own >= first) & (own < first + many))
        yield first, places[chosen] | (own[chosen] - np.uint32(first)).astype(np.uint64) << shift


def _cuts(keys: NDArray[np.uint64], bits: _Bits) -> Iterator[tuple[int, int]]:
    """Yield parts of sorted keys, about as many in each, all of a rank in one."""
    low, all_of_place = 0, np.uint64((1 << bits.place) - 1)
    while low < len(keys):
        high = low + _PART
        high = int(keys.searchsorted(keys[high] | all_of_place, "right")) if high < len(keys) else len(keys)
        yield low, high
        low = high


def _block(terms: list[bytes], keys: NDArray[np.uint64], bits: _Bits, *, first: int) -> Block:
    """Take sorted keys apart."""
    in_documents = keys >> np.uint64(bits.position)
    new = np.ones(len(keys), np.bool_)
    np.not_equal(in_documents[1:], in_documents[:-1], out=new[1:])
    at = np.flatnonzero(new)
    positions = (keys & np.uint64((1 << bits.position) - 1)).astype(np.uint32)
    own = in_documents[at]
    of_documents = bits.place - bits.position
    names, counts = _runs(terms, (own >> np.uint64(of_documents)).astype(np.int64) + first)
    docs = (own & np.uint64((1 << of_documents) - 1)).astype(np.uint32)
    return Block(names, counts, docs, np.diff(at, append=len(keys)), steps(positions, at))


def _rows(*columns: NDArray[Any]) -> memoryview:
    """Put columns of numbers together as rows, in bytes."""
    rows = np.empty((len(columns[0]), len(columns)), np.uint32)
    for number, column in enumerate(columns):
        rows[:, number] = column
    return rows.data.cast("B") if len(rows) else memoryview(b"")


def _columns(rows: "array[int]") -> tuple[NDArray[np.uint32], ...]:
    """Return the columns of what `_rows` gives, of three."""
    first, second, third = np.frombuffer(rows, np.uint32).reshape(-1, 3).T
    return first, second, third


def _sorted(ranks: NDArray[np.uint32], numbers: NDArray[Any]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Sort the ranks of numbers; return them, and for each its place among the numbers. Equal ones keep their order."""
    keys = np.empty(len(numbers), "<u8")
    halves = keys.view("<u4")
    halves[0::2] = np.arange(len(numbers), dtype=np.uint32)
    halves[1::2] = ranks[numbers]
    keys.sort()
    return halves[1::2].astype(np.uint32), halves[0::2].astype(np.uint32)


def _grouped(
    terms: list[bytes], ranks: NDArray[np.uint32], docs: NDArray[np.uint32], *, positions: NDArray[np.uint32]
) -> Block:
    new = np.ones(len(ranks), np.bool_)
    new[1:] = (ranks[1:] != ranks[:-1]) | (docs[1:] != docs[:-1])
    at = np.flatnonzero(new)
    names, counts = _runs(terms, ranks[at])
    return Block(names, counts, docs[at], np.diff(at, append=len(ranks)), steps(positions, at))


def _runs(terms: list[bytes], ranks: NDArray[Any]) -> tuple[list[bytes], NDArray[Any]]:
    """Return the terms of ascending ranks, and how often each comes."""
    at = np.flatnonzero(np.diff(ranks, prepend=ranks[:1] + 1))
    return [terms[rank] for rank in ranks[at].tolist()], np.diff(at, append=len(ranks))


class ValueField:
    """Collect the whole values of one field of all documents so far."""

    def __init__(self) -> None:
        self._last: Sequence[str] = ()
        self._first = self._past = 0  # of the documents that have the last values
        self._values = defaultdict[bytes, int](itertools.count().__next__)
        self._numbers, self._docs = array("I"), array("I")

    def add(self, document: int, values: Sequence[str]) -> None:
        """Take a document's values. Those that the one before has, too, are not looked at again."""
        if values is not self._last or document != self._past:
            self._take_last()
            self._last, self._first = values, document
        self._past = document + 1

    def _take_last(self) -> None:
        numbers = list(map(self._values.__getitem__, dict.fromkeys(map(_AS_BYTES, self._last))))
        self._numbers.extend(numbers * (self._past - self._first))
        self._docs.extend([document for document in range(self._first, self._past) for _ in numbers])
        self._last, self._first = (), self._past

    def inverted(self) -> Block:
        """Return the postings, as one block."""
        self._take_last()
        if not self._numbers:
            return Block([], np.empty(0, np.int64), np.empty(0, np.uint32))
        ordered = in_order(list(self._values))
        ranks, sequence = _sorted(ordered.ranks, np.frombuffer(self._numbers, np.uint32))
        return Block(*_runs(ordered.terms, ranks), np.frombuffer(self._docs, np.uint32)[sequence])


class MarkField:
    """Collect the whole values of one field, and where they stand, of all documents so far."""

    def __init__(self) -> None:
        self._values: dict[bytes, int] = {}
        self._numbers, self._docs, self._positions = array("I"), array("I"), array("I")

    def add(self, document: int, marks: Mapping[str, Sequence[int]]) -> None:
        """Take a document's values, and where each stands, ascending."""
        for value, positions in marks.items():
            number = self._values.setdefault(value.encode("utf-8", "replace"), len(self._values))
            self._numbers.extend(array("I", (number,)) * len(positions))
            self._docs.extend(array("I", (document,)) * len(positions))
            self._positions.extend(positions)

    def inverted(self) -> Block:
        """Return the postings, as one block."""
        if not self._numbers:
            return Block([], np.empty(0, np.int64), np.empty(0, np.uint32))
        ordered = in_order(list(self._values))
        ranks, sequence = _sorted(ordered.ranks, np.frombuffer(self._numbers, np.uint32))
        docs, positions = (np.frombuffer(each, np.uint32)[sequence] for each in (self._docs, self._positions))
        return _grouped(ordered.terms, ranks, docs, positions=positions)
