"""Which leaves a document must have to come among the first: MaxScore (Turtle and Flood 1995), on arrays.

A leaf that very many documents have adds little to any score. So the documents of the other leaves are scored first;
where enough of them score more than the frequent leaves can give together, no document that has only these comes first.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from search.evaluation.leaf_scores import ScoredLeaf
from search.query import nodes as q
from search.query import scoring
from search.segments.collection import Collection
from search.segments.postings import Documents, Postings

_MOST = 2
"""Of all documents of the leaves one in so many at most, where it is worth while."""


class Essential(NamedTuple):
    """The documents that are scored first, and what all others can reach."""

    docs: list[Documents]
    """The documents of each of the rarer leaves."""
    others: float
    """What no document scores that has none of these."""


def essential(collection: Collection, leaves: Sequence[ScoredLeaf], documents: int) -> Essential | None:
    """Choose the rarer leaves; None where looking at these before all of so many documents is not worth while."""
    if any(each.factor < 0 for each in leaves):
        return None
    found = [(each, collection.postings(each.field, each.leaf)) for each in leaves]
    found = sorted([each for each in found if each[1].count], key=lambda each: -each[1].count)
    if len(found) < 2 or sum(postings.count for _, postings in found[1:]) * _MOST > documents:
        return None
    bounds = [most_of(collection, scored, postings) for scored, postings in found]
    passed, total = 0, 0.0
    while passed < len(found) and total + bounds[passed] < max(bounds[passed + 1 :], default=0.0):
        total += bounds[passed]
        passed += 1
    rare = [postings for _, postings in found[passed:]]
    return Essential([each.docs for each in rare], total) if passed else None


def most_of(collection: Collection, scored: ScoredLeaf, postings: Postings) -> float:
    """Return what no document scores more than for a leaf."""
    idf = scoring.idf(collection.documents, collection.living_count(postings))
    weight = np.inf
    if isinstance(scored.leaf, q.Term) and scored.leaf.exact:
        weight = postings.most_weight(collection.mean_length(scored.field))
    return scored.factor * idf * (scoring.K1 + 1) * (1.0 if weight == np.inf else weight / (weight + 1))
