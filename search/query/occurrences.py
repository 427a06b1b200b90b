"""Where leaves, phrases, Nears and Sames stand in the words of one text; `search.query.nodes` defines what is said."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias, assert_never

from indexer.analysis.stacked import signed
from indexer.analysis.stemming import stem
from indexer.analysis.tokenizer import spans, stacked, term, words
from indexer.fields.row_values import next_value
from indexer.fields.schema import Kind
from search.deadline import check
from search.query import nodes as q
from search.query.candidates import Lexicon
from search.query.limits import ANY_DISTANCE
from search.query.spans import WordSpan
from search.query.words import fits

_MANY = 500
"""Different words of a text, from which on not each is tried on a pattern."""
UnitStarts: TypeAlias = Callable[[q.Unit], Sequence[int]]
"""Gives the place of the first word of each sentence or paragraph, ascending."""


def no_units(unit: q.Unit) -> Sequence[int]:
    """Find no sentences and no paragraphs: those of a field that has none."""
    return ()


class Words:
    """The words of one field of one document, by place."""

    def __init__(self, values: Sequence[str], kind: Kind, starts: UnitStarts = no_units) -> None:
        """Take the values; `starts` says where the sentences and paragraphs of their words begin."""
        self.values = values
        self._kind = kind
        self._unit_starts = starts

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Map each different word to the places where it stands, ascending."""
        found: dict[bytes, list[int]] = defaultdict(list)
        for start, value, words_there in zip(self._starts, self.values, self._words, strict=True):
            for place, word in enumerate(words_there, start):
                found[word].append(place)
            for place, word in self._stacked(value):
                found[word].append(start + place)
        named: dict[str, list[int]] = {}
        for word, places in found.items():
            named.setdefault(self._term(word), []).extend(places)
        return {name: sorted(places) for name, places in named.items()}

    @cached_property
    def count(self) -> int:
        """Count the words; what is stacked on them does not count."""
        return sum(map(len, self._words))

    def offsets(self, places: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield where the words at these places stand in their values, ascending: (start, end) in characters."""
        wanted = set(places)
        for start, value in zip(self._starts, self.values, strict=True):
            yield from (span for place, span in enumerate(self._spans(value), start) if place in wanted)

    def _stacked(self, value: str) -> Iterable[tuple[int, bytes]]:
        return stacked(value) if self._kind is Kind.TEXT else ()

    def _spans(self, value: str) -> Iterable[tuple[int, int]]:
        return spans(value) if self._kind is Kind.TEXT else [(0, len(value))]

    @cached_property
    def _words(self) -> list[list[bytes]]:
        """Split each value into words; a value that is compared whole is its only word."""
        if self._kind is Kind.TEXT:
            return [words(value) for value in self.values]
        return [[value.lower().encode("utf-8", "surrogatepass")] if value else [] for value in self.values]

    def _term(self, word: bytes) -> str:
        return term(word) if self._kind is Kind.TEXT else word.decode("utf-8", "surrogatepass")

    @cached_property
    def _starts(self) -> list[int]:
        """Number the first word of each value."""
        lengths = map(len, self._words)
        return list(accumulate(lengths, next_value, initial=0))[: len(self.values)]

    def occurrences(self, query: q.Query, bounds: WordSpan | None = None) -> set[WordSpan]:
        """Find every occurrence in these words; see `Positions.occurrences`."""
        return self._positions.occurrences(query, bounds)

    @cached_property
    def _positions(self) -> "Positions":
        return Positions(self.places, self._unit_starts)


class Positions:
    """Finds occurrences among words of which only is known where they stand."""

    def __init__(self, by_word: Mapping[str, Sequence[int]], starts: UnitStarts = no_units) -> None:
        """Take the places of each different word, ascending, and of where sentences and paragraphs begin."""
        self._by_word = by_word
        self._unit_starts = starts

    def occurrences(self, query: q.Query, bounds: WordSpan | None = None) -> set[WordSpan]:
        """Find every occurrence in these words; of a Near or a Same, those of its parts that stand together.

        With `bounds`, those that lie in this stretch alone. TypeError for what has no occurrences in a text (`And`,
        `Not`, `Field`, ...).
        """
        if not isinstance(query, q.Placed):
            raise TypeError(f"{type(query).__name__} has no occurrences in a text")
        match query:
            # `$5` is no word of a text: its sign and its number are two terms at one place (`analysis.stacked`).
            case q.Term(word, exact=True) if (shared := signed(word)) and word not in self._by_word:
                return set.intersection(*(self.occurrences(q.Term(each, exact=True), bounds) for each in shared))
            case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
                return {WordSpan(place, place + 1) for word in self.fitting(query) for place in self._at(word, bounds)}
            case q.Or(parts):
                return {span for part in parts for span in self.occurrences(part, bounds)}
            case q.Phrase(parts):
                return _in_line([self.occurrences(part, bounds) for part in parts])
            case q.Near(parts, distance, ordered):
                found = [sorted(self.occurrences(part, bounds)) for part in parts]
                return set(_in_chains(found, distance, ordered=ordered))
            case q.Same(parts, unit, ordered):
                by_unit = [_by_unit(self.occurrences(part, bounds), self._unit_starts(unit)) for part in parts]
                return set(_in_units(by_unit, ordered=ordered))
            case _:
                assert_never(query)

    def _at(self, word: str, bounds: WordSpan | None) -> Sequence[int]:
        places = self._by_word[word]
        return places if bounds is None else [place for place in places if bounds.start <= place < bounds.end]

    def fitting(self, leaf: q.Leaf) -> Iterable[str]:
        """Find those of the words that a leaf stands for."""
        if isinstance(leaf, q.Term):
            candidates = [leaf.word] if leaf.exact else self._by_stem.get(stem(leaf.word), [])
            return [word for word in candidates if word in self._by_word]
        check()
        if isinstance(leaf, q.Prefix) or len(self._by_word) < _MANY:
            return filter(fits(leaf), self._by_word)
        # Each pattern tried on each word of a long text is slow: most words are ruled out by their letters first.
        words = self._lexicon.words
        return filter(fits(leaf), [words[at] for at in self._lexicon.candidates(leaf).tolist()])

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(list(self._by_word))

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self._by_word:
            found.setdefault(stem(word), []).append(word)
        return found


def _in_line(parts: Sequence[set[WordSpan]]) -> set[WordSpan]:
    found = parts[0]
    for part in parts[1:]:
        starting: dict[int, list[int]] = {}
        for span in part:
            starting.setdefault(span.start, []).append(span.end)
        found = {WordSpan(start, after) for start, end in found for after in starting.get(end, ())}
    return found


def _by_unit(spans_there: Iterable[WordSpan], starts: Sequence[int]) -> dict[int, list[WordSpan]]:
    """Group the spans that lie in one sentence or paragraph by its number, each group ascending."""
    found: dict[int, list[WordSpan]] = defaultdict(list)
    for span in sorted(spans_there):
        unit = bisect_right(starts, span.start)
        if unit and unit == bisect_right(starts, span.end - 1):
            found[unit].append(span)
    return found


def _in_units(parts: Sequence[Mapping[int, list[WordSpan]]], *, ordered: bool) -> Iterator[WordSpan]:
    """Yield the spans in chains through all parts within a sentence or paragraph."""
    for unit in sorted(set(parts[0]).intersection(*parts[1:])):
        yield from _in_chains([part[unit] for part in parts], ANY_DISTANCE, ordered=ordered)


def _in_chains(parts: Sequence[list[WordSpan]], distance: int, *, ordered: bool) -> Iterator[WordSpan]:
    """Yield the spans in chains through all parts: each starts at most `distance` words after the one before ends."""
    # A span is in a chain through all parts if one chain ends with it and one of all the other parts begins with it.
    every = (1 << len(parts)) - 1
    forward = _chain_ends(parts, distance, ordered=ordered)
    backward = _chain_ends([_mirrored(part) for part in reversed(parts)], distance, ordered=ordered)
    for (used, last), spans_there in forward.items():
        rest = _reversed_bits(every & ~used | 1 << last, len(parts))
        onward = set(backward.get((rest, len(parts) - 1 - last), ()))
        yield from (span for span in spans_there if WordSpan(-span.end, -span.start) in onward)


def _chain_ends(
    parts: Sequence[list[WordSpan]], distance: int, *, ordered: bool
) -> dict[tuple[int, int], list[WordSpan]]:
    """Find the last spans of chains, by which parts they go through (as bits) and which is the last."""
    level = {(1 << part, part): spans_there for part, spans_there in enumerate(parts) if part == 0 or not ordered}
    ends = dict(level)
    for _ in parts[1:]:
        check()
        level = {
            (used | 1 << part, part): [span for span in parts[part] if _follows(span, before, distance)]
            for used, before in _ends_by_parts(level).items()
            for part in range(len(parts))
            if (used == (1 << part) - 1 if ordered else not used >> part & 1)
        }
        ends |= level
    return ends


def _ends_by_parts(level: Mapping[tuple[int, int], list[WordSpan]]) -> dict[int, list[int]]:
    """Group where chains end, ascending, by which parts they go through."""
    ends: dict[int, list[int]] = {}
    for (used, _), spans_there in level.items():
        ends.setdefault(used, []).extend(span.end for span in spans_there)
    return {used: sorted(found) for used, found in ends.items()}


def _follows(span: WordSpan, ends: Sequence[int], distance: int) -> bool:
    nearest = bisect_right(ends, span.start)
    return nearest > 0 and span.start - ends[nearest - 1] <= distance


def _mirrored(part: Sequence[WordSpan]) -> list[WordSpan]:
    return [WordSpan(-span.end, -span.start) for span in reversed(part)]


def _reversed_bits(bits: int, count: int) -> int:
    return sum(1 << (count - 1 - bit) for bit in range(count) if bits >> bit & 1)
