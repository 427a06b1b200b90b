"""What words add by where they stand, on cases counted by hand."""

import pytest

from search.query import nodes as q
from search.query.proximity import MOST_WORDS, PlacedWord, saturated, together
from search.query.walk import placed_words

RARE, COMMON = PlacedWord(3.0, 3.0, (10,)), PlacedWord(1.0, 1.0, (11, 18, 19))


def test_two_words_count_by_the_lesser_idf_and_how_near_they_are() -> None:
    assert together([RARE, COMMON]).pairs == pytest.approx(1.0 * saturated(1 / 1 + 1 / 8))
    assert together([RARE, PlacedWord(1.0, 1.0, (19,))]).pairs == 0
    assert together([RARE, PlacedWord(1.0, 1.0, (10,))]).pairs == 0


def test_a_window_is_two_blocks_and_the_best_of_them_counts() -> None:
    word = PlacedWord(2.0, 2.0, (0, 199, 200, 299, 300, 398))
    assert together([word, PlacedWord(1.0, 1.0, ())]).window == pytest.approx(2.0 * saturated(4))


def test_what_need_not_be_there_counts_in_pairs_alone() -> None:
    free = PlacedWord(1.0, 0.0, (11,))
    assert together([RARE, free]).pairs == saturated(1)
    assert together([RARE, free]).window == 3.0 * saturated(1)


def test_the_words_are_those_asked_of_the_text() -> None:
    free = q.AtLeast((q.Term("of"),), 0)
    asked = q.And(
        (
            q.Boost(q.Term("group"), 2.0),
            free,
            q.Not(q.Term("fund")),
            q.Field("company", q.Term("acme")),
            q.Phrase((q.Term("group"), q.Prefix("share"))),
        )
    )
    assert placed_words(asked) == {q.Term("group"): 3.0, q.Term("of"): 0.0}
    assert MOST_WORDS > 10
