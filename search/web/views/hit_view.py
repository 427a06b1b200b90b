"""Hits as the page shows them: who, what, when, and passages cut into what matched and what did not."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from indexer.edgar.form_titles import title
from indexer.edgar.roles import BYLINES
from indexer.printing import one_line
from search.output.amendments import led
from search.output.summary import label
from search.output.text import flat
from search.results import DocumentHit, Hit, PartyName, Results, Snippet
from search.web.answers.addresses import document_address
from search.web.search_state import SearchState


class Piece(NamedTuple):
    """Part of a passage."""

    text: str
    is_match: bool


class ShownPassage(NamedTuple):
    """A passage, and where it stands."""

    pieces: tuple[Piece, ...]
    where: str
    """The section and the page, where they are known."""
    offsets: str
    address: str


class ShownDocument(NamedTuple):
    """A document that matched."""

    type: str
    title: str
    filename: str
    address: str
    passages: tuple[ShownPassage, ...]


class ShownHit(NamedTuple):
    """A filing that matched."""

    hit: Hit
    group: str
    """What it and those that follow lack; empty where it is as the hit before."""
    who: str
    cik: str
    others: str
    form_title: str
    items: tuple[str, ...]
    documents: tuple[ShownDocument, ...]
    all: str
    """The address of the filing alone, with passages of all its documents that matched; empty where all are there."""
    same: tuple[Hit, ...]
    """Amendments that are shown for the same passage."""


def hit_views(results: Results, state: SearchState) -> Iterator[ShownHit]:
    """Show the hits of an answer in order, each first of a group with what the group lacks."""
    before = ""
    for hit, same in led(results.hits):
        group = _group(hit, results.words)
        yield _view(hit, state, same)._replace(group=group if group != before else "")
        before = group


def _group(hit: Hit, words: Sequence[str]) -> str:
    if hit.in_header:
        return f"All {len(words)} words, some of them only in the header of the filing"
    return f"{len(words) - len(hit.lacks)} of {len(words)} words" if hit.lacks else ""


def _view(hit: Hit, state: SearchState, same: tuple[Hit, ...]) -> ShownHit:
    parties = hit.by_importance
    first = parties[0] if parties else None
    return ShownHit(
        hit=hit,
        group="",
        who=(first and one_line(first.name)) or hit.source.rpartition("/")[2],
        cik=str(int(first.cik)) if first and first.cik.isdecimal() else "",
        others=_others(parties[1:]),
        form_title=title(hit.form),
        items=tuple(label("item", each) for each in hit.items),
        documents=tuple(_document(each, hit, state) for each in hit.documents),
        all=state.adding("accession", hit.accession).address() if _is_cut_short(hit) else "",
        same=same,
    )


def _is_cut_short(hit: Hit) -> bool:
    return hit.matching > len(hit.documents) or any(each.snippets for each in hit.documents) != all(
        each.snippets for each in hit.documents
    )


def _others(parties: Sequence[PartyName]) -> str:
    said = [f"{BYLINES.get(each.role, 'and')} {one_line(each.name)}" for each in parties[:2]]
    said += [f"and {len(parties) - 2:,} more"] if len(parties) > 2 else []
    return ", ".join(said)


def _document(document: DocumentHit, hit: Hit, state: SearchState) -> ShownDocument:
    return ShownDocument(
        type=document.type,
        title=document_title(document),
        filename=document.filename,
        address=document_address(document.id, state, rank=hit.rank),
        passages=tuple(_passage(each, hit, state) for each in document.snippets),
    )


def document_title(document: DocumentHit) -> str:
    """Say what a document is called: as the filer described it, else its file, else where it stands in the filing."""
    described = one_line(document.description)
    if described not in ("", document.type):
        return described
    return document.filename or f"document {document.id.rpartition(':')[2]}"


def _passage(snippet: Snippet, hit: Hit, state: SearchState) -> ShownPassage:
    where = ", ".join(filter(None, (one_line(snippet.section), f"p. {snippet.page}" if snippet.page else "")))
    at = f"{snippet.start}-{snippet.end}"
    return ShownPassage(
        pieces=tuple(pieces(*flat(snippet))),
        where=where,
        offsets=at,
        address=document_address(snippet.document_id, state, rank=hit.rank, at=at),
    )


def pieces(text: str, marks: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    """Cut a text at what matched in it.

    >>> list(pieces("an orphan drug", [(3, 9)]))
    [Piece(text='an ', is_match=False), Piece(text='orphan', is_match=True), Piece(text=' drug', is_match=False)]
    """
    at = 0
    for start, end in marks:
        yield Piece(text[at:start], is_match=False)
        yield Piece(text[start:end], is_match=True)
        at = end
    yield Piece(text[at:], is_match=False)
