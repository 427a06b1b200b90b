"""What is new in an index since some commit, as a filter, and since a saved search was last shown."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from search.ask import Index
from search.lookups.lists import resolved
from search.lookups.lookup import Filter, Lookup
from search.records.saved import SavedSearch, Seen

NONE = "none"
"""An accession number that no filing has."""


class News(NamedTuple):
    """What to ask for to see what is new in a saved search."""

    lookup: Lookup
    since: int | None
    """The generation up to which it had been shown; None when all is new."""
    is_anew: bool
    """Whether the index was built anew since, so that all of it is new."""


def seen_now(index: Index) -> Seen:
    """Say up to where an index is seen when it is shown now."""
    return Seen(index.generation, index.manifest.begun(), index.manifest.status().committed)


def recalled(search: SavedSearch) -> Lookup:
    """Return what a saved search asks, its watchlists and synonyms read; SearchError when one cannot be."""
    return resolved(search.lookup, Path(search.synonyms) if search.synonyms else None)


def new_since(generation: int, index: Index) -> Filter:
    """Return the filter that leaves the filings which came with the commits after a generation."""
    return Filter("accession", tuple(sorted(index.manifest.added_since(generation))) or (NONE,))


def news(search: SavedSearch, lookup: Lookup, index: Index) -> News:
    """Say what is new in a saved search, whose lookup has its lists read; all, of an index built anew."""
    seen = search.seen
    if seen is None or seen.begun != index.manifest.begun():
        return News(lookup, None, is_anew=seen is not None)
    shown = index.manifest.generation_seen(seen.generation, seen.committed)
    filters = (*lookup.filters, new_since(shown, index))
    return News(replace(lookup, filters=filters), seen.generation, is_anew=False)
