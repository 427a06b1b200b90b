"""The segments of an index as one run of documents, with what was read kept for the next question.

A document's number here is its number in its segment plus the sizes of the segments before.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import accumulate
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.stacked import signed
from indexer.columnar.packing import keep_freed
from indexer.columnar.postings import POSITION_BITS
from indexer.columnar.stored import Labels
from indexer.fields.entries import StoredDocument
from indexer.fields.schema import BY_NAME, Kind
from search.deadline import check
from search.query import nodes as q
from search.query.words import decimal_ends, is_between
from search.segments.cache import Cache, KindOf, RecentPlaces
from search.segments.expansion import ExpansionBudget
from search.segments.matching import TermNumbers
from search.segments.postings import (
    EMPTY,
    NOTHING,
    Documents,
    Mask,
    Places,
    Postings,
    ascending,
    at,
    common,
    concatenated,
    mask_of,
    reduced,
    where_among,
)
from search.segments.segment import Numbers, Segment
from search.segments.term_postings import PackedPostings, TermIn, places_together
from search.segments.unions import united_postings

_POSTINGS = KindOf[tuple[str, q.Leaf], Postings]("postings of the terms of a field that fit a leaf")
_POSITIONS = KindOf[tuple[str, q.Leaf], Places]("positions of these")
_IN_RANGE = KindOf[tuple[str, q.Range], Postings]("postings of the values of a field in a range")
_TERMS = KindOf[tuple[str, q.Leaf], tuple[str, ...]]("terms of a field that fit a leaf")
_NUMBERS = KindOf[tuple[str, q.Leaf], tuple[TermNumbers, ...]]("the same by number, of each segment")
_FEW_FORMS = 32
"""Forms of a word, up to which each is read by itself."""
_MOST_KEPT = 1 << 21
"""Places of a leaf, from which on only those that are wanted are read."""
_OF_RECENT = 32
"""Such a part of the budget is for places that passages may ask for again."""
_LENGTHS = KindOf[str, NDArray[np.uint8]]("how many words each document's field has")
_VALUES = KindOf[str, Numbers]("a number of each document")
_LABELS = KindOf[str, Labels]("a text of each document")
_FILINGS = KindOf[str, NDArray[np.int32]]("the number of each document's filing")
_STORED = KindOf[int, StoredDocument]("what is stored of a document")


class Collection:
    """Postings, columns and statistics over all segments."""

    def __init__(self, segments: Sequence[Segment], budget: int) -> None:
        """Take the segments of a commit; `budget`: bytes of what was read and computed that are kept, about."""
        keep_freed()
        self._segments = tuple(segments)
        self._bases = tuple(accumulate((segment.size for segment in segments), initial=0))
        self.cache = Cache(budget - budget // _OF_RECENT)
        """What one question needs and another may, from what all documents have to answers."""
        self._means: dict[str, float] = {}
        self._recent = RecentPlaces(budget // _OF_RECENT)
        self.size = self._bases[-1]
        """Documents, deleted ones included."""
        self.live = self._live()
        """False for deleted documents; None when there are none."""
        self.documents = self.size - sum(len(segment.deleted) for segment in segments)
        """Documents that are not deleted: what scores count."""

    def _live(self) -> Mask | None:
        deleted = [segment.deleted + base for base, segment in zip(self._bases, self._segments, strict=False)]
        return ~mask_of(deleted, self.size) if any(map(len, deleted)) else None

    def places(self, field: str, leaf: q.Leaf, docs: Documents) -> Places:
        """Read the places of the terms that fit a leaf in some documents, and perhaps in others between these."""
        postings, key = self.postings(field, leaf), (field, leaf)
        if postings.in_parts or postings.size > _MOST_KEPT:
            return postings.places_of(docs)
        return reduced(self.cache.get(_POSITIONS, key, lambda: postings.read_places(None)), docs)

    def places_in(self, field: str, leaves: Sequence[q.Leaf], docs: Documents) -> tuple[Places, NDArray[np.int64]]:
        """Read the places, in these documents alone, of the terms that fit leaves, and which leaf stands at each.

        They ascend; a place that several leaves share comes once for each, in their order.
        """
        forms = [(index, form) for index, leaf in enumerate(leaves) for form in self.forms(field, leaf)]
        found = [(index, form, self._packed(field, form)) for index, form in forms]
        read = [(index, form) for index, form, packed in found if packed]
        places, terms = places_together([packed for *_, packed in found if packed], docs)
        for (_, form), own in zip(read, np.split(places, terms.searchsorted(np.arange(1, len(read)))), strict=False):
            self._recent.keep(field, form, docs, own)
        of_terms = np.array([index for index, _ in read], np.int64)
        bits = len(leaves).bit_length()  # 5 at most for 16 words: with those of a place enough for 2^26 documents
        keys = [places << bits | of_terms[terms]]
        keys += [self._places_of(field, form, docs) << bits | index for index, form, packed in found if not packed]
        every = ascending(np.concatenate(keys))
        return every >> bits, every & ((1 << bits) - 1)

    def _places_of(self, field: str, term: str, docs: Documents) -> Places:
        """Read the places of a term in these documents alone."""
        shared = [self.postings(field, q.Term(each, exact=True)) for each in _shared(field, term) or (term,)]
        places = reduce(common, (each.places_of(docs) for each in shared))
        found = places.compress(where_among(places >> POSITION_BITS, docs)[1])
        self._recent.keep(field, term, docs, found)
        return found

    def forms(self, field: str, leaf: q.Leaf) -> tuple[str, ...]:
        """List the terms of a field that a leaf stands for; of an exact Term the word, whether it is there or not."""

        def expand() -> tuple[str, ...]:
            found = zip(self._segments, self._matching(field, leaf), strict=True)
            return tuple(sorted({term for segment, numbers in found for term in segment.named(field, numbers)}))

        return (leaf.word,) if is_exact(leaf) else self.cache.get(_TERMS, (field, leaf), expand)

    def expand(self, asked: Iterable[tuple[str, q.Leaf]]) -> None:
        """Look for the terms of many leaves, none exact, each with its field, in one pass over each dictionary.

        Raises TooWideError when they stand for more than a query may (`search.query.limits`).
        """
        budget, missing = ExpansionBudget(), dict[str, list[q.Leaf]]()
        for field, leaf in dict.fromkeys(asked):
            if self.cache.holds(_NUMBERS, (field, leaf)):
                budget.spend(leaf, sum(map(len, self._matching(field, leaf))))
            else:
                missing.setdefault(field, []).append(leaf)
        for field, leaves in missing.items():
            found = [segment.matching(field, leaves, budget.spend) for segment in self._segments]
            for leaf, *numbers in zip(leaves, *found, strict=True):
                self.cache.put(_NUMBERS, (field, leaf), tuple(numbers))

    def _matching(self, field: str, leaf: q.Leaf) -> tuple[TermNumbers, ...]:
        """Find the terms of the field that a leaf stands for, by number, in each segment."""

        def find() -> tuple[TermNumbers, ...]:
            budget = ExpansionBudget()
            return tuple(segment.matching(field, [leaf], budget.spend)[0] for segment in self._segments)

        return self.cache.get(_NUMBERS, (field, leaf), find)

    def positions(self, field: str, terms: Iterable[str], document: int) -> dict[str, Numbers]:
        """Find where those of the terms that a document has stand in it, counted in words from 0, ascending."""
        found = {term: self._positions(field, term, document) for term in terms}
        return {term: places for term, places in found.items() if len(places)}

    def _positions(self, field: str, term: str, document: int) -> Numbers:
        if (recent := self._recent.of_document(field, term, document)) is not None:
            return recent
        packed = self._packed(field, term)
        found = packed.positions(document) if packed else None
        if found is None:
            return self._places_of(field, term, np.array([document])) - (document << POSITION_BITS)
        return np.array(found, np.int64)

    def _packed(self, field: str, term: str) -> PackedPostings | None:
        """Return the postings of a term where they are read as far as they are asked for; None where they are not."""
        postings = None if _shared(field, term) else self.postings(field, q.Term(term, exact=True))
        return postings if isinstance(postings, PackedPostings) else None

    def postings(self, field: str, leaf: q.Leaf) -> Postings:
        """Read the postings of the terms of a field that fit a leaf, as one."""
        return self.cache.get(_POSTINGS, (field, leaf), lambda: self._read(field, leaf))

    def in_range(self, field: str, span: q.Range) -> Postings:
        """Read the postings of the values of a decimal field between two ends, or of a keyword field in digits."""
        return self.cache.get(_IN_RANGE, (field, span), lambda: self._read_range(field, span))

    def _read_range(self, field: str, span: q.Range) -> Postings:
        if BY_NAME[field].kind is Kind.DECIMAL:
            low, high = decimal_ends(span)
            return self._concatenated([segment.between(field, low, high) for segment in self._segments])
        return self._concatenated([self._within(segment, field, span) for segment in self._segments])

    @staticmethod
    def _within(segment: Segment, field: str, span: q.Range) -> Postings:
        """Read the postings of a keyword field's values in digits that lie in a range."""
        numbers = [number for number, term in enumerate(segment.terms(field, "")) if is_between(span, term)]
        return segment.union(field, np.array(numbers, np.int32))

    def _read(self, field: str, leaf: q.Leaf) -> Postings:
        check()
        if is_exact(leaf):
            if shared := _shared(field, leaf.word):
                return at(reduce(common, (self._every_place(field, each) for each in shared)))
            return self._of_term(field, leaf.word)
        if isinstance(leaf, q.Term) and len(forms := self.forms(field, leaf)) <= _FEW_FORMS:
            parts = [
                self._of_term(field, each) if _shared(field, each) else self.postings(field, q.Term(each, exact=True))
                for each in forms
            ]
            return united_postings(parts, self.size)
        found = zip(self._segments, self._matching(field, leaf), strict=True)
        return self._concatenated([segment.union(field, numbers) for segment, numbers in found])

    def _of_term(self, field: str, term: str) -> Postings:
        """Read the postings of what a dictionary has under that name."""
        return self._concatenated([segment.postings(field, term) for segment in self._segments])

    def _every_place(self, field: str, term: str) -> Places:
        return self.postings(field, q.Term(term, exact=True)).read_places(None)

    def fitting(self, field: str, fits: Callable[[str], bool]) -> Documents:
        """Find the documents that have a value of the field that fits."""
        tried = ([fits(term) for term in segment.terms(field, "")] for segment in self._segments)
        found = zip(self._segments, (np.flatnonzero(fitting).astype(np.int32) for fitting in tried), strict=True)
        return self._concatenated([segment.union(field, numbers) for segment, numbers in found]).docs

    def _concatenated(self, parts: Sequence[Postings | None]) -> Postings:
        found = [
            (base, part) for base, part in zip(self._bases, parts, strict=False) if part is not None and part.count
        ]
        columnar = [(base, part) for base, part in found if isinstance(part, PackedPostings)]
        if found and len(columnar) == len(found):
            return PackedPostings([TermIn(base, *term[1:]) for base, part in columnar for term in part.terms])
        return concatenated(found) if found else EMPTY

    def terms(self, field: str, prefix: str = "") -> list[str]:
        """List the field's terms that begin with `prefix`, each once, in order."""
        return sorted({term for segment in self._segments for term in segment.terms(field, prefix)})

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Return how many words each document's field has, quantised to a byte (`search.query.scoring`)."""
        return self.cache.get(
            _LENGTHS, field, lambda: _gathered([segment.lengths(field) for segment in self._segments], np.uint8)
        )

    def numbers(self, field: str) -> Numbers:
        """Return each document's value of a column of numbers; ABSENT when it has none."""
        return self.cache.get(
            _VALUES, field, lambda: _gathered([segment.numbers(field) for segment in self._segments], np.int64)
        )

    def labels(self, field: str) -> Labels:
        """Return each document's value of a column of texts."""
        return self.cache.get(_LABELS, field, lambda: _joined([segment.labels(field) for segment in self._segments]))

    @property
    def filings(self) -> NDArray[np.int32]:
        """Number the filings from 0, ascending; one number for each document."""
        return self.cache.get(_FILINGS, "filing", self._numbered)

    def _numbered(self) -> NDArray[np.int32]:
        keys = _gathered([segment.numbers("filing") for segment in self._segments], np.int64)
        return np.concatenate([np.zeros(min(1, len(keys)), np.int32), np.cumsum(keys[1:] != keys[:-1], dtype=np.int32)])

    def parties(self) -> tuple[Documents, list[str]]:
        """List every party of every document (`StoredDocument.parties`): both run parallel, unordered."""
        parts = [segment.parties() for segment in self._segments]
        docs = [docs + base for base, (docs, _) in zip(self._bases, parts, strict=False)]
        return np.concatenate([NOTHING, *docs]), [name for _, names in parts for name in names]

    def mean_length(self, field: str) -> float:
        """Compute how many words of the field the mean document has, those without it included."""
        if field not in self._means:
            total = sum(segment.total_length(field) for segment in self._segments)
            self._means[field] = total / self.documents if total else 1.0
        return self._means[field]

    def stored(self, document: int) -> StoredDocument:
        """Read what is stored of a document for showing it."""
        return self.cache.get(_STORED, document, lambda: self._stored(document))

    def _stored(self, document: int) -> StoredDocument:
        segment, number = self._located(document)
        return segment.stored(number)

    def _located(self, document: int) -> tuple[Segment, int]:
        index = bisect_right(self._bases, document) - 1
        return self._segments[index], document - self._bases[index]

    def find(self, document_id: str) -> int:
        """Return the number of the document of that id that is not deleted; KeyError when there is none."""
        accession = q.Term(document_id.partition(":")[0].lower(), exact=True)
        for document in self.living(self.postings("accession", accession).docs).tolist():
            if self.stored(document).id == document_id:
                return int(document)
        raise KeyError(document_id)

    def living(self, docs: Documents) -> Documents:
        """Return those of the documents that are not deleted, ascending."""
        return docs if self.live is None else docs[self.live[docs]]

    def verify(self) -> dict[str, bool]:
        """Compare every segment with its checksums: by name, whether it has any. Raises UnusableIndexError."""
        found = {}
        for segment in self._segments:
            check()
            found[segment.name] = segment.verify()
        return found

    def living_count(self, postings: Postings) -> int:
        """Count the documents of postings that are not deleted."""
        return postings.count if self.live is None else len(self.living(postings.docs))

    def close(self) -> None:
        """Release files."""
        self.cache.clear()
        self._recent = RecentPlaces(0)
        for segment in self._segments:
            segment.close()


def is_exact(leaf: q.Leaf) -> TypeGuard[q.Term]:
    """Tell whether the leaf stands for one term, the same in every index."""
    return isinstance(leaf, q.Term) and leaf.exact


def _shared(field: str, term: str) -> tuple[str, str] | None:
    """Return the terms whose common places are those of a word with a sign; None for any other term."""
    shared = signed(term)
    return shared if shared and field in BY_NAME and BY_NAME[field].kind is Kind.TEXT else None


def _gathered(parts: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *parts]) if len(parts) != 1 else parts[0]


def _joined(parts: Sequence[Labels]) -> Labels:
    names = sorted({name for part in parts for name in part.names})
    index = {name: number for number, name in enumerate(names)}
    moved = [np.array([index[name] for name in part.names], np.int64)[part.indices] for part in parts]
    return Labels(np.concatenate([NOTHING, *moved]), names)
