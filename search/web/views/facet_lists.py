"""What the filings found are counted by, as lists to click: a value leads to exactly the filings it counts."""

from typing import NamedTuple
from urllib.parse import urlencode

from search.output.summary import label
from search.results import Facet, FacetCount, Results
from search.web.search_state import MORE, SearchState

_TITLES = {
    "form": "Form",
    "company": "Company",
    "sic": "Industry (SIC)",
    "state": "Located in",
    "item": "Item",
    "exhibit": "Exhibit",
}
SHOWN, MOST = 6, 200
"""Values of a facet that are shown, and those of one that is shown at length."""


class FacetRow(NamedTuple):
    """A value, and how many of the filings found have it."""

    label: str
    filings: int
    share: int
    """Of all filings found, in hundredths."""
    address: str


class FacetList(NamedTuple):
    """The values of a field, most frequent first."""

    field: str
    title: str
    rows: tuple[FacetRow, ...]
    left: int
    """Values that are known and not listed."""
    has_unknown: bool
    """Whether there are still more."""
    other: str
    """The address of the same list at length, or, where it is shown so, cut short; empty where there is no more."""


def facet_lists(results: Results, state: SearchState) -> tuple[FacetList, ...]:
    """List what an answer was counted by; a field of which there is nothing to tell is left out."""
    base = state.without(MORE).adding("", "").address().removesuffix("=")  # written once, not for each value
    lists = (_listed(facet, results.filings, state, base=base) for facet in results.facets)
    return tuple(each for each in lists if len(each.rows) > 1 or each.field in {"company", "form"})


def _listed(facet: Facet, filings: int, state: SearchState, *, base: str) -> FacetList:
    is_long = state.get(MORE) == facet.field
    kept = facet.counts[: MOST if is_long else SHOWN]
    rows = tuple(_row(facet.field, each, filings, base) for each in kept)
    other = (state.without(MORE) if is_long else state.setting(MORE, facet.field)).address() + f"#facet-{facet.field}"
    has_other = len(facet.counts) > SHOWN
    return FacetList(
        facet.field,
        _TITLES[facet.field],
        rows,
        left=min(len(facet.counts), MOST) - len(kept),
        has_unknown=len(facet.counts) > MOST,
        other=other if has_other else "",
    )


def _row(field: str, each: FacetCount, filings: int, base: str) -> FacetRow:
    name, value = ("party", each.value) if field == "company" else (field, f"={each.value}")
    address = base + urlencode({name: value})
    return FacetRow(label(field, each.value), each.filings, max(1, 100 * each.filings // filings), address)
