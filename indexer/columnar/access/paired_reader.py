"""Read paired numbers (`packing`) from a segment's file: of a range of terms, of one, or of runs of one."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.access.pages import CheckedArray, Pages
from indexer.columnar.file import SegmentFile
from indexer.columnar.packing import (
    ESCAPE,
    PAIR,
    Numbers,
    Width,
    counted_before,
    ranges,
    starts,
    takes_two,
    unpaired,
    with_second,
)

_FEW = 32
_ESCAPE_BYTE = bytes([ESCAPE])
_ONE_BYTE = bytes(range(PAIR))


Beside: TypeAlias = tuple[NDArray[Any], NDArray[Any]]
"""Numbers that do not fit their bytes: their indices in the whole array, ascending, and the numbers."""


class Packed(NamedTuple):
    """Hold the numbers of one term as they lie in a file."""

    firsts: bytes
    seconds: bytes
    at: Sequence[int]
    """The indices, among these, of those that are too large."""
    large: Sequence[int]

    @classmethod
    def of(cls, firsts: bytes, seconds: bytes, start: int, beside: Callable[[], Beside]) -> Self:
        """Take bytes that begin at `start` of the whole array; `beside` reads its large numbers."""
        if _ESCAPE_BYTE not in firsts:
            return cls(firsts, seconds, (), ())
        at, large = beside()
        low, high = at.searchsorted((start, start + len(firsts))).tolist()
        return cls(firsts, seconds, (at[low:high] - start).tolist(), large[low:high].tolist())

    @classmethod
    def joined(cls, parts: "Sequence[Packed]") -> Self:
        """Put the numbers of several terms one after the other."""
        at, before = list[int](), 0
        for part in parts:
            at += [before + each for each in part.at]
            before += len(part.firsts)
        large = [each for part in parts for each in part.large]
        return cls(b"".join([part.firsts for part in parts]), b"".join([part.seconds for part in parts]), at, large)

    def unpacked_bytes(self) -> Numbers:
        """Return the numbers where each is one byte, but for the large."""
        values = np.frombuffer(self.firsts, np.uint8).astype(np.int64)
        values[list(self.at)] = self.large
        return values

    def bytes_at(self, at: Numbers) -> Numbers:
        """Return those at some indices, where each is one byte, but for the large."""
        values = np.frombuffer(self.firsts, np.uint8).take(at).astype(np.int64)
        if self.at:
            self.put_large(values, at)
        return values

    @property
    def width(self) -> Width:
        """Return in how many bytes the numbers fit, and two of them added."""
        return np.int32 if max(self.large, default=0) < 1 << 30 else np.int64

    def unpacked(self, width: Width = np.int64) -> NDArray[Any]:
        """Return the numbers."""
        firsts, seconds = np.frombuffer(self.firsts, np.uint8), np.frombuffer(self.seconds, np.uint8)
        beside = np.array(self.at, np.int64), np.array(self.large, np.int64)
        return unpaired(firsts, seconds, 0, beside=beside, width=width)

    def unpacked_in(self, lows: Numbers, counts: Numbers, width: Width = np.int64) -> NDArray[Any]:
        """Return those of several ranges, ascending, each of which begins at `lows` and has `counts`."""
        firsts, at = np.frombuffer(self.firsts, np.uint8), ranges(lows, counts)
        chosen = firsts.take(at)
        values: NDArray[Any] = chosen.astype(width)
        if self.at:
            self.put_large(values, at)
        if self.seconds and len(two := takes_two(chosen).nonzero()[0]):
            before = counted_before(takes_two(chosen), starts(counts))
            at = ranges(counted_before(takes_two(firsts), lows), before[1:] - before[:-1])
            values[two] = with_second(values.take(two), np.frombuffer(self.seconds, np.uint8).take(at))
        return values

    def put_large(self, values: NDArray[Any], at: Numbers) -> None:
        """Put the numbers that are too large for their bytes among `values`, which are those at some indices."""
        escaped = np.flatnonzero(values == ESCAPE)
        if len(escaped):
            values[escaped] = np.array(self.large)[np.searchsorted(self.at, at[escaped])]


class PairedReader:
    """Read the paired numbers of terms, one term after the other, from arrays by name: `part`, `part_more`, ..."""

    def __init__(self, file: SegmentFile, part: str) -> None:
        """Read from a file, where there are any."""
        self._file, self._part = file, part
        self._firsts, self._seconds = self._array(""), self._array("_more")
        self._second_starts = self._array("_more_starts")

    def _array(self, rest: str) -> "NDArray[Any] | CheckedArray":
        name = self._part + rest
        return self._file.values(name) if name in self._file else np.zeros(int(rest.endswith("_starts")), np.uint8)

    @cached_property
    def _first_pages(self) -> Pages:
        return self._file.pages(self._part)

    @cached_property
    def _more_pages(self) -> Pages:
        return self._file.pages(f"{self._part}_more")

    @cached_property
    def _second_pages(self) -> Pages:
        return self._file.pages(f"{self._part}_more_starts")

    @cached_property
    def beside(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Read the numbers that do not fit their bytes, and where they are."""
        if f"{self._part}_at" not in self._file:
            return np.empty(0, np.int64), np.empty(0, np.uint32)
        return self._file.array(f"{self._part}_at"), self._file.array(f"{self._part}_large")

    def packed(self, number: int, low: int, high: int) -> Packed:
        """Read the numbers of one term, which lie from `low` up to `high`."""
        firsts = self._first_pages.part(low, high)
        if len(firsts) <= _FEW and max(firsts) < PAIR:
            return Packed(firsts, b"", (), ())
        return Packed.of(firsts, self._more_pages.part(*self._second_pages.two(number)), low, lambda: self.beside)

    def packed_part(self, number: int, bounds: tuple[int, int], more: tuple[int, int]) -> Packed:
        """Read some of the numbers of a term: from where to where they lie, and, counted in the term, their seconds."""
        start = self._second_pages.number(number) if more[1] > more[0] else 0
        seconds = self._more_pages.part(start + more[0], start + more[1])
        return Packed.of(self._first_pages.part(*bounds), seconds, bounds[0], lambda: self.beside)

    def bytes_of(self, number: int, bounds: tuple[int, int], more: int) -> tuple[bytes, bytes]:
        """Read some numbers of a term as bytes, with their second bytes; `more`: how many of those come before."""
        firsts = self._first_pages.part(*bounds)
        count = len(firsts.translate(None, _ONE_BYTE)) - firsts.count(_ESCAPE_BYTE)
        if not count:
            return firsts, b""
        start = self._second_pages.number(number) + more
        return firsts, self._more_pages.part(start, start + count)

    def read(self, low: int, high: int, bounds: Any, wanted: NDArray[np.bool_] | None = None) -> Numbers:
        """Read the numbers of a range of terms; `bounds`: each term's start; `wanted`: which of them, None for all."""
        start, end = int(bounds[low]), int(bounds[high])
        firsts = self._firsts[start:end]
        seconds = self._seconds[int(self._second_starts[low]) : int(self._second_starts[high])]
        if wanted is None:
            return unpaired(firsts, seconds, start, beside=self.beside)
        at, large = self._large_among(start, wanted)
        seconds = seconds.compress(wanted.compress(takes_two(firsts)))  # `compress` takes a fifth of what indexing does
        return unpaired(firsts.compress(wanted), seconds, 0, beside=(at, large))

    def _large_among(self, start: int, wanted: NDArray[np.bool_]) -> tuple[Numbers, NDArray[Any]]:
        """Return the large numbers that are wanted, and their indices among the wanted."""
        at, large = self.beside
        low, high = at.searchsorted(start), at.searchsorted(start + len(wanted))
        among = at[low:high].astype(np.int64) - start
        among, large = among[wanted[among]], large[low:high][wanted[among]]
        return (np.cumsum(wanted)[among] - 1 if len(among) else among), large
