"""What is too large for one request of a cluster loses its longest texts, and says so."""

from types import SimpleNamespace

import pytest

from indexer.cluster.filing import filing_size
from indexer.errors import ProblemKind
from indexer.extracted import Reading, Section
from indexer.fields.entries import IndexedDocument
from indexer.filings import Document, ExtractedText, Header
from indexer.writers.on_cluster import request_size
from indexer.writers.on_cluster.request_size import bounded

MEGABYTE = 1 << 20


def document(number: int, words: int) -> IndexedDocument:
    text = "license " * words
    read = ExtractedText(text, Reading.TEXT, sections=(Section("1A", "Risk Factors", 0, len(text)),) if text else ())
    header = Header(accession_number="0009000101-17-000001", form="10-K")
    return IndexedDocument(header, Document("10-K", number, f"{number}.htm", "", b""), read, "a.txt")


def kept(entries: list[IndexedDocument], most: int) -> list[Reading]:
    found = bounded("<SEC-HEADER>", entries, SimpleNamespace(largest_request=most))  # type: ignore[arg-type]
    assert filing_size("<SEC-HEADER>", found) <= most
    for entry in found:
        said = [problem for problem in entry.extracted.problems if problem.kind is ProblemKind.OVER_LIMIT]
        assert len(said) == (entry.extracted.reading is Reading.UNREAD)
        assert bool(entry.extracted.text) == bool(entry.extracted.sections) == (not said)
    return [entry.extracted.reading for entry in found]


def test_what_fits_stays_as_it_is() -> None:
    entries = [document(1, 90_000), document(2, 50_000)]
    assert bounded("", entries, SimpleNamespace(largest_request=64 * MEGABYTE)) is entries  # type: ignore[arg-type]
    assert kept(entries, 3 * MEGABYTE) == [Reading.TEXT, Reading.TEXT]


def test_the_longest_texts_give_way() -> None:
    entries = [document(1, 40_000), document(2, 90_000), document(3, 50_000)]
    assert kept(entries, 2 * MEGABYTE) == [Reading.TEXT, Reading.UNREAD, Reading.TEXT]
    assert kept(entries, MEGABYTE) == [Reading.TEXT, Reading.UNREAD, Reading.UNREAD]


def test_a_problem_says_what_to_raise() -> None:
    found = bounded("", [document(1, 200_000)], SimpleNamespace(largest_request=MEGABYTE))  # type: ignore[arg-type]
    (problem,) = found[0].extracted.problems
    assert "http.max_content_length" in problem.message
    assert "--rebuild" in problem.outcome


def test_a_text_longer_than_nodes_read_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_size, "LONGEST_TEXT", MEGABYTE)
    monkeypatch.setattr(request_size, "_NOT_ASKED", 0)
    found = bounded("", [document(1, 90_000)], SimpleNamespace(largest_request=4 * MEGABYTE))  # type: ignore[arg-type]
    assert "opensearch.xcontent.string.length.max" in found[0].extracted.problems[0].message
