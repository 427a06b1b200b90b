"""Number what stands on words (`indexer.analysis.stacked`): signs, and words that hyphens join.

Of two words that a hyphen joins the numbers are one number, by which what they are together is known when they come
again: few of them are new.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.stacked import Marks, joined_terms
from indexer.columnar.packing import Numbers
from indexer.columnar.word_ids import Dictionary

_NONE = -1
"""Stands for what two words are together that are not letters alone."""
_BITS = 32


class Stacked(NamedTuple):
    """Hold what stands on words, by the places of the words, which ascend."""

    places: Numbers
    numbers: NDArray[np.int32]


class StackedNumbers(dict[int, int]):
    """Number what stands on the words of a dictionary; the numbers of pairs of words that were joined so far."""

    def __init__(self, dictionary: Dictionary) -> None:
        """Begin with no pairs."""
        super().__init__()
        self._dictionary = dictionary

    def __missing__(self, pair: int) -> int:
        terms = self._dictionary.terms
        words = (terms[pair >> _BITS], terms[pair & ((1 << _BITS) - 1)])
        joined = next(joined_terms((1,), words.__getitem__), None)
        number = self[pair] = _NONE if joined is None else self._dictionary[joined[1]]
        return number

    def of(self, marks: Marks, words: NDArray[np.int32]) -> Stacked:
        """Number what marks say of words, which are given by their numbers."""
        signs = [(np.asarray(places, np.int64), self._dictionary[term]) for term, places in marks.signs]
        hyphens = np.asarray(marks.hyphens, np.int64)
        pairs = words[hyphens - 1].astype(np.int64) << _BITS | words[hyphens]
        numbers = np.fromiter(map(self.__getitem__, pairs.tolist()), np.int32, len(pairs))
        joined = hyphens[numbers != _NONE]
        chained, chains = self._chains(joined, words)
        places = np.concatenate((*(each for each, _ in signs), joined, np.array(chained, np.int64)))
        of_signs = (np.full(len(each), number, np.int32) for each, number in signs)
        found = np.concatenate((*of_signs, numbers[numbers != _NONE], np.array(chains, np.int32)))
        order = np.argsort(places, kind="stable")
        return Stacked(places[order], found[order])

    def _chains(self, joined: Numbers, words: NDArray[np.int32]) -> tuple[list[int], list[int]]:
        """Number chains of joined words, from the third word on all up to it: where each ends, and its number."""
        terms, last, chain = self._dictionary.terms, -1, b""
        places, numbers = joined[1:][np.diff(joined) == 1].tolist(), list[int]()
        for place in places:
            if last != place - 1:
                chain = terms[words[place - 2]] + terms[words[place - 1]]
            chain += terms[words[place]]
            numbers.append(self._dictionary[b"-" + chain])
            last = place
        return places, numbers
