"""Filings in order, a page at a time: sorted by the cluster, each with the documents that match, best first."""

from collections.abc import Sequence
from typing import NamedTuple

from indexer.cluster.filing import kept_document
from indexer.cluster.mapping import DOCS, WINDOW
from indexer.fields.entries import StoredDocument
from search.query.scoring import rounded
from search.results import Hit, Sort
from search.searchers.cluster import requests as r
from search.searchers.cluster.opened import DocumentHandle, Opened
from search.searchers.cluster.requests import Json
from search.searchers.stored_hits import document_of, hit_of

_SHOWN = ["kept.documents.stored"]
_WITH_VALUES = ["kept.documents"]
_SORTED = {"relevance": "_score", "filed": "filed", "period": "period", "company": "company"}


class MatchingDocument(NamedTuple):
    """A document that matches."""

    handle: DocumentHandle
    kept: StoredDocument
    values: Json
    """By field, but for the text; nothing unless they were asked for."""
    score: float


class MatchingFiling(NamedTuple):
    """A filing that matches."""

    documents: Sequence[MatchingDocument]
    """Best first; some of them, if there are more than were asked for."""
    matching: int
    order: Sequence[object]
    """Where it stands in the order asked for."""

    @property
    def score(self) -> float:
        """Return that of its best document."""
        return self.documents[0].score


class FilingPage(NamedTuple):
    """Some filings, and the totals."""

    filings: int
    documents: int
    found: Sequence[MatchingFiling]


class WantedPage(NamedTuple):
    """Which filings are wanted, and what of them."""

    sort: Sort
    size: int
    start: int = 0
    """How many filings of the order to pass over."""
    behind: Sequence[object] = ()
    """Where in the order to begin instead: behind this."""
    documents: int = 3
    values: bool = False
    excluded: Sequence[str] = ()
    """Filings, as the cluster calls them, that are left out."""


def page(opened: Opened, clause: Json, counted: Json, wanted: WantedPage) -> FilingPage:
    """Fetch filings of which a document fits `clause`; `counted` finds the same documents, without scores."""
    body: Json = {
        "query": _query(clause, wanted),
        "size": wanted.size,
        "track_scores": True,
        "sort": _order(wanted.sort),
        "_source": _WITH_VALUES if wanted.values else _SHOWN,
        "aggs": {"all": {"nested": {"path": DOCS}, "aggs": {"matching": {"filter": counted}}}},
    }
    body |= {"search_after": list(wanted.behind)} if wanted.behind else {"from": wanted.start}
    answer = opened.search(body)
    found = [_found(hit, values=wanted.values) for hit in answer["hits"]["hits"]]
    documents = answer["aggregations"]["all"]["matching"]["doc_count"]
    return FilingPage(answer["hits"]["total"]["value"], documents, found)


def _query(clause: Json, wanted: WantedPage) -> Json:
    inner: Json = {
        "size": max(1, min(wanted.documents, WINDOW)),
        "_source": False,
        "sort": [{"_score": "desc"}, {r.path("ordinal"): "asc"}],
    }
    found = r.nested(clause, score="max", inner_hits=inner) if wanted.size else r.nested(clause)
    if not wanted.excluded:
        return found
    return {"bool": {"must": [found], "must_not": [{"ids": {"values": list(wanted.excluded)}}]}}


def _order(sort: Sort) -> list[Json]:
    direction = "desc" if sort.descending else "asc"
    if sort.by not in _SORTED:
        raise ValueError(f"cannot sort by {sort.by!r}")
    name = _SORTED[sort.by]
    first: Json = {name: {"order": direction}} if name == "_score" else {name: {"order": direction, "missing": "_last"}}
    return [first, {"filed": {"order": "desc", "missing": "_last"}}, {"accession": "asc"}]


def _found(hit: Json, *, values: bool) -> MatchingFiling:
    kept = hit["_source"]["kept"]["documents"]
    inner = hit["inner_hits"][DOCS]["hits"]
    documents = []
    for each in inner["hits"]:
        offset = each["_nested"]["offset"]
        of = kept[offset]
        stored = kept_document(of)
        handle = DocumentHandle(hit["_id"], offset, int(stored.text))
        score = rounded(each["sort"][0])
        documents.append(MatchingDocument(handle, stored, of["values"] if values else {}, score))
    return MatchingFiling(documents, inner["total"]["value"], hit["sort"])


def hit(found: MatchingFiling, rank: int, shown: int) -> Hit:
    """Build the hit of a filing."""
    best = found.documents[0]
    documents = tuple(document_of(each.kept, str(each.handle), each.score) for each in found.documents[:shown])
    return hit_of(
        best.kept,
        best.kept.source,
        rank=rank,
        matching=found.matching,
        score=best.score,
        documents=documents,
    )
