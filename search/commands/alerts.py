"""Alerts: what is new in saved searches since it was last shown."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.ask import Index
from search.commands.destination import say
from search.commands.request import FAILED, FOUND, NOTHING_FOUND, Request
from search.errors import SearchError
from search.lookups.lookup import Lookup
from search.output.printer import NewHits
from search.records.news import news, seen_now
from search.records.saved import SavedSearch, SavedSearches
from search.results import Results


@dataclass(frozen=True, slots=True)
class Alert:
    """What is new in a saved search."""

    search: SavedSearch
    lookup: Lookup
    """Of what is new."""
    results: Results
    """Totals of what is new; no hits."""
    since: int | None
    """The generation up to which it had been shown; None when all is new."""


def alerts(request: Request) -> int:
    """Print what is new in the saved searches named, or in all, and note that it was shown.

    One that cannot be asked, because its watchlist is gone or makes no sense, does not keep the others waiting; the
    exit code is that of an error.
    """
    kept = SavedSearches(request.folder)
    searches = [kept.named(name) for name in request.typed.query or kept.names()]
    if not searches:
        raise SearchError(f"there is no saved search for {request.folder}; --save NAME keeps one")
    with Index(request.folder, timeout=request.typed.timeout, cache=request.cache) as index:
        seen = seen_now(index)
        looked = [alert for search in searches if (alert := _asked(search, index, request))]
        news = [alert for alert in looked if alert.results.filings]
        request.printer.alerts(_new_hits(news, index, request))
    sys.stdout.flush()
    for alert in looked:
        if _is_whole(alert, request):
            kept.mark(alert.search.name, seen)
        else:
            say(f"{alert.search.name}: not all was printed, so it stays new")
    return FAILED if len(looked) < len(searches) else FOUND if news else NOTHING_FOUND


def _asked(search: SavedSearch, index: Index, request: Request) -> Alert | None:
    """Look what is new in a search; None, having said why, when it cannot be asked."""
    try:
        return _alert(search, index, request)
    except SearchError as error:
        say(f"{search.name}: {error}")
        return None


def _is_whole(alert: Alert, request: Request) -> bool:
    limit, offset = request.wanted.limit, request.wanted.offset
    return offset == 0 and (limit is None or alert.results.filings <= limit)


def _alert(search: SavedSearch, index: Index, request: Request) -> Alert:
    """Count what is in the index now and was not when the search was last shown; all, of an index built anew."""
    found = news(search, request.recalled(search).resolved(), index)
    if found.is_anew:
        say(f"{search.name}: the index was built anew since it was last shown, so all of it is new")
    return Alert(search, found.lookup, index.totals(found.lookup), found.since)


def _new_hits(alerts: Sequence[Alert], index: Index, request: Request) -> Iterator[NewHits]:
    for alert in alerts:
        hits = index.hits(alert.lookup, request.recalled(alert.search).wanted)
        yield NewHits(alert.search.name, alert.since, alert.results, hits)
