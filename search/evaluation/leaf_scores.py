"""What matching documents score: a sum over the leaves of the query, each kept as values of the documents it is in.

The formula is in `search.query.scoring`; which leaves count for which documents is found by `evaluation`.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from indexer.edgar import exhibits
from search.query import nodes as q
from search.query import scoring
from search.segments.cache import KindOf
from search.segments.collection import Collection
from search.segments.postings import Documents, Frequencies, Scores, mask_of, spread_out, values_in, where_among

_VALUES = KindOf[tuple[str, q.Leaf], Scores]("what a leaf is worth in the documents that have it")
_SPREAD = KindOf[tuple[str, q.Leaf], Scores]("the same in every document")
_KINDS = KindOf[str, Scores]("how much documents count for being of their kinds")
_NORMS = KindOf[str, Scores]("what the lengths of a field add below the line")

_STORED_LENGTHS = np.array(scoring.STORED_LENGTHS, np.float64)


class ScoredLeaf(NamedTuple):
    """A leaf that scores."""

    leaf: q.Leaf
    field: str
    factor: float
    within: Documents | None = None
    """The documents in which it counts; None: all."""


def kind_weights(collection: Collection) -> Scores:
    """Return how much each document of the index counts for being of its kind."""
    return collection.columns.get(_KINDS, "type", lambda: _kind_weights(collection))


def _kind_weights(collection: Collection) -> Scores:
    weights = np.ones(collection.size)
    for kind in collection.terms("type"):
        if (weight := exhibits.weight(kind)) != 1:
            weights[collection.postings("type", q.Term(kind, exact=True)).docs] = weight
    return weights


def scores(collection: Collection, scored: Iterable[ScoredLeaf], docs: Documents) -> Scores:
    """Add up what each of some documents (ascending) scores, not yet rounded; runs parallel to `docs`."""
    total = np.zeros(len(docs))
    for each in scored:
        _add(collection, each, docs, total)
    return total


def _add(collection: Collection, scored: ScoredLeaf, docs: Documents, total: Scores) -> None:
    leaf, field, factor, within = scored
    holders = collection.postings(field, leaf).docs
    if not len(holders):
        return
    values = collection.cache.get(_VALUES, (field, leaf), lambda: _values(collection, leaf, field))
    at, found = values_in(
        docs,
        holders,
        values,
        lambda: collection.cache.get(_SPREAD, (field, leaf), lambda: spread_out(holders, values, collection.size)),
    )
    score = found if factor == 1 else factor * found
    total[at] += score if within is None else np.where(mask_of([within], collection.size)[docs[at]], score, 0.0)


def _values(collection: Collection, leaf: q.Leaf, field: str) -> Scores:
    """Compute what the leaf is worth in each document that has it (BM25); runs parallel to its postings."""
    docs, tf = _frequencies(collection, leaf, field)
    values = _norms(collection, field)[docs]
    values += tf
    np.divide(tf, values, out=values, dtype=np.float64)
    values *= scoring.idf(collection.documents, len(collection.living(docs))) * (scoring.K1 + 1)
    return values


def _frequencies(collection: Collection, leaf: q.Leaf, field: str) -> tuple[Documents, Scores | Frequencies]:
    """Return the documents that have the leaf, and how often: of a word its inflections count less than itself."""
    docs, every, _ = collection.postings(field, leaf)
    if not isinstance(leaf, q.Term) or leaf.exact:
        return docs, every
    holders, exactly, _ = collection.postings(field, q.Term(leaf.word, exact=True))
    tf = scoring.INFLECTED * every.astype(np.float64)
    at, found = where_among(holders, docs)
    tf[at[found]] += (1 - scoring.INFLECTED) * exactly[found].astype(np.float64)
    return docs, tf


def _norms(collection: Collection, field: str) -> Scores:
    """Compute what each document's length adds below the line of BM25; one number for each document of the index."""
    norms = scoring.K1 * (1 - scoring.B + scoring.B * _STORED_LENGTHS / collection.mean_length(field))
    return collection.columns.get(_NORMS, field, lambda: norms[collection.lengths(field)])
