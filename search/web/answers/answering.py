"""From what an address says to an answer: what of it only the index or the saved searches know is looked up here."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from search.ask import Index, Wanted
from search.errors import SearchError
from search.lookups.completions import cik_of
from search.lookups.lookup import Filter, Lookup, is_filtered
from search.output.summary import coverage_sentence
from search.records.news import new_since, recalled
from search.records.saved import SavedSearch, SavedSearches
from search.results import Results
from search.web.answers.remembered import remembered
from search.web.search_state import FACETS, SearchState
from search.web.views.chart import unit_of
from search.web.views.facet_lists import MOST

EVERYTHING = "*:*"


class AskedIndex(NamedTuple):
    """What is asked of an index, and how its answer is to be."""

    lookup: Lookup
    wanted: Wanted


def asked(state: SearchState, index: Index, saved: SavedSearches) -> AskedIndex:
    """Say what an address asks of an index; SearchError for what cannot be asked."""
    lookup, wanted = state.lookup(date.today()), state.wanted()
    more = [each for label in state.all("party") for each in _party(label, index)]
    if name := state.get("saved"):
        lookup = _with_saved(saved.named(name), lookup)
    if since := state.get("since"):
        more.append(new_since(_generation(since), index))
    lookup = replace(lookup, filters=(*lookup.filters, *more))
    return AskedIndex(lookup if lookup != Lookup() else Lookup(EVERYTHING), wanted)


def _with_saved(search: SavedSearch, lookup: Lookup) -> Lookup:
    """Ask what a saved search asks, and what is asked beside it."""
    kept = recalled(search)
    query = f"({kept.query}) {lookup.query}" if kept.query and lookup.query else kept.query or lookup.query
    return replace(kept, query=query, filters=(*kept.filters, *lookup.filters))


def _generation(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise SearchError(f"since={text[:20]}: the number of a commit is needed")
    return int(text)


def _party(label: str, index: Index) -> Iterator[Filter]:
    """Filter by what a party is counted as, `NAME` or `NAME (CIK 1234567)`: its CIK where it has one, else its name."""
    name, _, told = label.rpartition(" (CIK ")
    number = told.removesuffix(")") if name else cik_of(label, index.engine)
    yield Filter("cik", (number,)) if number else Filter("company", (f"={label}",))


# Answers


def answer(of: AskedIndex, index: Index, *, counted: bool = True) -> Results:
    """Answer, with counts by field and over time where they are wanted; `filed:30d..` asks something else each day."""
    return remembered(index, (Results, of, counted, date.today()), lambda: _found(of, index, counted=counted))


def page_answer(state: SearchState, index: Index, saved: SavedSearches) -> Results:
    """Answer as a page of results shows it: with passages of each filing's best document, of a filing asked for of all.

    SearchError as `asked`.
    """
    lookup, wanted = asked(state, index, saved)
    shown = wanted._replace(quoted=None if state.get("accession") else 1, values=MOST + 1)
    return answer(AskedIndex(lookup, shown), index)


def _found(of: AskedIndex, index: Index, *, counted: bool) -> Results:
    wanted = of.wanted._replace(coverage=is_filtered(of.lookup, index.tree))
    found = index.find(of.lookup, wanted._replace(facets=FACETS, over_time="year") if counted else wanted)
    if not (found.filings or found.coverage):
        found = replace(found, coverage=index.coverage(of.lookup))
    if found.timeline and unit_of(found.timeline) == "month":
        found = replace(found, timeline=index.totals(of.lookup, Wanted(over_time="month")).timeline)
    return found


def index_forms(index: Index) -> tuple[tuple[str, int], ...]:
    """Count the filings of each form type of the index, most frequent first."""
    return remembered(index, "forms", lambda: tuple(index.manifest.forms()))


def whole_coverage(index: Index) -> str:
    """Say in a sentence what the whole index covers."""
    return remembered(index, "coverage", lambda: coverage_sentence(index.coverage(Lookup(EVERYTHING))))
