"""Documents whose occurrences stand near one another are those that trying every choice of occurrences gives."""

from itertools import pairwise, permutations, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation.nearness import nearby
from search.evaluation.place_spans import Spans
from search.segments.postings import POSITION_BITS

Span = tuple[int, int, int]
"""Document, start, end."""
spans = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 14), st.integers(1, 3)), max_size=8).map(
    lambda drawn: sorted({(document, start, start + length) for document, start, length in drawn})
)


def as_spans(found: list[Span]) -> Spans:
    starts, ends = ([each[0] << POSITION_BITS | each[at] for each in found] for at in (1, 2))
    return Spans(np.array(starts, np.int64), np.array(ends, np.int64))


def is_near(parts: list[list[Span]], document: int, distance: int, *, ordered: bool) -> bool:
    return any(
        all(0 <= latter[1] - former[2] <= distance for former, latter in pairwise(chain))
        for order in ([parts] if ordered else permutations(parts))
        for chain in product(*([span for span in part if span[0] == document] for part in order))
    )


@given(st.lists(spans, min_size=1, max_size=3), st.integers(0, 4), st.booleans())
def test_parts_that_stand_near(parts: list[list[Span]], distance: int, ordered: bool) -> None:
    expected = [document for document in range(3) if is_near(parts, document, distance, ordered=ordered)]
    found = nearby([as_spans(part) for part in parts], distance, ordered=ordered)
    assert found.tolist() == expected
