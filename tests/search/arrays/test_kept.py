"""What is kept is made once, and does not grow past its budget."""

import numpy as np

from search.arrays.kept import Kept, weight


def test_a_value_is_made_once() -> None:
    kept, made = Kept(10_000), list[str]()
    for _ in range(3):
        assert kept.get("key", lambda: made.append("made") or np.arange(3)).tolist() == [0, 1, 2]
    assert made == ["made"]
    assert "key" in kept
    assert "other" not in kept


def test_the_longest_unused_goes_first() -> None:
    kept = Kept(3 * weight(np.zeros(100)))
    for key in "abc":
        kept.get(key, lambda: np.zeros(100))
    kept.get("a", lambda: np.zeros(100))
    kept.get("d", lambda: np.zeros(100))
    assert [key in kept for key in "abcd"] == [True, False, True, True]
    assert kept.size == 3 * weight(np.zeros(100))


def test_what_alone_exceeds_the_budget_is_given_all_the_same() -> None:
    kept = Kept(10)
    assert len(kept.get("large", lambda: np.zeros(1000))) == 1000
    kept.get("next", lambda: np.zeros(1))
    assert "large" not in kept
