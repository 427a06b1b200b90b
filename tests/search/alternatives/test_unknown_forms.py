"""What is said of forms that nobody knows."""

import pytest

from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument
from indexer.filings import Document, ExtractedText, Header
from search.alternatives.unknown_forms import unknown_forms
from search.lookups.lookup import Filter, Lookup
from search.searchers.memory import MemorySearcher


def entry(number: int, form: str) -> IndexedDocument:
    header = Header(f"0009070001-17-{number:06}", form)
    return IndexedDocument(header, Document(form, 1, "a", "", b""), ExtractedText("a license", Reading.TEXT), "")


@pytest.fixture(scope="module")
def searcher() -> MemorySearcher:
    return MemorySearcher.of([entry(1, "8-K"), entry(2, "10-K")])


@pytest.mark.parametrize(
    ("form", "note"),
    [
        ("10-J", "no filing in the index has form 10-J; did you mean 10-K?"),
        ("-8-KK", "no filing in the index has form 8-KK; did you mean 8-K?"),
        ("zzzz", "no filing in the index has form zzzz"),
        ("8-K", None),
        ("20-F", None),
        ("insider", None),
        ("=10-K", None),
    ],
)
def test_a_form_that_nobody_knows_gets_a_note(searcher: MemorySearcher, form: str, note: str | None) -> None:
    found = list(
        unknown_forms(
            Lookup(filters=(Filter("form", (form,)), Filter("cik", ("1",)))), searcher, lambda: ["8-K", "10-K"]
        )
    )
    assert found == ([note] if note else [])
