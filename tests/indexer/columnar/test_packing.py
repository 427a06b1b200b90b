"""Narrowed numbers come back whole, slice by slice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.access.paired_reader import Packed
from indexer.columnar.packing import (
    counted_before,
    narrowed,
    paired,
    starts,
    steps,
    summed,
    takes_two,
    unpaired,
    widened,
)

numbers = st.one_of(st.integers(0, 300), st.integers(0, 70_000), st.integers(0, 2**32 - 1))
EDGES = [0, 1, 127, 128, 129, 254, 255, 256, 383, 384, 32_383, 32_639, 32_640, 32_641, 65_535, 65_536, 2**32 - 1]


@given(st.lists(numbers, max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_every_slice_of_narrowed_numbers_comes_back(values: list[int], low: int, high: int) -> None:
    narrow = narrowed(np.array(values, np.int64))
    assert widened(narrow.values[low:high], low, narrow.at, narrow.large).tolist() == values[low:high]


@given(st.lists(numbers, max_size=40), st.integers(0, 40), st.integers(0, 40), st.sampled_from(["u4", "i8"]))
def test_every_slice_of_paired_numbers_comes_back(values: list[int], low: int, high: int, dtype: str) -> None:
    pair = paired(np.array(values, dtype))
    seconds = starts(takes_two(pair.firsts))
    among = pair.seconds[seconds[min(low, len(values))] : seconds[min(max(low, high), len(values))]]
    assert unpaired(pair.firsts[low:high], among, low, beside=(pair.at, pair.large)).tolist() == values[low:high]


@pytest.mark.parametrize("value", EDGES)
def test_every_bound_is_kept(value: int) -> None:
    pair = paired(np.array([value, 5]))
    assert unpaired(pair.firsts, pair.seconds, 0, beside=(pair.at, pair.large)).tolist() == [value, 5]
    assert len(pair.seconds) == (128 <= value < 32_640)


@given(st.lists(st.booleans(), min_size=1, max_size=300))
def test_those_before_each_are_counted(which: list[bool]) -> None:
    found = counted_before(np.array(which), np.arange(len(which) + 1))
    assert found.tolist() == [sum(which[:index]) for index in range(len(which) + 1)]


@given(st.lists(st.one_of(st.integers(0, 254), st.integers(255, 2**32 - 1)), min_size=1, max_size=40), st.data())
def test_some_numbers_of_a_byte_each(values: list[int], data: st.DataObject) -> None:
    large = [index for index, value in enumerate(values) if value >= 255]
    firsts = bytes(min(value, 255) for value in values)
    packed = Packed(firsts, b"", large, [values[index] for index in large])
    at = sorted(data.draw(st.sets(st.integers(0, len(values) - 1), min_size=1)))
    assert packed.bytes_at(np.array(at)).tolist() == [values[index] for index in at]


@given(st.lists(st.integers(0, 9)))
def test_starts_are_running_totals(counts: list[int]) -> None:
    assert starts(np.array(counts, np.int64)).tolist() == [sum(counts[:index]) for index in range(len(counts) + 1)]


@given(st.lists(st.lists(st.integers(0, 2**40), min_size=1).map(sorted)))
def test_steps_are_summed_again(runs: list[list[int]]) -> None:
    values = np.array([value for run in runs for value in run], np.int64)
    counts = np.array([len(run) for run in runs], np.int64)
    firsts = starts(counts)[:-1]
    assert summed(steps(values, firsts), firsts, counts).tolist() == values.tolist()
