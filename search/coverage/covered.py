"""What an answer rests on: which filings its filters leave, and what of them could not be read. Nothing is printed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from indexer.errors import ProblemKind
from indexer.extracted import Reading
from indexer.manifest.manifest import Manifest
from indexer.manifest.records import ProblemRecord
from search.alternatives.near_names import ciks_by, names_line, near_names
from search.answer_basis import Coverage, KindCount
from search.coverage.completeness import Completeness
from search.coverage.unlocated import unlocated_documents
from search.lookups.lookup import Filter, filter_tree, scope
from search.lookups.paging import every
from search.parsing.format import format_query
from search.query import nodes as q
from search.query.walk import choice
from search.results import DocumentHit, Hit, Question, Sort
from search.searchers.searcher import Engine
from search.terms.tickers import with_ciks

LOOKED_AT = 2_000
"""Filings looked at one by one for an answer's coverage; beyond that only what can be counted is said."""
ALL_DOCUMENTS = 1_000_000
"""More than any filing has."""

_NEAR = 5
"""Names that no filing has, of a list, for which near ones are looked for."""
_UNREAD = (Reading.UNREAD, Reading.BINARY)
_INCOMPLETE = (ProblemKind.TRUNCATED, ProblemKind.NO_DOCUMENTS, ProblemKind.DAMAGED_DOCUMENT, ProblemKind.OVER_LIMIT)
_KINDS = {
    **dict.fromkeys((".jpg", ".jpeg", ".gif", ".png", ".bmp", ".tif", ".tiff", ".svg"), "image"),
    **dict.fromkeys((".xls", ".xlsx", ".xlsm"), "spreadsheet"),
    **dict.fromkeys((".zip", ".gz"), "archive"),
    ".pdf": "PDF",
}


@dataclass(frozen=True, slots=True)
class UnreadDocument:
    """A document whose text is not in the index."""

    id: str
    type: str
    kind: str
    """`PDF`, `image`, `spreadsheet`, `archive` or `other`."""


class CoverageReport(NamedTuple):
    """Coverage in full."""

    coverage: Coverage
    readings: tuple[KindCount, ...]
    """What became of the documents: `text`, `empty`, `binary`, `rendered-data`, `unread`."""
    unread: tuple[UnreadDocument, ...]
    incomplete: tuple[ProblemRecord, ...]
    completeness: Completeness | None = None
    """By EDGAR's own lists, where they were kept."""


def coverage(
    query: q.Query, engine: Engine, manifest: Manifest, *, filters: str = "", looked_at: int = LOOKED_AT
) -> Coverage:
    """Find what an answer to this query rests on; `filters` says its filters for people."""
    within = scope(query)
    found = engine.search(Question(within, limit=1, sort=Sort("filed")))
    earliest = engine.search(Question(within, limit=1, sort=Sort("filed", descending=False)))
    unread_tree = _all(within, _unread())
    unread = engine.search(Question(unread_tree, limit=0)).documents
    return Coverage(
        filters="" if isinstance(within, q.Everything) else filters or format_query(within),
        filings=found.filings,
        documents=found.documents,
        first_filed=_filed(earliest.hits),
        last_filed=_filed(found.hits),
        unread=unread,
        unread_kinds=_kinds(_unread_documents(unread_tree, engine)) if unread <= looked_at else (),
        incomplete=_incomplete(within, engine, manifest) if found.filings <= looked_at else None,
        unreadable_files=dict(manifest.problem_kinds()).get(ProblemKind.UNREADABLE_FILE, 0),
        unlocated=unlocated_documents(within, engine),
    )


def report(query: q.Query, engine: Engine, manifest: Manifest, *, filters: str = "") -> CoverageReport:
    """Find coverage in full: every document that was not read, every problem of a filing that was read in part."""
    within = scope(query)
    accessions = {hit.accession for hit in _filings(within, engine)}
    return CoverageReport(
        coverage(query, engine, manifest, filters=filters, looked_at=ALL_DOCUMENTS),
        tuple(KindCount(reading.value, _count(within, engine, reading)) for reading in Reading),
        tuple(unread_documents(within, engine)),
        tuple(
            record
            for record in manifest.problems()
            if record.problem.kind in _INCOMPLETE and record.accession in accessions
        ),
    )


def missing(filters: Iterable[Filter], engine: Engine) -> Iterator[str]:
    """Name the values of the filters that no filing in the index has: `cik 9999999`."""
    looked_up = 0
    for name, values in filters:
        for value in (each for each in values if not each.startswith("-")):
            if not _occurs(with_ciks(filter_tree(Filter(name, (value,))), ciks_by(engine)), engine):
                looked_up += name == "company"
                near = names_line(near_names(value, engine)) if name == "company" and looked_up <= _NEAR else ""
                yield f"{name} {value}" + (f" ({near})" if near else "")


def unread_documents(within: q.Query, engine: Engine) -> Iterator[UnreadDocument]:
    """Find the documents whose text is not in the index."""
    return _unread_documents(_all(within, _unread()), engine)


def _unread_documents(unread: q.Query, engine: Engine) -> Iterator[UnreadDocument]:
    for hit in _filings(unread, engine, documents=ALL_DOCUMENTS):
        for document in hit.documents:
            yield UnreadDocument(document.id, document.type, _kind(document))


def _occurs(query: q.Query, engine: Engine) -> bool:
    """Say whether any document fits; values that are compared whole are only looked up."""
    if isinstance(query, q.Field) and (leaves := choice(query.query)):
        return any(engine.expansion(leaf, query.name).documents > 0 for leaf in leaves)
    return engine.count(query) > 0


def _filings(query: q.Query, engine: Engine, *, documents: int = 0) -> Iterator[Hit]:
    return every(engine, Question(query, limit=None, sort=Sort("filed"), documents=documents))


def _all(*parts: q.Query) -> q.Query:
    return q.And(parts)


def _unread() -> q.Query:
    return q.Field("reading", q.Or(tuple(q.Term(reading.value, exact=True) for reading in _UNREAD)))


def _count(within: q.Query, engine: Engine, reading: Reading) -> int:
    return engine.count(_all(within, q.Field("reading", q.Term(reading.value, exact=True))))


def _incomplete(within: q.Query, engine: Engine, manifest: Manifest) -> int:
    troubled = manifest.troubled(_INCOMPLETE)
    return sum(hit.accession in troubled for hit in _filings(within, engine)) if troubled else 0


def _filed(hits: tuple[Hit, ...]) -> date | None:
    return hits[0].filed if hits else None


def _kind(document: DocumentHit) -> str:
    suffix = PurePath(document.filename).suffix.lower()
    return _KINDS.get(suffix, "image" if document.type == "GRAPHIC" else "other")


def _kinds(documents: Iterable[UnreadDocument]) -> tuple[KindCount, ...]:
    return tuple(KindCount(kind, number) for kind, number in Counter(each.kind for each in documents).most_common())
