"""What an entry is called, and what is kept of it."""

from datetime import date

from indexer.edgar.items import Item
from indexer.edgar.roles import Role
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument, document_names, stored
from indexer.filings import Document, ExtractedText, Header, Party

DOCUMENT = Document("SC 13D/A", 1, "d1.htm", "AMENDMENT NO. 1", b"")
HEADER = Header(
    "0009000020-17-000003",
    "SC 13D/A",
    date(2017, 3, 8),
    date(2017, 3, 1),
    items=(Item("7.01", "Regulation FD Disclosure"), Item("", "Something new")),
    parties=(Party(Role.SUBJECT_COMPANY, "Wrexley", "0009000010"), Party(Role.FILED_BY, "Tillibrook", "0009000020")),
)
ENTRY = IndexedDocument(HEADER, DOCUMENT, ExtractedText("The Reporting Person", Reading.TEXT), "a.txt", "ab" * 32)


def test_documents_of_a_submission_are_called_differently() -> None:
    named = [
        Document("EX-1", number, name, "", b"", ordinal=number) for number, name in enumerate(("a", "", "b", "a"), 1)
    ]
    assert document_names(named) == ["1", "2", "b", "4"]


def test_a_submission_without_a_number_is_called_by_its_hash() -> None:
    entry = IndexedDocument(Header(), DOCUMENT, ENTRY.extracted, "a.txt", "0123456789abcdef" * 4)
    assert entry.id == "sha256-0123456789abcdef:d1.htm"
    assert entry.filing_key < 0
    assert ENTRY.filing_key == 900002017000003


def test_what_is_stored_is_what_results_show() -> None:
    kept = stored(ENTRY, text="t:8:9", header="t:17:5")
    assert (kept.id, kept.accession) == ("0009000020-17-000003:d1.htm", "0009000020-17-000003")
    assert (kept.filed, kept.period) == (20170308, 20170301)
    assert kept.items == ("7.01", "Something new")
    assert (kept.roles, kept.ciks) == (("subject-company", "filed-by"), ("0009000010", "0009000020"))
