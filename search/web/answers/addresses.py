"""Addresses of this server: how a document is called in one, with the search it was found by."""

from functools import lru_cache
from urllib.parse import quote, urlencode

from search.web.search_state import SearchState


def document_address(document_id: str, state: SearchState, *, rank: int | None = None, at: str = "") -> str:
    """Write the address of a document that keeps the search: `/doc/ACCESSION/NAME?q=...&rank=3&at=120-180`.

    >>> document_address("0009000101-17-004512:a b.htm", SearchState(()), at="1-9")
    '/doc/0009000101-17-004512/a%20b.htm?at=1-9'
    """
    asked = _asked(state) + (f"&rank={rank}" if rank else "") + (f"&at={quote(at)}" if at else "")
    return document_path(document_id) + (f"?{asked.removeprefix('&')}" if asked else "")


@lru_cache(maxsize=64)
def _asked(state: SearchState) -> str:
    """Write the search as a document's address has it: a page of results has tens of them."""
    return urlencode(state.without("rank", "at", "page").fields)


def document_path(document_id: str) -> str:
    """Write the path of a document, without a search."""
    accession, _, name = document_id.partition(":")
    return f"/doc/{quote(accession, safe='')}/{quote(name, safe='')}"
