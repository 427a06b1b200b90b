"""A passage with all that is needed to find it again and to see that it has not changed."""

from search.query.spans import TextSpan
from search.results import DocumentHit, Hit

LONGEST = 2_000
"""Characters of a passage that are quoted."""


def citation(filing: Hit, document: DocumentHit, span: TextSpan, text: str) -> str:
    """Cite a passage of a document: company, form, date, accession number, document, offsets, hash, and its words."""
    parties = filing.by_importance
    who = parties[0] if parties else None
    cik = f" (CIK {who.cik})" if who and who.cik else ""
    said = [
        f"{who.name}{cik}" if who else "",
        f"Form {filing.form}" if filing.form else "",
        f"filed {filing.filed}" if filing.filed else "",
        f"accession number {filing.accession}",
        f"{document.type} {document.filename}".strip(),
        f"characters {span.start}-{span.end}",
        f"SHA-256 of the submission {filing.sha256}",
    ]
    quoted = " ".join(text[span.start : min(span.end, span.start + LONGEST)].split())
    cut = " …" if span.end - span.start > LONGEST else ""
    return f"“{quoted}{cut}” {', '.join(filter(None, said))}."
