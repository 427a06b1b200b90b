"""Hits built of what an index stores of a document, for the engines: what is shown whatever was asked, then the rest.

By position, not with `_replace`: a search builds ten hits and more, and that takes less than half the time.
"""

from datetime import date

from indexer.fields.entries import StoredDocument
from search.results import DocumentHit, Handle, Hit, PartyName


def document_of(kept: StoredDocument, handle: Handle) -> DocumentHit:
    """Build what a hit shows of a document whatever was asked; its score is 0 until one is known."""
    return DocumentHit(
        id=kept.id,
        type=kept.type,
        sequence=kept.sequence,
        filename=kept.filename,
        description=kept.description,
        score=0.0,
        handle=handle,
    )


def filing_of(kept: StoredDocument, source: str) -> Hit:
    """Build what a hit shows of the filing of a document whatever was asked: no rank, no score and no documents yet.

    `source` is where its file is now.
    """
    return Hit(
        rank=0,
        accession=kept.accession,
        form=kept.form,
        filed=_date(kept.filed),
        period=_date(kept.period),
        items=kept.items,
        parties=tuple(map(PartyName, kept.roles, kept.names, kept.ciks)),
        score=0.0,
        matching=0,
        documents=(),
        source=source,
        sha256=kept.sha256,
    )


def scored(document: DocumentHit, score: float) -> DocumentHit:
    """Return the document (`document_of`) with its score."""
    of = document
    return DocumentHit(of.id, of.type, of.sequence, of.filename, of.description, score, handle=of.handle)


def hit_of(filing: Hit, *, rank: int, matching: int, score: float, documents: tuple[DocumentHit, ...]) -> Hit:
    """Return the hit of a filing (`filing_of`) that has this rank, counted from 1.

    `matching` is how many of its documents match, `score` that of the best, `documents` those shown, best first.
    """
    of = filing
    return Hit(
        rank, of.accession, of.form, of.filed, of.period, of.items, of.parties,
        score, matching, documents, of.source, of.sha256,
    )  # fmt: skip


def _date(number: int | None) -> date | None:
    return None if number is None else date(number // 10000, number // 100 % 100, number % 100)
