"""What is asked of rows, on arrays: each row of each document counts as if it were a document.

A row is its document and its number in one, `document << 21 | row`: a place without its last bits. So rows sort by
document, and those of a value are those of its places. What a row is, is said in `search.query.nodes`.
"""

from collections.abc import Callable, Sequence, Set
from functools import reduce
from typing import TypeAlias, assert_never

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import POSITION_BITS
from indexer.fields.row_values import ROW_BITS, VALUE_SPAN
from search.evaluation.nearness import nearby
from search.evaluation.place_spans import Spans
from search.query import nodes as q
from search.query.matcher import asked_of_rows
from search.segments.collection import Collection
from search.segments.postings import NOTHING, Documents, Mask, Places, ascending, beginnings_of_runs, common

Rows: TypeAlias = NDArray[np.int64]
"""Rows, ascending, each once."""
_ROWS_OF_A_DOCUMENT = POSITION_BITS - ROW_BITS

Occurrences: TypeAlias = Callable[[q.Query, str, Documents], Spans]
"""Where a leaf, a phrase, or an `Or` of these stands in a field, in some documents and perhaps in others."""


class RowEvaluation:
    """Evaluates what lies below a `Row`."""

    def __init__(self, collection: Collection, possible: Mask, occurrences: Occurrences) -> None:
        """Evaluate in the `possible` documents of a collection."""
        self._collection, self._possible, self._occurrences = collection, possible, occurrences
        self._docs = np.flatnonzero(possible)
        self._asked: Set[str] = frozenset()

    def documents(self, query: q.Query, field: str) -> Documents:
        """Find the documents that have a row that matches, deleted ones among them."""
        self._asked = asked_of_rows(query, field)
        docs = self._rows(query, field) >> _ROWS_OF_A_DOCUMENT
        docs = docs.compress(self._possible[docs])  # of others not all places were read
        return docs[beginnings_of_runs(docs)]

    def _rows(self, query: q.Query, field: str) -> Rows:
        match query:
            case q.Field(name, part):
                return self._rows(part, name)
            case q.Row(part) | q.Boost(part):
                return self._rows(part, field)
            case q.And(parts):
                return self._of_all(parts, field)
            case q.Or(parts):
                return ascending(np.concatenate([NOTHING, *(self._rows(part, field) for part in parts)]))
            case q.AtLeast(parts, least):
                return self._of_at_least(parts, field, least)
            case q.Not() | q.Everything():
                return self._of_all((query,), field)
            case q.Range():
                return _rows_of(self._collection.in_range(field, query).read_places(self._possible))
            case q.Near(parts, distance, ordered):
                return _near([self._spans(part, field) for part in parts], distance, ordered=ordered)
            case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Phrase():
                return _rows_of(self._spans(query, field).starts)
            case q.Same():
                return NOTHING  # only the text has sentences
            case q.Within():
                raise TypeError("a row has no sections")
            case _:
                assert_never(query)

    def _of_all(self, parts: Sequence[q.Query], field: str) -> Rows:
        """Find the rows that match every part; what is left out is looked for last."""
        wanted = [self._rows(part, field) for part in parts if not isinstance(part, q.Not | q.Everything)]
        found = reduce(common, sorted(wanted, key=len)) if wanted else self._all()
        return reduce(_without, (self._rows(part.part, field) for part in parts if isinstance(part, q.Not)), found)

    def _of_at_least(self, parts: Sequence[q.Query], field: str, least: int) -> Rows:
        """Find the rows that at least so many of the parts match."""
        if least <= 0:
            return self._all()
        rows, counts = np.unique(np.concatenate([self._rows(part, field) for part in parts]), return_counts=True)
        return rows[counts >= least]

    def _spans(self, query: q.Query, field: str) -> Spans:
        return self._occurrences(query, field, self._docs)

    def _all(self) -> Rows:
        """List the rows of all documents: those in which a field that is asked has a value."""
        return _rows_of(np.concatenate([NOTHING, *(self._spans(q.Prefix(""), name).starts for name in self._asked)]))


def _rows_of(places: Places) -> Rows:
    return ascending(places >> ROW_BITS)


def _without(rows: Rows, excluded: Rows) -> Rows:
    return rows[~np.isin(rows, excluded, assume_unique=True)]


def _near(parts: Sequence[Spans], distance: int, *, ordered: bool) -> Rows:
    """Find the rows with a chain of occurrences: as `nearness.nearby`, rows in place of documents."""
    rows = _rows_of(np.concatenate([part.starts for part in parts]))
    return rows[nearby([_numbered(part, rows) for part in parts], distance, ordered=ordered)]


def _numbered(spans: Spans, rows: Rows) -> Spans:
    """Return occurrences with the index of their row among `rows` in place of their document."""
    at = np.searchsorted(rows, spans.starts >> ROW_BITS)
    starts = at << POSITION_BITS | spans.starts & VALUE_SPAN - 1
    return Spans(starts, starts + (spans.ends - spans.starts))
