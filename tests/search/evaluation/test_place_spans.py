"""Occurrences as arrays are those that lists of pairs give."""

from itertools import pairwise, product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.columnar.builder import Builder, Layout, SegmentRow
from indexer.columnar.file import SegmentFile
from indexer.columnar.postings import POSITION_BITS, FieldReader
from search.evaluation.place_spans import Spans, adjoining, any_span, words_at, words_in_a_row, words_side_by_side
from search.segments.term_postings import PackedPostings, TermIn

WORDS = ["the", "the", "the", "of", "of", "drug", "license", "orphan"]
DRAW = Random(5)
TEXTS = [DRAW.choices(WORDS, k=DRAW.choice((4, 30, 400))) for _ in range(300)]

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


@pytest.fixture(scope="module")
def postings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PackedPostings]:
    """The words of the texts, over two segments."""
    folder, terms = tmp_path_factory.mktemp("phrases"), dict[str, list[TermIn]]()
    for low, high in ((0, 130), (130, len(TEXTS))):
        builder = Builder(folder / f"{low}.cols", Layout(words=("text",), keys=("group",)))
        for number in range(low, high):
            builder.add(SegmentRow(words={"text": (" ".join(TEXTS[number]),)}, numbers={"group": number}))
        builder.finish()
        field = FieldReader(SegmentFile(folder / f"{low}.cols"), "text")
        for word in WORDS:
            number = field.find(word.encode())
            assert number is not None
            terms.setdefault(word, []).append(TermIn(low, field, number, *field.doc_bounds(number)))
    return {word: PackedPostings([*dict.fromkeys(found)]) for word, found in terms.items()}


@settings(deadline=None, max_examples=60)
@given(words=st.lists(st.sampled_from(WORDS), min_size=2, max_size=4), some=st.sampled_from((1, 2, 13)))
def test_words_side_by_side(postings: dict[str, PackedPostings], words: list[str], some: int) -> None:
    docs = [number for number, text in enumerate(TEXTS) if set(words) <= set(text)][::some]
    found = words_side_by_side([postings[word] for word in words], np.array(docs))
    assert found.tolist() == [
        number << POSITION_BITS | at
        for number in docs
        for at in range(len(TEXTS[number]))
        if TEXTS[number][at : at + len(words)] == words
    ]
