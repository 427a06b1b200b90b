"""Where leaves, phrases and Nears stand in the words of one text. `search.query` defines the terms used here."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import permutations
from typing import NamedTuple

from indexer.analysis import stem, tokenize
from indexer.schema import VALUE_GAP, Kind
from search.leaves import fits
from search.query import Fuzzy, Leaf, Near, Or, Phrase, Prefix, Query, Term, Wildcard


class Span(NamedTuple):
    """A stretch of words: the place of the first, and the place past the last."""

    start: int
    end: int


class Words:
    """The words of one field of one document, by place."""

    def __init__(self, values: Sequence[str], kind: Kind) -> None:
        self.values = values
        self._tokens = tokenize if kind is Kind.TEXT else _whole

    @cached_property
    def offsets(self) -> dict[int, tuple[int, int]]:
        """Of the word at each place: offsets (start, end) into its value."""
        return {place: (token[1], token[2]) for place, token in self._placed()}

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Of each different word: where it stands, ascending."""
        found: dict[str, list[int]] = {}
        for place, token in self._placed():
            found.setdefault(token[0], []).append(place)
        return found

    def _placed(self) -> Iterator[tuple[int, tuple[str, int, int]]]:
        start = 0
        for value in self.values:
            place = start
            for place, token in enumerate(self._tokens(value), start):
                yield place, token
            start = place + VALUE_GAP

    def occurrences(self, query: Query) -> set[Span]:
        """Every occurrence in these words; of a Near, the occurrences of its parts that stand together.

        TypeError for what has no occurrences in a text (`And`, `Not`, `Field`, ...).
        """
        match query:
            case Term() | Prefix() | Wildcard() | Fuzzy():
                return {Span(place, place + 1) for word in self._fitting(query) for place in self.places[word]}
            case Or(parts):
                return {span for part in parts for span in self.occurrences(part)}
            case Phrase(parts):
                return _in_line([self.occurrences(part) for part in parts])
            case Near(parts, distance, ordered):
                found = [sorted(self.occurrences(part)) for part in parts]
                orders: Iterable[Sequence[list[Span]]] = (found,) if ordered else permutations(found)
                return {span for order in orders for span in _chained(order, distance)}
            case _:
                raise TypeError(f"{type(query).__name__} has no occurrences in a text")

    def _fitting(self, leaf: Leaf) -> Iterable[str]:
        if isinstance(leaf, Term):
            candidates = [leaf.word] if leaf.exact else self._by_stem.get(stem(leaf.word), [])
            return [word for word in candidates if word in self.places]
        return filter(fits(leaf), self.places)

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self.places:
            found.setdefault(stem(word), []).append(word)
        return found


def _whole(value: str) -> Iterator[tuple[str, int, int]]:
    yield value.lower(), 0, len(value)


def _in_line(parts: Sequence[set[Span]]) -> set[Span]:
    found = parts[0]
    for part in parts[1:]:
        starting: dict[int, list[int]] = {}
        for span in part:
            starting.setdefault(span.start, []).append(span.end)
        found = {Span(start, after) for start, end in found for after in starting.get(end, ())}
    return found


def _chained(parts: Sequence[list[Span]], distance: int) -> Iterator[Span]:
    """The spans that belong to a chain through all parts in this order."""
    reached = [parts[0]]
    for part in parts[1:]:
        ends = sorted(span.end for span in reached[-1])
        reached.append([span for span in part if _any_within(ends, span.start - distance, span.start)])
    kept = reached[-1]
    yield from kept
    for part in reversed(reached[:-1]):
        starts = sorted(span.start for span in kept)
        kept = [span for span in part if _any_within(starts, span.end, span.end + distance)]
        yield from kept


def _any_within(ascending: Sequence[int], low: int, high: int) -> bool:
    return bisect_left(ascending, low) < bisect_right(ascending, high)
