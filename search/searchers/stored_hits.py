"""Hits built of what an index stores of a document, for the engines.

By position, not by name: a search builds ten hits and more, and that takes less than half the time.
"""

from datetime import date

from indexer.fields.entries import StoredDocument
from search.results import DocumentHit, Handle, Hit, PartyName


def document_of(kept: StoredDocument, handle: Handle, score: float) -> DocumentHit:
    """Build what a hit shows of a document that scores so much."""
    return DocumentHit(kept.id, kept.type, kept.sequence, kept.filename, kept.description, score, handle=handle)


def hit_of(
    kept: StoredDocument, source: str, *, rank: int, matching: int, score: float, documents: tuple[DocumentHit, ...]
) -> Hit:
    """Build the hit of the filing of a document, which has this rank, counted from 1.

    `source` is where its file is now, `matching` how many of its documents match, `score` that of the best,
    `documents` those shown, best first.
    """
    return Hit(
        rank, kept.accession, kept.form, _date(kept.filed), _date(kept.period), kept.items,
        tuple(map(PartyName, kept.roles, kept.names, kept.ciks)), score, matching, documents, source, kept.sha256,
    )  # fmt: skip


def _date(number: int | None) -> date | None:
    return None if number is None else date(number // 10000, number // 100 % 100, number % 100)
