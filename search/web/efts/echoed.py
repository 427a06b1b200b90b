"""How a search was understood, in the words in which EDGAR full-text search repeats it: a query of Elasticsearch's.

Nothing is asked by it here. What those words cannot say is a `query_string` in our own language.
"""

from collections.abc import Mapping
from typing import Any

from search.parsing.format import format_query
from search.query import nodes as q
from search.web.efts.asked import PAGE, FullTextRequest

BUCKETS = 30
"""Values of which the counts are listed; the rest is one number."""
_NAMES = {"root_form": "root_forms", "cik": "ciks", "sic": "sics", "item": "items"}
_STATES = {"state": "biz_states", "incorporated": "inc_states"}


def echoed(request: FullTextRequest) -> Mapping[str, Any]:
    """Repeat a search in the shape of that service's own answers."""
    parts = request.keywords.parts if isinstance(request.keywords, q.And) else (request.keywords,)
    unwanted = [part.part for part in parts if isinstance(part, q.Not)]
    either = request.keywords.parts if isinstance(request.keywords, q.Or) else ()
    wanted = [] if either else [part for part in parts if part and not isinstance(part, q.Not)]
    asked = {
        "must": [_words(part) for part in wanted],
        "must_not": [_words(part) for part in unwanted],
        "should": [_words(part) for part in either],
        "filter": [*map(_filter, request.filters), *_days(*request.filed)],
    }
    return {
        "_source": {"exclude": ["doc_text"]},
        "query": {"bool": asked},
        "from": request.start,
        "size": PAGE,
        "aggregations": {
            f"{name}_filter": {"terms": {"field": field, "size": BUCKETS}} for name, field in _counted(request).items()
        },
    }


def counted_by(request: FullTextRequest) -> str:
    """Name the places that filings are counted by: those of offices, or of incorporation."""
    return _STATES[request.location]


def _counted(request: FullTextRequest) -> Mapping[str, str]:
    states = counted_by(request)
    return {"form": "root_forms", "entity": "display_names.raw", "sic": "sics", states: states}


def _words(part: q.Query) -> Mapping[str, Any]:
    words = part.parts if isinstance(part, q.Phrase) else (part,)
    plain = [each.word for each in words if isinstance(each, q.Term)]
    return {"match_phrase": {"doc_text": " ".join(plain)}} if len(plain) == len(words) else _ours(part)


def _filter(part: q.Query) -> Mapping[str, Any]:
    fields = part.parts if isinstance(part, q.Or) else (part,)
    names = {each.name for each in fields if isinstance(each, q.Field)}
    values = [value for each in fields for value in _values(each)]
    name = (_NAMES | _STATES).get(names.pop(), "") if len(names) == 1 else ""
    return {"terms": {name: values}} if name and values and all(values) else _ours(part)


def _values(part: q.Query) -> list[str]:
    """Return the values that a field may have; an empty one where they are no plain values."""
    asked = part.query if isinstance(part, q.Field) else part
    alternatives = asked.parts if isinstance(asked, q.Or) else (asked,)
    return [each.word.upper() if isinstance(each, q.Term) else "" for each in alternatives]


def _days(first: str, last: str) -> list[Mapping[str, Any]]:
    ends = {name: day for name, day in (("gte", first), ("lte", last)) if day}
    return [{"range": {"file_date": ends}}] if ends else []


def _ours(part: q.Query) -> Mapping[str, Any]:
    return {"query_string": {"query": format_query(part)}}
