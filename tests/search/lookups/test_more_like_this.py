"""More like this."""

import pytest

from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument
from indexer.filings import Document, ExtractedText, Header
from search.ask import Index, Lookup, Wanted
from search.errors import SearchError
from search.lookups.more_like_this import WORDS, query_of, telling_words
from search.query.nodes import Boost, Or
from search.searchers.memory import MemorySearcher
from tests.search.conftest import Builder, document, submission

TEXTS = [
    "the company granted the covenant waiver and the waiver was signed by the company",
    "the company reported a covenant waiver",
    "the company reported earnings",
    "the company reported other earnings in 2017 2017 2017",
]


def entry(number: int, text: str) -> IndexedDocument:
    header = Header(f"0009070001-17-{number:06}", "8-K")
    return IndexedDocument(header, Document("8-K", 1, "a", "", b""), ExtractedText(text, Reading.TEXT), "")


SEARCHER = MemorySearcher.of([entry(number, text) for number, text in enumerate(TEXTS)])


def test_the_telling_words_are_frequent_here_and_rare_elsewhere() -> None:
    found = telling_words(TEXTS[0], SEARCHER, documents=4)
    assert found[0].word == "waiver"
    assert {each.word for each in found} == {"waiver", "covenant", "company"}
    assert found == sorted(found, key=lambda each: -each.weight)


def test_numbers_and_common_words_tell_nothing() -> None:
    assert {each.word for each in telling_words(TEXTS[3], SEARCHER, documents=4)} == {"company", "reported", "earnings"}


def test_the_query_weighs_words_as_they_tell() -> None:
    query = query_of(telling_words(TEXTS[0], SEARCHER, documents=4))
    assert isinstance(query, Or)
    factors = [part.factor for part in query.parts if isinstance(part, Boost)]
    assert factors == sorted(factors, reverse=True)
    assert factors[0] == 1.0
    assert len(query.parts) <= WORDS


@pytest.fixture
def index(build: Builder) -> Index:
    return Index(
        build(
            {
                "1.txt": submission(
                    1,
                    document("Cover page."),
                    document("A covenant waiver of the mill.", "a.txt", type="EX-99", sequence=2),
                ),
                "2.txt": submission(2, document("The mill has a covenant."), form="10-K"),
                "3.txt": submission(3, document("Cover page of a fund.")),
            }
        )
    )


def found(index: Index, like: str, query: str = "") -> list[str]:
    with index:
        results = index.find(Lookup(query, like=like), Wanted(snippets=0))
    return [hit.accession[-1] for hit in results.hits]


def test_a_filing_is_like_others_and_not_like_itself(index: Index) -> None:
    assert sorted(found(index, "0009070001-24-000001")) == ["2", "3"]


def test_a_document_is_like_others(index: Index) -> None:
    assert found(index, "0009070001-24-000001:a.txt") == ["2"]


def test_it_can_be_combined_with_a_query(index: Index) -> None:
    assert found(index, "0009070001-24-000001", "form:10-K") == ["2"]


@pytest.mark.parametrize("like", ["0009070001-24-000009", "0009070001-24-000001:b.txt", ":", "x"])
def test_what_the_index_does_not_hold_is_an_error(index: Index, like: str) -> None:
    with pytest.raises(SearchError, match="the index holds no text of it"):
        found(index, like)


def test_a_document_with_nothing_in_common_is_an_error(build: Builder) -> None:
    index = Index(
        build({"1.txt": submission(1, document("Unique words.")), "2.txt": submission(2, document("Other."))})
    )
    with pytest.raises(SearchError, match="no word in common"):
        found(index, "0009070001-24-000001")
