"""Small pieces of what a cluster is asked, as JSON. No meaning of ours here."""

from collections.abc import Sequence
from typing import Any

from indexer.cluster.mapping import DOCS

Json = dict[str, Any]

EVERY: Json = {"match_all": {}}
NONE: Json = {"match_none": {}}


def path(field: str) -> str:
    """Name a field of the nested documents in full."""
    return f"{DOCS}.{field}"


def every(clauses: Sequence[Json]) -> Json:
    """Ask that all of these match; no score."""
    return {"bool": {"filter": list(clauses)}} if clauses else EVERY


def at_least(clauses: Sequence[Json], least: int = 1) -> Json:
    """Ask that so many of these match; no score."""
    if least <= 0:
        return EVERY
    if least > len(clauses):
        return NONE
    return {"bool": {"filter": [{"bool": {"should": list(clauses), "minimum_should_match": least}}]}}


def without(clause: Json) -> Json:
    """Ask that this does not match."""
    return {"bool": {"must_not": [clause]}}


def terms(field: str, values: Sequence[str]) -> Json:
    """Ask for any of these terms of a field; no score."""
    return {"terms": {path(field): list(values)}} if values else NONE


def has_value(field: str) -> Json:
    """Ask that a field has any term."""
    return {"exists": {"field": path(field)}}


def nested(clause: Json, *, score: str = "none", **more: Any) -> Json:
    """Ask for filings of which a document matches."""
    return {"nested": {"path": DOCS, "query": clause, "score_mode": score, **more}}


def scripted(clause: Json, source: str, parameters: Json) -> Json:
    """Score what a clause matches by a script, which knows the clause's own score as `_score`."""
    return {"script_score": {"query": clause, "script": {"source": source, "params": parameters}}}
