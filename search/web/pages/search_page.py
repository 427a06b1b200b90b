"""The search page: the form, the hits, what they are counted by, and the same as JSON and CSV."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indexer.edgar.form_types import CATEGORIES, EXCEPT_SECTION_16
from indexer.edgar.headings import SUBJECT_NAMES
from search.ask import Index
from search.errors import SearchError
from search.output.csv import as_csv
from search.output.json import versioned
from search.output.summary import coverage_lines
from search.output.table import DEFAULT, Table, of_hits
from search.results import SORTS, Results
from search.web import replies
from search.web.answers.answering import answer, asked, index_forms, page_answer, whole_coverage
from search.web.answers.remembered import remembered
from search.web.answers.visits import Visit, remember, visit
from search.web.routing import page
from search.web.search_state import FILTERS, MORE, PERIODS, ROLES, SIZES, WITHOUT_FILTER, SearchState
from search.web.site import WebSite
from search.web.views.chart import Chart, chart
from search.web.views.facet_lists import FacetList, facet_lists
from search.web.views.hit_view import ShownHit, hit_views
from search.web.web_settings import DEEPEST

CHOICES: Mapping[str, Any] = {
    "categories": (EXCEPT_SECTION_16, *CATEGORIES),
    "periods": dict(zip(PERIODS, ("Last 30 days", "Last year", "Last 5 years", "Last 10 years"), strict=True)),
    "roles": {"": "any party", **{role: role.replace("_", " ") for role in ROLES}},
    "sections": SUBJECT_NAMES,
    "sorts": {"relevance": "Best first", "filed": "Newest first", "filed:asc": "Oldest first",
              "period": "Latest period", "company": "Company, A to Z"},
    "sizes": SIZES,
}  # fmt: skip
"""What the form offers."""
assert {each.partition(":")[0] for each in CHOICES["sorts"]} == set(SORTS)


class SearchView(NamedTuple):
    """Everything the search page shows."""

    results: Results
    hits: tuple[ShownHit, ...]
    facets: tuple[FacetList, ...]
    chart: Chart | None
    pages: int
    """How many there are to page through."""
    covered: str
    """What the whole index covers, in a sentence."""
    within: tuple[str, ...]
    """What the filters leave of it, where there are some, and what they name that it has not; a line each."""
    forms: tuple[str, ...]
    """Form types of the index, most frequent first."""
    visit: Visit


class HomeView(NamedTuple):
    """What the first page shows."""

    covered: str
    forms: tuple[tuple[str, int], ...]
    """Form types of the index with their filings, most frequent first."""
    visit: Visit

    @property
    def names(self) -> tuple[str, ...]:
        """List the form types."""
        return tuple(name for name, _ in self.forms)


def home(site: WebSite, request: Request) -> Response:
    """Show the form, and what the index covers; the search, where one was asked of this address."""
    state = SearchState.of(request.query_params.multi_items())
    if any(state.get(name) for name in (*WITHOUT_FILTER, *FILTERS)):
        return RedirectResponse(state.address(), 303)
    seen = request.cookies
    view = site.ask(lambda index: HomeView(whole_coverage(index), index_forms(index), visit(seen, index)))
    response = replies.html("home.html", state=SearchState(()), choices=CHOICES, view=view)
    remember(response, view.visit)
    return response


def home_json(site: WebSite, request: Request) -> Response:
    """Give what the first page shows for programs."""
    covered, forms = site.ask(lambda index: (whole_coverage(index), index_forms(index)))
    return replies.json({"covered": covered, "forms": [{"form": form, "filings": filings} for form, filings in forms]})


def home_csv(site: WebSite, request: Request) -> Response:
    """Give the form types of the index with their filings as a table."""
    table = Table(("form", "filings"), site.ask(index_forms))
    return replies.lines(as_csv(table), media="text/csv", filename="forms.csv")


def search(site: WebSite, request: Request) -> Response:
    """Show the hits of a search."""
    state = SearchState.of(request.query_params.multi_items())
    cookies = request.cookies
    try:
        page, seen = site.ask(lambda index: (_page(index, state, site, seen := visit(cookies, index)), seen))
    except SearchError as error:
        if replies.wants_json(request):
            raise
        return _refused(error, state, site)
    response = replies.html_of(page)
    remember(response, seen)
    return response


def _refused(error: SearchError, state: SearchState, site: WebSite) -> Response:
    """Say why a search is not answered, with a way back and the form with what was asked, to be mended."""
    status, said = replies.status_and_message(error)
    back, back_is = _way_back(state)
    return replies.html(
        "refused.html",
        status=status,
        said=said,
        state=state.without("page"),
        choices=CHOICES,
        forms=tuple(form for form, _ in site.ask(index_forms)),
        back=back,
        back_is=back_is,
    )


def _way_back(state: SearchState) -> tuple[str, str]:
    """Return the address of what is asked less than a search, and what it is; empty for words alone."""
    if state.get("page"):
        return state.without("page").address(), "The first page of this search"
    if state.without("q").fields:
        return SearchState(()).setting("q", state.query).address(), "The same words without filters"
    return "", ""


def _page(index: Index, state: SearchState, site: WebSite, seen: Visit) -> bytes:
    """Write the page, or take it as it was written before; one of a saved search may be another each time."""

    def written() -> bytes:
        view, kept = _view(index, state, site, seen), state.without(MORE)
        return replies.rendered("search.html", state=kept, choices=CHOICES, view=view, results=view.results)

    news = (seen.since, seen.new) if seen.new else None
    return written() if state.get("saved") else remembered(index, (bytes, state, news, date.today()), written)


def _view(index: Index, state: SearchState, site: WebSite, seen: Visit) -> SearchView:
    results = page_answer(state.without(MORE), index, site.saved)
    reachable = min(results.filings, DEEPEST)
    return SearchView(
        results=results,
        hits=tuple(hit_views(results, state.without(MORE))),
        facets=facet_lists(results, state),
        chart=chart(results.timeline, state.without(MORE))
        if results.timeline and len(results.timeline.counts) > 1
        else None,
        pages=-(-reachable // state.size),
        covered=whole_coverage(index),
        within=_within(results),
        forms=tuple(form for form, _ in index_forms(index)),
        visit=seen,
    )


def _within(results: Results) -> tuple[str, ...]:
    of = results.coverage
    return tuple(coverage_lines(of, notes=results.notes)) if of and of.filters else ()


def search_json(site: WebSite, request: Request) -> Response:
    """Give the page as `search --json` has it."""
    state = SearchState.of(request.query_params.multi_items())
    return replies.json(versioned(site.ask(lambda index: answer(asked(state, index, site.saved), index))))


def search_csv(site: WebSite, request: Request) -> Response:
    """Give the page as `search --csv` has it: a row for each document."""
    state = SearchState.of(request.query_params.multi_items())
    return replies.lines(site.ask(lambda index: _rows(index, state, site)), media="text/csv", filename="search.csv")


def _rows(index: Index, state: SearchState, site: WebSite) -> list[str]:
    lookup, wanted = asked(state, index, site.saved)
    hits = index.find(lookup, wanted._replace(documents=None, relaxed=False)).hits
    return list(as_csv(of_hits(hits, DEFAULT, index.header)))


ROUTES = [
    page("/", home),
    page("/index.json", home_json),
    page("/index.csv", home_csv),
    page("/search", search),
    page("/search.json", search_json),
    page("/search.csv", search_csv),
]
