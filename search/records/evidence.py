"""Evidence of a lookup: what it takes to repeat it, as JSON; and what has changed when it is repeated.

The file ends with a SHA-256 of all that stands before it, so that a later change to it shows.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from indexer.manifest.records import Status
from search.errors import SearchError
from search.lookups.lookup import Filter, Lookup
from search.output.json import dumped, plain, separated
from search.passages.cutting import Cut
from search.results import DocumentHit, Hit, Results, Sort

VERSION = 1
KIND = "edgar-corpus-search evidence"
_DIGEST = '  "digest": "sha256:'


@dataclass(frozen=True, slots=True)
class Terms:
    """What was asked, and how the answer was to be shown."""

    lookup: Lookup
    """With watchlists and synonyms written out."""
    sort: Sort
    cut: Cut


@dataclass(frozen=True, slots=True)
class IndexState:
    """Which index answered, and when."""

    path: str
    generation: int
    begun: str
    """When it was first committed to, ISO 8601 in UTC."""
    corpus: Status
    """What it covered."""


class Standing(NamedTuple):
    """Where a document that matched stood: its source file and what matched in it."""

    accession: str
    source: str
    sha256: str
    offsets: tuple[tuple[int, int], ...]
    """Of the passages."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence, read back."""

    made: str
    terms: Terms
    generation: int
    begun: str
    submissions: int
    filings: int
    documents: int
    standings: dict[str, Standing]
    """By document id."""
    intact: bool
    """False when the file was changed after it was written."""


def evidence_lines(
    results: Results, hits: Iterable[Hit], terms: Terms, state: IndexState, *, made: str
) -> Iterator[str]:
    """Write evidence as JSON, line by line; `made` is now, ISO 8601 in UTC. Hits come with all their documents."""
    hashed = hashlib.sha256()
    for line in _lines(results, hits, terms, state, made=made):
        hashed.update(f"{line}\n".encode())
        yield line
    yield f'{_DIGEST}{hashed.hexdigest()}"'
    yield "}"


def _lines(results: Results, hits: Iterable[Hit], terms: Terms, state: IndexState, *, made: str) -> Iterator[str]:
    head = {
        "kind": KIND,
        "version": VERSION,
        "made": made,
        "program": f"edgar-corpus-search {version('edgar-corpus-search')}",
        **plain(terms),
        "understood": results.understood,
        "index": plain(state),
        "coverage": plain(results.coverage),
        "filings": results.filings,
        "documents": results.documents,
    }
    yield dumped(head, indent=2).removesuffix("\n}") + ","
    yield '  "hits": ['
    yield from separated(f"    {dumped(plain(hit))}" for hit in hits)
    yield "  ],"


def read_evidence(path: Path) -> Evidence:
    """Read evidence from its file; SearchError when it cannot be read or is none."""
    try:
        content = path.read_text(encoding="utf-8")
        return _evidence(json.loads(content), intact=_is_intact(content))
    except OSError as error:
        raise SearchError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise SearchError(f"{path} is not evidence that this program wrote ({error!r})") from error


def _is_intact(content: str) -> bool:
    before, mark, digest = content.rpartition(_DIGEST)
    return bool(mark) and digest[:64] == hashlib.sha256(before.encode()).hexdigest()


def _evidence(found: dict[str, Any], *, intact: bool) -> Evidence:
    if found["kind"] != KIND:
        raise ValueError(found["kind"])
    if found["version"] > VERSION:
        raise SearchError("the evidence was written by a newer version of this program")
    asked = found["lookup"]
    filters = tuple(Filter(each["field"], tuple(each["values"])) for each in asked["filters"])
    synonyms, phrases = tuple(map(tuple, asked["synonyms"])), tuple(asked.get("phrases", ()))
    lookup = Lookup(asked["query"], filters, asked["exact"], synonyms, asked["like"], phrases)
    return Evidence(
        found["made"],
        Terms(lookup, Sort(**found["sort"]), Cut(**found["cut"])),
        found["index"]["generation"],
        found["index"]["begun"],
        found["index"]["corpus"]["submissions"],
        found["filings"],
        found["documents"],
        {document["id"]: _standing_of(hit, document) for hit in found["hits"] for document in hit["documents"]},
        intact,
    )


def _standing_of(hit: dict[str, Any], document: dict[str, Any]) -> Standing:
    offsets = tuple((snippet["start"], snippet["end"]) for snippet in document["snippets"])
    return Standing(hit["accession"], hit["source"], hit["sha256"], offsets)


@dataclass(frozen=True, slots=True)
class Change:
    """A document that is new in the answer, gone from it, or stands elsewhere."""

    change: str
    """`new`, `gone` or `moved`."""
    document: str
    reason: str


def changes(evidence: Evidence, hits: Iterable[Hit]) -> Iterator[Change]:
    """Compare hits, which come with all their documents, with evidence: what is new or moved, then what is gone."""
    left = dict(evidence.standings)
    for hit in hits:
        for document in hit.documents:
            before = left.pop(document.id, None)
            reasons = _moves(before, _standing(hit, document)) if before else []
            if before is None:
                yield Change("new", document.id, _said(hit))
            elif reasons:
                yield Change("moved", document.id, "; ".join(reasons))
    for name, standing in left.items():
        yield Change("gone", name, f"was read from {standing.source}")


def _standing(hit: Hit, document: DocumentHit) -> Standing:
    offsets = tuple((snippet.start, snippet.end) for snippet in document.snippets)
    return Standing(hit.accession, hit.source, hit.sha256, offsets)


def _moves(before: Standing, now: Standing) -> list[str]:
    reasons = []
    if before.source != now.source:
        reasons.append(f"read from {now.source}, was from {before.source}")
    if before.sha256 != now.sha256:
        reasons.append("the submission's bytes differ")
    if before.offsets != now.offsets:
        reasons.append(f"passages at {_spans(now.offsets)}, were at {_spans(before.offsets)}")
    return reasons


def _spans(offsets: tuple[tuple[int, int], ...]) -> str:
    return " ".join(f"{start}..{end}" for start, end in offsets) or "no place"


def _said(hit: Hit) -> str:
    who = hit.parties[0].name if hit.parties else ""
    return ", ".join(part for part in (hit.form, f"filed {hit.filed}" if hit.filed else "", who) if part)
