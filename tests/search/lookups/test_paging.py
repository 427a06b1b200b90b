"""Every hit, page by page."""

import pytest

from search.lookups.paging import FIRST_PAGE, PAGE, every
from search.query.nodes import Everything
from search.results import Answer, Hit, Question

HIT = Hit(1, "a", "8-K", None, None, (), (), 0.0, 1, ())


class Numbered:
    """A searcher whose hits are numbers; it remembers how many it was asked for at once."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.asked: list[int | None] = []

    def search(self, question: Question) -> Answer:
        self.asked.append(question.limit)
        end = self.size if question.limit is None else min(self.size, question.offset + question.limit)
        hits = tuple(HIT._replace(rank=rank) for rank in range(question.offset + 1, end + 1))
        return Answer(self.size, self.size, hits)


@pytest.mark.parametrize("size", [0, 1, FIRST_PAGE, FIRST_PAGE + 1, FIRST_PAGE + PAGE, 100_000])
def test_each_once_and_in_order(size: int) -> None:
    searcher = Numbered(size)
    hits = every(searcher, Question(Everything(), limit=None))  # type: ignore[arg-type]
    assert all(hit.rank == rank for rank, hit in enumerate(hits, 1))
    assert sum(asked or 0 for asked in searcher.asked) >= size


def test_never_more_than_a_page_at_once() -> None:
    searcher = Numbered(100_000)
    assert sum(1 for _ in every(searcher, Question(Everything(), limit=None))) == 100_000  # type: ignore[arg-type]
    assert max(asked or 10**9 for asked in searcher.asked) == PAGE


@pytest.mark.parametrize(
    ("limit", "offset", "ranks"), [(3, 0, [1, 2, 3]), (3, 8, [9, 10]), (0, 0, []), (None, 9, [10])]
)
def test_limit_and_offset(limit: int | None, offset: int, ranks: list[int]) -> None:
    searcher = Numbered(10)
    hits = every(searcher, Question(Everything(), limit=limit, offset=offset))  # type: ignore[arg-type]
    assert [hit.rank for hit in hits] == ranks


def test_no_more_is_asked_for_than_was_wanted() -> None:
    searcher = Numbered(100_000)
    list(every(searcher, Question(Everything(), limit=5)))  # type: ignore[arg-type]
    assert searcher.asked == [5]
