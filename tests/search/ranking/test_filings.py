"""The first filings are found without looking at all documents, and are those that looking at all would give."""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument, stored
from indexer.filings import Document, ExtractedText, Header
from indexer.writers.rows import ColumnarBuilder
from indexer.writers.segment_list import SegmentList
from search.evaluation.leaf_scores import ScoredLeaf
from search.query.nodes import And, Boost, Or, Prefix, Query, Term
from search.query.proximity import FOREMOST
from search.ranking import essential, filings, term_filings
from search.results import Hit, Question, Sort
from search.searchers.local import LocalSearcher
from search.segments.collection import Collection
from search.segments.postings import Documents, Scores
from search.segments.term_postings import PackedPostings

pytestmark = pytest.mark.usefixtures("every_word_is_frequent")

FILINGS = 3000


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSearcher]:
    """Over many short documents, in two segments: of few lengths, so that many score alike."""
    folder = tmp_path_factory.mktemp("many")
    writer = SegmentList(folder)
    writer.add([_segment(folder, part) for part in range(2)])
    writer.commit()
    writer.close()
    found = LocalSearcher.open(folder)
    yield found
    found.close()


def _segment(folder: Path, part: int) -> object:
    draw, builder = random.Random(part), ColumnarBuilder(folder)
    for filing in range(part * FILINGS // 2, (part + 1) * FILINGS // 2):
        header = Header(
            f"0009000001-17-{filing:06}", "8-K", filed=date(2017, 1, 1 + filing % 5) if filing % 7 else None
        )
        for ordinal in range(draw.randint(1, 3)):
            words = draw.choices(("the", "license", "orphan", "drug"), (20, 5, 2, 1), k=draw.choice((5, 20, 60)))
            document = Document("8-K", ordinal, str(ordinal), "license" if draw.random() < 0.01 else "", b"")
            entry = IndexedDocument(header, document, ExtractedText(" ".join(words), Reading.TEXT), "a.txt")
            builder.add(entry, stored(entry, text="", header=""))
    return builder.finish()


QUERIES: tuple[Query, ...] = (
    Term("the", exact=True),
    Term("license"),
    Term("orphan"),
    Prefix("dru"),
    Prefix(""),
    Boost(Term("the"), 2.0),
    Or((Term("the"), Term("drug"))),
    And((Term("license"), Term("drug"))),
)
SORTS = (Sort(), Sort("relevance", descending=False), Sort("filed"), Sort("filed", descending=False), Sort("company"))


@pytest.mark.parametrize("query", QUERIES, ids=repr)
@pytest.mark.parametrize("sort", SORTS, ids=repr)
def test_the_first_are_those_of_all(searcher: LocalSearcher, query: Query, sort: Sort) -> None:
    every = searcher.search(Question(query, limit=None, sort=sort))
    assert len(every.hits) == every.filings > 100
    for limit in (1, 2, 10, 100):
        first = searcher.search(Question(query, limit=limit, sort=sort))
        assert (first.hits, first.filings, first.documents) == (every.hits[:limit], every.filings, every.documents)


@pytest.mark.parametrize("query", QUERIES, ids=repr)
def test_pages_follow_one_another(searcher: LocalSearcher, query: Query) -> None:
    pages = [searcher.search(Question(query, limit=7, offset=offset)).hits for offset in range(0, 70, 7)]
    assert [hit for page in pages for hit in page] == list(searcher.search(Question(query, limit=70)).hits)


@pytest.mark.parametrize("query", QUERIES[-2:], ids=repr)
def test_the_best_documents_are_rescored_and_no_others(searcher: LocalSearcher, query: Query) -> None:
    """More tie by BM25 with the last of the foremost than there is room for: the newest filings come first."""
    bare = searcher.search(Question(query, limit=None, documents=100, proximity=False))
    near = searcher.search(Question(query, limit=None, documents=100))
    before = {each.id: each.score for hit in bare.hits for each in hit.documents}
    raised = [each.id for hit in near.hits for each in hit.documents if each.score > before[each.id]]
    ranked = [(-each.score, *_tie(hit), each.sequence, each.id) for hit in bare.hits for each in hit.documents]
    assert set(raised) == {id for *_, id in sorted(ranked)[:FOREMOST]}


def _tie(hit: Hit) -> tuple[int, str]:
    return -hit.filed.toordinal() if hit.filed else 0, hit.accession


def test_of_a_long_word_only_some_blocks_are_read(searcher: LocalSearcher, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    in_blocks = PackedPostings.in_blocks

    def counted(self: PackedPostings, blocks: NDArray[np.int64]) -> object:
        found = in_blocks(self, blocks)
        looked_at.append(len(found[0]))
        return found

    monkeypatch.setattr(PackedPostings, "in_blocks", counted)
    found = searcher.search(Question(Term("orphan", exact=True), limit=3))
    assert 0 < sum(looked_at) < found.documents / 2


@pytest.mark.parametrize("word", ["the", "license", "orphan"])
def test_a_word_is_answered_alike_by_blocks_and_by_all_its_documents(
    searcher: LocalSearcher, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for frequent in (0, 10**9):
        monkeypatch.setattr(term_filings, "FREQUENT", frequent)
        searcher._collection.cache.clear()
        found.append(searcher.search(Question(Term(word, exact=True), limit=10, documents=3)))
    assert found[0] == found[1]


def test_of_a_frequent_word_and_a_rare_one_only_the_rare_one_s_documents_are_scored(
    searcher: LocalSearcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored: list[int] = []
    scores_of = filings.scores_of

    def counted(
        collection: Collection, leaves: Sequence[ScoredLeaf], docs: Documents, *, at: NDArray[np.int64] | None = None
    ) -> Scores:
        scored.append(len(docs if at is None else at))
        return scores_of(collection, leaves, docs, at=at)

    monkeypatch.setattr(essential, "_MOST", 1)  # here every other document has the rare word
    monkeypatch.setattr(filings, "scores_of", counted)
    query = Or((Term("the", exact=True), Term("drug", exact=True)))
    found = searcher.search(Question(query, limit=3, proximity=False))
    assert 0 < sum(scored) < found.documents * 2 / 3
