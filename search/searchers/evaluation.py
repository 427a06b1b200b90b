"""The query tree evaluated on the arrays of a collection: which documents match, and what each scores.

Documents are found first and scored afterwards, only where a score is asked for. What cannot score (other fields,
ranges, negations) is a mask over all documents, kept for the next question. What matches is defined in
`search.query`, what it is worth in `search.scoring`.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import NamedTuple, TypeAlias, assert_never

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.rows import ABSENT
from indexer.schema import BY_NAME, Kind
from search import scoring
from search.leaves import fits
from search.query import (
    And,
    Boost,
    Everything,
    Field,
    Fuzzy,
    Leaf,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Wildcard,
)
from search.searchers.arrays import (
    Documents,
    Mask,
    Postings,
    Spans,
    adjoining,
    any_span,
    common,
    either,
    mask_of,
    nearby,
    present_in,
    where_among,
    words_at,
    words_in_a_row,
)
from search.searchers.collection import Collection
from search.searchers.expansion import expanded
from search.searchers.searcher import Expansion
from search.searchers.segment import Numbers

Scores: TypeAlias = NDArray[np.float64]
Scorer: TypeAlias = Callable[[Documents], Scores]
"""What each of some ascending documents scores."""

_STORED_LENGTHS = np.array(scoring.STORED_LENGTHS, np.float64)


class Matches(NamedTuple):
    """The documents that match, deleted ones included, and how to score them."""

    docs: Documents
    score: Scorer
    scores_itself: bool = False
    """Whether `score` gives 0 for documents that do not match; else it is not to be asked of them."""


def _nothing(docs: Documents) -> Scores:
    return np.zeros(len(docs))


class Evaluation:
    """Evaluates query trees on one collection."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def answer(self, query: Query) -> Matches:
        """The documents that match and are not deleted, with their whole scores, rounded."""
        matches = self._matches(query, "text")
        titles = [scaled(self._bm25(leaf, "title"), scoring.TITLE_WEIGHT * factor) for leaf, factor in leaves(query)]
        score = summed([matches.score, *titles])
        return Matches(self._collection.living(matches.docs), lambda docs: np.floor(score(docs) * 1e6 + 0.5) / 1e6)

    def _matches(self, query: Query, field: str) -> Matches:
        if not any(leaves(query, field)):
            return Matches(np.flatnonzero(self.mask(query, field)), _nothing)
        match query:
            case Term() | Prefix() | Wildcard() | Fuzzy():
                return Matches(self._leaf(query, field).docs, self._bm25(query, field), scores_itself=True)
            case Phrase() | Near():
                return self._of_places(query, field)
            case Field(name, part):
                return self._matches(part, name)
            case Boost(part, factor):
                matches = self._matches(part, field)
                return matches._replace(score=scaled(matches.score, factor))
            case And(parts):
                return self._of_all(parts, field)
            case Or(parts):
                return self._of_any([self._matches(part, field) for part in parts])
            case Not() | Range() | Everything():
                raise AssertionError("has no leaf that scores")
            case _:
                assert_never(query)

    def _of_all(self, parts: Sequence[Query], field: str) -> Matches:
        scored = [part for part in parts if any(leaves(part, field))]
        matches = [self._matches(part, field) for part in scored]
        docs, *others = sorted((part.docs for part in matches), key=len)
        for other in others:
            docs = common(docs, other)
        for part in parts:
            if part not in scored:
                docs = docs[self.mask(part, field)[docs]]
        return Matches(docs, summed([part.score for part in matches]))

    def _of_any(self, parts: Sequence[Matches]) -> Matches:
        docs = either([part.docs for part in parts], self._collection.size)
        return Matches(docs, summed([part.score if part.scores_itself else where_matching(part) for part in parts]))

    def _of_places(self, query: Phrase | Near, field: str) -> Matches:
        score = summed([scaled(self._bm25(leaf, field), factor) for leaf, factor in leaves(query, field)])
        return Matches(self._with_places(query, field), score)

    # Masks

    def mask(self, query: Query, field: str = "text") -> Mask:
        """The documents that match as a mask, deleted ones included, kept for the next question."""
        return self._collection.keep(("mask", field, query), lambda: self._mask(query, field))

    def _mask(self, query: Query, field: str) -> Mask:
        size = self._collection.size
        match query:
            case Everything():
                return np.ones(size, np.bool_)
            case Not(part):
                return ~self.mask(part, field)
            case Field(name, part):
                return self.mask(part, name)
            case Boost(part):
                return self.mask(part, field)
            case And(parts):
                return reduce(np.logical_and, (self.mask(part, field) for part in parts), np.ones(size, np.bool_))
            case Or(parts) if all(isinstance(part, Leaf) for part in parts):  # a watchlist: no mask for each value
                return mask_of([self._read(part, field).docs for part in parts if isinstance(part, Leaf)], size)
            case Or(parts):
                return reduce(np.logical_or, (self.mask(part, field) for part in parts), np.zeros(size, np.bool_))
            case Range(low, high):
                return self._in_range(field, low, high)
            case Term() | Prefix() | Wildcard() | Fuzzy():
                return mask_of([self._leaf(query, field).docs], size)
            case Phrase() | Near():
                return mask_of([self._with_places(query, field)], size)
            case _:
                assert_never(query)

    def _in_range(self, field: str, low: int | None, high: int | None) -> Mask:
        if BY_NAME[field].kind in {Kind.DATE, Kind.NUMBER}:
            numbers = self._collection.numbers(field)
            mask = numbers >= (ABSENT + 1 if low is None else low)
            return mask if high is None else mask & (numbers <= high)
        terms = [
            term
            for term in self._collection.terms(field)
            if term.isascii() and term.isdecimal() and _between(int(term), low, high)
        ]
        return mask_of([self._collection.postings(field, terms).docs], self._collection.size)

    # Leaves

    def expansion(self, leaf: Leaf, field: str) -> Expansion:
        """The terms of the field that the leaf stands for, and how many documents have any."""
        collection = self._collection
        if BY_NAME[field].kind in {Kind.DATE, Kind.NUMBER}:
            numbers = collection.numbers(field)[collection.living(self._leaf(leaf, field).docs)]
            return Expansion(tuple(sorted(map(str, np.unique(numbers).tolist()))), len(numbers))
        terms = expanded(leaf, lambda prefix: collection.terms(field, prefix))
        present = [term for term in terms if len(collection.living(collection.postings(field, [term]).docs))]
        return Expansion(tuple(present), len(collection.living(self._leaf(leaf, field).docs)))

    def _leaf(self, leaf: Leaf, field: str) -> Postings:
        return self._collection.keep(("leaf", field, leaf), lambda: self._read(leaf, field))

    def _read(self, leaf: Leaf, field: str) -> Postings:
        collection = self._collection
        if BY_NAME[field].kind in {Kind.DATE, Kind.NUMBER}:
            return _numbered(collection.numbers(field), fits(leaf))
        return collection.postings(field, expanded(leaf, lambda prefix: collection.terms(field, prefix)))

    def _bm25(self, leaf: Leaf, field: str) -> Scorer:
        postings, collection = self._leaf(leaf, field), self._collection
        if not len(postings.docs):
            return _nothing
        idf = scoring.idf(collection.size, len(postings.docs))
        saturation = scoring.K1 * (1 - scoring.B + scoring.B * _STORED_LENGTHS / collection.mean_length(field))

        def score(docs: Documents) -> Scores:
            tf = frequencies_of(postings, docs)
            return (idf * (scoring.K1 + 1)) * tf / (tf + saturation[collection.lengths(field)[docs]])

        return score

    # Phrases and proximity

    def _with_places(self, query: Phrase | Near, field: str) -> Documents:
        return self._collection.keep(("places", field, query), lambda: self._found(query, field))

    def _found(self, query: Phrase | Near, field: str) -> Documents:
        match query:
            case Phrase():
                return self._spans(query, field).docs
            case Near(parts, distance, ordered):
                return nearby([self._spans(part, field) for part in parts], distance, ordered=ordered)

    def _spans(self, part: Query, field: str) -> Spans:
        match part:
            case Term() | Prefix() | Wildcard() | Fuzzy():
                return words_at(self._leaf(part, field).places)
            case Phrase(parts) if all(isinstance(each, Leaf) for each in parts):
                return words_in_a_row([self._leaf(each, field).places for each in parts if isinstance(each, Leaf)])
            case Phrase(parts):
                return adjoining([self._spans(each, field) for each in parts])
            case Or(parts):
                return any_span([self._spans(each, field) for each in parts])
            case _:
                raise TypeError(f"{type(part).__name__} has no occurrences in a text")


