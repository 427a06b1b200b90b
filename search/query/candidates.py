"""Which of many words may fit a pattern or a fuzzy word, told without trying it on each.

The letters and the pairs of letters of a word are kept as the bits of two numbers (Bloom filters of a word each): only
words with all bits that a pattern needs may fit.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from indexer.first_use import regex
from search.query import nodes as q

_LETTERS = np.array(
    [0 if code == 0 or code & 0xC0 == 0x80 else 1 << (code * 37 & 63) for code in range(256)], np.uint64
)
"""The bit of each byte; what follows the first byte of a character beyond ASCII has none."""
_PIECES = regex(r"[?*]+")


class Lexicon:
    """Some words, and what tells quickly of most that they do not fit."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        terms = [word.encode("utf-8", "replace") for word in words]
        self._content = np.frombuffer(b"\0" + b"\0".join(terms) + b"\0", np.uint8)
        sizes = np.fromiter(map(len, terms), np.int64, len(terms)) + 1
        self._starts = np.cumsum(sizes) - sizes

    def candidates(self, leaf: q.Leaf) -> NDArray[np.int64]:
        """Find the indices of the words that may fit a leaf, ascending."""
        match leaf:
            case q.Wildcard(pattern):
                letters, pairs = _bits_of(pattern)
                may = self._letters & letters == letters
                return np.flatnonzero(may & (self._pairs & pairs == pairs) if pairs else may)
            case q.Fuzzy(word, edits):
                letters = np.bitwise_or.reduce(_LETTERS[np.frombuffer(word.encode("utf-8", "replace"), np.uint8)])
                missing, more = ~self._letters & letters, self._letters & ~letters
                may = np.abs(self._lengths - len(word)) <= edits
                return np.flatnonzero(may & _at_most(missing, edits) & _at_most(more, edits))
            case q.Term() | q.Prefix():
                return np.arange(len(self.words))
            case _:
                assert_never(leaf)

    @cached_property
    def _letters(self) -> NDArray[np.uint64]:
        """Return the letters of each word as bits."""
        return np.bitwise_or.reduceat(_LETTERS[self._content], self._starts)

    @cached_property
    def _pairs(self) -> NDArray[np.uint64]:
        """Return the pairs of successive bytes of each word as bits; an edge of the word is a zero byte."""
        return np.bitwise_or.reduceat(_pairs_of(self._content), self._starts)

    @cached_property
    def _lengths(self) -> NDArray[np.int64]:
        """Return how many characters each word has."""
        return np.fromiter(map(len, self.words), np.int64, len(self.words))


def _pairs_of(content: NDArray[np.uint8]) -> NDArray[np.uint64]:
    wide = content.astype(np.uint16)
    mixed = (wide[:-1] * np.uint16(0x9E35) ^ wide[1:] * np.uint16(0x6A97)) >> np.uint16(10)
    bits: NDArray[np.uint64] = np.uint64(1) << mixed.astype(np.uint64)
    return bits


def _bits_of(pattern: str) -> tuple[np.uint64, np.uint64]:
    """Compute the letters and the pairs that a word which fits a wildcard pattern has."""
    letters, pairs = np.uint64(0), np.uint64(0)
    for piece in _PIECES.split(f"\0{pattern}\0"):
        content = np.frombuffer(piece.encode("utf-8", "replace"), np.uint8)
        if len(content):
            letters |= np.bitwise_or.reduce(_LETTERS[content])
        if len(content) > 1:
            pairs |= np.bitwise_or.reduce(_pairs_of(content))
    return letters, pairs


def _at_most(bits: NDArray[np.uint64], count: int) -> NDArray[np.bool_]:
    """Tell which of the numbers have at most so many bits."""
    for _ in range(count):
        bits = bits & (bits - np.uint64(1))
    few: NDArray[np.bool_] = bits == 0
    return few
