"""An index on a cluster as of one commit: what is asked of it, and what of it our scores depend on.

What was committed later is not seen: every question is asked of one point in time, opened at the commit.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.cluster import state as states
from indexer.cluster.asking import NOT_FOUND, Cluster, RefusedError
from indexer.cluster.filing import joined, text_id
from indexer.cluster.mapping import DOCS, LENGTH, WORD_FIELDS, filings_index, texts_index
from indexer.cluster.state import ClusterState
from indexer.errors import StaleIndexError, UnusableIndexError
from indexer.texts.text_layout import Parts
from search.deadline import check
from search.errors import TooWideError
from search.query import nodes as q
from search.query import walk
from search.results import Handle
from search.searchers.cluster import requests as r
from search.searchers.cluster.clauses import Matching
from search.searchers.cluster.lexicon import ClusterLexicon
from search.searchers.cluster.requests import Json
from search.searchers.cluster.scored import Statistics

if TYPE_CHECKING:
    from search.searchers.cluster.one_by_one import Whole

KEEP_ALIVE = "15m"
"""For which a point in time is kept that nobody asks."""
_TEXTS = 64
_AT_ONCE = 100
"""Pieces of texts fetched with one request, a megabyte each at the most."""
_ATTEMPTS = 20


class DocumentHandle(NamedTuple):
    """A document by where the cluster has it: its filing, its place there, and how many pieces its text has."""

    filing: str
    offset: int
    pieces: int

    @classmethod
    def parse(cls, handle: Handle) -> "DocumentHandle":
        """Read one that was printed."""
        filing, offset, pieces = str(handle).rsplit("#", 2)
        return cls(filing, int(offset), int(pieces))

    def __str__(self) -> str:
        return f"{self.filing}#{self.offset}#{self.pieces}"

    @property
    def text_ids(self) -> list[str]:
        """Name the pieces of its text."""
        return [text_id(self.filing, self.offset, piece) for piece in range(self.pieces)]


class Opened:
    """One commit of an index on a cluster."""

    def __init__(self, cluster: Cluster) -> None:
        """Open the last commit; raises NoIndexError, UnusableIndexError."""
        self.cluster = cluster
        self.state, self._point = self._point_in_time()
        self.lexicon = ClusterLexicon(cluster, self._filings)
        self.matching = Matching(self.lexicon)
        self.text_of = lru_cache(_TEXTS)(lambda handle: self.texts([handle])[0])

    def _point_in_time(self) -> tuple[ClusterState, str]:
        """Open a point in time that belongs to one state: none was committed between."""
        before = states.present(self.cluster)
        for _ in range(_ATTEMPTS):
            point = self._opened(filings_index(self.cluster.address.name, before.epoch))
            after = states.present(self.cluster)
            if (after.generation, after.epoch) == (before.generation, before.epoch):
                return after, point
            before = after
        raise UnusableIndexError(f"{self.cluster.address} is committed to without a pause: try again")

    def _opened(self, index: str) -> str:
        found = self.cluster.request(
            "POST", f"/{index}/_search/point_in_time", keep_alive=KEEP_ALIVE, allow_partial_pit_creation=False
        )
        return str(found["pit_id"])

    @property
    def _filings(self) -> str:
        return filings_index(self.cluster.address.name, self.state.epoch)

    # Asking

    def search(self, body: Json) -> Json:
        """Ask for filings; what is not to be seen of them is left out."""
        check()
        hidden = self._hidden
        if hidden:
            body = {**body, "query": {"bool": {"must": [body["query"]], "must_not": hidden}}}
        return self._asked({"track_total_hits": True, **body})

    def _asked(self, body: Json) -> Json:
        try:
            answer = self._once(body)
        except RefusedError as error:
            if error.status != NOT_FOUND:
                raise _explained(error) from error
            self._renew()
            answer = self._once(body)
        shards = answer["_shards"]
        if shards["failed"] or answer["timed_out"]:
            raise UnusableIndexError(
                f"{self.cluster.address}: {shards['failed']} of {shards['total']} shards did not answer, so that the "
                "answer would be a part of one: try again when the cluster is whole"
            )
        return answer

    def _once(self, body: Json) -> Json:
        return self.cluster.request(
            "POST", "/_search", {**body, "pit": {"id": self._point, "keep_alive": KEEP_ALIVE}},
            allow_partial_search_results=False,
        )  # fmt: skip

    def _renew(self) -> None:
        """Open the point in time anew that was given up, or lost with a node, where nothing was committed since."""
        state, point = self._point_in_time()
        if (state.generation, state.epoch) != (self.state.generation, self.state.epoch):
            raise StaleIndexError("a later commit replaced what was opened: open the index anew")
        self.state, self._point = state, point

    @property
    def _hidden(self) -> list[Json]:
        state = self.state
        building = [{"terms": {"segment": sorted(state.building)}}] if state.building else []
        return building + ([{"ids": {"values": list(state.removing)}}] if state.removing else [])

    def close(self) -> None:
        """Give up the point in time."""
        with suppress(RefusedError, UnusableIndexError):  # it is given up by itself
            self.cluster.request("DELETE", "/_search/point_in_time", {"pit_id": [self._point]})
        self.cluster.close()

    # What scores depend on

    @cached_property
    def statistics(self) -> Statistics:
        """Count the documents and their words."""
        sums = {name: {"sum": {"field": r.path(f"{LENGTH}.{name}")}} for name in WORD_FIELDS}
        found = self.search({"query": r.EVERY, "size": 0, "aggs": {"all": {"nested": {"path": DOCS}, "aggs": sums}}})
        whole = found["aggregations"]["all"]
        documents = whole["doc_count"]
        averages = {name: whole[name]["value"] / documents if documents else 0.0 for name in WORD_FIELDS}
        return Statistics(documents, averages)

    @cached_property
    def last_filed(self) -> Mapping[str, int]:
        """Find when each party of the index was last filed under."""
        from search.searchers.cluster.counted import last_filed  # noqa: PLC0415  (it asks this)

        return last_filed(self)

    def counts(self, leaves: Iterable[q.Leaf]) -> dict[tuple[str, q.Leaf], int]:
        """Count the documents that have each leaf in the text and in the title."""
        asked = [(field, leaf) for leaf in dict.fromkeys(leaves) for field in WORD_FIELDS]
        missing = [each for each in asked if each not in self._counts]
        if missing:
            clauses = [self.matching.asked(leaf, field).clause for field, leaf in missing]
            self._counts.update(zip(missing, self._counted(clauses), strict=True))
        return {each: self._counts[each] for each in asked}

    @cached_property
    def _counts(self) -> dict[tuple[str, q.Leaf], int]:
        return {}

    def whole(self, query: q.Query) -> "Whole":
        """Return what is to be known of the index to score documents for a query."""
        from search.searchers.cluster.one_by_one import Whole  # noqa: PLC0415  (few questions need it)

        words = [*walk.placed_words(query), *(leaf for leaf, _ in walk.scoring_leaves(query))]
        return Whole(self.statistics, self.counts(words), lambda: self.last_filed)

    def _counted(self, clauses: Sequence[Json]) -> list[int]:
        filters = {str(number): {"filter": clause} for number, clause in enumerate(clauses)}
        body = {
            "query": r.nested(r.at_least(clauses)),
            "size": 0,
            "aggs": {"all": {"nested": {"path": DOCS}, "aggs": filters}},
        }
        found = self.search(body)["aggregations"]["all"]
        return [found[name]["doc_count"] for name in filters]

    # Texts

    def texts(self, handles: Sequence[DocumentHandle]) -> list[tuple[str, Parts]]:
        """Read the texts of documents, and where their parts are; StaleIndexError for one that is gone."""
        ids = [each for handle in handles for each in handle.text_ids]
        pieces: dict[str, str] = {}
        for start in range(0, len(ids), _AT_ONCE):
            check()
            pieces |= self._pieces(ids[start : start + _AT_ONCE])
        return [joined([pieces[each] for each in handle.text_ids]) for handle in handles]

    def _pieces(self, ids: Sequence[str]) -> dict[str, str]:
        index = texts_index(self.cluster.address.name, self.state.epoch)
        found = self.cluster.request("POST", f"/{index}/_mget", {"ids": list(ids)}, _source="content")
        pieces = {each["_id"]: each["_source"]["content"] for each in found["docs"] if each.get("found")}
        if missing := next((each for each in ids if each not in pieces), None):
            raise StaleIndexError(f"text {missing} is gone: a later commit replaced it; open the index anew")
        return pieces


def _explained(error: RefusedError) -> Exception:
    if "max_clause_count" in error.reason or "too_many" in error.kind or "too many" in error.reason.lower():
        return TooWideError(
            "the query stands for more words than the cluster allows (indices.query.bool.max_clause_count): "
            "write more of its patterns"
        )
    return UnusableIndexError(f"the cluster cannot answer this: {error}")
