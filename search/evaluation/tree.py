"""The query tree evaluated on the arrays of a collection: which documents match, and what each scores.

Documents are found first and scored afterwards, only where a score is asked for. A score is a sum over leaves, so
that what scores is a list of leaves with their factors. What cannot score (other fields, ranges, negations) is a mask
over all documents, kept for the next question. What matches is defined in `search.query.nodes`, what it is worth in
`search.query.scoring`. Below a `Within` another `Evaluation` looks, which knows the sections it is bound to.
"""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple, assert_never

import numpy as np

from indexer.columnar.stored import ABSENT
from indexer.fields.schema import BY_DOCUMENT
from search.evaluation.leaf_scores import ScoredLeaf, often_by_document
from search.evaluation.place_evaluation import Bounded, PlaceEvaluation
from search.evaluation.within import Sections
from search.query import nodes as q
from search.query import scoring
from search.query.walk import asks_field, field_below, nodes, relaxed, scoring_leaves
from search.results import Expansion
from search.segments.cache import KindOf
from search.segments.collection import Collection, is_exact
from search.segments.postings import (
    Documents,
    Mask,
    common,
    in_all,
    in_any,
    mask_of,
    much_fewer,
)

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


_MASKS = KindOf[Bounded, Mask]("documents that match")


class Evaluation:
    """Evaluates query trees on one collection; where it is bounded, only which documents match."""

    def __init__(self, collection: Collection, bounds: q.Within | None = None, possible: Mask | None = None) -> None:
        """Evaluate on a collection; with `bounds`, only what lies below that `Within`, of the `possible` documents."""
        self._collection = collection
        self._bounds = bounds
        self._places = PlaceEvaluation(collection, bounds, possible)

    def answer(self, query: q.Query) -> Matches:
        """Find the documents that match and are not deleted, and what is to be added up for their scores."""
        scored = list(scoring_leaves(query))
        if asked := _expanded(query, scored):
            self._collection.expand(asked)
        found = self._matches(query, "text")
        titles = [ScoredLeaf(leaf, "title", scoring.TITLE_WEIGHT * factor) for leaf, factor in scored]
        return Matches(self._collection.living(found.docs), (*found.leaves, *titles), query)

    # Documents

    def _matches(self, query: q.Query, field: str) -> Matches:
        if isinstance(query, q.Leaf) and field == "text":
            return Matches(self._places.leaf(query, field).docs, (ScoredLeaf(query, field, 1.0),))
        scored = tuple(ScoredLeaf(leaf, field, factor) for leaf, factor in scoring_leaves(query, field))
        if not scored:
            return Matches(np.flatnonzero(self.mask(query, field)), ())
        match query:
            case q.Phrase() | q.Near() | q.Same():
                return Matches(self._places.with_places(query, field), scored)
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
            case q.Not() | q.Range() | q.Everything() | q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
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
            if isinstance(part, q.Leaf) and not much_fewer(docs, other):
                docs = docs.compress(self._have(part, field, docs))
            else:
                docs = in_all([docs, other], self._collection.size)
        return docs

    def _have(self, leaf: q.Leaf, field: str, docs: Documents) -> Mask:
        """Tell which of some documents have a leaf where it counts."""
        often = None if self._bounds else often_by_document(self._collection, field, leaf, len(docs))
        return self.mask(leaf, field).take(docs) if often is None else often.take(docs) != 0

    def _of_any(self, parts: Sequence[q.Query], field: str) -> Matches:
        matches = [self._matches(part, field) for part in parts]
        docs = self._in_any(parts, [part.docs for part in matches], field)
        scored = [
            each if isinstance(part, q.Leaf) else each._replace(within=_both(each.within, found.docs))
            for part, found in zip(parts, matches, strict=True)
            for each in found.leaves
        ]
        return Matches(docs, tuple(scored))

    def _in_any(self, parts: Sequence[q.Query], found: Sequence[Documents], field: str) -> Documents:
        """Find the documents of any part: as `postings.in_any`, by what is kept of a frequent leaf."""
        most = max(range(len(parts)), key=lambda index: len(found[index]), default=0)
        others = [docs for index, docs in enumerate(found) if index != most]
        often = None
        if others and isinstance(part := parts[most], q.Leaf) and not self._bounds:
            often = often_by_document(self._collection, field, part, len(found[most]))
        if often is None:
            return in_any(found, self._collection.size)
        mask = often != 0
        for docs in others:
            mask[docs] = True
        return np.flatnonzero(mask)

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
                return mask_of([self._places.having(query, field)], size)
            case q.Phrase() | q.Near() | q.Same():
                return mask_of([self._places.with_places(query, field)], size)
            case _:
                assert_never(query)

    def _any_mask(self, parts: Sequence[q.Query], field: str) -> Mask:
        size = self._collection.size
        if all(isinstance(part, q.Leaf) for part in parts):  # a watchlist: no mask for each value
            return mask_of([self._places.having(part, field) for part in parts if isinstance(part, q.Leaf)], size)
        return reduce(np.logical_or, (self.mask(part, field) for part in parts), np.zeros(size, np.bool_))

    def _having_row(self, part: q.Query, field: str) -> Documents:
        from search.evaluation.row_evaluation import RowEvaluation  # noqa: PLC0415  (few questions ask of rows)
        from search.query.matcher import asked_of_rows  # noqa: PLC0415

        asked_of_rows(part, field)
        possible = Evaluation(self._collection).mask(relaxed(part), field)
        return RowEvaluation(self._collection, possible, self._places.spans).documents(part, field)

    def _in_range(self, field: str, low: int | None, high: int | None) -> Mask:
        if field in BY_DOCUMENT:
            numbers = self._collection.numbers(field)
            mask = numbers >= (ABSENT + 1 if low is None else low)
            return mask if high is None else mask & (numbers <= high)
        return mask_of([self._collection.in_range(field, q.Range(low, high)).docs], self._collection.size)

    # What it stands for

    def sections(self, names: q.Query) -> Sections:
        """Find the sections of all documents whose names fit."""
        return self._places.sections(names)

    def expansion(self, leaf: q.Leaf, field: str) -> Expansion:
        """Find the terms of the field that the leaf stands for, and count the documents that have any."""
        collection = self._collection
        if field in BY_DOCUMENT:
            numbers = collection.numbers(field)[collection.living(self._places.leaf(leaf, field).docs)]
            return Expansion(tuple(sorted(map(str, np.unique(numbers).tolist()))), len(numbers))
        present = [
            term
            for term in collection.forms(field, leaf)
            if len(collection.living(collection.postings(field, q.Term(term, exact=True)).docs))
        ]
        return Expansion(tuple(present), len(collection.living(self._places.leaf(leaf, field).docs)))


def _expanded(query: q.Query, scored: Sequence[tuple[q.Leaf, float]]) -> list[tuple[str, q.Leaf]]:
    """List the leaves whose terms are looked for in an index, each with its field: in titles too where they score."""
    found = [
        (field, node)
        for node, field in nodes(query)
        if isinstance(node, q.Leaf) and not is_exact(node) and field not in BY_DOCUMENT
    ]
    return found + [("title", leaf) for leaf, _ in scored if found and not is_exact(leaf)]


def _is_free(part: q.Query) -> bool:
    """Tell whether every document matches, as is plain to see."""
    return isinstance(part, q.AtLeast) and part.least <= 0


def _both(first: Documents | None, second: Documents) -> Documents:
    return second if first is None else common(first, second)
