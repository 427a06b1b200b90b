"""What comes before and after a document among the results that it was opened from."""

from typing import NamedTuple

from search.ask import Index
from search.records.saved import SavedSearches
from search.results import DocumentHit, Hit
from search.web.answers.addresses import document_address
from search.web.answers.answering import page_answer
from search.web.search_state import SearchState
from search.web.web_settings import DEEPEST


class Neighbour(NamedTuple):
    """A document among the results."""

    label: str
    address: str


class Neighbours(NamedTuple):
    """Where a document is among the results."""

    filings: int
    before: Neighbour | None
    after: Neighbour | None
    back: str
    """The address of the page of results that it is on."""


def neighbours(state: SearchState, document_id: str, index: Index, saved: SavedSearches) -> Neighbours | None:
    """Find what stands around a document in the results; None when its address does not say where it stands."""
    rank = state.get("rank")
    if not (rank.isascii() and rank.isdecimal() and 0 < len(rank) < 7 and int(rank)):
        return None
    search = SearchState(tuple(each for each in state.fields if each[0] not in OF_DOCUMENT))
    page = (int(rank) - 1) // search.size + 1
    shown = _on(search, page, index, saved)
    at = next((n for n, (hit, document) in enumerate(shown) if document.id == document_id), None)
    if at is None:
        return None
    before = shown[at - 1 : at] if at else _on(search, page - 1, index, saved)[-1:]
    after = shown[at + 1 : at + 2] if at + 1 < len(shown) else _on(search, page + 1, index, saved)[:1]
    results = page_answer(search.setting("page", page), index, saved)
    back = (search.setting("page", page) if page > 1 else search).address() + f"#hit-{rank}"
    return Neighbours(
        results.filings,
        next((_neighbour(*each, search, end="#last") for each in before), None),
        next((_neighbour(*each, search, end="#first") for each in after), None),
        back,
    )


OF_DOCUMENT = ("rank", "at", "find", "view")
"""What an address says of a document and not of the search."""


def _on(search: SearchState, page: int, index: Index, saved: SavedSearches) -> list[tuple[Hit, DocumentHit]]:
    """List the documents shown on a page of results; none on a page there is none of."""
    if not 0 < page * search.size <= DEEPEST:
        return []
    hits = page_answer(search.setting("page", page), index, saved).hits
    return [(hit, document) for hit in hits for document in hit.documents]


def _neighbour(hit: Hit, document: DocumentHit, search: SearchState, *, end: str) -> Neighbour:
    who = hit.parties[0].name if hit.parties else hit.accession
    return Neighbour(f"{document.type}, {who}", document_address(document.id, search, rank=hit.rank) + end)
