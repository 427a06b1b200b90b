"""Where leaves, phrases, Nears and Sames stand, on arrays: which documents have them, and at which places.

What they mean is defined in `search.query.nodes`. What lies below a `Within` stands in the sections it is bound to.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias, assert_never

import numpy as np

from indexer.columnar.stored import ABSENT
from indexer.fields.schema import BY_DOCUMENT
from search.deadline import check
from search.evaluation.leaf_scores import often_by_document
from search.evaluation.nearness import in_windows, nearby, soonest, words_near
from search.evaluation.place_spans import Spans, adjoining, any_span, words_at, words_in_a_row, words_side_by_side
from search.evaluation.same import Units
from search.evaluation.within import Sections
from search.query import nodes as q
from search.query.limits import ANY_DISTANCE
from search.query.walk import leaves
from search.query.words import fits
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
    much_fewer,
    portions,
    present_in,
)
from search.segments.segment import Numbers
from search.segments.term_postings import PackedPostings

Bounded: TypeAlias = tuple[q.Within | None, str, q.Query]
"""A query, the field it asks, and the `Within` that bounds it."""

_FOUND = KindOf[Bounded, Documents]("documents that have an occurrence")
_NUMBERED = KindOf[tuple[str, q.Leaf], Postings]("documents whose number fits a leaf")
_FEW = 8
"""Documents to one of them, from which on its sentences are read alone."""
_TWO = 2
_UNITS = KindOf[q.Unit, Units]("sentences or paragraphs")
_SECTIONS = KindOf[q.Query, Sections]("sections whose names fit")


class PlaceEvaluation:
    """Finds what stands in the texts, or other fields, of a collection; where it is bounded, only what lies inside."""

    def __init__(self, collection: Collection, bounds: q.Within | None, possible: Mask | None) -> None:
        """Look in a collection; with `bounds`, only below that `Within`, in the `possible` documents."""
        self._collection = collection
        self._bounds, self._possible = bounds, possible

    def sections(self, names: q.Query) -> Sections:
        """Find the sections of all documents whose names fit."""
        return self._collection.cache.get(_SECTIONS, names, lambda: Sections.named(self._collection, names))

    def _bounding(self, field: str) -> Sections | None:
        return self.sections(self._bounds.sections) if self._bounds is not None and field == "text" else None

    def having(self, leaf: q.Leaf, field: str) -> Documents:
        """Find the documents that have what the leaf stands for, where it counts."""
        return self.leaf(leaf, field).docs if self._bounding(field) is None else self.with_places(leaf, field)

    # Leaves

    def leaf(self, leaf: q.Leaf, field: str) -> Postings:
        collection = self._collection
        if field in BY_DOCUMENT:
            numbers = collection.numbers(field)
            return collection.cache.get(_NUMBERED, (field, leaf), lambda: _numbered(numbers, fits(leaf)))
        return collection.postings(field, leaf)

    # Phrases and proximity

    def with_places(self, query: q.Leaf | q.Phrase | q.Near | q.Same, field: str) -> Documents:
        return self._collection.cache.get(_FOUND, (self._bounds, field, query), lambda: self._found(query, field))

    def _found(self, query: q.Leaf | q.Phrase | q.Near | q.Same, field: str) -> Documents:
        docs = self._holders(query, field)
        sections = self._bounding(field)
        if sections is not None and self._possible is not None:
            docs = docs[self._possible[docs]]
        if isinstance(query, q.Same):
            postings = [self.leaf(leaf, field) for leaf in leaves(query)]
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

        def inside(parts: Sequence[Spans]) -> Documents:
            found = [units.inside(part, sections) for part in parts]
            return units.documents(in_windows(found, ANY_DISTANCE, ordered=query.ordered))

        parts = [self.spans(part, field, docs) for part in query.parts]
        return soonest(parts, inside) if sections is None else inside(parts)

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
        postings = [self.leaf(leaf, field) for leaf in leaves(query)]
        return np.concatenate([NOTHING, *(self._occurring_in(query, field, some) for some in portions(postings, docs))])

    def _occurring_in(self, query: q.Leaf | q.Phrase | q.Near, field: str, docs: Documents) -> Documents:
        check()
        if not len(docs):
            return docs
        words = None if isinstance(query, q.Leaf) else self._packed(query.parts, field)
        if isinstance(query, q.Near):
            found = None
            if words is not None and len(words) == _TWO:
                found = words_near(words, docs, query.distance, ordered=query.ordered)
            spans = [self.spans(part, field, docs) for part in query.parts] if found is None else []
            return nearby(spans, query.distance, ordered=query.ordered) if found is None else found
        if words is not None:
            return documents_of(words_side_by_side(words, docs))
        return self.spans(query, field, docs).docs

    def _packed(self, parts: Sequence[q.Query], field: str) -> list[PackedPostings] | None:
        """Return the postings of words that can be laid end to end; None where any cannot."""
        if self._bounding(field) is not None or not all(isinstance(part, q.Leaf) for part in parts):
            return None
        found = [self.leaf(part, field) for part in parts if isinstance(part, q.Leaf)]
        packed = [each for each in found if isinstance(each, PackedPostings) and each.has_places]
        return packed if len(packed) == len(parts) else None

    def _holders(self, part: q.Query, field: str) -> Documents:
        """Find the documents that have, anywhere, what a phrase, a Near or a Same is made of."""
        if not isinstance(part, q.Placed):
            raise TypeError(f"{type(part).__name__} has no occurrences in a text")
        match part:
            case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
                return self.leaf(part, field).docs
            case q.Phrase(parts) | q.Near(parts) | q.Same(parts):
                return self._of_all(parts, field)
            case q.Or(parts):
                return in_any([self._holders(each, field) for each in parts], self._collection.size)
            case _:
                assert_never(part)

    def _of_all(self, parts: Sequence[q.Query], field: str) -> Documents:
        """Find the documents that have every part: as `postings.in_all`, by what is kept of a frequent leaf."""
        (docs, _), *others = sorted(
            [(self._holders(part, field), part) for part in parts], key=lambda each: len(each[0])
        )
        for other, part in others:
            often = None
            if isinstance(part, q.Leaf) and field not in BY_DOCUMENT and not much_fewer(docs, other):
                often = often_by_document(self._collection, field, part, len(docs))
            size = self._collection.size
            docs = in_all([docs, other], size) if often is None else docs.compress(often.take(docs) != 0)
        return docs

    def spans(self, part: q.Query, field: str, docs: Documents) -> Spans:
        """Find the occurrences in some documents, and perhaps in others between these."""
        if not isinstance(part, q.Neighbour):
            raise TypeError(f"{type(part).__name__} has no occurrences to take part in a phrase")
        match part:
            case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
                return words_at(self._places(part, field, docs))
            case q.Phrase(parts) if all(isinstance(each, q.Leaf) for each in parts):
                return self._words_in_a_row([each for each in parts if isinstance(each, q.Leaf)], field, docs)
            case q.Phrase(parts):
                return adjoining([self.spans(each, field, docs) for each in parts])
            case q.Or(parts):
                return any_span([self.spans(each, field, docs) for each in parts])
            case _:
                assert_never(part)

    def _words_in_a_row(self, words: Sequence[q.Leaf], field: str, docs: Documents) -> Spans:
        """Find the occurrences of a phrase of single words: of each word only where those before it were found."""
        if (packed := self._packed(words, field)) is not None:
            docs = in_all([docs, *(word.docs for word in packed)], self._collection.size)
            starts = words_side_by_side(packed, docs) if len(docs) else docs
            return Spans(starts, starts + len(words))
        if self._bounding(field) is not None:
            return words_in_a_row([self._places(each, field, docs) for each in words])
        rarest, *rest = sorted(range(len(words)), key=lambda index: self.leaf(words[index], field).size)
        found = self._places(words[rarest], field, docs)
        for index in rest:
            docs = documents_of(found)
            found = common(found + (index - rarest), self._places(words[index], field, docs)) - (index - rarest)
        return Spans(found - rarest, found - rarest + len(words))

    def _places(self, leaf: q.Leaf, field: str, docs: Documents) -> Places:
        if field in BY_DOCUMENT:
            return self.leaf(leaf, field).places_of(docs)
        places, sections = self._collection.places(field, leaf, docs), self._bounding(field)
        return places if sections is None else sections.inside(places)


def _numbered(numbers: Numbers, test: Callable[[str], bool]) -> Postings:
    """Find the documents whose number, written in digits, passes the test."""
    fitting = [value for value in np.unique(numbers[numbers != ABSENT]).tolist() if test(str(value))]
    return present_in(np.flatnonzero(np.isin(numbers, fitting)))
