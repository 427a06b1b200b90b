"""A document as it was indexed: its text with every hit of the search, what its filing is, and the way to the next one."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indexer.extracted import Section
from indexer.filings import Header
from search.ask import Index
from search.errors import SearchError
from search.lookups.lookup import Lookup
from search.lookups.term_hits import TermHits, term_hits
from search.passages.hits import section_name
from search.web import replies
from search.web.asking import asked
from search.web.filing import OpenedDocument, opened, place
from search.web.neighbours import Neighbours, neighbours
from search.web.routing import Form, action, page
from search.web.search_state import SearchState
from search.web.site import WebSite
from search.web.urls_here import document_address, document_path
from search.web.views import header_rows
from search.web.views.citation import citation
from search.web.views.hit_view import by_importance
from search.web.views.margin import Stop, stops
from search.web.views.marks import Marks, apart, marks
from search.web.views.text_html import is_typeset, text_html

WATCHLIST = "watchlist"
"""The cookie that keeps the reader's standing words, in this browser only."""
_LONGEST_WATCHLIST = 1_000
_YEAR = 365 * 24 * 3600


class Entry(NamedTuple):
    """An entry of the table of contents."""

    name: str
    anchor: str
    numbers: int
    """Marks that stand in it."""


class DocumentView(NamedTuple):
    """Everything the page of a document shows."""

    of: OpenedDocument
    who: str
    text: str
    marks: Marks
    stops: tuple[Stop, ...]
    contents: tuple[Entry, ...]
    header: Header | None
    around: Neighbours | None
    cited: str
    """The citation of the passage that the address names; empty where it names none."""
    is_typeset: bool
    trouble: str
    """What is wrong with the search, which is not marked then."""

    def pieces(self) -> Iterator[Markup]:
        """Yield the text as HTML."""
        anchors = {int(each.anchor.removeprefix("s")) for each in self.contents}
        return text_html(self.text, apart(self.marks.spans), anchors)


def document(site: WebSite, request: Request) -> Response:
    """Show a document with the hits of the search in its address."""
    state = SearchState.of(request.query_params.multi_items())
    watched = unquote(request.cookies.get(WATCHLIST, ""))[:_LONGEST_WATCHLIST]
    named = request.path_params
    view = site.ask(lambda index: _view(opened(index, named["accession"], named["name"]), index, state, site, watched))
    values = {
        "state": state,
        "view": view,
        "of": view.of,
        "watched": watched,
        "path": document_path(view.of.document.id),
        "facts": header_rows.facts(view.header) if view.header else (),
        "columns": header_rows.COLUMNS,
        "parties": header_rows.party_rows(view.header) if view.header else (),
        "others": [(each, document_address(each.id, state.dropping("rank"))) for each in view.of.documents],
        "original": document_path(view.of.document.id).replace("/doc/", "/original/", 1),
        "search": SearchState(tuple(each for each in state.fields if each[0] not in {"at", "find", "view", "rank"})),
    }
    return replies.streamed("document.html", **values)


def _view(of: OpenedDocument, index: Index, state: SearchState, site: WebSite, watched: str) -> DocumentView:
    text, parts = index.engine.text(of.document.handle), index.engine.parts(of.document.handle)
    at = place(state.get("at"), len(text))
    found, trouble = _found(state, index, site, watched, text, parts.sections)
    marked = marks(found, at)
    parties = by_importance(of.filing.parties)
    return DocumentView(
        of=of,
        who=parties[0].name if parties else of.filing.source.rpartition("/")[2],
        text=text,
        marks=marked,
        stops=stops(marked, len(text)),
        contents=tuple(_contents(parts.sections, marked)),
        header=_header(index, of.filing.accession),
        around=neighbours(state, of.document.id, index, site.saved),
        cited=citation(of.filing, of.document, at, text) if at else "",
        is_typeset=is_typeset(text),
        trouble=trouble,
    )


def _found(
    state: SearchState, index: Index, site: WebSite, watched: str, text: str, sections: tuple[Section, ...]
) -> tuple[Mapping[str, tuple[TermHits, ...]], str]:
    """Find what is marked, by kind; and say what could not be asked."""
    found: dict[str, tuple[TermHits, ...]] = {}
    trouble = ""
    asking = {
        "hit": lambda: index.tree(asked(state, index, site.saved).lookup) if state.asks else None,
        "find": lambda: index.tree(Lookup(state.get("find"))) if state.get("find") else None,
        "watch": lambda: index.tree(Lookup(" OR ".join(words))) if (words := _lines(watched)) else None,
    }
    for kind, ask in asking.items():
        try:
            tree = ask()
            found[kind] = term_hits(tree, text, sections) if tree else ()
        except SearchError as error:
            trouble = str(error)
    return found, trouble


def _lines(watched: str) -> list[str]:
    return [f"({line.strip()})" for line in watched.splitlines() if line.strip()]


def _contents(sections: tuple[Section, ...], marked: Marks) -> Iterator[Entry]:
    for each in sections:
        inside = sum(each.start <= mark.start < each.end and mark.kind == "hit" for mark in marked.spans)
        yield Entry(section_name(each), f"s{each.start}", inside)


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
        span = place(at or "none", len(text))
        assert span
        address = document_address(of.document.id, SearchState(()), at=f"{span.start}-{span.end}")
        return {"citation": citation(of.filing, of.document, span, text), "address": address}

    return replies.json(site.ask(asking))


ROUTES = [
    page("/doc/{accession}/{name:path}", document),
    page("/cite/{accession}/{name:path}", cite),
    action("/watchlist", watch),
]
