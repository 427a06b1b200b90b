"""The interface for programs: searches, documents and the state of the index as JSON, and the description of it.

What a search gives is what `search --json` prints (docs/output.md). Pages of other sites cannot read it: CORS is off.
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from indexer.printing import plain
from search.ask import Index
from search.errors import SearchError
from search.output.csv import as_csv
from search.output.json import versioned
from search.output.table import Table
from search.web import replies
from search.web.answers.answering import answer, asked, whole_coverage
from search.web.answers.reading import DocumentAsked, DocumentRead, read
from search.web.pages.openapi import DESCRIPTION
from search.web.routing import page
from search.web.search_state import SearchState
from search.web.site import WebSite

_OF_SEARCH = ("handle", "rank", "score", "matching", "lacks", "in_header", "snippets")
"""What is known of a hit and not of a filing."""
VERSION = 1
"""Of the shapes here; raised when a name is taken away or changes its meaning."""


def api_search(site: WebSite, request: Request) -> Response:
    """Answer a search."""
    state = SearchState.of(request.query_params.multi_items())
    counted = bool(state.get("counts"))
    found = site.ask(lambda index: answer(asked(state, index, site.saved), index, counted=counted))
    return replies.json(versioned(found))


def api_document(site: WebSite, request: Request) -> Response:
    """Give a document: what its filing is, its text, its sections, and every hit of a search in it."""
    state = SearchState.of(request.query_params.multi_items())
    wanted = DocumentAsked(request.path_params["accession"], request.path_params["name"], state)
    found = site.ask(lambda index: read(wanted, index, site.saved))
    if found.trouble:
        raise SearchError(found.trouble)
    return replies.json(_plain(found))


def _plain(found: DocumentRead) -> dict[str, Any]:
    terms = [{"term": each.title, "hits": [list(span) for span in each.spans]} for each in found.found["hit"]]
    return {
        "version": VERSION,
        "id": found.of.document.id,
        "filing": plain(found.of.filing, without=_OF_SEARCH),
        "characters": len(found.text),
        "sections": plain(found.sections),
        "terms": terms,
        "text": found.text,
    }


def hits_csv(site: WebSite, request: Request) -> Response:
    """Give every hit of a search in a document as a table: the term, where it stands, and its words."""
    state = SearchState.of(request.query_params.multi_items())
    wanted = DocumentAsked(request.path_params["accession"], request.path_params["name"], state)
    found = site.ask(lambda index: read(wanted, index, site.saved))
    rows = ((term.title, *span, found.text[slice(*span)]) for term in found.found.get("hit", ()) for span in term.spans)
    return replies.lines(as_csv(Table(("term", "start", "end", "words"), rows)), media="text/csv", filename="hits.csv")


def api_status(site: WebSite, request: Request) -> Response:
    """Say what the index holds, as of its last commit."""

    def asking(index: Index) -> dict[str, Any]:
        return {"version": VERSION, **plain(index.manifest.status()), "coverage": whole_coverage(index)}

    return replies.json(site.ask(asking))


def openapi(site: WebSite, request: Request) -> Response:
    """Describe this interface."""
    return replies.json(DESCRIPTION)


ROUTES = [
    page("/api/search", api_search),
    page("/api/doc/{accession}/{name:path}", api_document),
    page("/hits.csv/{accession}/{name:path}", hits_csv),
    page("/api/status", api_status),
    page("/api/openapi.json", openapi),
]
