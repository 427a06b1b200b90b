"""The query tree as a query of the cluster, asked of the documents nested in filings.

Each clause finds every document that matches, and tells whether it finds nothing else. Where it may find more, its
documents are looked at one by one (`search.searchers.cluster.one_by_one`).
"""

from collections.abc import Sequence
from typing import NamedTuple, assert_never

from indexer.cluster.mapping import NUMBER, number, whole
from indexer.fields.schema import BY_NAME, SECTION, Kind
from search.query import nodes as q
from search.query import walk
from search.query.words import alternatives, decimal_ends
from search.searchers.cluster import placed
from search.searchers.cluster import requests as r
from search.searchers.cluster.lexicon import ClusterLexicon, expression
from search.searchers.cluster.requests import Json


class AskedClause(NamedTuple):
    """What a part of the tree is asked as."""

    clause: Json
    is_exact: bool = True
    """Whether it finds nothing that does not match."""


EVERY, NOTHING = AskedClause(r.EVERY), AskedClause(r.NONE)


class Matching:
    """Puts trees as clauses, for one index."""

    def __init__(self, lexicon: ClusterLexicon, sections: tuple[str, ...] | None = None) -> None:
        """Put them for the texts of documents, or for what lies in sections of these names alone."""
        self._lexicon, self._sections = lexicon, sections

    def asked(self, query: q.Query, field: str = "text") -> AskedClause:
        """Put a tree, asked of `field`."""
        match query:
            case q.Everything():
                return EVERY
            case q.Field() | q.Boost():
                (part,) = walk.children(query)
                return self.asked(part, walk.field_below(query, field))
            case q.And(parts):
                return self._every(parts, field)
            case q.Or(parts):
                return self._some(parts, field, 1)
            case q.AtLeast(parts, least):
                return self._some(parts, field, least)
            case q.Not(part):
                inner = self.asked(part, field)
                return AskedClause(r.without(inner.clause)) if inner.is_exact else EVERY._replace(is_exact=False)
            case q.Within(names, part):
                return self._within(names, part, field)
            case q.Row(part):
                return self._row(part, field)
            case q.Range():
                return _range(query, field)
            case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
                return self._leaf(query, field)
            case q.Phrase(parts) | q.Near(parts) | q.Same(parts):
                return self._together(query, parts, field)
            case _:
                assert_never(query)

    def _every(self, parts: Sequence[q.Query], field: str) -> AskedClause:
        found = [self.asked(part, field) for part in parts]
        return AskedClause(r.every([each.clause for each in found]), all(each.is_exact for each in found))

    def _some(self, parts: Sequence[q.Query], field: str, least: int) -> AskedClause:
        found = [self.asked(part, field) for part in parts]
        return AskedClause(r.at_least([each.clause for each in found], least), all(each.is_exact for each in found))

    def _within(self, names: q.Query, part: q.Query, field: str) -> AskedClause:
        found = tuple(dict.fromkeys(word for leaf in alternatives(names) for word in self._names(leaf)))
        inner = Matching(self._lexicon, found).asked(part, field)
        begun = r.terms("text", list(placed.sections_begin(found)))
        return AskedClause(r.every([begun, inner.clause]), inner.is_exact)

    def _names(self, leaf: q.Leaf) -> Sequence[str]:
        return (leaf.word,) if isinstance(leaf, q.Term) and leaf.exact else self._lexicon.words(SECTION, leaf)

    def _row(self, part: q.Query, field: str) -> AskedClause:
        """Ask for what one value of one field of words has in it; of several fields, for what any rows have."""
        fields = {name for node, name in walk.nodes(part, field) if isinstance(node, q.Leaf | q.Range)}
        if len(fields) == 1 and not _is_of_any_row(part):
            (name,) = fields
            if BY_NAME[name].kind is Kind.TEXT and (found := self._in_one_value(part, name)):
                return AskedClause(placed.clause(name, found))
        return self.asked(walk.relaxed(part), field)._replace(is_exact=_is_of_any_row(part))

    def _in_one_value(self, part: q.Query, field: str) -> Json | None:
        """Ask for words that stand in one value, wherever in it; None where the cluster cannot be asked so."""
        match part:
            case q.Field(_, inner) | q.Boost(inner) | q.Row(inner):
                return self._in_one_value(inner, field)
            case q.And(parts) | q.Or(parts):
                found = [self._in_one_value(each, field) for each in parts]
                known = [each for each in found if each is not None]
                if not known or len(known) < len(found):
                    return None
                return placed.any_of(known) if isinstance(part, q.Or) else placed.in_one_value(known)
            case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Phrase():
                stretch = placed.stretch(part, field, self._lexicon)
                return stretch and stretch.intervals
            case q.Near() | q.Same() | q.AtLeast() | q.Not() | q.Within() | q.Range() | q.Everything():
                return None
            case _:
                assert_never(part)

    # Leaves

    def _leaf(self, leaf: q.Leaf, field: str) -> AskedClause:
        if field == "text" and self._sections is not None:
            return self._bounded(leaf)
        if BY_NAME[field].kind is Kind.TEXT:
            return AskedClause(self._word(leaf, field))
        return AskedClause(self._value(leaf, field))

    def _word(self, leaf: q.Leaf, field: str) -> Json:
        match leaf:
            case q.Prefix(""):
                return r.has_value(field)
            case q.Prefix(prefix):
                return {"prefix": {r.path(field): {"value": prefix}}}
            case q.Wildcard(pattern):
                return {"regexp": {r.path(field): {"value": expression(pattern)}}}
            case q.Term() | q.Fuzzy():
                word = placed.word_of(leaf, field, self._lexicon)
                return r.terms(field, word.terms if word else ())
            case _:
                assert_never(leaf)

    def _value(self, leaf: q.Leaf, field: str) -> Json:
        match leaf:
            case q.Prefix(""):
                return r.has_value(field)
            case q.Prefix(prefix):
                return {"prefix": {r.path(field): {"value": whole(prefix)}}}
            case q.Term(word, exact=True):
                return r.terms(field, [whole(word)])
            case q.Wildcard(pattern):
                return {"regexp": {r.path(field): {"value": expression(pattern)}}}
            case q.Term() | q.Fuzzy():
                return r.terms(field, self._lexicon.words(field, leaf))
            case _:
                assert_never(leaf)

    def _bounded(self, query: q.Leaf | q.Phrase) -> AskedClause:
        found = placed.stretch(query, "text", self._lexicon)
        if found is None:
            return EVERY._replace(is_exact=False)
        return self._placed("text", placed.PlacedClause(found.intervals, found.has_one_length or not found.ways))

    # What stands together

    def _together(self, query: q.Phrase | q.Near | q.Same, parts: Sequence[q.Query], field: str) -> AskedClause:
        if BY_NAME[field].kind is not Kind.TEXT:
            return self.asked(parts[0], field) if len(parts) == 1 and not isinstance(query, q.Same) else NOTHING
        if isinstance(query, q.Same) and field != "text":
            return NOTHING
        if isinstance(query, q.Phrase):
            parts = (query,)
        found = [placed.stretch(part, field, self._lexicon) for part in parts]
        known = [each for each in found if each is not None]
        if len(known) < len(found):
            return self._relaxed(query, field)
        return self._placed(field, _standing(query, known))

    def _placed(self, field: str, asked: placed.PlacedClause) -> AskedClause:
        intervals = asked.intervals
        if field == "text" and self._sections is not None:
            intervals = placed.in_sections(intervals, self._sections)
        return AskedClause(placed.clause(field, intervals), asked.is_exact)

    def _relaxed(self, query: q.Query, field: str) -> AskedClause:
        """Ask for the words alone, wherever they stand."""
        return Matching(self._lexicon).asked(walk.relaxed(query), field)._replace(is_exact=False)


