"""What is said when nothing was found."""

import pytest

from indexer.extracted import Reading, Section
from indexer.fields.entries import IndexedDocument
from indexer.filings import Document, ExtractedText, Header
from search.alternatives.hints import hints
from search.lookups.lookup import Filter, Lookup, tree
from search.searchers.memory import MemorySearcher


def entry(number: int, text: str, form: str) -> IndexedDocument:
    header = Header(f"0009070001-17-{number:06}", form)
    return IndexedDocument(header, Document(form, 1, "a", "", b""), ExtractedText(text, Reading.TEXT), "")


@pytest.fixture(scope="module")
def searcher() -> MemorySearcher:
    return MemorySearcher.of(
        [
            entry(1, "an orphan drug license", "8-K"),
            entry(2, "a license for a drug", "10-K"),
            entry(3, "a patent and a licence", "10-K"),
        ]
    )


def said(searcher: MemorySearcher, query: str, **filters: str) -> list[str]:
    lookup = Lookup(query, tuple(Filter(name, (value,)) for name, value in filters.items()))
    return list(hints(lookup, tree(lookup), searcher))


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("orfan drug", "orphan drug (1 filing)"),
        ("Orphna", "orphan (1 filing)"),
        ('"orphan drgu"', '"orphan drug" (1 filing)'),
        ("drug licens", "drug license (2 filings)"),
        ("text:pattent", "text:patent (1 filing)"),
    ],
)
def test_a_misspelt_word_gets_a_suggestion_that_finds(searcher: MemorySearcher, query: str, better: str) -> None:
    assert f"did you mean: {better}" in said(searcher, query)


def test_a_suggestion_that_would_find_nothing_is_not_made(searcher: MemorySearcher) -> None:
    assert said(searcher, "orfan patent") == ["no document has orfan"]


def test_several_suggestions(searcher: MemorySearcher) -> None:
    assert said(searcher, "licenze")[1:] == [
        "did you mean: license (2 filings)",
        "did you mean: licence (1 filing)",
    ]


def test_inflections_of_a_word_are_one_suggestion() -> None:
    texts = ("a license", "two licenses", "it licensed", "a licence", "all licences")
    searcher = MemorySearcher.of([entry(number, text, "8-K") for number, text in enumerate(texts, 1)])
    assert said(searcher, "licencse")[1:] == ["did you mean: license (3 filings)", "did you mean: licence (2 filings)"]


@pytest.mark.parametrize("query", ["0009070001-17-000002", '"000907000117000002"'])
def test_an_accession_number_among_the_words(searcher: MemorySearcher, query: str) -> None:
    assert said(searcher, query) == ["did you mean: accession:0009070001-17-000002 (1 filing)"]
    assert said(searcher, query.replace("2", "9"))[0].startswith("no document has ")


def test_words_that_do_not_meet_are_counted(searcher: MemorySearcher) -> None:
    assert said(searcher, "orphan patent") == ["no document has all of it: orphan in 1, patent in 1"]


def test_what_is_outside_the_filters_is_counted(searcher: MemorySearcher) -> None:
    assert said(searcher, "orphan", form="10-K") == ["1 filing outside these filters has it"]
    assert said(searcher, "drug form:4") == ["2 filings outside these filters have it"]


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("section:7 drug", ["1 filing has it outside these sections"]),
        ("section:7 flood zebra", ["no document has zebra"]),
        ("section:7 drug flood", ["no document has all of it: section:7 drug in 0, section:7 flood in 1",
                                  "1 filing has it outside these sections"]),
        ("section:9B drug", ["no document has section:9b; --facets section counts those there are"]),
        ("section:9B", ["no document has section:9b; --facets section counts those there are"]),
        ("zebra -section:9B", ["no document has zebra"]),
    ],
)  # fmt: skip
def test_sections_that_there_are_not_and_words_outside_them(query: str, hint: list[str]) -> None:
    text = "Item 1A A drug. Item 7 A flood."
    extracted = ExtractedText(text, Reading.TEXT, sections=(Section("1A", "", 0, 16), Section("7", "", 16, len(text))))
    header = Header("0009070001-17-000001", "10-K")
    searcher = MemorySearcher.of([IndexedDocument(header, Document("10-K", 1, "a", "", b""), extracted, "")])
    assert said(searcher, query) == hint


def test_filters_alone_say_nothing(searcher: MemorySearcher) -> None:
    assert said(searcher, "", form="4") == []


def test_alternatives_of_which_there_is_none(searcher: MemorySearcher) -> None:
    assert said(searcher, "zebra OR yak") == ["no document has any of it: zebra, yak"]
