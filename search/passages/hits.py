"""A hit as it is shown: the engine's hit with passages, where they stand in the document, and addresses."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator

from indexer.extracted import Section
from indexer.texts import Parts
from search.passages.cutting import Cut, passage_key, snippets
from search.passages.indexed import Located, located
from search.query import nodes as q
from search.results import DocumentHit, Hit, Snippet
from search.searchers.searcher import Searcher
from search.urls import document_url, filing_url


def shown(hits: Iterable[Hit], query: q.Query, searcher: Searcher, cut: Cut) -> Iterator[Hit]:
    """The hits with passages and addresses, one by one."""
    for hit in hits:
        cik = next((party.cik for party in hit.parties if party.cik), "")
        documents = tuple(_with_passages(hit.documents, query, searcher, cut)) if cut.count else hit.documents
        addressed = tuple(_addressed(document, hit, cik=cik) for document in documents)
        yield hit._replace(documents=addressed, url=filing_url(cik, hit.accession))


def _addressed(document: DocumentHit, hit: Hit, *, cik: str) -> DocumentHit:
    return document._replace(url=document_url(cik, hit.accession, document.filename))


def _with_passages(
    documents: Iterable[DocumentHit], query: q.Query, searcher: Searcher, cut: Cut
) -> Iterator[DocumentHit]:
    """The documents of a filing; a passage that reads as one of a document before is not shown again."""
    told = set[str]()
    for document in documents:
        found = _passages(searcher, query, document.id, cut=cut, shown=told)
        told.update(passage_key(snippet.text) for snippet in found)
        parts = searcher.parts(document.id) if found else Parts()
        yield document._replace(snippets=tuple(placed(snippet, parts) for snippet in found))


def _passages(
    searcher: Searcher, query: q.Query, document_id: str, *, cut: Cut, shown: Collection[str]
) -> tuple[Snippet, ...]:
    if isinstance(searcher, Located):
        return located(searcher, query, document_id, cut=cut, shown=shown)
    sections = searcher.parts(document_id).sections
    return snippets(query, document_id, searcher.text(document_id), cut=cut, shown=shown, sections=sections)


def placed(snippet: Snippet, parts: Parts) -> Snippet:
    """The snippet with the section and the page it begins in, where they are known."""
    at = snippet.matches[0][0] if snippet.matches else snippet.start
    section = next((part for part in reversed(parts.sections) if part.start <= at < part.end), None)
    page = bisect_right(parts.pages, at) or None
    return snippet._replace(section=section_name(section) if section else "", page=page)


def section_name(section: Section) -> str:
    """What a section is called.

    >>> section_name(Section("II.1A", "Risk Factors", 0, 0))
    'Part II Item 1A Risk Factors'
    """
    part, dot, item = section.name.partition(".")
    name = f"Part {part} Item {item}" if dot and part.isalpha() else f"Item {section.name}"
    return f"{name} {section.title}".strip()
