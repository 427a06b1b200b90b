"""From matching documents to filings in order. No query here.

The documents of a filing stand together in the collection (a submission is written to one segment, in one go), so
a filing's documents are a run of the matching ones.

Of very many documents only some are looked at: those whose value is high enough for the filings that are wanted. What
score can be high enough is asked of the rarer leaves first (`essential`).
"""

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.stored import ABSENT
from search.evaluation.leaf_scores import kind_weights
from search.evaluation.leaf_scores import scores as scores_of
from search.evaluation.tree import Matches
from search.query.proximity import FOREMOST
from search.query.walk import placed_words
from search.ranking import closeness
from search.ranking.essential import essential
from search.ranking.ordering import (
    FEW,
    ROUNDING,
    Indices,
    Ranked,
    ScoredDocuments,
    distinct,
    first_filings,
    foremost_documents,
    least_value,
    ranked_by_filing,
)
from search.results import LeafScore, ScoreParts, Sort
from search.segments.cache import KindOf
from search.segments.collection import Collection
from search.segments.postings import Mask, Scores, mask_of, where_among
from search.segments.segment import Numbers

_MORE = 64
"""Documents that are looked at besides four to a filing that is wanted: so few that their filings are soon sorted."""
_ORDER = KindOf[Sort, Scores]("values to sort by")


