"""A hit as it is shown: the engine's hit with passages, where they stand in the document, and addresses."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from indexer.extracted import Section
from indexer.texts.text_layout import Parts
from search.deadline import check
from search.passages.cutting import Cut, passage_key, snippets
from search.passages.indexed import IndexedText, Located, Sought, located, sought
from search.query import nodes as q
from search.results import DocumentHit, Hit, Snippet
from search.searchers.searcher import Searcher
from search.urls import document_url, filing_url


def shown(
    hits: Iterable[Hit], query: q.Query, searcher: Searcher, cut: Cut, *, quoted: int | None = None
) -> Iterator[Hit]:
    """Yield the hits with passages, cut as `cut` says, and with addresses at the SEC, one by one.

    `quoted`: of how many of a hit's documents passages are cut, from the best on; of all when None.
    """
    passages = _cutting(searcher, query, cut)
    for hit in hits:
        check()
        first, others = (hit.documents[:quoted], hit.documents[len(hit.documents[:quoted]) :])
        found = tuple(_with_passages(first, passages)) if cut.count else first
        yield addressed(hit._replace(documents=found + others))


def addressed(hit: Hit) -> Hit:
    """Return the hit with its addresses at the SEC and those of its documents."""
    cik = next((party.cik for party in hit.parties if party.cik), "")
    documents = tuple(_addressed(document, hit, cik=cik) for document in hit.documents)
    return hit._replace(documents=documents, url=filing_url(cik, hit.accession))


def _addressed(document: DocumentHit, hit: Hit, *, cik: str) -> DocumentHit:
    return document._replace(url=document_url(cik, hit.accession, document.filename))


def _with_passages(
    documents: Sequence[DocumentHit], passages: Callable[[DocumentHit], Iterable[Snippet]]
) -> Iterator[DocumentHit]:
    """Yield the documents of a filing with passages; those that read as ones before are left out, or all, and named.

    Where all of them do, the document keeps them and says which one it reads the same as.
    """
    if len(documents) == 1:  # whose passages read each in another way
        yield documents[0]._replace(snippets=tuple(passages(documents[0])))
        return
    told = dict[str, str]()
    for document in documents:
        found = {passage_key(each.text): each for each in passages(document)}
        new = tuple(snippet for key, snippet in found.items() if key not in told)
        same_as = told[next(iter(found))] if found and not new else ""
        told = {**dict.fromkeys(found, document.type or document.filename), **told}
        yield document._replace(snippets=new or tuple(found.values()), same_as=same_as)


def _cutting(searcher: Searcher, query: q.Query, cut: Cut) -> Callable[[DocumentHit], Iterable[Snippet]]:
    """Return what cuts the passages of a document, and says in which section and page they begin."""
    if not isinstance(searcher, Located):  # asked once for all documents
        return partial(_in_text, searcher, query, cut=cut)
    asked = sought(searcher, query) if cut.count else None
    return partial(_located, searcher, asked, cut=cut) if asked else lambda _: ()


def _located(searcher: Located, asked: Sought, document: DocumentHit, *, cut: Cut) -> Iterator[Snippet]:
    """Cut the passages of a document, whose text is opened once, through the index."""
    indexed = IndexedText(searcher, document.handle, document.id)
    found = located(indexed, asked, cut=cut)
    return (placed(snippet, indexed.parts) for snippet in found)


def _in_text(searcher: Searcher, query: q.Query, document: DocumentHit, *, cut: Cut) -> Iterator[Snippet]:
    """Cut them out of the whole text."""
    text, parts = searcher.text(document.handle), searcher.parts(document.handle)
    return (placed(each, parts) for each in snippets(query, document.id, text, cut=cut, sections=parts.sections))


def placed(snippet: Snippet, parts: Parts) -> Snippet:
    """Return the snippet with the section and the page it begins in, where they are known."""
    at = snippet.matches[0][0] if snippet.matches else snippet.start
    section = next((part for part in reversed(parts.sections) if part.start <= at < part.end), None)
    page = bisect_right(parts.pages, at) or None
    return snippet._replace(section=section_name(section) if section else "", page=page)


def section_name(section: Section) -> str:
    """Return what a section is called in print.

    >>> section_name(Section("II.1A", "Risk Factors", 0, 0))
    'Part II Item 1A Risk Factors'
    """
    if not any(map(str.isdecimal, section.name)):
        return section.title
    part, dot, item = section.name.partition(".")
    name = f"Part {part} Item {item}" if dot and part.isalpha() else f"Item {section.name}"
    return f"{name} {section.title}".strip()
