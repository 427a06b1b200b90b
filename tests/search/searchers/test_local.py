"""The arrays give what the definition and Whoosh's own matchers give, over several segments and with deletions."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index, query

from indexer.edgar.roles import Role
from indexer.errors import NoIndexError
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument
from indexer.fields.schema import FIELDS, field_values
from indexer.filings import Document, ExtractedText, Header, Party
from indexer.whoosh_compat.stock import StockBuilder
from indexer.writers.segment_list import SegmentList
from indexer.writers.writer import Copy
from search.query import nodes as q
from search.query.matcher import match
from search.results import Question, Sort
from search.searchers.local import LocalSearcher
from tests.segments import written

WORDS = ("license", "licensing", "licence", "dying", "die", "orphan", "drug", "naïve", "ab", "ba", "7")
Make = Callable[[Path], Any]


def entry(number: int, text: str, *, ordinal: int = 1, filed: date | None = None, form: str = "8-K") -> IndexedDocument:
    parties = (Party(Role.FILER, f"Company {number % 3} Inc", f"000900000{number % 3}"),)
    header = Header(f"0009000001-17-{number:06}", form, filed, parties=parties)
    document = Document(form if ordinal == 1 else f"EX-{ordinal}", ordinal, f"d{ordinal}.htm", "", b"", ordinal=ordinal)
    return IndexedDocument(header, document, ExtractedText(text, Reading.TEXT), f"{number}.txt", "ab")


def segment(folder: Path, entries: list[IndexedDocument]) -> Any:
    return written(folder, entries, StockBuilder(folder))


def commit(folder: Path, *segments: list[IndexedDocument], removed: tuple[str, ...] = ()) -> None:
    writer = SegmentList(folder)
    writer.add([segment(folder, entries) for entries in segments if entries])
    writer.remove([Copy(accession) for accession in removed])
    writer.commit()
    writer.close()


def corpus() -> list[IndexedDocument]:
    texts = [
        "an orphan drug license", "drug licensing of the orphan drug", "the dying", "", "naïve drug drug drug ab",
        "orphan orphan the drug then orphan", "7 licenses", "ba ab ba license of a drug",
    ]  # fmt: skip
    days = [date(2017, 3, 8), None, date(1996, 2, 29), date(2017, 3, 8)]
    return [
        entry(number // 2, text, ordinal=number % 2 + 1, filed=days[number // 2], form=("8-K", "10-K")[number // 4])
        for number, text in enumerate(texts)
    ]


@pytest.fixture
def searcher(tmp_path: Path) -> Iterator[LocalSearcher]:
    entries = corpus()
    commit(tmp_path, entries[:4], entries[4:])
    opened = LocalSearcher.open(tmp_path)
    yield opened
    opened.close()


def found(searcher: LocalSearcher, asked: q.Query) -> set[str]:
    answer = searcher.search(Question(asked, limit=None, documents=10**6))
    ids = [document.id for hit in answer.hits for document in hit.documents]
    assert answer.documents == len(ids) == sum(hit.matching for hit in answer.hits)
    assert answer.filings == len(answer.hits)
    return set(ids)


def defined(entries: list[IndexedDocument], asked: q.Query) -> set[str]:
    documents = {each.id: {field.name: field_values(each, field) for field in FIELDS} for each in entries}
    return {name for name, document in documents.items() if match(asked, document)}


words = st.sampled_from(WORDS)
leaf = st.one_of(
    st.builds(q.Term, words, st.booleans()),
    st.builds(q.Prefix, st.sampled_from(["", "lic", "d", "z"])),
    st.builds(q.Wildcard, st.sampled_from(["*ing", "l?c*", "?", "*"])),
    st.builds(q.Fuzzy, words, st.integers(0, 2)),
)
parts = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.builds(q.Phrase, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(q.Or, st.lists(inner, min_size=1, max_size=2).map(tuple)),
    ),
    max_leaves=4,
)
near = st.builds(q.Near, st.lists(parts, min_size=2, max_size=3).map(tuple), st.integers(0, 4), st.booleans())
queries = st.recursive(
    st.one_of(
        parts,
        near,
        st.builds(q.Field, st.just("filed"), st.builds(q.Range, st.none() | st.just(20000101), st.none())),
        st.builds(q.Field, st.just("filed"), st.builds(q.Prefix, st.just("2017"))),
        st.builds(q.Field, st.just("cik"), st.builds(q.Range, st.just(9000001), st.none())),
        st.builds(q.Field, st.just("company"), parts | st.just(q.Phrase((q.Term("company", True), q.Term("1", True))))),
        st.builds(q.Field, st.sampled_from(["form", "type"]), st.builds(q.Term, st.sampled_from(["8-k", "ex-2"]))),
        st.just(q.Everything()),
    ),
    lambda inner: st.one_of(
        st.builds(q.And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(q.Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(q.Not, inner),
        st.builds(q.Boost, inner, st.just(2.0)),
        st.builds(q.Field, st.just("text"), parts | near),
    ),
    max_leaves=5,
)
texts = st.lists(st.sampled_from((*WORDS, "of", "the", ".")), max_size=12).map(" ".join)


@settings(max_examples=150)
@given(
    asked=st.lists(queries, min_size=1, max_size=20),
    first=st.lists(texts, max_size=5),
    second=st.lists(texts, max_size=5),
)
def test_the_arrays_find_what_the_definition_says(
    tmp_path_factory: pytest.TempPathFactory, asked: list[q.Query], first: list[str], second: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("index")
    entries = [
        entry(number // 2, text, ordinal=number % 2 + 1, filed=date(2017, 1, number + 1) if number % 3 else None)
        for number, text in enumerate(first)
    ]
    others = [entry(100 + number, text) for number, text in enumerate(second)]
    commit(folder, entries, others, removed=("0009000001-17-000101",))
    living = [each for each in entries + others if each.header.accession_number != "0009000001-17-000101"]
    searcher = LocalSearcher.open(folder)
    for each in asked:
        assert found(searcher, each) == defined(living, each)
    searcher.close()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (q.Term("drug", True), query.Term("text", "drug")),
        (q.Phrase((q.Term("orphan", True), q.Term("drug", True))), query.Phrase("text", ["orphan", "drug"])),
        (
            q.Or((q.Term("drug", True), q.Term("license", True))),
            query.Or([query.Term("text", "drug"), query.Term("text", "license")]),
        ),
        (
            q.And((q.Term("drug", True), q.Term("orphan", True))),
            query.And([query.Term("text", "drug"), query.Term("text", "orphan")]),
        ),
        (q.Boost(q.Term("drug", True), 3.0), query.Term("text", "drug", boost=3.0)),
    ],
)
def test_scores_are_those_of_stock_whoosh(tmp_path: Path, ours: q.Query, theirs: query.Query) -> None:
    entries = corpus()
    commit(tmp_path, entries[:4], entries[4:])
    searcher = LocalSearcher.open(tmp_path)
    answer = searcher.search(Question(ours, limit=None, documents=100, proximity=False))
    scores = {document.id: document.score for hit in answer.hits for document in hit.documents}
    with index.open_dir(str(tmp_path)).searcher() as stock:
        expected = {hit["id"]: hit.score for hit in stock.search(theirs, limit=None)}
    assert scores == pytest.approx(expected, abs=1e-6)
    assert expected
    searcher.close()


def test_filings_come_in_the_order_asked_for(searcher: LocalSearcher) -> None:
    def order(by: str, *, descending: bool) -> list[str]:
        answer = searcher.search(Question(q.Everything(), sort=Sort(by, descending)))
        return [hit.accession[-1] for hit in answer.hits]

    assert order("filed", descending=True) == ["0", "3", "2", "1"]
    assert order("relevance", descending=True) == ["0", "3", "2", "1"]
    assert order("company", descending=False) == ["0", "3", "1", "2"]


def test_a_part_of_the_answer_is_cut_out_of_the_whole(searcher: LocalSearcher) -> None:
    whole = searcher.search(Question(q.Term("drug"), limit=None))
    part = searcher.search(Question(q.Term("drug"), limit=1, offset=1))
    assert part.hits == whole.hits[1:2]
    assert part.filings == whole.filings == 3


def test_facets_count_filings(searcher: LocalSearcher) -> None:
    (forms,) = searcher.facets(q.Term("drug"), ["form"])
    assert [(count.value.lower(), count.filings) for count in forms.counts] == [("10-k", 2), ("8-k", 1)]


def test_the_stored_text_is_found_by_id(searcher: LocalSearcher) -> None:
    assert searcher.text(searcher.handle("0009000001-17-000001:d1.htm")) == "the dying"
    with pytest.raises(KeyError):
        searcher.handle("0009000001-17-000001:none.htm")


def test_of_what_is_closed_nothing_is_kept(tmp_path: Path) -> None:
    commit(tmp_path, corpus())
    searcher = LocalSearcher.open(tmp_path)
    document = searcher.handle("0009000001-17-000001:d1.htm")
    searcher.stored_text(document).block(0)
    list(searcher.positions(document, ["dying"]))
    assert searcher._kept_texts.size > 0
    searcher.close()
    assert searcher._kept_texts.size == searcher._collection.cache.size == 0
    assert searcher._collection._recent.of_document("text", "dying", int(document)) is None


def test_an_index_without_documents_answers(tmp_path: Path) -> None:
    commit(tmp_path)
    searcher = LocalSearcher.open(tmp_path)
    assert searcher.search(Question(q.Or((q.Term("drug"), q.Not(q.Prefix("x")))))).filings == 0
    assert searcher.facets(q.Everything(), ["form"])[0].counts == ()
    searcher.close()


def test_where_there_is_no_index_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        LocalSearcher.open(tmp_path)


def test_a_columnar_index_is_searched_without_whoosh(sample_index: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from search.query.nodes import Term\n"
        "from search.results import Question\n"
        "from search.searchers.local import LocalSearcher\n"
        "answer = LocalSearcher.open(Path(sys.argv[1])).search(Question(Term('license')))\n"
        "assert answer.hits and answer.hits[0].documents, answer\n"
        "loaded = {name.partition('.')[0] for name in sys.modules} & {'whoosh', 'bs4', 'lxml'}\n"
        "assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code, str(sample_index)], check=True)
