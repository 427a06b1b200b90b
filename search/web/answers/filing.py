"""A filing and one of its documents, as any engine gives them; what is not in the index is a 404."""

from typing import NamedTuple

from starlette.exceptions import HTTPException

from search.ask import Index
from search.passages.hits import addressed
from search.query import nodes as q
from search.query.spans import TextSpan
from search.results import DocumentHit, Hit, Question

_EVERY_DOCUMENT = 1_000_000


class OpenedDocument(NamedTuple):
    """A document, its filing, and the others of it in their order."""

    filing: Hit
    document: DocumentHit
    documents: tuple[DocumentHit, ...]


def opened(index: Index, accession: str, name: str) -> OpenedDocument:
    """Find a document by the accession number and its name; HTTPException 404 when the index has none such."""
    filing = filing_of(index, accession)
    named = {each.id.partition(":")[2]: each for each in filing.documents}
    if name not in named:
        raise HTTPException(404, f"the filing {accession} has no document {name}")
    return OpenedDocument(filing, named[name], filing.documents)


def filing_of(index: Index, accession: str) -> Hit:
    """Find a filing with all its documents in their order; HTTPException 404 when the index has none such."""
    asked = q.Field("accession", q.Term(accession.lower(), exact=True))
    found = index.engine.search(Question(asked, limit=1, documents=_EVERY_DOCUMENT)).hits
    if not found:
        raise HTTPException(404, f"the index has no filing {accession}")
    filing = addressed(found[0])
    ordered = sorted(filing.documents, key=lambda each: (each.sequence is None, each.sequence or 0, each.id))
    return filing._replace(documents=tuple(ordered))


def place(text: str, length: int) -> TextSpan | None:
    """Read a place in a text, `120-180` or `120..180`; None for nothing, HTTPException 400 for another thing."""
    start, dash, end = text.replace("..", "-").partition("-")
    if not text:
        return None
    if not (dash and _is_number(start) and _is_number(end) and int(start) < int(end) <= length):
        raise HTTPException(
            400, f"at={text[:40]}: START-END is needed, in characters of the text, which has {length:,}"
        )
    return TextSpan(int(start), int(end))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 12
