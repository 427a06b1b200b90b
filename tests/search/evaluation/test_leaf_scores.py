"""What is kept of a frequent word by document says how often each has it, however often that is."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from indexer.columnar.builder import Builder, Layout, SegmentRow
from search.evaluation import leaf_scores
from search.evaluation.leaf_scores import ScoredLeaf, often_by_document, scores
from search.query import scoring
from search.query.nodes import Term
from search.segments.collection import Collection
from search.segments.file_segment import FileSegment

OFTEN = [number % 7 * 60 for number in range(90)]
"""How often the documents have a word: never, and up to 360 times."""
RARE = Term("rare", exact=True)
WORD = Term("word", exact=True)


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    builder = Builder(tmp_path / "a.cols", Layout(words=("text",), keys=("group",)))
    for number, times in enumerate(OFTEN):
        text = " ".join(["word"] * times + ["rare"] * (number == 50) + ["other"])
        builder.add(SegmentRow(words={"text": (text,)}, numbers={"group": number}))
    builder.finish()
    found = Collection([FileSegment(tmp_path / "a.cols", (), {})], 1 << 20)
    yield found
    found.close()


def test_how_often_each_document_has_a_word(collection: Collection) -> None:
    found = often_by_document(collection, "text", WORD, 90)
    assert found is not None
    assert found.tolist() == [min(times, 255) for times in OFTEN]
    assert often_by_document(collection, "text", RARE, 90) is None


@pytest.mark.parametrize("frequent", [0, 16])
def test_scores_are_the_same_either_way(collection: Collection, monkeypatch: pytest.MonkeyPatch, frequent: int) -> None:
    monkeypatch.setattr(leaf_scores, "_FREQUENT", frequent)
    docs = np.arange(3, 80, 2)
    idf = scoring.idf(90, sum(times > 0 for times in OFTEN))
    found = scores(collection, [ScoredLeaf(WORD, "text", 2.0)], docs)
    lengths = np.array(scoring.STORED_LENGTHS)[collection.lengths("text")]
    mean = collection.mean_length("text")
    for number, score in zip(docs.tolist(), found.tolist(), strict=True):
        norm = scoring.K1 * (1 - scoring.B + scoring.B * lengths[number] / mean)
        expected = 2 * idf * OFTEN[number] * (scoring.K1 + 1) / (OFTEN[number] + norm)
        assert score == pytest.approx(expected, abs=1e-9)
