"""Evidence of a lookup: what it takes to repeat it, as JSON; and what has changed when it is repeated.

The file ends with a SHA-256 of all that stands before it, so that a later change to it shows.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from indexer.errors import clipped
from indexer.manifest.records import Status
from indexer.printing import one_line
from search.coverage.completeness import Completeness
from search.errors import SearchError
from search.lookups.lookup import Filter, Lookup
from search.output.json import dumped, plain, separated
from search.passages.cutting import Cut
from search.records import parsed
from search.results import SORTS, DocumentHit, Hit, Results, Sort

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
    results: Results,
    hits: Iterable[Hit],
    terms: Terms,
    state: IndexState,
    *,
    made: str,
    listed: Completeness | None = None,
) -> Iterator[str]:
    """Write evidence as JSON, line by line; `made` is now, ISO 8601 in UTC. Hits come with all their documents."""
    hashed = hashlib.sha256()
    for line in _lines(results, hits, terms, state, made=made, listed=listed):
        hashed.update(f"{line}\n".encode())
        yield line
    yield f'{_DIGEST}{hashed.hexdigest()}"'
    yield "}"


def _lines(
    results: Results, hits: Iterable[Hit], terms: Terms, state: IndexState, *, made: str, listed: Completeness | None
) -> Iterator[str]:
    head = {
        "kind": KIND,
        "version": VERSION,
        "made": made,
        "program": f"edgar-corpus-search {version('edgar-corpus-search')}",
        **plain(terms),
        "understood": results.understood,
        "index": plain(state),
        "coverage": plain(results.coverage),
        "completeness": plain(listed),
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
        return _evidence(parsed.parsed(content), intact=_is_intact(content))
    except OSError as error:
        raise SearchError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise SearchError(f"{path} is not evidence that this program wrote ({one_line(str(error))})") from error


def _is_intact(content: str) -> bool:
    before, mark, digest = content.rpartition(_DIGEST)
    return bool(mark) and digest[:64] == hashlib.sha256(before.encode()).hexdigest()


def _evidence(found: parsed.Json, *, intact: bool) -> Evidence:
    if (kind := parsed.text(found, "kind")) != KIND:
        raise ValueError(clipped(kind))
    if parsed.number(found, "version") > VERSION:
        raise SearchError("the evidence was written by a newer version of this program")
    index = parsed.record(found, "index")
    return Evidence(
        parsed.text(found, "made"),
        Terms(_lookup(parsed.record(found, "lookup")), _sort(found), _cut(parsed.record(found, "cut"))),
        parsed.number(index, "generation"),
        parsed.text(index, "begun"),
        parsed.number(parsed.record(index, "corpus"), "submissions"),
        parsed.number(found, "filings"),
        parsed.number(found, "documents"),
        {
            parsed.text(document, "id"): _standing_of(hit, document)
            for hit in parsed.records(found, "hits")
            for document in parsed.records(hit, "documents")
        },
        intact,
    )


def _lookup(found: parsed.Json) -> Lookup:
    filters = parsed.records(found, "filters")
    return Lookup(
        parsed.text(found, "query"),
        tuple(Filter(parsed.text(each, "field"), parsed.texts(each, "values")) for each in filters),
        parsed.flag(found, "exact"),
        parsed.lists(found, "synonyms"),
        parsed.text(found, "like"),
        parsed.texts({"phrases": [], **found}, "phrases"),
    )


def _sort(found: parsed.Json) -> Sort:
    sort = parsed.record(found, "sort")
    if (by := parsed.text(sort, "by")) not in SORTS:
        raise ValueError(f"sort by {clipped(by)}")
    return Sort(by, parsed.flag(sort, "descending"))


def _cut(found: parsed.Json) -> Cut:
    return Cut(parsed.number(found, "count"), parsed.number(found, "width"), parsed.flag(found, "sentences"))


def _standing_of(hit: parsed.Json, document: parsed.Json) -> Standing:
    snippets = parsed.records(document, "snippets")
    offsets = tuple((parsed.number(each, "start"), parsed.number(each, "end")) for each in snippets)
    return Standing(parsed.text(hit, "accession"), parsed.text(hit, "source"), parsed.text(hit, "sha256"), offsets)


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