def _standing(query: q.Phrase | q.Near | q.Same, parts: Sequence[placed.WordRow]) -> placed.PlacedClause:
    if isinstance(query, q.Phrase):
        return placed.PlacedClause(parts[0].intervals, is_exact=True)
    if isinstance(query, q.Near):
        return placed.near(parts, query.distance, ordered=query.ordered)
    return placed.same(parts, query.unit, ordered=query.ordered)


def _range(span: q.Range, field: str) -> AskedClause:
    kind = BY_NAME[field].kind
    if kind is Kind.TEXT:
        return EVERY._replace(is_exact=False)
    if kind is Kind.DECIMAL:
        low, high = decimal_ends(span)
        return AskedClause({"range": {r.path(field): {"gte": low, "lte": high}}}) if high else NOTHING
    ends = {name: number(end) for name, end in (("gte", span.low), ("lte", span.high)) if end is not None}
    numbers = f"{NUMBER}.{field}"
    return AskedClause({"range": {r.path(numbers): ends}} if ends else r.has_value(numbers))


def _is_of_any_row(query: q.Query) -> bool:
    """Tell whether what is asked of a row is one thing, so that it may as well be asked of all rows at once."""
    match query:
        case q.Field(_, part) | q.Boost(part):
            return _is_of_any_row(part)
        case q.Or(parts):
            return all(map(_is_of_any_row, parts))
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Range():
            return True
        case q.Row() | q.Phrase() | q.Near() | q.Same() | q.And() | q.AtLeast() | q.Not() | q.Within() | q.Everything():
            return False
        case _:
            assert_never(query)
