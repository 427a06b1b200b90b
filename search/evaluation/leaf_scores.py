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
_EACH = KindOf[tuple[str, q.Leaf], NDArray[np.uint8]]("how often each document has a frequent leaf")
_FREQUENT = 16
"""Documents, of which one has a leaf at least that is kept by document; to one that is looked at."""
_MOST = 255
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
            where, often = _often(collection, each, some, own if docs is postings.docs else None)
            score = _values(collection, each, some[where], often)
            if each.within is not None:
                score *= mask_of([each.within], collection.size).take(some[where])
            total[where] += score
    return total


def _often(
    collection: Collection, scored: ScoredLeaf, docs: Documents, at: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64] | slice, NDArray[Any]]:
    """Find which of some documents have a leaf, by their indices, or may have it, and how often it is in each of these.

    `at` are their indices among those that have it, where all of them do and that is known.
    """
    postings = collection.postings(scored.field, scored.leaf)
    if at is not None:
        return slice(None), postings.frequencies_at(at)
    each = often_by_document(collection, scored.field, scored.leaf, len(docs))
    if each is not None:
        return slice(None), _looked_up(postings, each, docs)
    among = indices_of(docs, postings.docs)
    where = slice(None) if len(among) == len(docs) else indices_of(postings.docs.take(among), docs)
    return where, postings.frequencies_at(among)


def _looked_up(postings: Postings, each: NDArray[np.uint8], docs: Documents) -> NDArray[Any]:
    """Return how often some documents have what `each` says of all of them."""
    often: NDArray[Any] = each.take(docs)
    large = (often == _MOST).nonzero()[0]
    if len(large):
        often = often.astype(np.int64)
        often[large] = postings.frequencies_at(indices_of(docs.take(large), postings.docs))
    return often


def often_by_document(collection: Collection, field: str, leaf: q.Leaf, wanted: int) -> NDArray[np.uint8] | None:
    """Return how often each document of the index has a leaf, 255 for more often, too; kept for the next question.

    None where few documents have it, or what is to be looked up in so many is not worth it.
    """
    postings, key = collection.postings(field, leaf), (field, leaf)
    if postings.count * _FREQUENT < collection.size:
        return None
    if wanted * _FREQUENT < postings.count and not collection.cache.holds(_EACH, key):
        return None
    return collection.cache.get(_EACH, key, lambda: _by_document(postings, collection.size))


def _by_document(postings: Postings, size: int) -> NDArray[np.uint8]:
    each = np.zeros(size, np.uint8)
    each[postings.docs] = postings.frequency_bytes
    return each


def _values(collection: Collection, scored: ScoredLeaf, docs: Documents, often: NDArray[Any]) -> Scores:
    """Compute what a leaf is worth (BM25) in documents that have it so often."""
    values = of_frequencies(collection, scored.field, docs, _weighted(collection, scored, docs, often))
    holders = collection.living_count(collection.postings(scored.field, scored.leaf))
    values *= scoring.idf(collection.documents, holders) * (scoring.K1 + 1)
    values *= scored.factor
    return values


def of_frequencies(collection: Collection, field: str, docs: Documents, often: NDArray[Any]) -> Scores:
    """Compute what a leaf that occurs so often in some documents is worth, before its rarity: from 0 to 1."""
    values = _norms(collection, field).take(docs)
    values += often
    np.divide(often, values, out=values, dtype=np.float64)
    return values


def _weighted(collection: Collection, scored: ScoredLeaf, docs: Documents, often: NDArray[Any]) -> NDArray[Any]:
    """Return what counts where some documents have a leaf so often: of a word its inflections less than itself."""
    leaf = scored.leaf
    if not isinstance(leaf, q.Term) or leaf.exact:
        return often
    exactly = collection.postings(scored.field, q.Term(leaf.word, exact=True))
    tf = scoring.INFLECTED * often.astype(np.float64)
    if exactly.count:
        found = indices_of(exactly.docs, docs)
        among = indices_of(docs.take(found), exactly.docs)
        tf[found] += (1 - scoring.INFLECTED) * exactly.frequencies_at(among).astype(np.float64)
    return tf


def _norms(collection: Collection, field: str) -> Scores:
    """Compute what each document's length adds below the line of BM25; one number for each document of the index."""
    return collection.cache.get(_NORMS, field, lambda: _by_length(collection, field)[collection.lengths(field)])


def _by_length(collection: Collection, field: str) -> Scores:
    """Compute the same for each length that is told apart."""
    norms: Scores = scoring.K1 * (1 - scoring.B + scoring.B * _STORED_LENGTHS / collection.mean_length(field))
    return norms
