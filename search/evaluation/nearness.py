"""Which documents have occurrences near one another, on arrays; `search.query.nodes` says what that means."""

from collections.abc import Sequence

import numpy as np

from search.deadline import check
from search.evaluation.place_spans import Spans
from search.segments.postings import NOTHING, Documents, Places, ascending, documents_of


def nearby(parts: Sequence[Spans], distance: int, *, ordered: bool) -> Documents:
    """Find the documents with a chain of one occurrence of each part, at most `distance` words between neighbours."""
    if len(parts) == 2 and all((part.ends - part.starts == 1).all() for part in parts):
        found = _words_nearby(parts[0].starts, parts[1].starts, distance, ordered=ordered)
        if found is not None:
            return found
    return documents_of(_ends_in_order(parts, distance) if ordered else _ends_in_any_order(parts, distance))


def _words_nearby(first: Places, second: Places, distance: int, *, ordered: bool) -> Documents | None:
    """Do as `nearby` for two single words, at a quarter of the cost; None when a word is both.

    Gone through together, the two are neighbours where they stand nearest to one another.
    """
    both = np.concatenate([first << 1, second << 1 | 1])
    both.sort(kind="stable")  # a merge of two runs
    at = np.flatnonzero(both[1:] - both[:-1] <= 2 * distance + 3)
    before, after = both.take(at), both.take(at + 1)
    apart = (after >> 1) - (before >> 1)
    if not apart.all():
        return None
    wanted = (before & 1 == 0) & (after & 1 == 1) if ordered else (before ^ after) & 1 == 1
    return documents_of((before >> 1).compress(wanted & (apart <= distance + 1)))


def _ends_in_order(parts: Sequence[Spans], distance: int) -> Places:
    """Find where chains through all parts, in this order, end."""
    ends = ascending(parts[0].ends)
    for part in parts[1:]:
        ends = _reached(ends, part, distance)
    return ends


def _ends_in_any_order(parts: Sequence[Spans], distance: int) -> Places:
    """Find where chains through all parts end: for every set of parts and its last, from the sets of one fewer."""
    ends = {1 << index: ascending(part.ends) for index, part in enumerate(parts)}
    for _ in parts[1:]:
        longer: dict[int, list[Places]] = {}
        for chosen, before in ends.items():
            for index, part in enumerate(parts):
                if not chosen >> index & 1:
                    longer.setdefault(chosen | 1 << index, []).append(_reached(before, part, distance))
        ends = {chosen: ascending(np.concatenate(found)) for chosen, found in longer.items()}
    return ends[(1 << len(parts)) - 1]


def _reached(ends: Places, part: Spans, distance: int) -> Places:
    """Find where those of the part's occurrences end that start at most `distance` words after one of `ends`."""
    check()
    if not len(ends):
        return NOTHING
    nearest = np.searchsorted(ends, part.starts, "right") - 1
    reached = (nearest >= 0) & (part.starts - ends[nearest] <= distance)
    return ascending(part.ends[reached])
