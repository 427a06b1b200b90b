"""Facets: of the filings that match, how many have each value of a field."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.schema import BY_NAME, Kind
from search.results import Facet, FacetCount
from search.searchers.arrays import NOTHING, Documents, mask_of
from search.searchers.collection import Collection
from search.searchers.ranking import filing_numbers
from search.searchers.segment import ABSENT, Numbers


class _Values(NamedTuple):
    """Every value of every document for a field: `values` and `docs` run parallel, by value and then by document."""

    names: Sequence[str]
    values: NDArray[np.int64]
    docs: Documents


def facet(collection: Collection, docs: Documents, field: str) -> Facet:
    """How many filings among the documents have each of the field's values; see `Searcher.facets`."""
    names, values, holders = collection.keep(("values", field), lambda: _values(collection, field))
    found = mask_of([docs], collection.size)[holders]
    values, filings = values[found], filing_numbers(collection)[holders[found]]
    new = np.ones(len(values), np.bool_)
    new[1:] = (values[1:] != values[:-1]) | (filings[1:] != filings[:-1])
    counts = np.bincount(values[new], minlength=len(names)).tolist()
    counted = [FacetCount(name, count) for name, count in zip(names, counts, strict=True) if count]
    return Facet(field, tuple(sorted(counted, key=lambda each: (-each.filings, each.value))))


def _values(collection: Collection, name: str) -> _Values:
    if name == "company":
        return _of_parties(collection)
    field = BY_NAME.get("filed" if name == "year" else name)
    match field.kind if field else None:
        case Kind.DATE if field:
            return _years(collection.numbers(field.name))
        case Kind.KEYWORD if field:
            return _whole(collection, field.name)
        case _:
            raise ValueError(f"cannot count by {name!r}")


def _of_parties(collection: Collection) -> _Values:
    docs, found = collection.party_names()
    names = sorted(set(found))
    index = {name: number for number, name in enumerate(names)}
    return _sorted(names, np.array([index[name] for name in found], np.int64), docs)


def _years(dates: Numbers) -> _Values:
    docs = np.flatnonzero(dates != ABSENT)
    years, values = np.unique(dates[docs] // 10000, return_inverse=True)
    return _sorted([f"{year:04}" for year in years.tolist()], values, docs)


def _whole(collection: Collection, field: str) -> _Values:
    names = collection.terms(field)
    docs = [collection.postings(field, [name]).docs for name in names]
    values = np.repeat(np.arange(len(names)), [len(holders) for holders in docs])
    return _Values(names, values, np.concatenate([NOTHING, *docs]))


def _sorted(names: Sequence[str], values: NDArray[np.int64], docs: Documents) -> _Values:
    order = np.argsort(values, kind="stable")
    return _Values(names, values[order], docs[order])
