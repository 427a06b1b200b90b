"""What stands together in a text, as intervals of the cluster: phrases, NEAR, sentences, sections.

An interval of the cluster is minimal, and two parts may overlap in it. So where parts differ in length, could share a
word, or are more than two, what is found is a bound: all that match, and perhaps more.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple, assert_never

from indexer.analysis.stacked import JOINED, signed
from indexer.analysis.stemming import stem
from indexer.cluster import placed_terms as places
from indexer.fields.row_values import VALUE_GAP
from search.query import nodes as q
from search.query.limits import ANY_DISTANCE
from search.searchers.cluster.lexicon import ClusterLexicon
from search.searchers.cluster.requests import Json, path

_MOST_WAYS = 64
"""Ways to choose among the alternatives of a phrase, each of which is asked."""


LONGEST_VALUE = VALUE_GAP - 100
"""Words between two of a value; two values are `VALUE_GAP` apart."""


class Word(NamedTuple):
    """One place of a text, and the terms of which any may stand there."""

    terms: tuple[str, ...]
    stems: frozenset[str]
    """Of the words that fit, to tell whether two may claim one place."""


class WordRow(NamedTuple):
    """Places that follow one another, each in one of several ways of the same length; none: any length."""

    ways: tuple[tuple[Word, ...], ...]

    @property
    def has_one_length(self) -> bool:
        """Tell whether all ways are of as many words."""
        return len(set(map(len, self.ways))) == 1

    @property
    def intervals(self) -> Json:
        """Ask for it."""
        return any_of([_in_line(way) for way in self.ways])


class PlacedClause(NamedTuple):
    """What is asked of the places of a field."""

    intervals: Json
    is_exact: bool


def word_of(leaf: q.Leaf, field: str, lexicon: ClusterLexicon) -> Word | None:
    """Return the terms a leaf stands for; None for any word at all."""
    match leaf:
        case q.Term(word, exact=True):
            term = places.SIGNED + word if signed(word) else word
            return Word((term,), frozenset({stem(word.lstrip("".join(_SIGNS)))}))
        case q.Term(word):
            return Word(class_terms(word), frozenset({stem(word)}))
        case q.Prefix(""):
            return None
        case q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Range():
            words = lexicon.words(field, leaf)
            return Word(words, frozenset(map(stem, words)))
        case _:
            assert_never(leaf)


_SIGNS = "$£€¥%+"


def class_terms(word: str) -> tuple[str, ...]:
    """Return the terms of which a text has one wherever it has an inflection of a word."""
    root = stem(word)
    return (places.STEM + root, root) if places.has_own_stem(root) else (places.STEM + root,)


def stretch(query: q.Query, field: str, lexicon: ClusterLexicon) -> WordRow | None:
    """Return a leaf, a phrase or an `Or` of these as places in a row; None where the cluster cannot be asked so."""
    if isinstance(query, q.Leaf):
        word = word_of(query, field, lexicon)
        return word and WordRow(((word,),))
    if isinstance(query, q.Or):
        found = [stretch(part, field, lexicon) for part in query.parts]
        return WordRow(tuple(way for each in found if each for way in each.ways)) if all(found) else None
    if isinstance(query, q.Phrase):
        found = [stretch(part, field, lexicon) for part in query.parts]
        return _chained([each for each in found if each]) if all(found) else None
    return None


def _chained(parts: Sequence[WordRow]) -> WordRow | None:
    ways = 1
    for part in parts:
        ways *= len(part.ways)
    if ways > _MOST_WAYS:
        return None
    return WordRow(tuple(tuple(word for way in chosen for word in way) for chosen in product(*(p.ways for p in parts))))


def near(parts: Sequence[WordRow], distance: int, *, ordered: bool) -> PlacedClause:
    """Ask for parts that are at most so many words apart, each from its neighbour."""
    if len(parts) == 1:
        return PlacedClause(parts[0].intervals, is_exact=True)
    gaps = -1 if distance >= ANY_DISTANCE else distance * (len(parts) - 1)
    exact = len(parts) == 2 and _are_apart(parts) and (gaps == 0 or all(part.has_one_length for part in parts))
    return PlacedClause(all_of([part.intervals for part in parts], gaps, ordered=ordered), exact)


def same(parts: Sequence[WordRow], unit: q.Unit, *, ordered: bool) -> PlacedClause:
    """Ask for parts that stand in one sentence or paragraph; one word always does."""
    if len(parts) == 1 and all(len(way) == 1 for way in parts[0].ways):
        return PlacedClause(parts[0].intervals, is_exact=True)
    together = all_of([part.intervals for part in parts], -1, ordered=ordered)
    exact = _are_apart(parts) and all(part.has_one_length for part in parts)
    whole = all_of([_term(places.FIRST[unit]), _term(places.LAST[unit])], -1, ordered=True)
    return PlacedClause(filtered(together, "contained_by", whole), exact)


def in_sections(found: Json, names: Sequence[str]) -> Json:
    """Ask for what lies in one of the sections of these names."""
    marks = list(map(places.section_mark, names))
    longer = [all_of([_term(places.BEGIN + mark), _term(places.END + mark)], -1, ordered=True) for mark in marks]
    alone = [_term(places.ALONE + mark) for mark in marks]
    return filtered(found, "contained_by", any_of([*longer, *alone]))


def in_one_value(parts: Sequence[Json]) -> Json:
    """Ask for all parts in one value of a field: values begin further from one another than theirs are long."""
    return parts[0] if len(parts) == 1 else all_of(parts, LONGEST_VALUE, ordered=False)


def _are_apart(parts: Sequence[WordRow]) -> bool:
    """Tell whether no place of a text can belong to two of the parts."""
    stems = [frozenset(each for way in part.ways for word in way for each in word.stems) for part in parts]
    return not any(_may_share(first, second) for first, second in combinations(stems, 2))


def _may_share(first: Iterable[str], second: Iterable[str]) -> bool:
    """Tell whether words of two stems may stand at one place: the same, or one at the end of a joined one."""
    ends = {each.lstrip(JOINED) for each in second}
    return any(
        one.endswith(other) or other.endswith(one) for one in (each.lstrip(JOINED) for each in first) for other in ends
    )


def _in_line(way: Sequence[Word]) -> Json:
    words = [any_of(list(map(_term, word.terms))) for word in way]
    return words[0] if len(words) == 1 else all_of(words, 0, ordered=True)


def _term(term: str) -> Json:
    return {"match": {"query": term, "analyzer": "asked"}}


def any_of(intervals: Sequence[Json]) -> Json:
    """Ask for any of these; of none, for what no text has."""
    if not intervals:
        return _term(places.BEGIN + places.END)
    return intervals[0] if len(intervals) == 1 else {"any_of": {"intervals": list(intervals)}}


def all_of(intervals: Sequence[Json], gaps: int, *, ordered: bool) -> Json:
    """Ask for all of these with at most so many words between them; -1: any number."""
    return {"all_of": {"intervals": list(intervals), "max_gaps": gaps, "ordered": ordered}}


def filtered(found: Json, how: str, by: Json) -> Json:
    """Keep the intervals that stand to others as `how` says."""
    return {"all_of": {"intervals": [found], "filter": {how: by}}}


def clause(field: str, intervals: Json) -> Json:
    """Ask a field for intervals."""
    return {"intervals": {path(field): intervals}}


def sections_begin(names: Sequence[str]) -> Iterator[str]:
    """Yield the terms of which a text has one where it has a section of one of these names."""
    return (mark + places.section_mark(name) for name in names for mark in (places.BEGIN, places.ALONE))
