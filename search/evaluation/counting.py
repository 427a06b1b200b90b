"""Facets: of the filings that match, how many have each value of a field."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.stored import ABSENT
from indexer.fields.entries import company_labels
from indexer.fields.schema import BY_NAME, Kind
from search.query import nodes as q
from search.results import Facet, FacetCount
from search.segments.cache import KindOf
from search.segments.collection import Collection
from search.segments.postings import NOTHING, Documents, Mask, beginnings_of_runs, mask_of
from search.segments.segment import Numbers


class _Values(NamedTuple):
    """Every value of every document for a field: `values` and `docs` run parallel, by value and then by document."""

    names: Sequence[str]
    values: NDArray[np.int32]
    docs: Documents


_BY_VALUE = KindOf[str, _Values]("every value of a field")
_SINGLE = KindOf[str, NDArray[np.int32] | None]("the one value of a field that each document has")


class FacetCounting:
    """Counts filings, or documents, by the values of one field after another."""

    def __init__(self, collection: Collection, docs: Documents, *, documents: bool) -> None:
        """Count the filings among the documents, or these."""
        self._collection, self._docs, self._documents = collection, docs, documents

    def facet(self, field: str, most: int | None) -> Facet:
        """Count those that have each of the field's values, of which `most` are told; see `Searcher.facets`."""
        cache, collection = self._collection.cache, self._collection
        of_field = cache.get(_BY_VALUE, field, lambda: _values(collection, field))
        single = cache.get(_SINGLE, field, lambda: _single(collection, of_field))
        # Of the documents of a filing that all have the same value, any speaks for it.
        counts = self._by_value(of_field) if single is None else np.bincount(single.take(self._one_of_each))
        found = counts[: len(of_field.names)].nonzero()[0]
        # Names are in order, and so equals come in it.
        order = found.take((-counts.take(found)).argsort(kind="stable")[:most])
        names = [of_field.names[number] for number in order.tolist()]
        return Facet(field, tuple(map(FacetCount, names, counts.take(order).tolist())))

    @cached_property
    def _one_of_each(self) -> Documents:
        filings = self._collection.filings
        return self._docs if self._documents else self._docs.take(beginnings_of_runs(filings.take(self._docs)))

    @cached_property
    def _is_found(self) -> Mask:
        return mask_of([self._docs], self._collection.size)

    def _by_value(self, of_field: _Values) -> NDArray[np.int64]:
        """Count the filings, or the documents, of each value; runs parallel to the names."""
        names, values, holders = of_field
        found = np.flatnonzero(self._is_found[holders])
        values, filings = values[found], (holders if self._documents else self._collection.filings[holders])[found]
        new = np.ones(len(values), np.bool_)
        np.not_equal(filings[1:], filings[:-1], out=new[1:])
        new[1:] |= values[1:] != values[:-1]
        return np.bincount(values[new], minlength=len(names))


def _single(collection: Collection, of_field: _Values) -> NDArray[np.int32] | None:
    """Return each document's value, as an index into the names, one more than the last for none.

    None when a document has several values, or documents of one filing have different ones.
    """
    names, values, holders = of_field
    by_document = np.full(collection.size, len(names), np.int32)
    by_document[holders] = values
    filings = collection.filings
    within = filings[1:] == filings[:-1]
    alike = bool((by_document[1:] == by_document[:-1])[within].all())
    return by_document if alike and len(holders) == np.count_nonzero(by_document < len(names)) else None


def _values(collection: Collection, name: str) -> _Values:
    if name == "company":
        return _of_parties(collection)
    if name == "month":
        return _dates(collection.numbers("filed"), 100, lambda month: f"{month // 100:04}-{month % 100:02}")
    field = BY_NAME.get("filed" if name == "year" else name)
    match field.kind if field else None:
        case Kind.DATE if field:
            return _dates(collection.numbers(field.name), 10000, lambda year: f"{year:04}")
        case Kind.KEYWORD if field:
            return _whole(collection, field.name)
        case _:
            raise ValueError(f"cannot count by {name!r}")


def _of_parties(collection: Collection) -> _Values:
    docs, found = collection.parties()
    parties = sorted(set(found))
    index = {party: number for number, party in enumerate(parties)}
    values = np.array([index[party] for party in found], np.int64)
    latest = np.full(len(parties), -1, np.int64)
    filed = np.maximum(collection.numbers("filed")[docs], 0)
    is_live = np.ones(len(docs), np.bool_) if collection.live is None else collection.live[docs]
    np.maximum.at(latest, values[is_live], filed[is_live])
    called = company_labels({party: day for party, day in zip(parties, latest.tolist(), strict=True) if day >= 0})
    labels = sorted(set(called.values()))
    place = {label: number for number, label in enumerate(labels)}
    moved = np.array([place.get(called.get(party, ""), 0) for party in parties], np.int64)
    return _sorted(labels, *_distinct(moved[values[is_live]], docs[is_live]))


def _distinct(values: NDArray[np.int64], docs: Documents) -> tuple[NDArray[np.int64], Documents]:
    """Leave out a value that a document has twice, under two names."""
    pairs = np.unique(np.stack([values, docs]), axis=1)
    return pairs[0], pairs[1]


def _dates(dates: Numbers, unit: int, name: Callable[[int], str]) -> _Values:
    """Take the last digits off dates (YYYYMMDD): `unit` 100 leaves the month, 10000 the year."""
    docs = np.flatnonzero(dates != ABSENT)
    periods, values = np.unique(dates[docs] // unit, return_inverse=True)
    return _sorted([name(period) for period in periods.tolist()], values, docs)


def _whole(collection: Collection, field: str) -> _Values:
    names = collection.terms(field)
    docs = [collection.postings(field, q.Term(name, exact=True)).docs for name in names]
    values = np.repeat(np.arange(len(names)), [len(holders) for holders in docs])
    return _Values(names, values.astype(np.int32), np.concatenate([NOTHING, *docs]))


def _sorted(names: Sequence[str], values: NDArray[np.int64], docs: Documents) -> _Values:
    order = np.lexsort((docs, values))
    return _Values(names, values[order].astype(np.int32), docs[order])
