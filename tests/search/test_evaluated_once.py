"""A search evaluates each query tree once and looks each document up once: the calls are counted."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.texts.text_store import TextStore
from search.ask import Index, Lookup, Wanted
from search.evaluation.tree import Evaluation
from search.query import nodes as q
from search.results import Question
from search.searchers.local import LocalSearcher
from search.segments.collection import Collection
from search.segments.file_segment import FileSegment

QUERY = '"orphan drug" OR (waiver covenant) OR licens*'
EVERYTHING = Wanted(facets=("form", "year"), over_time="month", coverage=True, documents=None, snippets=2)

Count = Callable[[type, str], Counter[Any]]


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Count:
    """Counts the calls of a method from now on, by its first argument."""

    def counted(owner: type, name: str) -> Counter[Any]:
        calls = Counter[Any]()
        method = getattr(owner, name)

        def call(self: object, first: Any, *rest: Any) -> Any:
            calls[first] += 1
            return method(self, first, *rest)

        monkeypatch.setattr(owner, name, call)
        return calls

    return counted


@pytest.mark.parametrize("query", [QUERY, "license", "license filed:2017", "section:1A risk", "zebrafish"])
def test_a_search_evaluates_each_tree_once(sample_index: Path, count: Count, query: str) -> None:
    trees = count(Evaluation, "answer")
    with Index(sample_index) as index:
        index.find(Lookup(query), EVERYTHING)
        assert trees[index.tree(Lookup(query))] == 1
    assert set(trees.values()) == {1}, trees


def test_pages_totals_and_facets_are_of_one_evaluation(sample_index: Path, count: Count) -> None:
    trees = count(Evaluation, "answer")
    with Index(sample_index) as index:
        lookup = Lookup("the of")
        results = index.totals(lookup, Wanted(facets=("form",)))
        assert len(list(index.hits(lookup, Wanted(limit=None, snippets=0)))) == results.filings
    assert list(trees.values()) == [1]


def test_trees_that_are_equal_are_not_taken_for_each_other_by_their_address(sample_index: Path) -> None:
    with Index(sample_index) as index:
        for word in ("license", "waiver", "zebrafish") * 20:  # a tree made anew may lie where another lay
            two = q.And((q.Term(word), q.Everything()))
            one = index.engine.search(Question(q.Term(word))).documents
            assert index.engine.search(Question(two)).documents == one


def test_a_hit_s_documents_are_looked_up_once(sample_index: Path, count: Count) -> None:
    ids, stored, texts = count(Collection, "find"), count(FileSegment, "stored"), count(TextStore, "__getitem__")
    with Index(sample_index) as index:
        hits = index.find(Lookup(QUERY), Wanted(limit=5, documents=None, snippets=2)).hits
        shown = [document for hit in hits for document in hit.documents]
        assert len(shown) >= 5
        assert sum(bool(document.snippets) for document in shown) >= 5
    assert not ids
    assert set(stored.values()) == {1}
    assert len(stored) == len(shown)
    assert set(texts.values()) == {1}
    assert len(texts) == len(shown)


def test_a_document_is_found_by_its_id_when_only_that_is_known(sample_index: Path) -> None:
    searcher = LocalSearcher.open(sample_index)
    (hit,) = searcher.search(Question(q.Everything(), limit=1, documents=1)).hits
    (document,) = hit.documents
    assert searcher.handle(document.id) == document.handle
    assert searcher.text(document.handle)
    with pytest.raises(KeyError):
        searcher.handle(f"{document.id}x")
    searcher.close()


def test_trees_are_kept_but_not_without_end(sample_index: Path) -> None:
    with Index(sample_index) as index:
        assert index.tree(Lookup("license")) is index.tree(Lookup("license"))
        for number in range(1000):
            index.tree(Lookup(f"word{number}"))
        assert index._trees.cache_info().currsize < 1000
