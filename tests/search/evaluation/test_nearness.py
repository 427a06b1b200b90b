"""Documents whose occurrences stand near one another are those that trying every choice of occurrences gives."""

from itertools import pairwise, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.evaluation import nearness
from search.evaluation.nearness import nearby, words_near
from search.evaluation.place_spans import Spans
from search.query.limits import ANY_DISTANCE
from search.segments.postings import POSITION_BITS
from search.segments.term_postings import PackedPostings

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


@settings(max_examples=300)
@given(
    st.lists(spans, min_size=1, max_size=3),
    st.one_of(st.integers(0, 4), st.just(ANY_DISTANCE)),
    st.booleans(),
    st.sampled_from((3, 5, 9)),
    st.integers(1, 3),
)
def test_so_they_are_however_few_are_looked_at_together(
    parts: list[list[Span]], distance: int, ordered: bool, window: int, firsts: int
) -> None:
    expected = [document for document in range(3) if is_near(parts, document, distance, ordered=ordered)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearness, "_WINDOW", window)
        patch.setattr(nearness, "_FIRSTS", firsts)
        found = nearby([as_spans(part) for part in parts], distance, ordered=ordered)
    assert found.tolist() == expected


@settings(deadline=None, max_examples=100)
@given(data=st.data(), distance=st.integers(0, 30), ordered=st.booleans(), some=st.sampled_from((1, 2, 13)))
def test_two_words_that_stand_near(
    texts: list[list[str]],
    postings: dict[str, PackedPostings],
    *,
    data: st.DataObject,
    distance: int,
    ordered: bool,
    some: int,
) -> None:
    first, second = data.draw(st.permutations(list(postings)))[:2]
    docs = [number for number, text in enumerate(texts) if {first, second} <= set(text)][::some]
    found = words_near([postings[first], postings[second]], np.array(docs), distance, ordered=ordered)
    assert found is not None
    assert found.tolist() == [number for number in docs if are_near(texts[number], (first, second), distance, ordered)]


def are_near(text: list[str], words: tuple[str, str], distance: int, ordered: bool) -> bool:
    places = [[at for at, each in enumerate(text) if each == word] for word in words]
    apart = [latter - former - 1 for former, latter in product(*places)]
    return any(0 <= each <= distance for each in apart) or (
        not ordered and any(0 <= -each - 2 <= distance for each in apart)
    )


def test_a_word_that_is_both_is_left_to_spans(texts: list[list[str]], postings: dict[str, PackedPostings]) -> None:
    docs = np.array([number for number, text in enumerate(texts) if "the" in text])
    assert words_near([postings["the"], postings["the"]], docs, 5, ordered=False) is None


def test_lines_too_long_for_four_bytes_are_left_to_the_general_way(
    postings: dict[str, PackedPostings], texts: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = list(postings)[:2]
    docs = np.array([number for number, text in enumerate(texts) if {first, second} <= set(text)])
    words = [postings[first], postings[second]]
    fewer, more = sorted(int(word.line(docs).ends[-1]) for word in words)
    assert words_near(words, docs, 5, ordered=False) is not None
    for most in (fewer - 1, more - 1):
        monkeypatch.setattr(nearness, "_MOST", most)
        assert words_near(words, docs, 5, ordered=False) is None