def leaves(query: Query, field: str = "text", factor: float = 1.0) -> Iterator[tuple[Leaf, float]]:
    """The leaves that score, in order, each with the product of the boosts above it."""
    match query:
        case Term() | Prefix() | Wildcard() | Fuzzy():
            if field == "text":
                yield query, factor
        case Phrase(parts) | Near(parts) | And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, field, factor)
        case Field(name, part):
            yield from leaves(part, name, factor)
        case Boost(part, times):
            yield from leaves(part, field, factor * times)
        case Not() | Range() | Everything():
            return
        case _:
            assert_never(query)


def _between(number: int, low: int | None, high: int | None) -> bool:
    return (low is None or low <= number) and (high is None or number <= high)


def _numbered(numbers: Numbers, test: Callable[[str], bool]) -> Postings:
    """The documents whose number, written in digits, passes the test."""
    fitting = [value for value in np.unique(numbers[numbers != ABSENT]).tolist() if test(str(value))]
    return present_in(np.flatnonzero(np.isin(numbers, fitting)))


def frequencies_of(postings: Postings, docs: Documents) -> NDArray[np.int64]:
    """How often the postings' term occurs in each of some documents."""
    if docs is postings.docs:
        return postings.frequencies
    at, found = where_among(docs, postings.docs)
    return np.where(found, postings.frequencies[at], 0) if len(postings.docs) else np.zeros(len(docs), np.int64)


def scaled(scorer: Scorer, factor: float) -> Scorer:
    """The scores times a factor."""
    return scorer if factor == 1 else lambda docs: factor * scorer(docs)


def where_matching(matches: Matches) -> Scorer:
    """The score of documents that match, 0 for others."""
    return lambda docs: np.where(where_among(docs, matches.docs)[1], matches.score(docs), 0.0)


def summed(scorers: Sequence[Scorer]) -> Scorer:
    """The scores of several parts added up."""
    present = [scorer for scorer in scorers if scorer is not _nothing]
    if len(present) <= 1:
        return present[0] if present else _nothing

    def score(docs: Documents) -> Scores:
        total = present[0](docs)
        for scorer in present[1:]:
            total = total + scorer(docs)
        return total

    return score
