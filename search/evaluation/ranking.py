"""From matching documents to filings in order. No query here.

The documents of a filing stand together in the collection (a submission is written to one segment, in one go), so
a filing's documents are a run of the matching ones.

Of very many documents only some are looked at: those whose value is high enough for the filings that are wanted. Where
a single leaf was asked, these are looked for in the blocks of documents whose highest score is high enough.
"""

from collections.abc import Callable
from functools import cached_property
from itertools import islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.stored import ABSENT
from search.evaluation import closeness
from search.evaluation.leaf_scores import kind_weights
from search.evaluation.leaf_scores import scores as scores_of
from search.evaluation.tree import Matches
from search.query.proximity import FOREMOST
from search.query.walk import placed_words
from search.results import LeafScore, ScoreParts, Sort
from search.segments.cache import KindOf
from search.segments.collection import Collection
from search.segments.postings import Documents, Mask, Scores, beginnings_of_runs
from search.segments.segment import Numbers

_Indices: TypeAlias = NDArray[np.int64]
_AFTER_NUMBERS = 10**18  # above every accession number written as a number: `sha256-...` sorts after them
_ROUNDING = 1e-6
_FEW = 256
"""So many are sorted sooner than the foremost of them are found. Measured 2026-11."""
_BLOCK = 64
"""Documents of which the highest score is kept."""
_ORDER = KindOf[Sort, Scores]("values to sort by")

Ranked: TypeAlias = tuple[int, float]
"""A matching document and its score, rounded."""


