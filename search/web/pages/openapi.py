"""The description of the interface for programs, OpenAPI 3.1. A table."""

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from search.results import SORTS
from search.web.web_settings import DEEPEST, LONGEST_QUERY

_MEANINGS = {
    "q": "The query, as docs/query-language.md describes it.",
    "form": "Form types, separated by commas, or a category; `=8-K` is that form alone, `-4` is not that form.",
    "entity": "A party's name, CIK or ticker.",
    "cik": "CIKs, separated by commas.",
    "item": "Items of the filing, separated by commas.",
    "exhibit": "Document types, separated by commas.",
    "state": "Where a party is: a state or country, by code or name.",
    "incorporated": "Where a party is incorporated.",
    "sic": "An industry code (SIC).",
    "accession": "The number of a filing: this one alone.",
    "section": "A section that the document has.",
    "filed": "When it was filed: 2017, 2017Q1, 2015..2017-06, or 30d, 1y, 5y, 10y back from today.",
    "exact": "Any value: every word as typed.",
    "all_words": "Any value: nothing that lacks a word.",
    "strict": "Any value: refuse a query that cannot be read.",
    "counts": "Any value: count the filings by field and over time, too.",
}
_NUMBERS = {
    "page": ("Of the answer, from 1.", DEEPEST // 100),
    "size": ("Filings of a page; 10 unless it is said.", 100),
}
_ORDERS = [f"{name}{way}" for name in SORTS for way in ("", ":asc", ":desc")]


def _parameters() -> Iterator[dict[str, Any]]:
    for name, about in _MEANINGS.items():
        schema = {"type": "string", "maxLength": LONGEST_QUERY if name == "q" else 500}
        yield {"name": name, "in": "query", "description": about, "schema": schema}
    for name, (about, most) in _NUMBERS.items():
        bounds = {"type": "integer", "minimum": 1, "maximum": most}
        yield {"name": name, "in": "query", "description": about, "schema": bounds}
    order = {"type": "string", "enum": _ORDERS}
    yield {"name": "sort", "in": "query", "description": "In which order filings come.", "schema": order}


def _named(name: str, about: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": about, "schema": {"type": "string"}}


def _answers(about: str, schema: Mapping[str, Any], *, refused: bool = True) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    plain = {"text/plain": {"schema": {"type": "string"}}}
    refusals = {
        "400": {"description": "What was asked cannot be: the message says why.", "content": error},
        "404": {"description": "The index has none such.", "content": error},
        "414": {"description": "The address is too long.", "content": plain},
    }
    return {
        "200": {"description": about, "content": content},
        **(refusals if refused else {}),
        "503": {"description": "There is no index, or it cannot be asked now.", "content": error},
    }


_SEARCHED: Mapping[str, Any] = {
    "type": "object",
    "required": ["version", "query", "filings", "documents", "hits", "notes", "understood", "generation"],
    "properties": {
        "version": {"type": "integer"},
        "query": {"type": "string"},
        "filings": {"type": "integer"},
        "documents": {"type": "integer"},
        "hits": {"type": "array", "items": {"type": "object", "required": ["rank", "accession", "form", "documents"]}},
        "notes": {"type": "array", "items": {"type": "string"}},
    },
}
_DOCUMENT: Mapping[str, Any] = {
    "type": "object",
    "required": ["version", "id", "filing", "characters", "sections", "terms", "text"],
    "properties": {
        "terms": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["term", "hits"],
                "properties": {"hits": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}},
            },
        },
        "text": {"type": "string"},
    },
}
_STATUS: Mapping[str, Any] = {"type": "object", "required": ["version", "generation", "submissions", "coverage"]}

DESCRIPTION: Mapping[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "EDGAR corpus search",
        "version": version("edgar-corpus-search"),
        "description": "What `search --json` prints (docs/output.md), over HTTP. Reading only.",
    },
    "paths": {
        "/api/search": {
            "get": {
                "summary": "Search",
                "parameters": list(_parameters()),
                "responses": _answers("The answer, in the shape of `search --json`.", _SEARCHED),
            }
        },
        "/api/doc/{accession}/{name}": {
            "get": {
                "summary": "A document, with every hit of a search in it",
                "parameters": [
                    _named("accession", "The accession number."),
                    _named("name", "The document's file name, or its number where it has none."),
                    *_parameters(),
                ],
                "responses": _answers("The document; offsets are characters of its text.", _DOCUMENT),
            }
        },
        "/api/status": {
            "get": {"summary": "What the index holds", "responses": _answers("The state.", _STATUS, refused=False)}
        },
    },
    "components": {
        "schemas": {"Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}}
    },
}
