"""Which documents have occurrences near one another, on arrays; `search.query.nodes` says what that means."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import POSITION_BITS
from search.deadline import check
from search.evaluation.place_spans import Spans
from search.segments.postings import (
    NOTHING,
    Documents,
    Places,
    ascending,
    beginnings_of_runs,
    documents_of,
    less_than,
    merged,
    where_among,
)
from search.segments.term_postings import PackedPostings

_WINDOW = 1 << 16
"""Occurrences that are looked at together, about."""
_FIRSTS = 32
"""Occurrences in a document that are looked at before all of them are."""
_MOST = 1 << 29
"""The greatest number of places laid end to end that is doubled in four bytes, with as much after it."""


def nearby(parts: Sequence[Spans], distance: int, *, ordered: bool) -> Documents:
    """Find the documents with a chain of one occurrence of each part, at most `distance` words between neighbours."""
    return soonest(parts, lambda some: in_windows(some, distance, ordered=ordered))


def soonest(parts: Sequence[Spans], find: Callable[[Sequence[Spans]], Documents]) -> Documents:
    """Find documents by their occurrences: of many, by the first few in each first, then the others by all."""
    if sum(len(part.starts) for part in parts) <= _WINDOW:
        return find(parts)
    found = find([_firsts(part) for part in parts])
    return merged([found, find([_without(part, found) for part in parts])])


def _firsts(part: Spans) -> Spans:
    docs = part.starts >> POSITION_BITS
    firsts = beginnings_of_runs(docs)
    rank = np.arange(len(docs)) - firsts.repeat(np.diff(firsts, append=len(docs)))
    return Spans(part.starts.compress(rank < _FIRSTS), part.ends.compress(rank < _FIRSTS))


def _without(part: Spans, docs: Documents) -> Spans:
    kept = ~where_among(part.starts >> POSITION_BITS, docs)[1]
    return Spans(part.starts.compress(kept), part.ends.compress(kept))


def in_windows(parts: Sequence[Spans], distance: int, *, ordered: bool) -> Documents:
    """Do as `nearby`, of all occurrences."""
    if sum(len(part.starts) for part in parts) <= _WINDOW:
        return _nearby(parts, distance, ordered=ordered)
    return ascending(np.concatenate([_nearby(each, distance, ordered=ordered) for each in _windows(parts, distance)]))


def _windows(parts: Sequence[Spans], distance: int) -> Iterator[list[Spans]]:
    """Divide occurrences by place into successive windows, each with all that a chain reaches that begins in it.

    Chains of five parts are sought in 32 ways, each with arrays of its own: these stay small however long a text is.
    """
    longest = sum(int((part.ends - part.starts).max(initial=0)) for part in parts)
    reach = min(longest + distance * (len(parts) - 1), 1 << POSITION_BITS)
    step = _WINDOW // len(parts)
    lows = ascending(np.concatenate([part.starts[::step] for part in parts]))
    nexts = np.append(lows, np.iinfo(np.int64).max - reach)[1:]
    bounds = [part.starts.searchsorted((lows, nexts + reach)) for part in parts]
    for window in range(len(lows)):
        cut = [slice(*bound[:, window].tolist()) for bound in bounds]
        yield [Spans(part.starts[at], part.ends[at]) for part, at in zip(parts, cut, strict=True)]


def _nearby(parts: Sequence[Spans], distance: int, *, ordered: bool) -> Documents:
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
        ends = {chosen: merged(found) for chosen, found in longer.items()}
    return ends[(1 << len(parts)) - 1]


def _reached(ends: Places, part: Spans, distance: int) -> Places:
    """Find where those of the part's occurrences end that start at most `distance` words after one of `ends`."""
    check()
    if not len(ends):
        return NOTHING
    nearest = less_than(part.starts + 1, ends) - 1
    reached = (nearest >= 0) & (part.starts - ends.take(nearest, mode="clip") <= distance)
    return ascending(part.ends[reached])
