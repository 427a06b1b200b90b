"""Scores are Whoosh's: the same lengths, the same idf, the same BM25."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import scoring as whoosh_scoring
from whoosh.util.numeric import byte_to_length, length_to_byte

from search.query import scoring


def test_lengths_are_rounded_as_whoosh_stores_them() -> None:
    for words in [*range(3000), *range(3000, 200_000, 37), 106_373, 106_374, 106_375]:
        assert scoring.stored_length(words) == byte_to_length(length_to_byte(words))


@given(tf=st.integers(1, 500), length=st.integers(0, 10_000), average=st.floats(1, 5000), idf=st.floats(0.1, 20))
def test_bm25_is_whoosh_s(tf: int, length: int, average: float, idf: float) -> None:
    expected = whoosh_scoring.bm25(idf, tf, length, average, scoring.B, scoring.K1)
    assert scoring.bm25(tf, length, average=average, idf=idf) == pytest.approx(expected, rel=1e-12)


def test_idf_is_whoosh_s() -> None:
    assert scoring.idf(100, 9) == math.log(100 / 10) + 1


def test_a_word_that_is_not_there_scores_nothing() -> None:
    assert scoring.bm25(0, 10, average=0.0, idf=3.0) == 0


@pytest.mark.parametrize(("score", "expected"), [(1.0000004, 1.0), (1.0000005, 1.000001), (0.0, 0.0)])
def test_scores_are_rounded_to_six_places(score: float, expected: float) -> None:
    assert scoring.rounded(score) == expected
