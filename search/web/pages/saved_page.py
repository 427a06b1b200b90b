"""Saved searches: keeping one, what is new in each, forgetting one."""

from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indexer.literals.dates import now
from search.ask import Index
from search.errors import SearchError
from search.output.csv import as_csv
from search.output.table import Table
from search.records.news import news, recalled, seen_now
from search.records.saved import SavedSearch
from search.web import replies
from search.web.answers.answering import asked
from search.web.routing import Form, action, page
from search.web.search_state import SearchState
from search.web.site import WebSite


class SavedRow(NamedTuple):
    """A saved search, and what is new in it."""

    search: SavedSearch
    filters: str
    filings: int
    new: int
    since: int | None
    """The commit up to which it was shown; None when it never was."""
    trouble: str
    """Why it cannot be asked."""

    @property
    def address(self) -> str:
        """Return the address of its results."""
        return SearchState((("saved", self.search.name),)).address()

    @property
    def new_address(self) -> str:
        """Return the address of what is new in it."""
        since = () if self.since is None else (("since", str(self.since)),)
        return SearchState((("saved", self.search.name), *since, ("sort", "filed"))).address()


def listing(site: WebSite, request: Request) -> Response:
    """Show the saved searches, each with what is new in it."""
    kept = site.saved.all()
    rows = site.ask(lambda index: [_row(each, index) for each in kept])
    return replies.html("saved.html", rows=rows)


def listing_json(site: WebSite, request: Request) -> Response:
    """Give the saved searches, each with what is new in it."""
    kept = site.saved.all()
    rows = site.ask(lambda index: [_row(each, index) for each in kept])
    names = ("filings", "new", "since", "trouble")
    return replies.json([{"name": row.search.name, **{name: getattr(row, name) for name in names}} for row in rows])


def listing_csv(site: WebSite, request: Request) -> Response:
    """Give the saved searches as a table."""
    kept = site.saved.all()
    rows = site.ask(lambda index: [_row(each, index) for each in kept])
    cells = [(row.search.name, row.search.lookup.query, row.filters, row.filings, row.new) for row in rows]
    table = Table(("name", "query", "filters", "filings", "new"), cells)
    return replies.lines(as_csv(table), media="text/csv", filename="saved.csv")


def _row(search: SavedSearch, index: Index) -> SavedRow:
    said = "; ".join(f"{name} {', '.join(values)}" for name, values in search.lookup.filters)
    try:
        lookup = recalled(search)
        found = news(search, lookup, index)
        totals = index.totals(lookup).filings, index.totals(found.lookup).filings
        return SavedRow(search, said, *totals, found.since, "")
    except SearchError as error:
        return SavedRow(search, said, 0, 0, None, str(error))


def save(site: WebSite, request: Request, form: Form) -> Response:
    """Keep a search, by its address, under a name."""
    state = SearchState.of(parse_qsl(urlsplit(form.get("search", "")).query))

    def asking(index: Index) -> SavedSearch:
        lookup, wanted = asked(state.dropping("since"), index, site.saved)
        index.tree(lookup)
        sort = f"{wanted.sort.by}:{'desc' if wanted.sort.descending else 'asc'}"
        return SavedSearch(form.get("name", "").strip(), lookup, now(), sort=sort)

    site.saved.add(site.ask(asking))
    return RedirectResponse("/saved", 303)


def forget(site: WebSite, request: Request, form: Form) -> Response:
    """Forget a saved search."""
    site.saved.remove(form.get("name", ""))
    return RedirectResponse("/saved", 303)


def seen(site: WebSite, request: Request, form: Form) -> Response:
    """Note that what is new in a saved search was seen, up to the commit that the page was made of."""
    name = site.saved.named(form.get("name", "")).name
    site.saved.mark(name, site.ask(seen_now))
    return RedirectResponse("/saved", 303)


ROUTES = [
    page("/saved", listing),
    page("/saved.json", listing_json),
    page("/saved.csv", listing_csv),
    action("/saved", save),
    action("/saved/forget", forget),
    action("/saved/seen", seen),
]
