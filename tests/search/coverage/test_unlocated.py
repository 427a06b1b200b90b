"""An answer about sections says in how many filings the section was looked for and not located."""

# ruff: noqa: E501  (notes as they are printed)

from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument
from indexer.filings import Document, ExtractedText, Header
from indexer.outline.locate import Page, outline
from search.coverage.unlocated import unlocated_documents, unlocated_notes
from search.parsing.parser import parse_query
from search.query.nodes import Everything
from search.searchers.memory import MemorySearcher

ITEMS = ("Item 1. Business", "Item 2. Properties", "Item 3. Legal Proceedings", "Item 5. Market", "Item 7. Management's Discussion",
         "Item 8. Financial Statements", "Item 10. Directors", "Item 11. Executive Compensation", "Item 12. Security Ownership",
         "Item 13. Certain Relationships")  # fmt: skip


def entry(number: int, form: str, *without: str) -> IndexedDocument:
    headings = [heading for heading in ITEMS if heading.split()[1] not in without]
    text = "\n\n".join(f"{heading}\n\nThe quay and its covenant are described here." for heading in headings)
    found = outline(Page(text), form)
    unlocated = tuple(name.lower() for name in (*found.unlocated, *found.unlocated_subjects))
    extracted = ExtractedText(text, Reading.TEXT, sections=found.sections, unlocated=unlocated)
    header = Header(f"0009000001-17-{number:06}", form)
    return IndexedDocument(header, Document(form, 1, "d.htm", "", b""), extracted, "a.txt", "ab")


ENGINE = MemorySearcher.of(
    [entry(1, "10-K"), entry(2, "10-K"), entry(3, "10-K", "10."), entry(4, "10-K405", "7."), entry(5, "EX-99")]
)


def notes(query: str) -> list[str]:
    return list(unlocated_notes(parse_query(query), ENGINE))


def test_a_note_says_of_how_many_and_where_the_words_stand_instead() -> None:
    asked = "section:10 covenant form:10-K"
    assert notes(asked) == [
        "in 1 of 4 filings in scope section:10 was not located; its words elsewhere in them: 1 filing"
    ]
    assert notes("section:10 harbour") == [
        "in 1 of 4 filings in scope section:10 was not located; its words elsewhere in them: 0 filings"
    ]


def test_a_section_may_be_asked_for_by_what_it_is_about() -> None:
    assert notes("section:mdna") == ["in 1 of 4 filings in scope section:mdna was not located"]


def test_nothing_is_said_where_nothing_is_missing_in_scope() -> None:
    assert notes("section:1 covenant") == []
    assert notes("section:10 covenant form:=10-K405") == []
    assert notes("covenant") == []


def test_documents_with_gaps_are_counted() -> None:
    assert unlocated_documents(Everything(), ENGINE) == 2
