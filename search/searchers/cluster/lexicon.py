"""Which words of the cluster's index a leaf stands for.

A cluster lists no terms. But it says what it makes of a query, and of a pattern it makes the terms that fit: so the
words come from the shards' own dictionaries, up to the number of clauses that it allows a query.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import assert_never

from indexer.cluster.asking import Cluster
from indexer.cluster.mapping import DOCS
from indexer.cluster.placed_terms import OURS
from indexer.errors import UnusableIndexError
from indexer.fields.schema import BY_NAME, Kind
from search.errors import TooWideError
from search.query import nodes as q
from search.query.words import fits
from search.searchers.cluster.requests import Json, nested, path
from search.segments.expansion import beginnings

_LEAVES = 1_000
_PAGE = 5_000
_REWRITTEN = "scoring_boolean"
_BOOST = re.compile(r"\^[0-9.E-]+$")
_ESCAPED = re.compile(r"[.?+*|{}\[\]()\"\\#@&<>~^$-]")


class ClusterLexicon:
    """The words of one index of filings."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster, self._index = cluster, index
        self._found = lru_cache(_LEAVES)(self._fitting)

    def words(self, field: str, leaf: q.Leaf) -> tuple[str, ...]:
        """Return the words of the field that the leaf stands for, ascending; TooWideError for more than it may be.

        Among them may be words of filings that are deleted.
        """
        return self._found(field, leaf)

    def _fitting(self, field: str, leaf: q.Leaf) -> tuple[str, ...]:
        test = fits(leaf)
        asked = [self._asked(field, clause) for clause in clauses_of(leaf)]
        found = {word for words in asked for word in words if word[:1] not in OURS and test(word)}
        return tuple(sorted(found))

    def _asked(self, field: str, clause: tuple[str, Json]) -> Iterable[str]:
        if BY_NAME[field].kind is Kind.TEXT:
            return self._rewritten(field, clause)
        return self._values(field, clause)

    def _rewritten(self, field: str, clause: tuple[str, Json]) -> Iterator[str]:
        """Yield the words of a field of words that the shards make a pattern into."""
        kind, said = clause
        body = {"query": {kind: {path(field): {**said, "rewrite": _REWRITTEN}}}}
        answer = self._cluster.request(
            "POST", f"/{self._index}/_validate/query", body, rewrite=True, all_shards=True, explain=True
        )
        for failure in answer["_shards"].get("failures", ()):
            self._refuse(clause, str(failure["reason"]["reason"]))
        for shard in answer["explanations"]:
            if not shard["valid"]:
                self._refuse(clause, str(shard.get("error", "")))
            found = re.findall(rf"{re.escape(path(field))}:([^\s)]+)", shard["explanation"])
            yield from (_BOOST.sub("", each) for each in found)

    def _values(self, field: str, clause: tuple[str, Json]) -> Iterator[str]:
        """Yield the values of a field of values, as its documents have them."""
        kind, said = clause
        clause_of_all = {kind: {path(field): said}}
        composite: Json = {"size": _PAGE, "sources": [{"value": {"terms": {"field": path(field)}}}]}
        while True:
            matching = {"matching": {"filter": clause_of_all, "aggs": {"values": {"composite": composite}}}}
            aggregation = {"all": {"nested": {"path": DOCS}, "aggs": matching}}
            body = {"query": nested(clause_of_all), "size": 0, "aggs": aggregation}
            answer = self._cluster.search(self._index, body)
            found = answer["aggregations"]["all"]["matching"]["values"]
            yield from (bucket["key"]["value"] for bucket in found["buckets"])
            if "after_key" not in found:
                return
            composite = {**composite, "after": found["after_key"]}

    def _refuse(self, clause: tuple[str, Json], error: str) -> None:
        if "too_many" in error or "TooMany" in error or "maxClauseCount" in error:
            raise TooWideError(
                f"{clause[1]['value']} stands for more words than the cluster allows a query "
                "(indices.query.bool.max_clause_count): write more of it"
            )
        raise UnusableIndexError(f"{self._cluster.address}: {clause[1]['value']} cannot be asked there: {error}")


def clauses_of(leaf: q.Leaf) -> Iterator[tuple[str, Json]]:
    """Yield what finds all words that may fit a leaf."""
    match leaf:
        case q.Wildcard(pattern):
            yield "regexp", {"value": expression(pattern)}
        case q.Fuzzy(word, edits):
            if len(word) > 2 * edits:
                yield "fuzzy", {"value": word, "fuzziness": min(edits, 2), "max_expansions": 10_000}
            else:  # a fuzzy query leaves out words that are changed altogether, or fails for them
                yield "regexp", {"value": f".{{1,{len(word) + edits}}}"}
        case q.Term() | q.Prefix():
            for beginning in beginnings(leaf):
                yield "prefix", {"value": beginning}
        case _:
            assert_never(leaf)


def expression(pattern: str) -> str:
    """Return a wildcard pattern as a regular expression of Lucene that no term with a mark before it fits.

    >>> expression("l?c*"), expression("*ing")
    ('l.c.*', '(ing|[^-$£€¥%+^~=<>\\\\[\\\\]].*ing)')
    """
    rest = pattern.lstrip("*")
    if rest != pattern:
        begun = f"{_NO_MARK}.*{_plain(rest)}"
        return f"({expression(rest)}|{begun})" if rest else f"{_NO_MARK}.*"
    if pattern.startswith("?"):
        return _NO_MARK + _plain(pattern[1:])
    return _plain(pattern)


_NO_MARK = r"[^-$£€¥%+^~=<>\[\]]"


def _plain(pattern: str) -> str:
    escaped = _ESCAPED.sub(lambda found: found[0] if found[0] in "*?" else "\\" + found[0], pattern)
    return escaped.replace("*", ".*").replace("?", ".")
