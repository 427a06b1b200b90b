"""Asking a section gives one answer whatever became of the index: in parts, documents removed, merged, exported."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument, stored
from indexer.filings import Document, ExtractedText, Header
from indexer.texts.text_layout import FOLDER, Parts
from indexer.texts.text_writer import TextWriter
from indexer.whoosh_compat.export import export
from indexer.whoosh_compat.stock import StockBuilder
from indexer.writers import rows
from indexer.writers.rows import ColumnarBuilder
from indexer.writers.segment_list import SegmentList
from indexer.writers.writer import Copy
from search.parsing.parser import parse_query
from search.passages.cutting import Cut
from search.passages.hits import shown
from search.results import Answer, Question
from search.searchers.local import LocalSearcher
from search.searchers.memory import MemorySearcher
from search.searchers.searcher import Searcher
from tests.indexer.outline.reports import sections

ANNUAL = """Preface on {0}.
Item 1. Business
The mill makes {1} and sells it to the bank of {2}.
Items 1A and 1B. Risk Factors
A flood may reach the {3}. Of {4} nothing is known.
Item 7. Management's Discussion
The {5} cost more than the flood of {6}.
"""
CURRENT = """Item 2.02 Results of Operations
The {0} was {1}.
Item 7.01 Regulation FD Disclosure
The {2} will be shown to the {3}.
Item 9.01 Exhibits
{4}
"""
WORDS = ("flood", "steel", "covenant", "flood covenant", "mill", "—", "bank waiver", "naïve flood")
ASKED = (
    "section:1A", "section:1B covenant", "section:7.01 covenant", "section:1A flood", "section:7 flood -steel",
    'section:1A "the mill"', "section:(1A OR 7) covenant bank", "section:(1 OR 1A) mill NEAR(6) flood",
    "section:1* bank NEAR(4) mill", "section:9.01 steel", "section:* waiver", "-section:1A flood",
    "section:1A section:7 flood", "section:2.02 (steel OR flood) form:8-K", "section:7.01 wai*",
)  # fmt: skip
"""At least one finds nothing: headings have no word in common with those who end there."""


def entry(number: int) -> IndexedDocument:
    form, text = ("10-K", ANNUAL) if number % 3 else ("8-K", CURRENT)
    said = text.format(*(WORDS[(number * step + step) % len(WORDS)] for step in range(1, 8)))
    header = Header(f"0009000001-17-{number:06}", form)
    extracted = ExtractedText(said, Reading.TEXT, sections=sections(said, form))
    return IndexedDocument(header, Document(form, 1, "d.htm", "", b""), extracted, "a.txt", "ab")


ENTRIES = [entry(number) for number in range(40)]
REMOVED = [Copy(f"0009000001-17-{number:06}") for number in range(0, 40, 7)]
LEFT = [each for each in ENTRIES if Copy(each.header.accession_number) not in REMOVED]


def segment(folder: Path, make: Callable[..., Any], entries: list[IndexedDocument]) -> Any:
    with TextWriter(folder / FOLDER) as texts:
        builder = make(folder, texts=texts.name)
        for each in entries:
            text = texts.add(each.extracted.text, Parts(each.extracted.sections))
            builder.add(each, stored(each, text=str(text), header=str(texts.add("-"))))
        finished = builder.finish()
        builder.close()
    return finished


def built(folder: Path, make: Callable[..., Any], *, size: int = 10) -> Path:
    """An index in several segments, of which some documents were removed."""
    writer = SegmentList(folder)
    writer.add([segment(folder, make, ENTRIES[start : start + size]) for start in range(0, len(ENTRIES), size)])
    writer.remove(REMOVED)
    writer.commit()
    writer.close()
    return folder


def answer(searcher: Searcher, asked: str) -> tuple[int, list[tuple[str, float]]]:
    found: Answer = searcher.search(Question(parse_query(asked), limit=None))
    return found.documents, [(hit.accession, pytest.approx(hit.score, rel=1e-6, abs=2e-6)) for hit in found.hits]


def accessions(searcher: Searcher, asked: str) -> list[str]:
    return sorted(accession for accession, _ in answer(searcher, asked)[1])


def assert_answers(folder: Path) -> None:
    searcher, expected = LocalSearcher.open(folder), MemorySearcher.of(LEFT)
    for asked in ASKED:
        assert answer(searcher, asked) == answer(expected, asked), asked
    searcher.close()


def test_the_documents_have_sections_and_the_questions_answers() -> None:
    assert {each.name for each in ENTRIES[1].extracted.sections} == {"1", "1A", "1B", "7"}
    totals = [answer(MemorySearcher.of(LEFT), asked)[0] for asked in ASKED]
    assert sum(0 < total < len(LEFT) for total in totals) > len(ASKED) - 3


@pytest.mark.parametrize("make", [ColumnarBuilder, StockBuilder])
def test_of_an_index_in_parts(tmp_path: Path, make: Callable[..., Any]) -> None:
    assert_answers(built(tmp_path, make))


def test_of_an_index_that_was_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "FACTOR", 2)
    assert_answers(built(tmp_path, ColumnarBuilder))
    assert len(list(tmp_path.glob("*.cols"))) < 4


def test_of_an_index_that_was_exported(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    export(built(tmp_path / "index", ColumnarBuilder), tmp_path / "plain")
    searcher, expected = LocalSearcher.open(tmp_path / "plain"), MemorySearcher.of(LEFT)
    for asked in ASKED:  # an export knows the lengths of documents rounded: scores differ a little
        assert accessions(searcher, asked) == accessions(expected, asked), asked
    searcher.close()


@pytest.mark.parametrize("make", [ColumnarBuilder, StockBuilder])
def test_passages_are_those_of_the_section(tmp_path: Path, make: Callable[..., Any]) -> None:
    searcher, expected = LocalSearcher.open(built(tmp_path, make)), MemorySearcher.of(LEFT)
    for asked, names in (("section:7 flood", {"7"}), ("section:(1A OR 7) the covenant", {"1A", "1B", "7"})):
        query = parse_query(asked)
        cut = Cut(3, 60)
        found, known = (
            list(shown(each.search(Question(query, limit=None)).hits, query, each, cut))
            for each in (searcher, expected)
        )
        passages = [snippet for hit in found for document in hit.documents for snippet in document.snippets]
        assert passages
        assert passages == [snippet for hit in known for document in hit.documents for snippet in document.snippets]
        assert {snippet.section.split()[1] for snippet in passages} <= names
    searcher.close()
