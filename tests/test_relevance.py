"""Ranking stays as good as it was measured to be: floors under the figures of bench/runs, on the real filings."""

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

import pytest

RELEVANCE = Path(__file__).resolve().parents[1] / "bench" / "relevance"
pytestmark = [pytest.mark.promise, pytest.mark.timeout(900)]


@pytest.fixture(scope="module", autouse=True)
def bench() -> Iterator[None]:
    sys.path.insert(0, str(RELEVANCE))
    yield
    sys.path.remove(str(RELEVANCE))


def test_graded_questions(filings_index: Path) -> None:
    from common import grades, questions
    from engines import ours
    from measure import ndcg

    ranked, graded = ours(filings_index, ()), grades()
    asked = [(text, graded[name]) for name, text in questions().items() if any(graded.get(name, {}).values())]
    assert fmean(ndcg(ranked(text, 10), right) for text, right in asked) >= 0.78


def test_known_phrases_come_first_and_nothing_is_empty(filings_index: Path) -> None:
    from common import entries
    from engines import ours
    from known import known

    ranked = ours(filings_index, ())
    items = known(entries(filings_index), filings_index)
    for item in items:
        found = ranked(item.question, 10)
        assert found or item.kind == "pasted", item.question
        assert item.kind != "phrase" or found[0] in item.right, item.question


def test_boilerplate_stays_below(filings_index: Path) -> None:
    from measure import certificates

    assert certificates(filings_index) <= 15
