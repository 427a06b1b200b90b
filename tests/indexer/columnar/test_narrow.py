"""Narrowed numbers come back whole, slice by slice."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.narrow import narrowed, starts, widened

numbers = st.one_of(st.integers(0, 300), st.integers(0, 70_000), st.integers(0, 2**32 - 1))


@given(st.lists(numbers, max_size=40), st.sampled_from(["u1", "u2"]), st.integers(0, 40), st.integers(0, 40))
def test_every_slice_comes_back(values: list[int], dtype: str, low: int, high: int) -> None:
    narrow = narrowed(np.array(values, np.int64), dtype)
    assert narrow.values.dtype == np.dtype(dtype)
    assert widened(narrow.values[low:high], low, narrow.at, narrow.large).tolist() == values[low:high]


@given(st.lists(st.integers(0, 9)))
def test_starts_are_running_totals(counts: list[int]) -> None:
    assert starts(np.array(counts, np.int64)).tolist() == [sum(counts[:index]) for index in range(len(counts) + 1)]
