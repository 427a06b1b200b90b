"""The indices of an index on a cluster: what each is called, its settings and its fields.

`NAME-state` has what every builder and searcher agrees on (`indexer.cluster.state`), `NAME-records` the records of what
was read, and for each epoch (a rebuild begins another) `NAME-filings-EPOCH` the filings and `NAME-texts-EPOCH` their
texts. A filing is one document of the cluster, its documents nested in it, so that filings are counted exactly.
"""

from typing import Any

from indexer.fields.row_values import VALUE_GAP
from indexer.fields.schema import FIELDS, Kind

DOCS = "docs"
"""The nested documents of a filing; every field of `indexer.fields.schema` is one of theirs, by its name."""
NUMBER = "number"
"""Below it, by field: the values that are digits, as numbers."""
YEAR, MONTH = "year", "month"
"""Below them, by field of dates: years, and months of the date filed."""
LENGTH, ROUNDED = "length", "rounded"
"""Below them, for `text` and `title`: how many words, and what that counts as in scores."""
WORD_FIELDS = ("text", "title")
"""The fields that score."""
MOST_NESTED = 100_000
"""Documents of one filing."""
WINDOW = 100_000
"""Hits of a page, documents of one filing among them."""
_LONGEST_TERM = 32_000
"""UTF-8 bytes of a value that is compared whole; the cluster refuses more."""
_LARGEST = (1 << 63) - 1

Json = dict[str, Any]


def state_index(name: str) -> str:
    """Name the index of the state."""
    return f"{name}-state"


def records_index(name: str) -> str:
    """Name the index of the records."""
    return f"{name}-records"


def filings_index(name: str, epoch: int) -> str:
    """Name the index of the filings of an epoch."""
    return f"{name}-filings-{epoch}"


def texts_index(name: str, epoch: int) -> str:
    """Name the index of the texts of an epoch."""
    return f"{name}-texts-{epoch}"


def whole(value: str) -> str:
    """Return a value that is compared whole, as the cluster has it: small letters, no longer than it takes."""
    small = value.lower().encode("utf-8", "replace")
    return small[:_LONGEST_TERM].decode("utf-8", "ignore")


def number(value: int) -> int:
    """Return a number no greater than the cluster takes."""
    return min(value, _LARGEST)


_WORDS = {"type": "text", "analyzer": "ours", "search_analyzer": "asked", "similarity": "occurrences", "norms": False}
_KEYWORD = {"type": "keyword"}
_LONG = {"type": "long"}
_KEPT = {"type": "object", "enabled": False}

_ANALYSIS: Json = {
    "tokenizer": {"at_blanks": {"type": "whitespace", "max_token_length": 1_000_000}},
    "filter": {"at_one_place": {"type": "pattern_capture", "preserve_original": False, "patterns": ["([^|]+)"]}},
    "analyzer": {
        "ours": {"type": "custom", "tokenizer": "at_blanks", "filter": ["at_one_place"]},
        "asked": {"type": "custom", "tokenizer": "at_blanks"},
    },
}


def filings_body() -> Json:
    """Return settings and fields of an index of filings.

    How many shards and replicas is for the cluster's index templates to say (docs/scale.md).
    The similarity is the number of occurrences; what they are worth is worked out by our formula when it is asked.
    """
    return {
        "settings": {
            "refresh_interval": "-1",
            "codec": "best_compression",
            "mapping.nested_objects.limit": MOST_NESTED,
            "max_result_window": WINDOW,
            "max_inner_result_window": WINDOW,
            "similarity": {"occurrences": {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}}},
            "analysis": _ANALYSIS,
        },
        "mappings": {"dynamic": "strict", "_source": {"excludes": [f"{DOCS}"]}, "properties": _filing_fields()},
    }


def _filing_fields() -> Json:
    return {
        "accession": _KEYWORD,
        "source": _KEYWORD,
        "segment": _KEYWORD,
        "filed": _LONG,
        "period": _LONG,
        "company": _KEYWORD,
        "header": {"type": "binary"},
        "kept": _KEPT,
        DOCS: {"type": "nested", "properties": _document_fields()},
    }


def _document_fields() -> Json:
    fields: Json = {"id": _KEYWORD, "ordinal": _LONG, "weight": {"type": "double"}, "parties": _KEYWORD}
    for field in FIELDS:
        words = field.kind is Kind.TEXT
        fields[field.name] = {**_WORDS, "position_increment_gap": VALUE_GAP} if words else _KEYWORD
    numbers = {field.name: _LONG for field in FIELDS if field.kind is not Kind.TEXT}
    dates = {field.name: _KEYWORD for field in FIELDS if field.kind is Kind.DATE}
    lengths = dict.fromkeys(WORD_FIELDS, _LONG)
    return {
        **fields,
        NUMBER: {"properties": numbers},
        YEAR: {"properties": dates},
        MONTH: {"properties": {"filed": _KEYWORD}},
        LENGTH: {"properties": lengths},
        ROUNDED: {"properties": lengths},
    }


def texts_body() -> Json:
    """Return settings and fields of an index of texts: pieces, compressed, fetched by their ids."""
    return {
        "settings": {"refresh_interval": "-1"},
        "mappings": {
            "dynamic": "strict",
            "properties": {"filing": _KEYWORD, "segment": _KEYWORD, "content": {"type": "binary"}},
        },
    }


def records_body() -> Json:
    """Return settings and fields of the index of records."""
    fields = {"table": _KEYWORD, "row": _KEPT, "number": _LONG, "added": _KEYWORD, "removed": _KEYWORD}
    return {
        "settings": {"number_of_shards": 1},
        "mappings": {"dynamic": "strict", "properties": fields},
    }


def state_body() -> Json:
    """Return settings and fields of the index of the state."""
    return {
        "settings": {"number_of_shards": 1},
        "mappings": {"dynamic": "strict", "properties": {"kept": _KEPT}},
    }