class Filings:
    """The matching documents by filing; a filing is named by its number in `Collection.filings`.

    What is found out is kept with it, so that it can be asked again, by any thread.
    """

    def __init__(self, collection: Collection, matches: Matches) -> None:
        self._collection, self._matches = collection, matches
        self.docs = matches.docs
        self._filings = collection.filings.take(self.docs)
        self._scores: Scores | None = None
        self._ahead: tuple[Indices, Scores] | None = None
        """Indices of documents that score more than all others, ascending, and their scores, where some are known."""
        self._known: tuple[Indices, Scores] | None = None
        """The same of documents of which the scores were computed last."""
        self._orders: dict[tuple[Sort, int | None], NDArray[np.int32]] = {}

    @property
    def documents_count(self) -> int:
        """Count the documents."""
        return len(self.docs)

    @property
    def nbytes(self) -> int:
        """Tell how many bytes it takes once all is computed, about: documents, filings and scores."""
        return self.docs.nbytes * 2 + self._filings.nbytes

    @cached_property
    def count(self) -> int:
        """Count the filings."""
        return distinct(self._filings)

    @cached_property
    def rescored(self) -> "Filings":
        """Give the same documents, the best of which also score for where their words stand."""
        query, found = self._matches.query, Filings(self._collection, self._matches)
        if len(placed_words(query)) < 2 or not len(self.docs):
            return self
        at, scores = self._foremost_documents(FOREMOST)
        found._ahead = at, scores + self._kinds(at) * closeness.added(self._collection, query, self.docs[at])
        return found

    def _foremost_documents(self, wanted: int) -> tuple[Indices, Scores]:
        """Find the `wanted` best documents, by index, ascending, and their scores; of equals as filings are ordered."""
        at, values = self._best(wanted)
        chosen = foremost_documents(self._collection, self.docs[at], values, wanted)
        return at[chosen], values[chosen]

    def documents(self, filings: NDArray[np.int32]) -> list[list[Ranked]]:
        """Return the matching documents of each of the filings, best first; of equals, the first in the submission."""
        return ranked_by_filing(filings, self._filings, self.docs, self._some_scores)

    def parts(self, document: int) -> ScoreParts:
        """Take apart the score of one of the documents."""
        docs = np.array([document])
        values = [float(scores_of(self._collection, [each], docs)[0]) for each in self._matches.leaves]
        pairs, window = 0.0, 0.0
        if self._ahead is not None and document in self.docs[self._ahead[0]]:
            ((pairs,), (window,)) = closeness.parts(self._collection, self._matches.query, docs)
        leaves = (
            LeafScore(*each[:2], value) for each, value in zip(self._matches.leaves, values, strict=True) if value
        )
        weight = np.atleast_1d(self._kinds(self.docs.searchsorted(docs)))
        return ScoreParts(tuple(leaves), float(pairs), float(window), float(weight[0]))

    def _some_scores(self, at: Indices) -> Scores:
        """Compute what the documents at these indices score; the indices come in any order."""
        if self._scores is not None:
            return self._scores[at]
        if self._known is not None:
            among, found = where_among(at, self._known[0])
            if found.all():
                return self._known[1][among]
        ascending = np.sort(at)
        scores = scores_of(self._collection, self._matches.leaves, self.docs, at=ascending) * self._kinds(ascending)
        if self._ahead is not None:
            among, found = where_among(ascending, self._ahead[0])
            scores[found] = self._ahead[1][among[found]]
        return scores[ascending.searchsorted(at)]

    def _kinds(self, at: Indices | slice) -> Scores | float:
        """Return how much documents of their kinds count; 1 where kinds were asked for."""
        weights = kind_weights(self._collection)
        return 1.0 if weights is None or self._matches.asks_kinds else weights[self.docs[at]]

    def ordered(self, sort: Sort, wanted: int | None) -> NDArray[np.int32]:
        """Return the numbers of the first `wanted` filings in order; of all when None."""
        if (sort, wanted) not in self._orders:
            self._orders[sort, wanted] = self._ordered(sort, wanted)
        return self._orders[sort, wanted]

    def _ordered(self, sort: Sort, wanted: int | None) -> NDArray[np.int32]:
        if wanted == 0 or not len(self.docs):
            return self._filings[:0]
        docs, filings = self.docs, self._filings
        if wanted is not None and len(docs) > FEW and (sort.by != "relevance" or sort.descending):
            at, values = self._best(wanted) if sort.by == "relevance" else self._high(self._values(sort), wanted)
            self._known = (at, values) if sort.by == "relevance" else None
            docs, filings = docs.take(at), filings.take(at)
        else:
            values = self._values(sort)
        if sort.by == "relevance" and not sort.descending:
            return first_filings(self._collection, ScoredDocuments(docs, filings, values), wanted, sign=-1)
        return first_filings(
            self._collection, ScoredDocuments(docs, filings, values), wanted, rounding=sort.by == "relevance"
        )

    def _best(self, wanted: int) -> tuple[Indices, Scores]:
        """Find documents among which the first `wanted` filings surely are, by index, and what they score."""
        if self._ahead is not None and distinct(self._filings[self._ahead[0]]) >= wanted:
            return self._ahead
        if self._scores is None and self._ahead is None and len(self.docs) > FEW:
            found = self._best_of_essential(wanted)
            if found is not None:
                return found
        return self._high(self._all_scores, wanted)

    def _best_of_essential(self, wanted: int) -> tuple[Indices, Scores] | None:
        """Do as `_best` by looking at the documents of the rarer leaves alone; None where these are not enough."""
        found = essential(self._collection, self._matches.leaves, len(self.docs))
        if found is None:
            return None
        at = np.flatnonzero(mask_of(found.docs, self._collection.size).take(self.docs))
        scores = scores_of(self._collection, self._matches.leaves, self.docs, at=at) * self._kinds(at)
        least = least_value(scores, self._filings[at], wanted, count=2 * wanted) - ROUNDING
        if least <= found.others:
            return None
        high = np.flatnonzero(scores >= least)
        return at[high], scores[high]

    def _high(self, values: Scores, wanted: int) -> tuple[Indices, Scores]:
        """Find documents, by index, among which the `wanted` filings with the highest values are, and their values."""
        least = least_value(values, self._filings, wanted, count=4 * wanted + _MORE) - ROUNDING
        at = (values >= least).nonzero()[0]
        return at, values.take(at)

    @property
    def _all_scores(self) -> Scores:
        """Compute what each of the documents scores."""
        if self._scores is None:
            scores = scores_of(self._collection, self._matches.leaves, self.docs) * self._kinds(slice(None))
            if self._ahead is not None:
                scores[self._ahead[0]] = self._ahead[1]
            self._scores = scores
        return self._scores

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
        column = self._collection.cache.get(_ORDER, sort, lambda: np.where(missing(), -np.inf, sign * numbers))
        return column.take(self.docs)
