"""The search page: the form, the hits, what they are counted by, and the same as JSON and CSV."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from indexer.edgar.form_types import CATEGORIES, EXCEPT_SECTION_16
from indexer.edgar.states import STATES
from search.ask import Index
from search.lookups.lookup import Lookup
from search.output.csv import as_csv
from search.output.json import versioned
from search.output.summary import coverage_sentence
from search.output.table import DEFAULT, of_hits
from search.results import SORTS, Results
from search.web import replies
from search.web.routing import page
from search.web.search_state import FACETS, PERIODS, ROLES, SIZES, SearchState
from search.web.site import WebSite

CHOICES: Mapping[str, Any] = {
    "categories": (EXCEPT_SECTION_16, *CATEGORIES),
    "states": {code.upper(): name for code, name in STATES.items()},
    "periods": {**dict(zip(PERIODS, ("last 30 days", "last year", "last 5 years", "last 10 years"), strict=True))},
    "roles": ROLES,
    "sorts": SORTS,
    "sizes": SIZES,
}
"""What the form offers."""


class Answered(NamedTuple):
    """An answer, and what the page says beside it."""

    state: SearchState
    results: Results
    whole: str
    """What the whole index covers, in a sentence."""


def find(index: Index, state: SearchState) -> Results:
    """Answer a search; without anything asked, all filings, newest first."""
    lookup, wanted = state.lookup(date.today()), state.wanted()
    return index.find(lookup, wanted._replace(facets=FACETS, over_time="year"))


def _covered(index: Index) -> str:
    return coverage_sentence(index.coverage(Lookup("*:*")))


def home(site: WebSite, request: Request) -> Response:
    """Show the form, and what the index covers."""
    covered = site.ask(_covered)
    return replies.html("home.html", state=SearchState(()), choices=CHOICES, covered=covered)


def search(site: WebSite, request: Request) -> Response:
    """Show the hits of a search."""
    state = SearchState.of(request.query_params.multi_items())
    found = site.ask(lambda index: Answered(state, find(index, state), _covered(index)))
    return replies.html("search.html", found=found, state=state, results=found.results, choices=CHOICES)


def search_json(site: WebSite, request: Request) -> Response:
    """Give the page as `search --json` has it."""
    state = SearchState.of(request.query_params.multi_items())
    return replies.json(versioned(site.ask(lambda index: find(index, state))))


def search_csv(site: WebSite, request: Request) -> Response:
    """Give the page as `search --csv` has it: a row for each document."""
    state = SearchState.of(request.query_params.multi_items())
    return replies.lines(site.ask(lambda index: list(_rows(index, state))), media="text/csv", filename="search.csv")


def _rows(index: Index, state: SearchState) -> Iterator[str]:
    wanted = state.wanted()._replace(documents=None, snippets=1, relaxed=False)
    hits = index.find(state.lookup(date.today()), wanted).hits
    return as_csv(of_hits(hits, DEFAULT, index.header))


ROUTES = [
    page("/", home),
    page("/search", search),
    page("/search.json", search_json),
    page("/search.csv", search_csv),
]
