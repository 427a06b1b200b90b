"""What is kept is made once, and does not grow past its budget."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from indexer.columnar.postings import POSITION_BITS
from search.segments.cache import Cache, KindOf, RecentPlaces, weight

ANY = KindOf[str | int, Any]("anything")
DOCUMENTS = np.array([3, 5, 9])
PLACES = np.array([(3 << POSITION_BITS) + 7, (3 << POSITION_BITS) + 9, 9 << POSITION_BITS])


def test_a_value_is_made_once() -> None:
    kept, made = Cache(10_000), list[str]()
    for _ in range(3):
        assert kept.get(ANY, "key", lambda: made.append("made") or np.arange(3)).tolist() == [0, 1, 2]
    assert made == ["made"]
    assert kept.holds(ANY, "key")
    assert not kept.holds(ANY, "other")


def test_the_longest_unused_goes_first() -> None:
    kept = Cache(3 * weight(np.zeros(100)))
    for key in "abc":
        kept.get(ANY, key, lambda: np.zeros(100))
    kept.get(ANY, "a", lambda: np.zeros(100))
    kept.get(ANY, "d", lambda: np.zeros(100))
    assert [kept.holds(ANY, key) for key in "abcd"] == [True, False, True, True]
    assert kept.size == 3 * weight(np.zeros(100))


def test_a_new_value_is_not_put_out_by_those_asked_for() -> None:
    kept = Cache(3 * weight(np.zeros(100)))
    for key in "abcabc":
        kept.get(ANY, key, lambda: np.zeros(100))
    kept.get(ANY, "d", lambda: np.zeros(100))
    assert [kept.holds(ANY, key) for key in "abcd"] == [False, True, True, True]


def test_small_values_are_not_put_out_by_large_ones() -> None:
    budget = 1 << 20
    kept = Cache(budget)
    for key in range(1000):
        kept.get(ANY, f"small {key}", lambda: np.zeros(16))
        kept.get(ANY, f"large {key}", lambda: np.zeros(budget // 32))
    assert all(kept.holds(ANY, f"small {key}") for key in range(1000))
    assert [kept.holds(ANY, f"large {key}") for key in (0, 999)] == [False, True]
    assert kept.size <= budget
    for key in range(1000, 4000):
        kept.get(ANY, f"small {key}", lambda: np.zeros(16))
    assert [kept.holds(ANY, f"small {key}") for key in (0, 3999)] == [False, True]
    assert kept.holds(ANY, "large 999")


def test_what_was_made_meanwhile_is_counted_once() -> None:
    kept = Cache(10_000)
    kept.get(ANY, "key", lambda: kept.get(ANY, "key", lambda: np.zeros(100)))
    assert kept.size == weight(np.zeros(100))


def test_any_thread_may_ask(switching: None) -> None:
    kept = Cache(3 * weight(np.zeros(100)))

    def of(number: int) -> float:
        return float(kept.get(ANY, number, lambda: np.full(100, float(number)))[0])

    def ask(first: int) -> list[float]:
        return [of(number % 7) for number in range(first, 2000)]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [[number % 7 for number in range(n, 2000)] for n in range(4)]
    assert kept.size == 3 * weight(np.zeros(100))


def test_what_alone_exceeds_the_budget_is_given_all_the_same() -> None:
    kept = Cache(10)
    assert len(kept.get(ANY, "large", lambda: np.zeros(1000))) == 1000
    kept.get(ANY, "next", lambda: np.zeros(1))
    assert not kept.holds(ANY, "large")


def test_equal_keys_of_two_kinds_do_not_meet() -> None:
    kept, other = Cache(10_000), KindOf[str, str]("texts")
    kept.get(ANY, "key", lambda: 1)
    assert kept.get(other, "key", lambda: "text") == "text"


def test_a_cache_that_was_cleared_makes_anew() -> None:
    kept = Cache(10_000)
    kept.get(ANY, "key", lambda: 1)
    kept.clear()
    assert (kept.get(ANY, "key", lambda: 2), kept.size > 0) == (2, True)


def test_what_was_read_is_given_by_document() -> None:
    recent = RecentPlaces(100_000)
    recent.keep("text", "license", DOCUMENTS, PLACES)
    found = {document: recent.of_document("text", "license", document) for document in (3, 5, 9)}
    assert {document: places.tolist() for document, places in found.items() if places is not None} == {
        3: [7, 9],
        5: [],
        9: [0],
    }


def test_what_was_not_read_is_not_known() -> None:
    recent = RecentPlaces(100_000)
    recent.keep("text", "license", DOCUMENTS, PLACES)
    assert recent.of_document("text", "license", 4) is None
    assert recent.of_document("title", "license", 3) is None
    recent.keep("text", "license", DOCUMENTS[:1], PLACES[:2])
    assert recent.of_document("text", "license", 9) is None


def test_little_is_kept() -> None:
    recent = RecentPlaces(100_000)
    for number in range(101):
        recent.keep("text", f"word{number}", DOCUMENTS, PLACES)
    recent.keep("text", "the", DOCUMENTS, np.arange(1 << 17))
    assert recent.of_document("text", "word100", 3) is not None
    assert recent.of_document("text", "word0", 3) is None
    assert recent.of_document("text", "the", 3) is None


def test_a_searcher_that_keeps_nothing_keeps_no_places() -> None:
    recent = RecentPlaces(0)
    recent.keep("text", "license", DOCUMENTS, PLACES)
    assert recent.of_document("text", "license", 3) is None
