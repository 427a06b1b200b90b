"""The filings of one word, asked alone: counted from the index, and the first of them found in the blocks that matter.

Of every block of a long word's documents the index says what none of them exceeds (`indexer.columnar.access.blocks`).
The blocks that promise most are read; then those that promise more than the filings found so far score; no others.
"""

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.packing import ranges
from search.evaluation.leaf_scores import ScoredLeaf, kind_weights, of_frequencies, scores
from search.evaluation.tree import Evaluation
from search.query import nodes as q
from search.query import scoring
from search.ranking.filings import Filings
from search.ranking.ordering import (
    ROUNDING,
    Ranked,
    ScoredDocuments,
    first_filings,
    highest,
    least_value,
    ranked_by_filing,
)
from search.results import ScoreParts, Sort
from search.segments.collection import Collection
from search.segments.postings import NOTHING, Documents, Scores, ascending, where_among
from search.segments.term_postings import PackedPostings

FREQUENT = 12_000
"""Documents that have the word, up to which all are scored sooner than blocks of them are chosen. Measured 2026-11."""
_MOST_TITLES = 1000
"""Documents that have the word in the title, up to which all of them are looked at."""
_MOST_WANTED = 100
_MORE = 4
"""Blocks besides those wanted that are looked at first: a filing may have two documents, and a block two filings."""


class _Read(NamedTuple):
    """Blocks that were looked at, their documents, both ascending, and what these score."""

    blocks: NDArray[np.int64]
    docs: Documents
    scores: Scores


class _First(NamedTuple):
    """The first filings in order, and blocks in which all of their documents are."""

    filings: NDArray[np.int32]
    read: _Read


def filings_of_term(collection: Collection, query: q.Query) -> "TermFilings | None":
    """Return the filings of a frequent word asked alone, where the index knows how many there are; else None."""
    if not isinstance(query, q.Term) or not query.exact or collection.live is not None:
        return None
    text = collection.postings("text", query)
    if not isinstance(text, PackedPostings) or text.count < FREQUENT or text.groups is None:
        return None
    if collection.postings("title", query).count > _MOST_TITLES:
        return None
    return TermFilings(collection, query, text)


class TermFilings:
    """Does as `Filings` for a word; what needs all documents is left to that."""

    def __init__(self, collection: Collection, query: q.Term, postings: PackedPostings) -> None:
        """Take the word, and its postings in texts, the groups of which are known."""
        self._collection, self._query, self._postings = collection, query, postings
        self.documents_count = postings.count
        self.count = postings.groups or 0
        self._found: dict[int, _First] = {}  # by how many were wanted

    @property
    def nbytes(self) -> int:
        """Tell how many bytes it takes once all is computed, about."""
        return 4 * self._postings.count

    @cached_property
    def _whole(self) -> Filings:
        return Filings(self._collection, Evaluation(self._collection).answer(self._query))

    @property
    def docs(self) -> Documents:
        """Return the documents."""
        return self._whole.docs

    @property
    def rescored(self) -> "TermFilings":
        """Return the same: one word stands near no other."""
        return self

    def parts(self, document: int) -> ScoreParts:
        """Take apart the score of one of the documents."""
        return self._whole.parts(document)

    def ordered(self, sort: Sort, wanted: int | None) -> NDArray[np.int32]:
        """Return the numbers of the first `wanted` filings in order; of all when None."""
        if wanted is None or wanted > _MOST_WANTED or sort != Sort() or not self._postings.count:
            return self._whole.ordered(sort, wanted)
        if wanted not in self._found:
            self._found[wanted] = self._first(wanted)
        return self._found[wanted].filings

    def documents(self, filings: NDArray[np.int32]) -> list[list[Ranked]]:
        """Return the matching documents of each of the filings, best first."""
        for found, (_, docs, values) in list(self._found.values()):
            if set(filings.tolist()) <= set(found.tolist()):
                return ranked_by_filing(filings, self._collection.filings.take(docs), docs, values.take)
        return self._whole.documents(filings)

    def _first(self, wanted: int) -> _First:
        """Find the first filings, and read all of their documents that have the word."""
        bounds = self._bounds()
        read = self._also(_Read(NOTHING, NOTHING, np.empty(0)), highest(bounds, wanted + _MORE))
        least = least_value(read.scores, self._filings(read), wanted, count=wanted + _MORE) - ROUNDING
        read = self._also(read, np.flatnonzero(bounds >= least))
        scored = ScoredDocuments(read.docs, self._filings(read), read.scores)
        found = first_filings(self._collection, scored, wanted)
        return _First(found, self._also(read, self._blocks_of(found)))

    def _filings(self, read: _Read) -> NDArray[np.int32]:
        return self._collection.filings.take(read.docs)

    def _also(self, before: _Read, blocks: NDArray[np.int64]) -> _Read:
        """Read blocks as well, those that were not yet."""
        new = blocks[~where_among(blocks, before.blocks)[1]]
        if not len(new):
            return before
        docs, values = self._of_blocks(new)
        if not len(before.blocks):
            return _Read(new, docs, values)
        every, scored = np.concatenate([before.docs, docs]), np.concatenate([before.scores, values])
        order = every.argsort(kind="stable")
        return _Read(ascending(np.concatenate([before.blocks, new])), every.take(order), scored.take(order))

    def _bounds(self) -> Scores:
        """Compute what no document of each block scores more than; where the title has the word, infinite."""
        weights = self._postings.weights(self._collection.mean_length("text"))
        most = 1 - 1 / (weights + 1)  # 1 of what is infinite
        bounds: Scores = most * (self._idf * (scoring.K1 + 1))
        bounds[self._postings.blocks_of(self._titled)] = np.inf
        return bounds

    @property
    def _idf(self) -> float:
        return scoring.idf(self._collection.documents, self._postings.count)

    @cached_property
    def _titled(self) -> Documents:
        return self._collection.postings("title", self._query).docs

    def _blocks_of(self, filings: NDArray[np.int32]) -> NDArray[np.int64]:
        """Find the blocks in which documents of some filings may be."""
        every = self._collection.filings
        lows, pasts = every.searchsorted(filings), every.searchsorted(filings, "right")
        return self._postings.blocks_of(ascending(ranges(lows, pasts - lows)))

    def _of_blocks(self, blocks: NDArray[np.int64]) -> tuple[Documents, Scores]:
        """Read the documents of some blocks, and compute what they score."""
        docs, often = self._postings.in_blocks(blocks)
        found = of_frequencies(self._collection, "text", docs, often) * self._idf * (scoring.K1 + 1)
        if len(self._titled):
            titled = ScoredLeaf(self._query, "title", scoring.TITLE_WEIGHT)
            found += scores(self._collection, [titled], docs)
        weights = kind_weights(self._collection)
        return docs, found if weights is None else found * weights[docs]
