"""Facets: of the filings that match, how many have each value of a field."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.rows import ABSENT
from indexer.schema import BY_NAME, Kind
from search.arrays.collection import Collection
from search.arrays.postings import NOTHING, Documents, mask_of
from search.arrays.ranking import filing_numbers
from search.arrays.segment import Numbers
from search.query import Term
from search.results import Facet, FacetCount


class _Values(NamedTuple):
    """Every value of every document for a field: `values` and `docs` run parallel, by value and then by document."""

    names: Sequence[str]
    values: NDArray[np.int32]
    docs: Documents


def facet(collection: Collection, docs: Documents, field: str) -> Facet:
    """How many filings among the documents have each of the field's values; see `Searcher.facets`."""
    names, values, holders = collection.column(("values", field), lambda: _values(collection, field))
    filings = collection.column(("filings of values", field), lambda: filing_numbers(collection)[holders])
    found = np.flatnonzero(mask_of([docs], collection.size)[holders])
    values, filings = values[found], filings[found]
    new = np.ones(len(values), np.bool_)
    np.not_equal(filings[1:], filings[:-1], out=new[1:])
    new[1:] |= values[1:] != values[:-1]
    counts = np.bincount(values[new], minlength=len(names)).tolist()
    counted = [FacetCount(name, count) for name, count in zip(names, counts, strict=True) if count]
    return Facet(field, tuple(sorted(counted, key=lambda each: (-each.filings, each.value))))


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
    docs, found = collection.party_names()
    names = sorted(set(found))
    index = {name: number for number, name in enumerate(names)}
    return _sorted(names, np.array([index[name] for name in found], np.int64), docs)


def _dates(dates: Numbers, unit: int, name: Callable[[int], str]) -> _Values:
    """The dates (YYYYMMDD) without their last digits: 100 leaves the month, 10000 the year."""
    docs = np.flatnonzero(dates != ABSENT)
    periods, values = np.unique(dates[docs] // unit, return_inverse=True)
    return _sorted([name(period) for period in periods.tolist()], values, docs)


def _whole(collection: Collection, field: str) -> _Values:
    names = collection.terms(field)
    docs = [collection.postings(field, Term(name, exact=True)).docs for name in names]
    values = np.repeat(np.arange(len(names)), [len(holders) for holders in docs])
    return _Values(names, values.astype(np.int32), np.concatenate([NOTHING, *docs]))


def _sorted(names: Sequence[str], values: NDArray[np.int64], docs: Documents) -> _Values:
    order = np.lexsort((docs, values))
    return _Values(names, values[order].astype(np.int32), docs[order])
