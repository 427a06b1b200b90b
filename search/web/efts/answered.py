"""The body of an answer of EDGAR full-text search: its hits, exact totals, and the counts beside them."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from search.ask import Index
from search.results import DocumentHit, Facet, Hit, Question, Sort
from search.web.efts.asked import PAGE, FullTextRequest
from search.web.efts.echoed import BUCKETS, counted_by, echoed
from search.web.efts.entities import Entities, entities_of

_EVERY_DOCUMENT = 1_000_000
_SHARDS = {"total": 1, "successful": 1, "skipped": 0, "failed": 0}


class _Found(NamedTuple):
    """One hit: a document, and its filing."""

    filing: Hit
    document: DocumentHit


def answer_body(request: FullTextRequest, index: Index) -> Mapping[str, Any]:
    """Answer a request; the totals are exact and count what the hits are: documents, or filings without keywords."""
    began = time.perf_counter()
    entities = entities_of(index)
    answer = index.engine.search(_question(request))
    total = answer.documents if request.keywords else answer.filings
    hits = [_hit(found, entities) for found in _page(answer.hits, request)]
    return {
        "took": round((time.perf_counter() - began) * 1000),
        "timed_out": False,
        "_shards": _SHARDS,
        "hits": {
            "total": {"value": total, "relation": "eq"},
            "max_score": hits[0]["_score"] if hits else None,
            "hits": hits,
        },
        "aggregations": _aggregations(request, index, entities, total=total),
        "query": echoed(request),
    }


def entity_body(typed: str, index: Index) -> Mapping[str, Any]:
    """Answer what entities there are as one types."""
    began = time.perf_counter()
    hits = list(entities_of(index).matching(typed))
    return {
        "took": round((time.perf_counter() - began) * 1000),
        "timed_out": False,
        "_shards": _SHARDS,
        "hits": {
            "total": {"value": len(hits), "relation": "eq"},
            "max_score": hits[0]["_score"] if hits else None,
            "hits": hits,
        },
    }


def error_body(said: str) -> Mapping[str, Any]:
    """Write an error in the shape that service gives it."""
    return {"error": said, "hits": {"hits": []}}


def _question(request: FullTextRequest) -> Question:
    """Ask for as many filings as there could be among the hits as far as the last one wanted.

    Documents come in the order of their own scores, without what nearness adds to the first ones: the best document of
    a filing scores no less than any other of it, so that the first n documents are of the first n filings.
    """
    wanted = request.start + PAGE
    if request.keywords:
        return Question(request.query, limit=wanted, documents=_EVERY_DOCUMENT, proximity=False)
    return Question(request.query, limit=PAGE, offset=request.start, sort=Sort("filed"), documents=_EVERY_DOCUMENT)


def _page(filings: Sequence[Hit], request: FullTextRequest) -> Iterable[_Found]:
    if not request.keywords:
        return [_Found(filing, min(filing.documents, key=_place)) for filing in filings]
    found = [_Found(filing, document) for filing in filings for document in filing.documents]
    found.sort(key=lambda each: -each.document.score)
    return found[request.start : request.start + PAGE]


def _place(document: DocumentHit) -> tuple[int, str]:
    return document.sequence or _EVERY_DOCUMENT, document.id


def _hit(found: _Found, entities: Entities) -> dict[str, Any]:
    filing, document = found
    of = entities.of_filing(filing.accession)
    root = filing.form.partition("/")[0].strip()
    return {
        "_index": "edgar_file",
        "_id": document.id,
        "_score": round(document.score, 6),
        "_source": {
            "ciks": of.ciks,
            "period_ending": filing.period.isoformat() if filing.period else None,
            "file_num": of.file_num,
            "display_names": of.display_names,
            "xsl": None,
            "sequence": document.sequence or 0,
            "root_forms": [root] if root else [],
            "file_date": filing.filed.isoformat() if filing.filed else "",
            "biz_states": of.biz_states,
            "sics": of.sics,
            "form": filing.form,
            "adsh": filing.accession,
            "film_num": of.film_num,
            "biz_locations": of.biz_locations,
            "file_type": document.type,
            "file_description": document.description or None,
            "inc_states": of.inc_states,
            "items": list(filing.items),
        },
    }


def _aggregations(request: FullTextRequest, index: Index, entities: Entities, *, total: int) -> Mapping[str, Any]:
    fields = ("cik", "sic", request.location, "root_form")
    ciks, sics, places, forms = index.engine.facets(request.query, fields, documents=bool(request.keywords))
    return {
        "entity_filter": _aggregation(ciks, entities.named),
        "sic_filter": _aggregation(sics, str),
        f"{counted_by(request)}_filter": _aggregation(places, str.upper),
        # a client takes the sum of these for the total: what has no form type is among the others
        "form_filter": _aggregation(forms, str.upper, total=total),
    }


def _aggregation(facet: Facet, named: Any, *, total: int | None = None) -> Mapping[str, Any]:
    listed = facet.counts[:BUCKETS]
    every = sum(each.filings for each in facet.counts) if total is None else total
    return {
        "doc_count_error_upper_bound": 0,
        "sum_other_doc_count": every - sum(each.filings for each in listed),
        "buckets": [{"key": named(each.value), "doc_count": each.filings} for each in listed],
    }
