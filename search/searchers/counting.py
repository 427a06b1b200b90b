"""Facets: of the filings that match, how many have each value of a field."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.results import Facet, FacetCount
from search.searchers.arrays import Documents, mask_of
from search.searchers.collection import Collection
from search.searchers.ranking import filing_numbers


class _Values(NamedTuple):
    """Every value of every document for a field: `values` and `docs` run parallel, by value and then by document."""

    names: Sequence[str]
    values: NDArray[np.int64]
    docs: Documents


def facet(collection: Collection, docs: Documents, field: str) -> Facet:
    """How many filings among the documents have each of the field's values, most frequent first."""
    names, values, holders = collection.keep(("values", field), lambda: _values(collection, field))
    found = mask_of([docs], collection.size)[holders]
    values, filings = values[found], filing_numbers(collection)[holders[found]]
    new = np.ones(len(values), np.bool_)
    new[1:] = (values[1:] != values[:-1]) | (filings[1:] != filings[:-1])
    counts = np.bincount(values[new], minlength=len(names)).tolist()
    counted = [FacetCount(name, count) for name, count in zip(names, counts, strict=True) if count]
    return Facet(field, tuple(sorted(counted, key=lambda each: (-each.filings, each.value))))


def _values(collection: Collection, field: str) -> _Values:
    names = collection.terms(field)
    docs = [collection.postings(field, [name]).docs for name in names]
    values = np.repeat(np.arange(len(names)), [len(holders) for holders in docs])
    return _Values(names, values, np.concatenate([np.empty(0, np.int64), *docs]))
