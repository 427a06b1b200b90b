"""Which documents have occurrences near one another, on arrays; `search.query.nodes` says what that means."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.deadline import check
from search.evaluation.place_spans import Spans
from search.segments.postings import NOTHING, Documents, Places, ascending, beginnings_of_runs, documents_of
from search.segments.term_postings import PackedPostings

_MOST = 1 << 29
"""The greatest number of places laid end to end that is doubled in four bytes, with as much after it."""


def nearby(parts: Sequence[Spans], distance: int, *, ordered: bool) -> Documents:
    """Find the documents with a chain of one occurrence of each part, at most `distance` words between neighbours."""
    if len(parts) == 2 and all((part.ends - part.starts == 1).all() for part in parts):
        found = _words_nearby(parts[0].starts, parts[1].starts, distance, ordered=ordered)
        if found is not None:
            return found
    return documents_of(_ends_in_order(parts, distance) if ordered else _ends_in_any_order(parts, distance))


def _words_nearby(first: Places, second: Places, distance: int, *, ordered: bool) -> Documents | None:
    """Do as `nearby` for two single words, at a quarter of the cost; None when a word is both."""
    found = _neighbours(first, second, distance, ordered=ordered)
    return None if found is None else documents_of(found)


def _neighbours(first: NDArray[Any], second: NDArray[Any], distance: int, *, ordered: bool) -> NDArray[Any] | None:
    """Find which numbers of two words have one of the other word near after them; None when a word is both.

    Gone through together, the two are neighbours where they stand nearest to one another.
    """
    both = np.concatenate([first, second])
    both <<= 1
    both[len(first) :] |= 1
    both.sort(kind="stable")  # a merge of two runs
    at = np.flatnonzero(both[1:] - both[:-1] <= 2 * distance + 3)
    before, after = both.take(at), both.take(at + 1)
    apart = (after >> 1) - (before >> 1)
    if not apart.all():
        return None
    wanted = (before & 1 == 0) & (after & 1 == 1) if ordered else (before ^ after) & 1 == 1
    return (before >> 1).compress(wanted & (apart <= distance + 1))


def words_near(words: Sequence[PackedPostings], docs: Documents, distance: int, *, ordered: bool) -> Documents | None:
    """Do as `nearby` for two words that all of the documents, at least one, have; None where it takes `nearby`.

    Of the word with more places nothing is done for each but to add it up: the other's are laid along it.
    """
    fewer, more = sorted(range(2), key=lambda index: words[index].size)
    line = words[fewer].line(docs)
    if line.ends[-1] > _MOST:
        return None
    room = line.highs - line.lows
    other = words[more].line(docs, gap=distance + 2, room=room)
    if other.ends[-1] > _MOST:
        return None
    along = line.moved(other.lows - line.lows)
    first, second = (along, other.numbers) if more else (other.numbers, along)
    found = _neighbours(first, second, distance, ordered=ordered)
    if found is None:
        return None
    at = other.lows.searchsorted(found) - 1
    return docs.take(at.take(beginnings_of_runs(at)))


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
