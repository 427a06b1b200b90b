"""What is kept is made once, and does not grow past its budget."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from search.segments.cache import Kept, weight


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


def test_what_was_made_meanwhile_is_counted_once() -> None:
    kept = Kept(10_000)
    kept.get("key", lambda: kept.get("key", lambda: np.zeros(100)))
    assert kept.size == weight(np.zeros(100))


def test_any_thread_may_ask(switching: None) -> None:
    kept = Kept(3 * weight(np.zeros(100)))

    def of(number: int) -> float:
        return float(kept.get(number, lambda: np.full(100, float(number)))[0])

    def ask(first: int) -> list[float]:
        return [of(number % 7) for number in range(first, 2000)]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [[number % 7 for number in range(n, 2000)] for n in range(4)]
    assert kept.size == 3 * weight(np.zeros(100))


def test_what_alone_exceeds_the_budget_is_given_all_the_same() -> None:
    kept = Kept(10)
    assert len(kept.get("large", lambda: np.zeros(1000))) == 1000
    kept.get("next", lambda: np.zeros(1))
    assert "large" not in kept
