"""A document as it was indexed: its text with every hit of the search, what its filing is, the way to the next one."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indexer.extracted import Section
from indexer.filings import Header
from search.ask import Index
from search.passages.hits import section_name
from search.web import replies
from search.web.answers.addresses import document_address, document_path
from search.web.answers.filing import opened, place
from search.web.answers.neighbours import OF_DOCUMENT, Neighbours, neighbours
from search.web.answers.reading import DocumentAsked, DocumentRead, read
from search.web.gate import originals_path
from search.web.routing import Form, action, page
from search.web.search_state import SearchState
from search.web.site import WebSite
from search.web.views import header_rows
from search.web.views.citation import citation
from search.web.views.hit_view import document_title
from search.web.views.margin import MapStop, stops
from search.web.views.marks import TextMarks, apart, marks
from search.web.views.text_html import is_typeset, text_html

WATCHLIST = "watchlist"
"""The cookie that keeps the reader's standing words, in this browser only."""
_LONGEST_WATCHLIST = 1_000
_YEAR = 365 * 24 * 3600


class ContentsEntry(NamedTuple):
    """An entry of the table of contents."""

    name: str
    anchor: str
    numbers: int
    """TextMarks that stand in it."""


class DocumentView(NamedTuple):
    """Everything the page of a document shows."""

    read: DocumentRead
    who: str
    marks: TextMarks
    stops: tuple[MapStop, ...]
    contents: tuple[ContentsEntry, ...]
    header: Header | None
    around: Neighbours | None
    cited: str
    """The citation of the passage that the address names; empty where it names none."""
    is_typeset: bool

    def pieces(self) -> Iterator[Markup]:
        """Yield the text as HTML."""
        return text_html(self.read.text, apart(self.marks.spans), {each.start for each in self.read.sections})


def document(site: WebSite, request: Request) -> Response:
    """Show a document with the hits of the search in its address."""
    state = SearchState.of(request.query_params.multi_items())
    watched = unquote(request.cookies.get(WATCHLIST, ""))[:_LONGEST_WATCHLIST]
    wanted = DocumentAsked(request.path_params["accession"], request.path_params["name"], state, watched)
    view = site.ask(lambda index: _view(wanted, index, site))
    return replies.streamed("document.html", state=state, watched=watched, view=view, **_beside(view, state, site))


def _beside(view: DocumentView, state: SearchState, site: WebSite) -> dict[str, Any]:
    """Give the template the addresses and tables it shows beside the text."""
    of, header = view.read.of, view.header
    path = document_path(of.document.id)
    return {
        "filing": of.filing,
        "document": of.document,
        "path": path,
        "title_of": document_title,
        "original": originals_path(of.filing.accession, site.settings.token) + "/" + path.rpartition("/")[2],
        "search": SearchState(tuple(each for each in state.fields if each[0] not in OF_DOCUMENT)),
        "others": [(each, document_address(each.id, state.dropping("rank"))) for each in of.documents],
        "facts": header_rows.facts(header) if header else (),
        "columns": header_rows.COLUMNS,
        "parties": header_rows.party_rows(header) if header else (),
    }


def _view(wanted: DocumentAsked, index: Index, site: WebSite) -> DocumentView:
    found = read(wanted, index, site.saved)
    of, text = found.of, found.text
    at = place(wanted.state.get("at"), len(text))
    marked = marks(found.found, at)
    parties = of.filing.by_importance
    return DocumentView(
        read=found,
        who=parties[0].name if parties else of.filing.source.rpartition("/")[2],
        marks=marked,
        stops=stops(marked, len(text)),
        contents=tuple(_contents(found.sections, marked)),
        header=_header(index, of.filing.accession),
        around=neighbours(wanted.state, of.document.id, index, site.saved),
        cited=citation(of.filing, of.document, at, text) if at else "",
        is_typeset=is_typeset(text),
    )


def _contents(sections: tuple[Section, ...], marked: TextMarks) -> Iterator[ContentsEntry]:
    hits = [mark.start for mark in marked.spans if mark.kind == "hit"]  # ascending
    for each in sections:
        inside = bisect_left(hits, each.end) - bisect_left(hits, each.start)
        yield ContentsEntry(section_name(each), f"s{each.start}", inside)


def _header(index: Index, accession: str) -> Header | None:
    try:
        return index.header(accession)
    except KeyError:
        return None


def watch(site: WebSite, request: Request, form: Form) -> Response:
    """Keep the reader's standing words in a cookie, and go back to where they were changed."""
    back = form.get("back", "/")
    response = RedirectResponse(back if back.startswith("/doc/") else "/", 303)
    words = quote(form.get("words", "").strip()[:_LONGEST_WATCHLIST])
    response.set_cookie(WATCHLIST, words, max_age=_YEAR if words else 0, httponly=True, samesite="strict")
    return response


def cite(site: WebSite, request: Request) -> Response:
    """Give the citation of a passage, and its address."""
    named, at = request.path_params, request.query_params.get("at", "")

    def asking(index: Index) -> dict[str, str]:
        of = opened(index, named["accession"], named["name"])
        text = index.engine.text(of.document.handle)
        if (span := place(at, len(text))) is None:
            raise HTTPException(400, "at=START-END says which passage is cited")
        address = document_address(of.document.id, SearchState(()), at=f"{span.start}-{span.end}")
        return {"citation": citation(of.filing, of.document, span, text), "address": address}

    return replies.json(site.ask(asking))


ROUTES = [
    page("/doc/{accession}/{name:path}", document),
    page("/cite/{accession}/{name:path}", cite),
    action("/watchlist", watch),
]
