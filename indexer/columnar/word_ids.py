"""Number words: each word of a segment gets a number when it is first met. What the numbers are for is elsewhere.

The few words of short texts are looked up one by one. Those of long ones are compared as numbers, thousands at once:
sixteen bytes of each, as it stands in the text, with what a table of the words met so far has where they hash to. Only
words that are not found there (new ones, the long, and the few that hash to one place) are looked up one by one.
"""

import itertools
from collections import defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.tokenizer import MAX_WORD, term
from indexer.analysis.word_bytes import PlacedWords
from indexer.columnar.packing import Numbers, ranges

_FEW = 256
"""Words of a text below which they are looked up one by one."""
_PIECE = 1 << 14
"""Words that are looked at together: what is made of them stays in the processor's cache, and memory flat."""
_SPACE = 0x20
_HALF = 8
"""Bytes of a word that are one number; words that have so many or more are two."""
_BITS = 18
_MIX = np.uint64(0x9E3779B97F4A7C15)
"""Of Fibonacci hashing: 2 to the 64th by the golden ratio."""
_SHIFT = np.uint64(64 - _BITS)
_KEPT = np.array([(1 << 8 * length) - 1 for length in range(_HALF + 1)], np.uint64)
"""For each length of a word, the bits of it among those of the eight bytes it begins."""


class Dictionary(defaultdict[bytes, int]):
    """Number the words met so far, as they are compared; a new word gets the next number, without a call of Python."""

    def __init__(self) -> None:
        super().__init__(itertools.count().__next__)
        self._terms: list[bytes] = []
        self._table = _Table()

    @property
    def terms(self) -> list[bytes]:
        """List the words so far by their numbers."""
        new = len(self) - len(self._terms)
        self._terms += list(itertools.islice(reversed(self), new))[::-1]
        return self._terms

    def numbers(self, words: PlacedWords) -> NDArray[np.int32]:
        """Number each word of a text."""
        count = len(words.starts)
        if count < _FEW:
            return self._one_by_one(words.content, words.starts, words.ends)
        eights = np.ndarray(len(words.content) - _HALF + 1, "<u8", words.content, 0, (1,))  # at every byte, eight
        numbers = np.empty(count, np.int32)
        for low in range(0, count, _PIECE):
            part = slice(low, low + _PIECE)
            numbers[part] = self._of_piece(words.content, _words(eights, words.starts[part], words.ends[part]))
        return numbers

    def _of_piece(self, content: bytes, words: "_Words") -> NDArray[np.int32]:
        numbers, unknown = self._table.find(words)
        if len(unknown):
            numbers[unknown] = self._one_by_one(content, words.starts[unknown], words.ends[unknown])
            self._table.learn(words, numbers, unknown)
        return numbers

    def _one_by_one(self, content: bytes, starts: Numbers, ends: Numbers) -> NDArray[np.int32]:
        words = compared(content, starts, ends)
        return np.fromiter(map(self.__getitem__, words), np.int32, len(words))


def compared(content: bytes, starts: Numbers, ends: Numbers) -> list[bytes]:
    """List words, in lower case, as they are compared: as `numerals.canonical` says, and cut to `MAX_WORD` characters.

    >>> compared(b"of 1,234.50 or 0.5 ", np.array([0, 3, 15]), np.array([2, 11, 18]))
    [b'of', b'1234.50', b'.5']
    """
    lengths = ends - starts + 1
    spaced = np.frombuffer(content, np.uint8)[ranges(starts, lengths)]
    spaced[np.cumsum(lengths) - 1] = _SPACE
    words = (b" " + spaced.tobytes()).translate(None, b",").replace(b" 0.", b" .").split()
    if len(words) and int(lengths.max()) > MAX_WORD:
        words = [word if len(word) <= MAX_WORD else term(word).encode() for word in words]
    return words


class _Words(NamedTuple):
    """Hold words as numbers."""

    starts: Numbers
    ends: Numbers
    firsts: NDArray[np.uint64]
    """Their first eight bytes, zeros behind shorter ones."""
    long: Numbers
    """The indices of those that have as many."""
    seconds: NDArray[np.uint64]
    """The next eight bytes of these."""
    too_long: Numbers
    """The indices of those that have still more."""
    places: Numbers
    """Where they hash to."""


def _words(eights: NDArray[np.uint64], starts: Numbers, ends: Numbers) -> _Words:
    lengths = ends - starts
    firsts = eights[starts]
    firsts &= _KEPT.take(lengths, mode="clip")
    long = np.flatnonzero(lengths >= _HALF)
    rest = lengths[long] - _HALF
    seconds = eights[starts[long] + _HALF]
    seconds &= _KEPT.take(rest, mode="clip")
    mixed = firsts.copy()
    mixed[long] ^= seconds * _MIX
    mixed *= _MIX
    mixed >>= _SHIFT
    return _Words(starts, ends, firsts, long, seconds, long[rest > _HALF], mixed.view(np.int64))


class _Table:
    """Keep words of up to sixteen bytes at the places they hash to, the first met at each, and their numbers."""

    def __init__(self) -> None:
        self._firsts = np.zeros(1 << _BITS, np.uint64)
        self._seconds = np.zeros(1 << _BITS, np.uint64)
        self._numbers = np.zeros(1 << _BITS, np.int32)

    def find(self, words: _Words) -> tuple[NDArray[np.int32], Numbers]:
        """Look up the words' numbers; return them, and the indices of unknown words, whose numbers are not theirs.

        A short word is never taken for the beginning of a longer one: its eighth byte is zero.
        """
        other = self._firsts.take(words.places) != words.firsts
        other[words.long] |= self._seconds.take(words.places[words.long]) != words.seconds
        other[words.too_long] = True
        return self._numbers.take(words.places), np.flatnonzero(other)

    def learn(self, words: _Words, numbers: NDArray[np.int32], unknown: Numbers) -> None:
        """Take in those of the unknown words whose places are free."""
        places = words.places[unknown]
        free = self._firsts[places] == 0
        free &= words.ends[unknown] - words.starts[unknown] <= 2 * _HALF
        places, unknown = places[free], unknown[free]
        order = np.arange(len(places), dtype=np.int32)
        self._numbers[places] = order
        last = self._numbers[places] == order  # of several at one place, one
        places, taken = places[last], unknown[last]
        self._firsts[places], self._numbers[places] = words.firsts[taken], numbers[taken]
        long = np.flatnonzero(words.ends[taken] - words.starts[taken] >= _HALF)
        self._seconds[places[long]] = words.seconds[np.searchsorted(words.long, taken[long])]
