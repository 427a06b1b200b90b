"""Which terms of a dictionary many leaves stand for: all leaves in one pass, a block of terms at a time.

Patterns and fuzzy words are not tried on every term (`search.query.candidates`). Terms are numbered from 0 in order of
their bytes.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search.deadline import check
from search.query import nodes as q
from search.query.candidates import Lexicon
from search.query.words import fits
from search.segments.expansion import beginnings

TermNumbers: TypeAlias = NDArray[np.int32]
"""Numbers of terms, ascending."""

_TERMS = 1 << 16
"""Terms of a block, about: a megabyte of what is made of them."""
_FEW = 2_000
"""So many terms are sooner tried than made a block of."""
_NONE: TermNumbers = np.empty(0, np.int32)


class TermDictionary(Protocol):
    """A dictionary."""

    term_count: int

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """Find the range of the terms that begin so."""

    def terms(self, low: int, high: int) -> list[bytes]:
        """Return the terms numbered from `low` up to `high`."""


class TermList:
    """A segment's terms of one field in memory, numbered in order, as a dictionary on disk is asked."""

    def __init__(self, terms: Iterable[bytes]) -> None:
        self._terms = sorted(terms)
        self.term_count = len(self._terms)

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """Find the range of the terms that begin so."""
        low = bisect_left(self._terms, prefix)
        high = bisect_left(self._terms, True, low, key=lambda term: not term.startswith(prefix))
        return low, high

    def terms(self, low: int, high: int) -> list[bytes]:
        """Return the terms numbered from `low` up to `high`."""
        return self._terms[low:high]


class _Sought(NamedTuple):
    """A leaf, and what is found of it."""

    leaf: q.Leaf
    fits: Callable[[str], bool] | None
    ranges: list[tuple[int, int]]
    found: list[TermNumbers]


def matching(terms: TermDictionary, leaves: Sequence[q.Leaf], tell: Callable[[q.Leaf, int], None]) -> list[TermNumbers]:
    """Find the terms that each leaf stands for; `tell` is told of every few that are found, and may raise.

    Raises SearchTimeoutError.
    """
    if not terms.term_count:
        return [_NONE] * len(leaves)
    sought = [
        _Sought(leaf, None if isinstance(leaf, q.Prefix) else fits(leaf), _ranges(terms, leaf), []) for leaf in leaves
    ]
    wide = []
    for each in sought:
        few = sum(high - low for low, high in each.ranges) <= _FEW
        if few or not isinstance(each.leaf, q.Wildcard | q.Fuzzy):  # of others every term between has to be tried
            _look_through(terms, each, tell)
        else:
            wide.append(each)
    for low in range(0, terms.term_count if wide else 0, _TERMS):
        _look_in_block(terms, low, wide, tell)
    return [np.concatenate([_NONE, *each.found]) for each in sought]


def _ranges(terms: TermDictionary, leaf: q.Leaf) -> list[tuple[int, int]]:
    return [terms.beginning(start.encode("utf-8", "replace")) for start in sorted(beginnings(leaf))]


def _look_through(terms: TermDictionary, sought: _Sought, tell: Callable[[q.Leaf, int], None]) -> None:
    check()
    for low, high in sought.ranges:
        fits = sought.fits
        if fits is None:
            found = np.arange(low, high, dtype=np.int32)
        else:
            words = enumerate(terms.terms(low, high), low)
            found = np.array([number for number, term in words if fits(term.decode("utf-8"))], np.int32)
        tell(sought.leaf, len(found))
        sought.found.append(found)


def _look_in_block(
    terms: TermDictionary, low: int, wide: Sequence[_Sought], tell: Callable[[q.Leaf, int], None]
) -> None:
    """Look for the leaves in the block of terms that begins at `low`."""
    high = min(low + _TERMS, terms.term_count)
    here = [each for each in wide if any(start < high and low < end for start, end in each.ranges)]
    block = Lexicon([term.decode() for term in terms.terms(low, high)]) if here else None
    for each in here:
        check()
        assert block is not None and each.fits is not None
        found = _fitting(block, each, low)
        tell(each.leaf, len(found))
        each.found.append(found)


def _fitting(block: Lexicon, sought: _Sought, low: int) -> TermNumbers:
    numbers = block.candidates(sought.leaf)
    inside = np.zeros(len(numbers), np.bool_)
    for start, end in sought.ranges:
        inside |= (numbers >= start - low) & (numbers < end - low)
    words, fits = block.words, sought.fits
    return np.array([at + low for at in numbers[inside].tolist() if fits is None or fits(words[at])], np.int32)
