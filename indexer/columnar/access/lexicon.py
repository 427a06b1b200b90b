"""Write and read the terms of a field: in order of their bytes, a zero byte after each, numbered from 0.

    terms, term_starts      the terms, and where each starts
    term_keys               of every 64th term the first eight bytes as a number: which 64 to look through for a term

So a term is found by looking at a page of the terms or two, and of a hundred thousand at nothing else.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.access.pages import Pages
from indexer.columnar.file import SegmentFile

_STEP = 64
_KEY = 8


class KeyCollector:
    """Take terms in order; keep what `term_keys` has of them."""

    def __init__(self) -> None:
        self._keys: list[bytes] = []
        self._count = 0

    def add(self, terms: Sequence[bytes]) -> None:
        """Take the next terms."""
        self._keys += [term[:_KEY].ljust(_KEY, b"\0") for term in terms[-self._count % _STEP :: _STEP]]
        self._count += len(terms)

    def keys(self) -> NDArray[np.uint64]:
        """Return the keys so far."""
        return np.frombuffer(b"".join(self._keys), ">u8").astype("<u8")


class FieldTerms:
    """Read the terms of a field."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        """Read those of the field of that name; it may have none."""
        self._file, self._name = file, name
        starts = file.sections.get(f"{name}/term_starts")
        self.term_count = starts.items - 1 if starts else 0

    @cached_property
    def _terms(self) -> Pages:
        return self._file.pages(f"{self._name}/terms")

    @cached_property
    def _term_starts(self) -> Pages:
        return self._file.pages(f"{self._name}/term_starts")

    @cached_property
    def _keys(self) -> memoryview:
        return memoryview(self._file.array(f"{self._name}/term_keys").astype(np.uint64).tobytes()).cast("Q")

    def term(self, number: int) -> bytes:
        """Return the term of that number."""
        low, high = self._term_starts.two(number)
        return self._terms.part(low, high - 1)

    def terms(self, low: int, high: int) -> list[bytes]:
        """Return the terms numbered from `low` up to `high`."""
        if low >= high:
            return []
        first, past = self._term_starts.number(low), self._term_starts.number(high)
        content = self._terms.part(first, past - 1)
        if content.count(b"\0") == high - low - 1:
            return content.split(b"\0")
        bounds = self._file.values(f"{self._name}/term_starts")[low : high + 1].tolist()
        return [content[start - first : end - first - 1] for start, end in pairwise(bounds)]

    def at_or_after(self, term: bytes) -> int:
        """Find the number of the first term that is not less; `term_count` when there is none."""
        low = self._part(term) * _STEP
        return low + bisect_left(self.terms(low, min(low + _STEP, self.term_count)), term)

    def _part(self, term: bytes) -> int:
        """Find the last of the parts of the terms that does not begin after the term; the first when all do."""
        if self.term_count <= _STEP:
            return 0
        key = int.from_bytes(term[:_KEY].ljust(_KEY, b"\0"), "big")
        past = bisect_right(self._keys, key)
        if not past or self._keys[past - 1] != key:
            return max(0, past - 1)
        alike = range(bisect_left(self._keys, key, 0, past), past)
        return max(0, alike.start + bisect_right(alike, term, key=lambda part: self.term(part * _STEP)) - 1)

    def find(self, term: bytes) -> int | None:
        """Find the number of a term; None when the field has no such term."""
        if not self.term_count:
            return None
        low = self._part(term) * _STEP
        past = min(low + _STEP, self.term_count)
        first = self._term_starts.number(low)
        content = b"\0" + self._terms.part(first, self._term_starts.number(past))
        at = content.find(b"\0%b\0" % term)
        if at < 0:
            return None
        number = low + content.count(b"\0", 0, at)
        if self._term_starts.two(number) == (first + at, first + at + len(term) + 1):
            return number
        terms = self.terms(low, past)  # some have zero bytes
        return low + terms.index(term) if term in terms else None

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """Find the range of the terms that begin so: the first, and the one after the last."""
        start = prefix.rstrip(b"\xff")
        past = start[:-1] + bytes((start[-1] + 1,)) if start else b""
        low = self._part(prefix) * _STEP
        terms = self.terms(low, min(low + _STEP, self.term_count))
        first, end = bisect_left(terms, prefix), bisect_left(terms, past)
        if past and end == len(terms):  # the last is beyond what was looked through
            return low + first, self.at_or_after(past)
        return low + first, low + end if past else self.term_count
