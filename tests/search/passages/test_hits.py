"""Hits as they are shown."""

from pathlib import Path

from indexer.extracted import Section
from indexer.texts.text_layout import Parts
from search.ask import Index, Wanted
from search.passages.hits import placed
from search.results import Snippet
from tests.search.conftest import Ask, Builder, document, submission

SECTIONS = (Section("1", "Business", 0, 50), Section("II.1A", "Risk Factors", 50, 200))


def test_a_passage_stands_in_the_section_and_on_the_page_of_its_first_match() -> None:
    snippet = Snippet("a:b", 40, 90, "x" * 50, ((60, 65), (70, 75)))
    found = placed(snippet, Parts(SECTIONS, (0, 30, 80)))
    assert (found.section, found.page) == ("Part II Item 1A Risk Factors", 2)


def test_before_the_first_section_there_is_none() -> None:
    snippet = Snippet("a:b", 0, 9, "x" * 9, ((0, 5),))
    assert placed(snippet, Parts((Section("1", "", 20, 30),), (10,))) == snippet


def test_a_passage_of_another_document_of_the_filing_is_not_repeated(build: Builder) -> None:
    same = "The company makes forward-looking statements about the waiver."
    first = document(f"Covenant waiver. Waiver.\n\n{'Filler words here. ' * 30}\n\n{same}")
    second = document(same.upper(), "b.txt", type="EX-99", sequence=2)
    index = build({"1.txt": submission(1, first, second)})
    with Index(index) as opened:
        (hit,) = opened.search("waiver", wanted=Wanted(snippets=2, width=60)).hits
    shown = [snippet.text for each in hit.documents for snippet in each.snippets]
    assert len(shown) == 2
    assert len({text.casefold() for text in shown}) == 2


def test_a_document_that_says_the_same_says_where_it_stood_before(build: Builder, ask: Ask) -> None:
    same = "I certify that the waiver is not misleading."
    twins = [document(same, f"{n}.txt", type=f"EX-31.{n}", sequence=n + 1) for n in (1, 2)]
    index = build({"1.txt": submission(1, document("A misleading waiver."), *twins)})
    with Index(index) as opened:
        (hit,) = opened.search("misleading waiver", wanted=Wanted(width=60)).hits
    assert [(each.type, each.same_as) for each in hit.documents][1:] == [("EX-31.1", ""), ("EX-31.2", "EX-31.1")]
    assert [each.snippets[0].text for each in hit.documents[1:]] == [same.removeprefix("I ")] * 2
    said = ask("misleading", "waiver", "--width", "60", index=index).out
    assert said.count("same passage as EX-31.1") == 1
    assert said.count("… certify") == 1


def test_addresses(sample_index: Path) -> None:
    with Index(sample_index) as opened:
        (hit,) = opened.search("calvenostat", wanted=Wanted(limit=1)).hits
    folder = "https://www.sec.gov/Archives/edgar/data/9012704/"
    assert hit.url.startswith(folder)
    assert hit.url.endswith(f"{hit.accession}-index.html")
    assert all(each.url.startswith(folder) and each.url.endswith(each.filename) for each in hit.documents)
