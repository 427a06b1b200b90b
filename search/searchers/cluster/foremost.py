"""The best documents of an answer, which also score for where their words stand: their texts are read for it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from indexer.analysis.stacked import JOINED, signed, stacked_terms
from indexer.analysis.tokenizer import analyzed, term
from indexer.edgar import exhibits
from indexer.fields.schema import Kind
from search.query import nodes as q
from search.query.occurrences import Words
from search.query.proximity import FOREMOST, MOST_WORDS, PlacedWord, Together, together
from search.query.scoring import idf, rounded
from search.query.walk import asks_field, placed_words
from search.query.words import fits
from search.searchers.cluster.opened import Opened
from search.searchers.cluster.pages import FilingPage, MatchingDocument, MatchingFiling
from search.segments.expansion import beginnings

_SPACE = ord(" ")


class Foremost(NamedTuple):
    """The filings that come before all others, in order, and what was added to which of their documents."""

    found: Sequence[MatchingFiling]
    added: Mapping[str, float]
    """By handle, before the score is rounded."""
    filings: int
    """How many match in all."""
    documents: int


def is_asked(query: q.Query) -> bool:
    """Tell whether a query has words whose places count."""
    return len(placed_words(query)) > 1


def foremost(opened: Opened, query: q.Query, page: FilingPage) -> Foremost:
    """Score the best documents of a page in the order of their words, and order the filings of these anew."""
    documents = [each for filing in page.found for each in filing.documents]
    best = sorted(documents, key=_order)[:FOREMOST]
    added = dict(zip((str(each.handle) for each in best), _added(opened, query, best), strict=True))
    first = [filing for filing in page.found if any(str(each.handle) in added for each in filing.documents)]
    ordered = sorted((_rescored(filing, added) for filing in first), key=_filing_order)
    return Foremost(ordered, added, page.filings, page.documents)


def _order(document: MatchingDocument) -> tuple[float, int, str, int]:
    kept = document.kept
    return -document.score, -(kept.filed or 0), kept.accession, kept.ordinal


def _filing_order(filing: MatchingFiling) -> tuple[float, int, str, int]:
    return _order(filing.documents[0])


def _rescored(filing: MatchingFiling, added: Mapping[str, float]) -> MatchingFiling:
    scores = (rounded(each.score + added.get(str(each.handle), 0.0)) for each in filing.documents)
    documents = [each._replace(score=score) for each, score in zip(filing.documents, scores, strict=True)]
    return filing._replace(documents=sorted(documents, key=lambda each: (-each.score, each.kept.ordinal)))


def _added(opened: Opened, query: q.Query, best: Sequence[MatchingDocument]) -> list[float]:
    factors = dict(list(placed_words(query).items())[:MOST_WORDS])
    counts, total = opened.counts(factors), max(1, opened.statistics.documents)
    idfs = [idf(total, counts["text", word]) for word in factors]
    weights = 1.0 if asks_field(query, "type") else None
    return [
        (weights or exhibits.weight(each.kept.type)) * sum(_together(text, factors, idfs))
        for each, (text, _) in zip(best, opened.texts([each.handle for each in best]), strict=True)
    ]


def _together(text: str, factors: Mapping[q.Term, float], idfs: Sequence[float]) -> Together:
    places = word_places(text, list(factors))
    words = map(PlacedWord, idfs, (factor * each for factor, each in zip(factors.values(), idfs, strict=True)), places)
    return together(list(words))


# Where words stand


def word_places(text: str, words: Sequence[q.Term]) -> list[list[int]]:
    """Find the places of each of the words, ascending, each once; as `Words.occurrences`.

    >>> word_places("Licensed. A license for a licensing fee", [q.Term("license"), q.Term("fee")])
    [[0, 2, 5], [6]]
    """
    if any(signed(each.word) for each in words):
        found = Words((text,), Kind.TEXT)
        return [sorted(span.start for span in found.occurrences(each)) for each in words]
    spaced, marks = analyzed(text)
    there = _SpacedWords(b" " + spaced + b" ")
    on_top = [(place, term(each)) for place, each in stacked_terms(marks(), there.word)]
    return [sorted({*there.places(each), *_stacked(each, on_top)}) for each in words]


class _SpacedWords:
    """The words of a text, with spaces around each."""

    def __init__(self, spaced: bytes) -> None:
        self._spaced = spaced
        letters = np.frombuffer(spaced, np.uint8)
        self._starts = np.flatnonzero((letters[:-1] == _SPACE) & (letters[1:] != _SPACE)) + 1

    def word(self, place: int) -> bytes:
        """Return the word at a place."""
        start = int(self._starts[place])
        return self._spaced[start : self._spaced.index(b" ", start)]

    def places(self, asked: q.Term) -> list[int]:
        """Find the places of the words that a leaf stands for: few begin as they do, so that few are looked at."""
        test = fits(asked)
        is_one = lru_cache(None)(lambda word: test(term(word)))
        found = [
            at
            for begun in beginnings(asked)
            if not begun.startswith(JOINED)
            for at in self._beginning(begun.encode())
            if is_one(self._spaced[at : self._spaced.index(b" ", at)])
        ]
        places: list[int] = np.searchsorted(self._starts, found).tolist()
        return places

    def _beginning(self, begun: bytes) -> Iterator[int]:
        """Yield where words begin that begin so."""
        at = self._spaced.find(b" " + begun)
        while at >= 0:
            yield at + 1
            at = self._spaced.find(b" " + begun, at + 1)


def _stacked(asked: q.Term, on_top: Sequence[tuple[int, str]]) -> set[int]:
    test, begun = fits(asked), beginnings(asked)
    return {place for place, word in on_top if word.startswith(begun) and test(word)}
