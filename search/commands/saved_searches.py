"""Saved searches: keeping, listing and forgetting them. What is new in them is in `search.commands.alerts`."""

from collections.abc import Iterator
from shlex import quote

from indexer.literals.dates import now
from indexer.printing import visible
from search.ask import Index
from search.commands.destination import say
from search.commands.request import FOUND, NOTHING_FOUND, Request
from search.output.printer import Report
from search.records.saved import SavedSearch, SavedSearches, anchored


def save(request: Request) -> None:
    """Keep the request's search under its name, after checking that it can be asked."""
    name = request.typed.save or ""
    with Index(request.folder, timeout=request.typed.timeout, cache=request.cache) as index:
        index.tree(request.resolved())
    synonyms = str(request.synonyms.resolve()) if request.synonyms else ""
    search = SavedSearch(name, anchored(request.lookup), now(), synonyms, request.sort)
    SavedSearches(request.folder).add(search)
    say(f"saved as {name}: `search --run {quote(name)}` runs it, `search --alerts` says what is new in it")


def listing(request: Request) -> int:
    """Print the saved searches of the index."""
    kept = SavedSearches(request.folder).all()
    request.printer.report(Report(map(_line, kept), kept, "search"))
    return FOUND if kept else NOTHING_FOUND


def _line(search: SavedSearch) -> str:
    filters = [f"--{name} {value}" for name, values in search.lookup.filters for value in values]
    options = [*filters, *(["--exact"] if search.lookup.exact else []), *_pairs(search)]
    return visible("  ".join([search.name, search.lookup.query, *options]))


def _pairs(search: SavedSearch) -> Iterator[str]:
    yield from (f"--phrase {quote(phrase)}" for phrase in search.lookup.phrases)
    yield from (
        f"--{name} {value}" for name, value in (("like", search.lookup.like), ("synonyms", search.synonyms)) if value
    )


def forget(request: Request) -> int:
    """Forget the search that was named."""
    name = request.typed.forget or ""
    kept = SavedSearches(request.folder)
    if request.typed.dry_run:
        say(f"would forget {_line(kept.named(name))}")
        return FOUND
    kept.remove(name)
    say(f"forgot {name}")
    return FOUND