class Filings:
    """The matching documents by filing; a filing is named by its number in `Collection.filings`.

    What is found out is kept with it, so that it can be asked again, by any thread.
    """

    def __init__(self, collection: Collection, matches: Matches) -> None:
        self._collection, self._matches = collection, matches
        self.docs = matches.docs
        self._filings = collection.filings[self.docs]
        self._scores: Scores | None = None
        self._ahead: _Indices | None = None
        """Indices of documents that score more than all others, ascending, where some are known."""

    @property
    def nbytes(self) -> int:
        """Tell how many bytes it takes once all is computed, about: documents, filings and scores."""
        return self.docs.nbytes * 2 + self._filings.nbytes

    @cached_property
    def count(self) -> int:
        """Count the filings."""
        return _distinct(self._filings)

    @cached_property
    def rescored(self) -> "Filings":
        """Give the same documents, the best of which also score for where their words stand."""
        query, found = self._matches.query, Filings(self._collection, self._matches)
        if len(placed_words(query)) < 2 or not len(self.docs):
            return self
        at, scores = self._foremost_documents(FOREMOST), self._all_scores.copy()
        scores[at] += self._kinds(at) * closeness.added(self._collection, query, self.docs[at])
        found._scores, found._ahead = scores, at
        return found

    def _foremost_documents(self, wanted: int) -> _Indices:
        """Find the indices of the `wanted` best documents, ascending; of equals as filings, by date and number."""
        if len(self.docs) <= wanted:
            return np.arange(len(self.docs))
        at = _highest(self._all_scores, wanted)
        at = np.flatnonzero(self._all_scores >= self._all_scores[at].min() - _ROUNDING)
        best = _rounded(self._all_scores[at])
        chosen = self._foremost(best, self.docs[at], wanted)
        at, best = at[chosen], best[chosen]
        if len(at) > wanted:
            docs = self.docs[at]
            order = np.lexsort((docs, _accession_order(self._collection, docs), -self._filed(docs), -best))
            at = at[order[:wanted]]
        return np.sort(at)

    def documents(self, filings: NDArray[np.int32]) -> list[list[Ranked]]:
        """Return the matching documents of each of the filings, best first; of equals, the first in the submission."""
        lows = self._filings.searchsorted(filings)
        counts = self._filings.searchsorted(filings, "right") - lows
        single = len(counts) == 0 or counts.max() == 1
        at = lows if single else np.repeat(lows - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        scores = self._some_scores(at)
        ranked = zip(self.docs[at].tolist(), _rounded(scores).tolist(), strict=True)
        if single:
            return [[each] for each in ranked]
        return [sorted(islice(ranked, count), key=_best_first) for count in counts.tolist()]

    def parts(self, document: int) -> ScoreParts:
        """Take apart the score of one of the documents."""
        docs = np.array([document])
        values = [float(scores_of(self._collection, [each], docs)[0]) for each in self._matches.leaves]
        pairs, window = 0.0, 0.0
        if self._ahead is not None and document in self.docs[self._ahead]:
            ((pairs,), (window,)) = closeness.parts(self._collection, self._matches.query, docs)
        leaves = (
            LeafScore(*each[:2], value) for each, value in zip(self._matches.leaves, values, strict=True) if value
        )
        weight = np.atleast_1d(self._kinds(self.docs.searchsorted(docs)))
        return ScoreParts(tuple(leaves), float(pairs), float(window), float(weight[0]))

    def _some_scores(self, at: _Indices) -> Scores:
        """Compute what the documents at these indices score; the indices come in any order."""
        if self._scores is not None:
            return self._scores[at]
        ascending = np.sort(at)
        scores = scores_of(self._collection, self._matches.leaves, self.docs[ascending]) * self._kinds(ascending)
        return scores[ascending.searchsorted(at)]

    def _kinds(self, at: _Indices | slice) -> Scores | float:
        """Return how much documents of their kinds count; 1 where kinds were asked for."""
        return 1.0 if self._matches.asks_kinds else kind_weights(self._collection)[self.docs[at]]

    def ordered(self, sort: Sort, wanted: int | None) -> NDArray[np.int32]:
        """Return the numbers of the first `wanted` filings in order; of all when None."""
        if wanted == 0 or not len(self.docs):
            return self._filings[:0]
        values = self._values(sort)
        docs, filings = self.docs, self._filings
        if wanted is not None and (sort.by != "relevance" or sort.descending) and len(docs) > _FEW:
            at = self._candidates(values, wanted, by_score=sort.by == "relevance")
            docs, filings, values = docs[at], filings[at], values[at]
        firsts = beginnings_of_runs(filings)
        if len(firsts) < len(docs):
            docs, filings, values = docs[firsts], filings[firsts], np.maximum.reduceat(values, firsts)
        best = values
        if sort.by == "relevance":
            best = _rounded(values) if sort.descending else -_rounded(values)
        if wanted is not None and len(best) > max(wanted, _FEW):
            chosen = self._foremost(best, docs, wanted)
            docs, filings, best = docs[chosen], filings[chosen], best[chosen]
        order = (-best).argsort()
        ranked = best[order[: None if wanted is None else wanted + 1]]
        if (ranked[1:] == ranked[:-1]).any():
            order = np.lexsort((_accession_order(self._collection, docs), -self._filed(docs), -best))
        return filings[order[:wanted]]

    def _candidates(self, values: Scores, wanted: int, *, by_score: bool) -> _Indices:
        """Find indices of documents among which the first `wanted` filings surely are."""
        if by_score and self._ahead is not None and _distinct(self._filings[self._ahead]) >= wanted:
            return self._ahead
        if not by_score or not self._matches.is_leaf:
            return np.flatnonzero(values >= _least(values, self._filings, wanted, count=4 * wanted + _FEW) - _ROUNDING)
        blocks = self._maxima
        at = _of_blocks(_highest(blocks, 2 * wanted), len(values))
        enough = _least(values[at], self._filings[at], wanted, count=2 * wanted) - _ROUNDING
        at = _of_blocks(np.flatnonzero(blocks >= enough), len(values))
        return at.compress(values[at] >= enough)

    @property
    def _all_scores(self) -> Scores:
        """Compute what each of the documents scores."""
        if self._scores is None:
            scores = scores_of(self._collection, self._matches.leaves, self.docs)
            self._scores = scores * self._kinds(slice(None))
        return self._scores

    @cached_property
    def _maxima(self) -> Scores:
        """Find the highest score of each block of documents."""
        return np.maximum.reduceat(self._all_scores, np.arange(0, len(self.docs), _BLOCK))

    def _foremost(self, best: Scores, docs: Documents, wanted: int) -> _Indices:
        """Find the indices of the first `wanted` filings, and of all that tie with the last and were filed alike."""
        chosen = _highest(best, wanted)
        tied = best[chosen] == best[chosen].min()
        latest = chosen[tied]
        latest = latest[_highest(self._filed(docs[latest]), wanted - int((~tied).sum()))]
        return np.concatenate([chosen[~tied], latest])

    def _filed(self, docs: Documents) -> Numbers:
        """Return the dates of filing as YYYYMMDD; the undated are 0, so that newest first they come last."""
        return np.maximum(self._collection.numbers("filed")[docs], 0)

    def _values(self, sort: Sort) -> Scores:
        """Return a number for each document; a filing has its documents' highest, and the highest filing is first."""
        match sort.by:
            case "relevance":
                return self._all_scores
            case "filed" | "period":
                numbers = self._collection.numbers(sort.by)
                return self._column(sort, numbers, lambda: numbers == ABSENT)
            case "company":
                numbers, names = self._collection.labels("company_sort")
                return self._column(sort, numbers, lambda: np.array([not name for name in names], np.bool_)[numbers])
            case _:
                raise ValueError(f"cannot sort by {sort.by!r}")

    def _column(self, sort: Sort, numbers: Numbers, missing: Callable[[], Mask]) -> Scores:
        """Turn a column into values that sort highest first: the least there is where the number is missing."""
        sign = 1 if sort.descending else -1
        column = self._collection.columns.get(_ORDER, sort, lambda: np.where(missing(), -np.inf, sign * numbers))
        return column[self.docs]


def _least(values: Scores, filings: NDArray[np.int32], wanted: int, *, count: int) -> float:
    """Find a value that `wanted` filings reach; the value of the `count`-th document from the top is tried first."""
    while count < len(values):
        least = float(np.partition(values, len(values) - count)[len(values) - count])
        if _distinct(filings.compress(values >= least)) >= wanted:
            return least
        count *= 4
    return -np.inf


def _of_blocks(blocks: _Indices, size: int) -> _Indices:
    """List the indices of the documents in some blocks; `size` is how many documents there are."""
    at = (blocks[:, np.newaxis] * _BLOCK + np.arange(_BLOCK)).ravel()
    return at[: int(at.searchsorted(size))]


def _best_first(ranked: Ranked) -> tuple[float, int]:
    document, score = ranked
    return -score, document


def _rounded(scores: Scores) -> Scores:
    """Round as `search.query.scoring.rounded` does."""
    found: Scores = np.floor(scores * 1e6 + 0.5) / 1e6
    return found


def _distinct(ascending: NDArray[np.int32]) -> int:
    return int(np.count_nonzero(ascending[1:] != ascending[:-1])) + 1 if len(ascending) else 0


def _highest(values: Scores | Numbers, wanted: int) -> _Indices:
    """Find the indices of the `wanted` highest values and of all that tie with the last of them, ascending."""
    if wanted >= len(values):
        return np.arange(len(values))
    return np.flatnonzero(values >= np.partition(values, len(values) - wanted)[len(values) - wanted])


def _accession_order(collection: Collection, firsts: Documents) -> Numbers:
    """Return numbers that sort as the accession numbers of these documents' filings do."""
    keys = collection.numbers("filing")[firsts]
    unnumbered = np.flatnonzero(keys < 0)
    if len(unnumbered):
        names = [collection.stored(int(document)).accession for document in firsts[unnumbered]]
        keys[unnumbered] = _AFTER_NUMBERS + np.unique(np.array(names, object), return_inverse=True)[1]
    return keys
