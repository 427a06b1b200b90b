"""What documents score on the cluster: the formula of `search.query.scoring`, by scripts over numbers of occurrences.

The cluster's similarity is the number of occurrences; what a word is worth comes from us, counted over the whole index,
so that shards agree. Scores of a cluster have 24 bits: about seven digits.
"""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from indexer.cluster.mapping import LENGTH, ROUNDED
from search.query import nodes as q
from search.query import walk
from search.query.scoring import INFLECTED, K1, TITLE_WEIGHT, B, idf
from search.searchers.cluster import requests as r
from search.searchers.cluster.clauses import Matching
from search.searchers.cluster.lexicon import ClusterLexicon
from search.searchers.cluster.placed import class_terms, word_of
from search.searchers.cluster.requests import Json

Counts: TypeAlias = Mapping[tuple[str, q.Leaf], int]
"""How many documents have a leaf in a field (`text`, `title`)."""

_BM25 = (
    "double f = _score; return params.w * f * params.k1 / "
    "(f + params.k * (1 - params.b + params.b * doc[params.field].value / params.average));"
)
_LAST = "return Math.floor(_score * (params.kind ? doc['docs.weight'].value : 1) * 1000000.0 + 0.5) / 1000000.0;"
_WORDS = "return doc[params.field].value;"


class Statistics(NamedTuple):
    """What of an index the scores depend on."""

    documents: int
    averages: Mapping[str, float]
    """Words of a field of a document, in the mean, by field."""


class ScoredClauses:
    """Puts trees as clauses that score."""

    def __init__(self, lexicon: ClusterLexicon, statistics: Statistics, counts: Counts) -> None:
        self._lexicon, self._statistics, self._counts = lexicon, statistics, counts
        self._matching = Matching(lexicon)

    def asked(self, query: q.Query) -> Json:
        """Put a tree that is asked exactly, so that it scores what its documents do by their words."""
        leaves = list(walk.scoring_leaves(query))
        titles = [self._leaf(leaf, "title", TITLE_WEIGHT * factor) for leaf, factor in leaves]
        found: Json = {"bool": {"must": [self._part(query, "text", 1.0)], "should": titles}}
        return r.scripted(found, _LAST, {"kind": not walk.asks_field(query, "type")}) if leaves else found

    def _part(self, query: q.Query, field: str, factor: float) -> Json:
        """Put a part of a tree; the boosts above it multiply to `factor`."""
        if isinstance(query, q.Leaf) and field == "text":
            return self._leaf(query, field, factor)
        leaves = list(walk.scoring_leaves(query, field, factor))
        if not leaves:
            return r.every([self._matching.asked(query, field).clause])
        if not walk.scores_by_part(query):
            clause = self._matching.asked(query, field).clause
            return {"bool": {"filter": [clause], "should": [self._leaf(leaf, "text", times) for leaf, times in leaves]}}
        times = factor * query.factor if isinstance(query, q.Boost) else factor
        parts = [self._part(part, walk.field_below(query, field), times) for part in walk.children(query)]
        if isinstance(query, q.Or | q.AtLeast):
            least = query.least if isinstance(query, q.AtLeast) else 1
            return {"bool": {"should": parts, "minimum_should_match": least}} if least <= len(parts) else r.NONE
        return {"bool": {"must": parts}}

    def _leaf(self, leaf: q.Leaf, field: str, factor: float) -> Json:
        """Score a leaf by how often it occurs in a field; nothing where it does not."""
        weight = factor * idf(max(1, self._statistics.documents), self._counts[field, leaf])
        said = {"w": weight, "k": K1, "k1": K1 + 1, "b": B, "field": r.path(f"{ROUNDED}.{field}")}
        average = self._statistics.averages[field] or 1.0
        return r.scripted(self.occurrences(leaf, field), _BM25, {**said, "average": average})

    def occurrences(self, leaf: q.Leaf, field: str) -> Json:
        """Score a leaf as often as it occurs; its inflections count less than itself."""
        if isinstance(leaf, q.Term) and not leaf.exact:
            inflections = [_times(field, term, INFLECTED) for term in class_terms(leaf.word)]
            return {
                "bool": {"should": [*inflections, _times(field, leaf.word, 1 - INFLECTED)], "minimum_should_match": 1}
            }
        word = word_of(leaf, field, self._lexicon)
        if word is None:
            return r.scripted(r.has_value(field), _WORDS, {"field": r.path(f"{LENGTH}.{field}")})
        words = [_times(field, term, 1.0) for term in word.terms]
        return {"bool": {"should": words, "minimum_should_match": 1}} if words else r.NONE


def _times(field: str, term: str, factor: float) -> Json:
    return {"term": {r.path(field): {"value": term, "boost": factor}}}
