"""Sections on arrays: which places lie in them."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.postings import POSITION_BITS
from search.evaluation.within import Sections, positions

pieces = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4)), max_size=4)  # words before it, and its own


def of(documents: Sequence[Sequence[tuple[int, int]]]) -> list[tuple[int, int, int]]:
    """Document, start and end of each section."""
    found = []
    for number, parts in enumerate(documents):
        end = 0
        for before, length in parts:
            start = end + before
            end = start + length
            found.append((number, start, end))
    return found


def arrays(found: Sequence[tuple[int, int, int]], size: int) -> Sections:
    table = np.array(found, np.int64).reshape(-1, 3)
    docs = table[:, 0] << POSITION_BITS
    holders = np.isin(np.arange(size), table[:, 0])
    return Sections(docs | table[:, 1], docs | table[:, 2], holders)


@given(st.lists(pieces, max_size=4), st.sets(st.tuples(st.integers(0, 3), st.integers(0, 20))))
def test_places_inside_are_those_that_lie_in_a_section(
    documents: list[list[tuple[int, int]]], words: set[tuple[int, int]]
) -> None:
    found = of(documents)
    sections = arrays(found, 4)
    places = np.array(sorted(doc << POSITION_BITS | place for doc, place in words), np.int64)
    inside = sections.inside(places)
    expected = [
        (number, place)
        for number, (doc, start, end) in enumerate(found)
        for other, place in sorted(words)
        if other == doc and start <= place < end
    ]
    assert inside.tolist() == [number << POSITION_BITS | place for number, place in expected]
    assert positions(inside).tolist() == [place for _, place in expected]
    numbers = np.unique(inside >> POSITION_BITS)
    assert sections.documents(numbers).tolist() == sorted({found[number][0] for number, _ in expected})


def test_the_sections_of_one_document() -> None:
    sections = arrays([(0, 1, 4), (2, 0, 3), (2, 3, 5), (3, 0, 1)], 4).of_document(2)
    assert (sections.starts.tolist(), sections.ends.tolist()) == ([0, 3], [3, 5])
    assert sections.inside(np.array([0, 2, 4, 5])).tolist() == [0, 2, 1 << POSITION_BITS | 4]
