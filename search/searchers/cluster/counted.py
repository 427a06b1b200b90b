"""Filings counted by the values of a field, exactly: every value is asked for, page by page."""

from collections.abc import Iterator, Mapping

from indexer.cluster.mapping import DOCS, MONTH, YEAR
from indexer.fields.entries import company_labels
from indexer.fields.schema import BY_NAME, Kind
from search.results import Facet, FacetCount
from search.searchers.cluster import requests as r
from search.searchers.cluster.opened import Opened
from search.searchers.cluster.requests import Json

_BUCKETS = 5_000
"""Values of a page."""


class Counting:
    """Counts what a clause finds by the values of fields."""

    def __init__(self, opened: Opened, clause: Json, *, documents: bool) -> None:
        """Count the filings of which a document fits the clause, or the documents that do."""
        self._opened, self._clause, self._documents = opened, clause, documents

    def facet(self, field: str, most: int | None) -> Facet:
        """Count by a field's values, and tell `most` of them, or all when None; ValueError where it has none."""
        counts = self._companies() if field == "company" else self._by_value(_counted_field(field))
        ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        return Facet(field, tuple(FacetCount(value, count) for value, count in ordered[:most]))

    def _by_value(self, field: str) -> dict[str, int]:
        buckets = _buckets(self._opened, self._clause, field, {"filings": {"reverse_nested": {}}})
        return {bucket["key"]["value"]: self._number(bucket) for bucket in buckets}

    def _number(self, bucket: Json) -> int:
        found: int = bucket["doc_count"] if self._documents else bucket["filings"]["doc_count"]
        return found

    def _companies(self) -> dict[str, int]:
        """Count by what parties are called; what has several parties that are called the same counts once."""
        called = company_labels(self._opened.last_filed)
        counts = self._by_value("parties")
        parties: dict[str, list[str]] = {}
        for party in counts:
            parties.setdefault(called[party], []).append(party)
        several = {label: those for label, those in parties.items() if len(those) > 1}
        once = {label: counts[those[0]] for label, those in parties.items() if len(those) == 1}
        return once | self._of_any(several)

    def _of_any(self, labels: Mapping[str, list[str]]) -> dict[str, int]:
        if not labels:
            return {}
        filings: Json = {"filings": {"reverse_nested": {}}}
        filters = {
            str(at): {"filter": r.every([self._clause, r.terms("parties", those)]), "aggs": filings}
            for at, those in enumerate(labels.values())
        }
        body = {
            "query": r.nested(self._clause),
            "size": 0,
            "aggs": {"all": {"nested": {"path": DOCS}, "aggs": filters}},
        }
        found = self._opened.search(body)["aggregations"]["all"]
        return {label: self._number(found[str(at)]) for at, label in enumerate(labels)}


def _counted_field(name: str) -> str:
    if name == "month":
        return f"{MONTH}.filed"
    field = BY_NAME.get("filed" if name == "year" else name)
    match field.kind if field else None:
        case Kind.DATE if field:
            return f"{YEAR}.{field.name}"
        case Kind.KEYWORD if field:
            return field.name
        case _:
            raise ValueError(f"cannot count by {name!r}")


def _buckets(opened: Opened, clause: Json, field: str, about: Json) -> Iterator[Json]:
    composite: Json = {"size": _BUCKETS, "sources": [{"value": {"terms": {"field": r.path(field)}}}]}
    while True:
        values = {"values": {"composite": composite, "aggs": about}}
        matching = {"matching": {"filter": clause, "aggs": values}}
        body = {"query": r.nested(clause), "size": 0, "aggs": {"all": {"nested": {"path": DOCS}, "aggs": matching}}}
        found = opened.search(body)["aggregations"]["all"]["matching"]["values"]
        yield from found["buckets"]
        if "after_key" not in found:
            return
        composite = {**composite, "after": found["after_key"]}


def last_filed(opened: Opened) -> dict[str, int]:
    """Return when each party of the index was last filed under, YYYYMMDD or 0."""
    last = {"last": {"reverse_nested": {}, "aggs": {"day": {"max": {"field": "filed"}}}}}
    return {
        bucket["key"]["value"]: int(bucket["last"]["day"]["value"] or 0)
        for bucket in _buckets(opened, r.EVERY, "parties", last)
    }
