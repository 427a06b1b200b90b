"""Occurrences as arrays are those that lists of pairs give."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.columnar.postings import POSITION_BITS
from search.evaluation.place_spans import Spans, adjoining, any_span, words_at, words_in_a_row, words_side_by_side
from search.segments.term_postings import PackedPostings

numbers = st.lists(st.integers(0, 39), unique=True).map(sorted)
spans = st.lists(st.tuples(st.integers(0, 14), st.integers(1, 3)), max_size=8).map(
    lambda drawn: sorted({(start, start + length) for start, length in drawn})
)


def array(values: list[int]) -> np.ndarray:
    return np.array(values, np.int64)


def as_spans(pairs: list[tuple[int, int]]) -> Spans:
    return Spans(array([start for start, _ in pairs]), array([end for _, end in pairs]))


@given(st.lists(numbers, min_size=1, max_size=4))
def test_words_in_a_row(words: list[list[int]]) -> None:
    expected = [at for at in words[0] if all(at + index in word for index, word in enumerate(words))]
    found = words_in_a_row([array(word) for word in words])
    assert found.starts.tolist() == expected
    assert found.ends.tolist() == [at + len(words) for at in expected]
    assert adjoining([words_at(array(word)) for word in words]).starts.tolist() == expected


@given(st.lists(spans, min_size=1, max_size=3))
def test_parts_of_a_phrase_follow_one_another(parts: list[list[tuple[int, int]]]) -> None:
    chains = {
        (chain[0][0], chain[-1][1])
        for chain in product(*parts)
        if all(former[1] == latter[0] for former, latter in pairwise(chain))
    }
    found = adjoining([as_spans(part) for part in parts])
    assert list(zip(found.starts.tolist(), found.ends.tolist(), strict=True)) == sorted(chains)
    every = any_span([as_spans(part) for part in parts])
    assert list(zip(every.starts.tolist(), every.ends.tolist(), strict=True)) == sorted(
        {s for part in parts for s in part}
    )


@settings(deadline=None, max_examples=60)
@given(data=st.data(), some=st.sampled_from((1, 2, 13)))
def test_words_side_by_side(
    texts: list[list[str]], postings: dict[str, PackedPostings], data: st.DataObject, some: int
) -> None:
    words = data.draw(st.lists(st.sampled_from(list(postings)), min_size=2, max_size=4))
    docs = [number for number, text in enumerate(texts) if set(words) <= set(text)][::some]
    found = words_side_by_side([postings[word] for word in words], np.array(docs))
    assert found.tolist() == [
        number << POSITION_BITS | at
        for number in docs
        for at in range(len(texts[number]))
        if texts[number][at : at + len(words)] == words
    ]
