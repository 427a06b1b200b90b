"""What matching documents score: a sum over the leaves of the query, each kept as values of the documents it is in.

The formula is in `search.query.scoring`; which leaves count for which documents is found by `evaluation`.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.edgar import exhibits
from search.query import nodes as q
from search.query import scoring
from search.segments.cache import KindOf
from search.segments.collection import Collection
from search.segments.postings import Documents, Postings, Scores, indices_of, mask_of

_KINDS = KindOf[str, Scores | None]("how much documents count for being of their kinds")
_NORMS = KindOf[str, Scores]("what the lengths of a field add below the line")

_STORED_LENGTHS = np.array(scoring.STORED_LENGTHS, np.float64)


class ScoredLeaf(NamedTuple):
    """A leaf that scores."""

    leaf: q.Leaf
    field: str
    factor: float
    within: Documents | None = None
    """The documents in which it counts; None: all."""


def kind_weights(collection: Collection) -> Scores | None:
    """Return how much each document of the index counts for being of its kind, 1 at most; None where all count 1."""
    return collection.cache.get(_KINDS, "type", lambda: _kind_weights(collection))


def _kind_weights(collection: Collection) -> Scores | None:
    routine = collection.fitting("type", exhibits.is_routine)
    if not len(routine):
        return None
    weights = np.ones(collection.size)
    weights[routine] = exhibits.ROUTINE_WEIGHT
    return weights


def scores(
    collection: Collection, scored: Iterable[ScoredLeaf], docs: Documents, *, at: NDArray[np.int64] | None = None
) -> Scores:
    """Add up what each of some documents (ascending) scores, not yet rounded: of all, or of those at some indices."""
    some = docs if at is None else docs.take(at)
    own = np.arange(len(docs)) if at is None else at
    total = np.zeros(len(some))
    for each in scored:
        postings = collection.postings(each.field, each.leaf)
        if postings.count:
            among = own if docs is postings.docs else indices_of(some, postings.docs)
            where = slice(None) if len(among) == len(some) else indices_of(postings.docs.take(among), some)
            score = _values(collection, each, postings, among) * each.factor
            if each.within is not None:
                score *= mask_of([each.within], collection.size).take(some[where])
            total[where] += score
    return total


def _values(collection: Collection, scored: ScoredLeaf, postings: Postings, at: NDArray[np.int64]) -> Scores:
    """Compute what the leaf is worth (BM25) in some of the documents that have it, by their indices among these."""
    often = _frequencies(collection, scored, postings, at)
    values = of_frequencies(collection, scored.field, postings.docs.take(at), often)
    values *= scoring.idf(collection.documents, collection.living_count(postings)) * (scoring.K1 + 1)
    return values


def of_frequencies(collection: Collection, field: str, docs: Documents, often: NDArray[Any]) -> Scores:
    """Compute what a leaf that occurs so often in some documents is worth, before its rarity: from 0 to 1."""
    values = _norms(collection, field).take(docs)
    values += often
    np.divide(often, values, out=values, dtype=np.float64)
    return values


def _frequencies(collection: Collection, scored: ScoredLeaf, postings: Postings, at: NDArray[np.int64]) -> NDArray[Any]:
    """Return how often some documents have the leaf: of a word its inflections count less than itself."""
    leaf, every = scored.leaf, postings.frequencies_at(at)
    if not isinstance(leaf, q.Term) or leaf.exact:
        return every
    exactly = collection.postings(scored.field, q.Term(leaf.word, exact=True))
    tf = scoring.INFLECTED * every.astype(np.float64)
    if exactly.count:
        docs = postings.docs[at]
        found = indices_of(exactly.docs, docs)
        among = indices_of(docs[found], exactly.docs)
        tf[found] += (1 - scoring.INFLECTED) * exactly.frequencies_at(among).astype(np.float64)
    return tf


def _norms(collection: Collection, field: str) -> Scores:
    """Compute what each document's length adds below the line of BM25; one number for each document of the index."""
    return collection.cache.get(_NORMS, field, lambda: _by_length(collection, field)[collection.lengths(field)])


def _by_length(collection: Collection, field: str) -> Scores:
    """Compute the same for each length that is told apart."""
    norms: Scores = scoring.K1 * (1 - scoring.B + scoring.B * _STORED_LENGTHS / collection.mean_length(field))
    return norms
