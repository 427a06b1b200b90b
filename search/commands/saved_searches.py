"""Saved searches: keeping, listing, forgetting; and alerts, what is new in them."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote
from typing import Any

from indexer.manifest.records import now
from indexer.printing import count, visible
from search.ask import Index
from search.commands.destination import print_lines, say, styled
from search.commands.find import FAILED, FOUND, NOTHING_FOUND
from search.commands.request import Request, sort_named
from search.errors import SearchError
from search.lookups.lookup import Filter, Lookup
from search.records.saved import SavedSearch, SavedSearches, Seen, anchored
from search.results import Hit, Results

NONE = "none"
"""An accession number that no filing has."""


def save(request: Request) -> None:
    """Keep the request's search under its name, after checking that it can be asked."""
    name = request.save
    with Index(request.folder) as index:
        index.tree(request.resolved())
    synonyms = str(request.synonyms.resolve()) if request.synonyms else ""
    search = SavedSearch(name, anchored(request.lookup), now(), synonyms, request.sort)
    SavedSearches(request.folder).add(search)
    say(f"saved as {name}: `search --run {quote(name)}` runs it, `search --alerts` says what is new in it")


def listing(request: Request) -> int:
    """Print the saved searches of the index."""
    from indexer.printing import plain  # noqa: PLC0415
    from search.output.json import dumped  # noqa: PLC0415

    found = SavedSearches(request.folder).all()
    if request.printing.format in ("json", "jsonl"):
        print_lines((dumped(plain(each)) for each in found), request.printing)
    else:
        print_lines(map(_said, found), request.printing)
    return FOUND if found else NOTHING_FOUND


def _said(search: SavedSearch) -> str:
    filters = [f"--{name} {value}" for name, values in search.lookup.filters for value in values]
    options = [*filters, *(["--exact"] if search.lookup.exact else []), *_pairs(search)]
    return visible("  ".join([search.name, search.lookup.query, *options]))


def _pairs(search: SavedSearch) -> Iterator[str]:
    yield from (
        f"--{name} {value}" for name, value in (("like", search.lookup.like), ("synonyms", search.synonyms)) if value
    )


def forget(request: Request) -> int:
    """Keep a search no longer."""
    SavedSearches(request.folder).remove(request.forget)
    say(f"forgot {request.forget}")
    return FOUND


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
    searches = [kept.named(name) for name in request.words or kept.names()]
    if not searches:
        raise SearchError(f"there is no saved search for {request.folder}; --save NAME keeps one")
    with Index(request.folder) as index:
        seen = Seen(index.generation, index.manifest.begun())
        looked = [alert for search in searches if (alert := _asked(search, index, request))]
        found = [alert for alert in looked if alert.results.filings]
        print_lines(_printed(found, index, request), request.printing)
    sys.stdout.flush()
    for alert in looked:
        if _is_whole(alert, request):
            kept.mark(alert.search.name, seen)
        else:
            say(f"{alert.search.name}: not all was printed, so it stays new")
    return FAILED if len(looked) < len(searches) else FOUND if found else NOTHING_FOUND


def _asked(search: SavedSearch, index: Index, request: Request) -> Alert | None:
    """What is new, or None, having said why it cannot be asked."""
    try:
        return _alert(search, index, request)
    except SearchError as error:
        say(f"{search.name}: {error}")
        return None


def _is_whole(alert: Alert, request: Request) -> bool:
    limit, offset = request.wanted.limit, request.wanted.offset
    return offset == 0 and (limit is None or alert.results.filings <= limit)


def _alert(search: SavedSearch, index: Index, request: Request) -> Alert:
    """What is in the index now and was not when the search was last shown; all, of an index built anew."""
    seen = search.seen if search.seen and search.seen.begun == index.manifest.begun() else None
    lookup = recalled(search, request).resolved()
    if search.seen and not seen:
        say(f"{search.name}: the index was built anew since it was last shown, so all of it is new")
    if seen:
        new = tuple(sorted(index.manifest.added_since(seen.generation)))
        lookup = replace(lookup, filters=(*lookup.filters, Filter("accession", new or (NONE,))))
    return Alert(search, lookup, index.totals(lookup), seen.generation if seen else None)


def recalled(search: SavedSearch, request: Request) -> Request:
    """The request with what a saved search asks in place of what the command line does."""
    synonyms = Path(search.synonyms) if search.synonyms else None
    sort = request.sort or search.sort or "relevance"
    wanted = request.wanted._replace(sort=sort_named(sort))
    return request._replace(lookup=search.lookup, synonyms=synonyms, sort=sort, wanted=wanted)


def _printed(found: Sequence[Alert], index: Index, request: Request) -> Iterator[str]:
    from indexer.printing import plain  # noqa: PLC0415
    from search.output.json import VERSION, dumped, object_lines, separated  # noqa: PLC0415

    match request.printing.format:
        case "json":
            yield f'{{"version": {VERSION}, "alerts": ['
            yield from separated("\n".join(object_lines(_head(alert), _hits(alert, index, request))) for alert in found)
            yield "]}"
        case "jsonl":
            for alert in found:
                yield dumped({"type": "alert", "version": VERSION, **_head(alert)})
                for hit in _hits(alert, index, request):
                    yield dumped({"type": "hit", "alert": alert.search.name, **plain(hit)})
        case "text":
            for alert in found:
                yield from _text(alert, index, request)
        case other:
            raise SearchError(f"alerts are printed as text, json or jsonl, not as {other}")


def _head(alert: Alert) -> dict[str, Any]:
    from indexer.printing import plain  # noqa: PLC0415

    head = {"name": alert.search.name, "since": alert.since, **plain(alert.results)}
    head.pop("hits")
    return head


def _hits(alert: Alert, index: Index, request: Request) -> Iterator[Hit]:
    return index.hits(alert.lookup, recalled(alert.search, request).wanted)


def _text(alert: Alert, index: Index, request: Request) -> Iterator[str]:
    from search.output.text import hit_lines  # noqa: PLC0415

    style = styled(request.printing)
    yield style.title(f"{alert.search.name}: {count(alert.results.filings, 'new filing')}")
    for hit in _hits(alert, index, request):
        yield from hit_lines(hit, style)
        yield ""
