"""The query tree evaluated on the arrays of a collection: which documents match, and what each scores.

Documents are found first and scored afterwards, only where a score is asked for. A score is a sum over leaves, so
that what scores is a list of leaves with their factors. What cannot score (other fields, ranges, negations) is a mask
over all documents, kept for the next question. What matches is defined in `search.query.nodes`, what it is worth in
`search.query.scoring`. Below a `Within` another `Evaluation` looks, which knows the sections it is bound to.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import NamedTuple, TypeAlias, assert_never

import numpy as np

from indexer.columnar.stored import ABSENT
from indexer.fields.schema import BY_NAME, Kind
from search.deadline import check
from search.evaluation.leaf_scores import ScoredLeaf
from search.evaluation.nearness import nearby
from search.evaluation.place_spans import Spans, adjoining, any_span, words_at, words_in_a_row
from search.evaluation.row_evaluation import RowEvaluation
from search.evaluation.same import Units
from search.evaluation.within import Sections
from search.query import nodes as q
from search.query import scoring
from search.query.limits import ANY_DISTANCE
from search.query.matcher import asked_of_rows
from search.query.walk import asks_field, field_below, leaves, nodes, relaxed, scoring_leaves
from search.query.words import fits
from search.results import Expansion
from search.segments.cache import KindOf
from search.segments.collection import Collection
from search.segments.postings import (
    NOTHING,
    Documents,
    Mask,
    Places,
    Postings,
    common,
    documents_of,
    in_all,
    in_any,
    mask_of,
    much_fewer,
    portions,
    present_in,
)
from search.segments.segment import Numbers

NOTHING_ASKED = q.Or(())


class Matches(NamedTuple):
    """The documents that match, and what is to be added up for their scores."""

    docs: Documents
    leaves: tuple[ScoredLeaf, ...]
    query: q.Query = NOTHING_ASKED
    """What was asked."""

    @property
    def asks_kinds(self) -> bool:
        """Tell whether documents of some kinds were asked for."""
        return asks_field(self.query, "type")


_Bounded: TypeAlias = tuple[q.Within | None, str, q.Query]
"""A query, the field it asks, and the `Within` that bounds it."""

_MASKS = KindOf[_Bounded, Mask]("documents that match")
_FOUND = KindOf[_Bounded, Documents]("documents that have an occurrence")
_NUMBERED = KindOf[tuple[str, q.Leaf], Postings]("documents whose number fits a leaf")
_FEW = 8
"""Documents to one of them, from which on its sentences are read alone."""
_UNITS = KindOf[q.Unit, Units]("sentences or paragraphs")
_SECTIONS = KindOf[q.Query, Sections]("sections whose names fit")


class Evaluation:
    """Evaluates query trees on one collection; where it is bounded, only which documents match."""

    def __init__(self, collection: Collection, bounds: q.Within | None = None, possible: Mask | None = None) -> None:
        """Evaluate on a collection; with `bounds`, only what lies below that `Within`, of the `possible` documents."""
        self._collection = collection
        self._bounds, self._possible = bounds, possible

    def answer(self, query: q.Query) -> Matches:
        """Find the documents that match and are not deleted, and what is to be added up for their scores."""
        self._collection.expand(_expanded(query))
        found = self._matches(query, "text")
        titles = [ScoredLeaf(leaf, "title", scoring.TITLE_WEIGHT * factor) for leaf, factor in scoring_leaves(query)]
        return Matches(self._collection.living(found.docs), (*found.leaves, *titles), query)

    # Documents

    def _matches(self, query: q.Query, field: str) -> Matches:
        scored = tuple(ScoredLeaf(leaf, field, factor) for leaf, factor in scoring_leaves(query, field))
        if not scored:
            return Matches(np.flatnonzero(self.mask(query, field)), ())
        match query:
            case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
                return Matches(self._leaf(query, field).docs, scored)
            case q.Phrase() | q.Near() | q.Same():
                return Matches(self._with_places(query, field), scored)
            case q.Field(name, part):
                return self._matches(part, name)
            case q.Within() | q.Row():
                return Matches(np.flatnonzero(self.mask(query, field)), scored)
            case q.Boost(part, factor):
                found = self._matches(part, field)
                return found._replace(leaves=tuple(each._replace(factor=factor * each.factor) for each in found.leaves))
            case q.And(parts):
                return self._of_all(parts, field)
            case q.Or(parts):
                return self._of_any(parts, field)
            case q.AtLeast(parts, least):
                found = self._of_any(parts, field)
                return found._replace(docs=self._of_at_least(parts, field, least))
            case q.Not() | q.Range() | q.Everything():
                raise AssertionError("has no leaf that scores")
            case _:
                assert_never(query)

    def _of_all(self, parts: Sequence[q.Query], field: str) -> Matches:
        scored = [part for part in parts if any(True for _ in scoring_leaves(part, field))]
        matches = [self._matches(part, field) for part in scored]
        docs = self._in_all(scored, [part.docs for part in matches], field)
        masks = [self.mask(part, field) for part in parts if part not in scored and not _is_free(part)]
        if masks:
            docs = docs.compress(reduce(np.logical_and, masks).take(docs))
        return Matches(docs, tuple(leaf for part in matches for leaf in part.leaves))

    def _in_all(self, parts: Sequence[q.Query], found: Sequence[Documents], field: str) -> Documents:
        """Find the documents of every part: as `postings.in_all`, by the masks that are kept of leaves."""
        (docs, _), *others = sorted(zip(found, parts, strict=True), key=lambda each: len(each[0]))
        for other, part in others:
            by_mask = isinstance(part, q.Leaf) and not much_fewer(docs, other)
            docs = docs[self.mask(part, field)[docs]] if by_mask else in_all([docs, other], self._collection.size)
        return docs

    def _of_any(self, parts: Sequence[q.Query], field: str) -> Matches:
        matches = [self._matches(part, field) for part in parts]
        docs = in_any([part.docs for part in matches], self._collection.size)
        scored = [
            each if isinstance(part, q.Leaf) else each._replace(within=_both(each.within, found.docs))
            for part, found in zip(parts, matches, strict=True)
            for each in found.leaves
        ]
        return Matches(docs, tuple(scored))

    def _of_at_least(self, parts: Sequence[q.Query], field: str, least: int) -> Documents:
        """Find the documents that at least so many of the parts match, deleted ones included."""
        counts = np.zeros(self._collection.size, np.int16)
        for part in parts if least > 0 else ():
            counts += self.mask(part, field)
        return np.flatnonzero(counts >= least)

    # Masks

    def mask(self, query: q.Query, field: str = "text") -> Mask:
        """Return the documents that match as a mask, deleted ones included, kept for the next question."""
        return self._collection.cache.get(_MASKS, (self._bounds, field, query), lambda: self._mask(query, field))

    def _mask(self, query: q.Query, field: str) -> Mask:
        size = self._collection.size
        match query:
            case q.Everything():
                return np.ones(size, np.bool_)
            case q.Not(part):
                return ~self.mask(part, field)
            case q.Field(_, part) | q.Boost(part):
                return self.mask(part, field_below(query, field))
            case q.Within(names, part):
                possible = self.sections(names).holders & Evaluation(self._collection).mask(relaxed(part), field)
                return possible & Evaluation(self._collection, query, possible).mask(part, field)
            case q.Row(part):
                return mask_of([self._having_row(part, field)], size)
            case q.And(parts):
                return reduce(np.logical_and, (self.mask(part, field) for part in parts), np.ones(size, np.bool_))
            case q.Or(parts):
                return self._any_mask(parts, field)
            case q.AtLeast(parts, least):
                return mask_of([self._of_at_least(parts, field, least)], size)
            case q.Range(low, high):
                return self._in_range(field, low, high)
            case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
                return mask_of([self._having(query, field)], size)
            case q.Phrase() | q.Near() | q.Same():
                return mask_of([self._with_places(query, field)], size)
            case _:
                assert_never(query)

    def _any_mask(self, parts: Sequence[q.Query], field: str) -> Mask:
        size = self._collection.size
        if all(isinstance(part, q.Leaf) for part in parts):  # a watchlist: no mask for each value
            return mask_of([self._having(part, field) for part in parts if isinstance(part, q.Leaf)], size)
        return reduce(np.logical_or, (self.mask(part, field) for part in parts), np.zeros(size, np.bool_))

    def _having_row(self, part: q.Query, field: str) -> Documents:
        asked_of_rows(part, field)
        possible = Evaluation(self._collection).mask(relaxed(part), field)
        return RowEvaluation(self._collection, possible, self._spans).documents(part, field)

    def _in_range(self, field: str, low: int | None, high: int | None) -> Mask:
        if BY_NAME[field].kind in {Kind.DATE, Kind.NUMBER}:
            numbers = self._collection.numbers(field)
            mask = numbers >= (ABSENT + 1 if low is None else low)
            return mask if high is None else mask & (numbers <= high)
        return mask_of([self._collection.in_range(field, q.Range(low, high)).docs], self._collection.size)

    # Leaves

    def expansion(self, leaf: q.Leaf, field: str) -> Expansion:
        """Find the terms of the field that the leaf stands for, and count the documents that have any."""
        collection = self._collection
        if BY_NAME[field].kind in {Kind.DATE, Kind.NUMBER}:
            numbers = collection.numbers(field)[collection.living(self._leaf(leaf, field).docs)]
            return Expansion(tuple(sorted(map(str, np.unique(numbers).tolist()))), len(numbers))
        present = [
            term
            for term in collection.forms(field, leaf)
            if len(collection.living(collection.postings(field, q.Term(term, exact=True)).docs))
        ]
        return Expansion(tuple(present), len(collection.living(self._leaf(leaf, field).docs)))

    def _leaf(self, leaf: q.Leaf, field: str) -> Postings:
        collection = self._collection
        if BY_NAME[field].kind in {Kind.DATE, Kind.NUMBER}:
            numbers = collection.numbers(field)
            return collection.cache.get(_NUMBERED, (field, leaf), lambda: _numbered(numbers, fits(leaf)))
        return collection.postings(field, leaf)

    # Sections

    def sections(self, names: q.Query) -> Sections:
        """Find the sections of all documents whose names fit."""
        return self._collection.cache.get(_SECTIONS, names, lambda: Sections.named(self._collection, names))

    def _bounding(self, field: str) -> Sections | None:
        return self.sections(self._bounds.sections) if self._bounds is not None and field == "text" else None

    def _having(self, leaf: q.Leaf, field: str) -> Documents:
        """Find the documents that have what the leaf stands for, where it counts."""
        return self._leaf(leaf, field).docs if self._bounding(field) is None else self._with_places(leaf, field)

    # Phrases and proximity

    def _with_places(self, query: q.Leaf | q.Phrase | q.Near | q.Same, field: str) -> Documents:
        return self._collection.cache.get(_FOUND, (self._bounds, field, query), lambda: self._found(query, field))

    def _found(self, query: q.Leaf | q.Phrase | q.Near | q.Same, field: str) -> Documents:
        docs = self._holders(query, field)
        sections = self._bounding(field)
        if sections is not None and self._possible is not None:
            docs = docs[self._possible[docs]]
        if isinstance(query, q.Same):
            postings = [self._leaf(leaf, field) for leaf in leaves(query)]
            found = [self._in_one_unit(query, field, some) for some in portions(postings, docs)]
            return np.concatenate([NOTHING, *found])
        if sections is None or self._possible is None:
            return self._occurring(query, field, docs)
        return sections.documents(self._occurring(query, field, docs))

    def _in_one_unit(self, query: q.Same, field: str, docs: Documents) -> Documents:
        """Find the documents that have all parts in one sentence or paragraph, and, where sections bound it, there."""
        if field != "text":
            return NOTHING
        sections = self._bounding(field)
        units = self._units(query.unit, docs)
        if sections is not None:
            units = units.cut_at(sections)
        spans = [units.inside(self._spans(part, field, docs), sections) for part in query.parts]
        return units.documents(nearby(spans, ANY_DISTANCE, ordered=query.ordered))

    def _units(self, unit: q.Unit, docs: Documents) -> Units:
        """Read the units of some documents, or, where these are many, of all, which are kept."""
        cache, collection = self._collection.cache, self._collection
        if not cache.holds(_UNITS, unit) and len(docs) * _FEW < collection.size:
            return Units.of(collection, unit, docs)
        return cache.get(_UNITS, unit, lambda: Units.of(collection, unit))

    def _occurring(self, query: q.Leaf | q.Phrase | q.Near, field: str, docs: Documents) -> Documents:
        """Find the documents that have an occurrence, or, where sections bound it, the sections by number.

        These are looked at so many at a time that their places are few: memory is flat whatever is asked.
        """
        postings = [self._leaf(leaf, field) for leaf in leaves(query)]
        return np.concatenate([NOTHING, *(self._occurring_in(query, field, some) for some in portions(postings, docs))])

    def _occurring_in(self, query: q.Leaf | q.Phrase | q.Near, field: str, docs: Documents) -> Documents:
        check()
        if isinstance(query, q.Near):
            spans = [self._spans(part, field, docs) for part in query.parts]
            return nearby(spans, query.distance, ordered=query.ordered)
        return self._spans(query, field, docs).docs

    def _holders(self, part: q.Query, field: str) -> Documents:
        """Find the documents that have, anywhere, what a phrase, a Near or a Same is made of."""
        if not isinstance(part, q.Placed):
            raise TypeError(f"{type(part).__name__} has no occurrences in a text")
        match part:
            case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
                return self._leaf(part, field).docs
            case q.Phrase(parts) | q.Near(parts) | q.Same(parts):
                return in_all([self._holders(each, field) for each in parts], self._collection.size)
            case q.Or(parts):
                return in_any([self._holders(each, field) for each in parts], self._collection.size)
            case _:
                assert_never(part)

    def _spans(self, part: q.Query, field: str, docs: Documents) -> Spans:
        """Find the occurrences in some documents, and perhaps in others."""
        if not isinstance(part, q.Neighbour):
            raise TypeError(f"{type(part).__name__} has no occurrences to take part in a phrase")
        match part:
            case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
                return words_at(self._places(part, field, docs))
            case q.Phrase(parts) if all(isinstance(each, q.Leaf) for each in parts):
                return self._words_in_a_row([each for each in parts if isinstance(each, q.Leaf)], field, docs)
            case q.Phrase(parts):
                return adjoining([self._spans(each, field, docs) for each in parts])
            case q.Or(parts):
                return any_span([self._spans(each, field, docs) for each in parts])
            case _:
                assert_never(part)

    def _words_in_a_row(self, words: Sequence[q.Leaf], field: str, docs: Documents) -> Spans:
        """Find the occurrences of a phrase of single words: of each word only where those before it were found."""
        if self._bounding(field) is not None:
            return words_in_a_row([self._places(each, field, docs) for each in words])
        rarest, *rest = sorted(range(len(words)), key=lambda index: self._leaf(words[index], field).size)
        found = self._places(words[rarest], field, docs)
        for index in rest:
            docs = documents_of(found)
            found = common(found + (index - rarest), self._places(words[index], field, docs)) - (index - rarest)
        return Spans(found - rarest, found - rarest + len(words))

    def _places(self, leaf: q.Leaf, field: str, docs: Documents) -> Places:
        if BY_NAME[field].kind in {Kind.DATE, Kind.NUMBER}:
            return self._leaf(leaf, field).read_places(None)
        places, sections = self._collection.places(field, leaf, docs), self._bounding(field)
        return places if sections is None else sections.inside(places)


def _expanded(query: q.Query) -> Iterator[tuple[str, q.Leaf]]:
    """Yield the leaves whose terms are looked for in an index, each with its field: in titles too where they score."""
    for node, field in nodes(query):
        if isinstance(node, q.Leaf) and BY_NAME[field].kind not in {Kind.DATE, Kind.NUMBER}:
            yield field, node
    for leaf, _ in scoring_leaves(query):
        yield "title", leaf


def _is_free(part: q.Query) -> bool:
    """Tell whether every document matches, as is plain to see."""
    return isinstance(part, q.AtLeast) and part.least <= 0


def _numbered(numbers: Numbers, test: Callable[[str], bool]) -> Postings:
    """Find the documents whose number, written in digits, passes the test."""
    fitting = [value for value in np.unique(numbers[numbers != ABSENT]).tolist() if test(str(value))]
    return present_in(np.flatnonzero(np.isin(numbers, fitting)))


def _both(first: Documents | None, second: Documents) -> Documents:
    return second if first is None else common(first, second)
