"""The set algebra on arrays gives what sets and lists of pairs give."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.segments import postings
from search.segments.postings import (
    NOTHING,
    POSITION_BITS,
    ascending,
    beginnings_of_runs,
    common,
    documents_of,
    in_all,
    in_any,
    indices_among,
    less_than,
    mask_of,
    merged,
    united,
)

SIZE = 40
numbers = st.lists(st.integers(0, SIZE - 1), unique=True).map(sorted)
many = st.lists(st.integers(0, 5000), unique=True, max_size=300).map(sorted)


def array(values: list[int]) -> np.ndarray:
    return np.array(values, np.int64)


@given(many, many)
def test_common_values(first: list[int], second: list[int]) -> None:
    assert common(array(first), array(second)).tolist() == sorted(set(first) & set(second))


@given(st.lists(many, max_size=4))
def test_few_arrays_are_merged(parts: list[list[int]]) -> None:
    assert merged([array(part) for part in parts]).tolist() == sorted(set().union(*parts))


@given(many, many)
def test_indices_among_others(values: list[int], among: list[int]) -> None:
    found = indices_among(array(values), array(among)).tolist()
    assert found == [index for index, value in enumerate(values) if value in among]


@given(many, many, st.sampled_from([0, 1000]))
def test_values_that_are_less(values: list[int], among: list[int], searched: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_MERGED", searched)
        found = less_than(array(values), array(among)).tolist()
    assert found == [sum(each < value for each in among) for value in values]


@given(st.lists(numbers, min_size=1, max_size=4))
def test_documents_of_all_and_of_any(parts: list[list[int]]) -> None:
    arrays = [array(part) for part in parts]
    assert in_all(arrays, SIZE).tolist() == sorted(set.intersection(*map(set, parts)))
    assert in_any(arrays, SIZE).tolist() == sorted(set.union(*map(set, parts)))
    assert np.flatnonzero(mask_of(arrays, SIZE)).tolist() == sorted(set.union(*map(set, parts)))


@given(st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(1, 9)), max_size=60), st.sampled_from([SIZE, 10_000]))
def test_frequencies_of_several_terms_are_summed(pairs: list[tuple[int, int]], size: int) -> None:
    docs, frequencies = array([document for document, _ in pairs]), array([often for _, often in pairs])
    found = united(docs, frequencies, lambda within: NOTHING, size)
    totals = Counter[int]()
    for document, often in pairs:
        totals[document] += often
    assert list(zip(found.docs.tolist(), found.frequencies.tolist(), strict=True)) == sorted(totals.items())


@given(st.lists(st.integers(0, 9)))
def test_order_and_runs(values: list[int]) -> None:
    assert ascending(array(values)).tolist() == sorted(set(values))
    starts = beginnings_of_runs(array(values)).tolist()
    assert starts == [index for index in range(len(values)) if index == 0 or values[index] != values[index - 1]]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), unique=True).map(sorted))
def test_places_know_their_documents(pairs: list[tuple[int, int]]) -> None:
    places = array([document << POSITION_BITS | position for document, position in pairs])
    assert documents_of(places).tolist() == sorted({document for document, _ in pairs})
