"""What a document scores depends on the documents of the index: not on segments, nor on what was deleted from them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.edgar.roles import Role
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument, stored
from indexer.filings import Document, ExtractedText, Header, Party
from indexer.texts.text_layout import FOLDER
from indexer.texts.text_writer import TextWriter
from indexer.whoosh_compat.stock import StockBuilder
from indexer.writers.rows import ColumnarBuilder
from indexer.writers.segment_list import SegmentList
from indexer.writers.writer import Copy
from search.parsing.parser import parse_query
from search.results import Question
from search.searchers.local import LocalSearcher
from search.searchers.memory import MemorySearcher

QUERIES = ("license", "orphan drug", '"orphan drug"', "drug OR mill", "lic* -mill", "press")


def entry(number: int, text: str) -> IndexedDocument:
    """A document of its own submission, whose description is of as many words as its number is odd."""
    header = Header(
        f"0009000001-17-{number:06}", "8-K", date(2017, 3, 1), parties=(Party(Role.FILER, "A Co", "0009000001"),)
    )
    described = "press release of a license" if number % 2 else ""
    document = Document("8-K", 1, "d1.txt", described, b"")
    return IndexedDocument(header, document, ExtractedText(text, Reading.TEXT), f"{number}.txt", "ab", "d1.txt")


def segment(folder: Path, builder: Any, entries: Sequence[IndexedDocument]) -> Any:
    with TextWriter(folder / FOLDER) as texts:
        building = builder(folder, texts=texts.name)
        for each in entries:
            building.add(each, stored(each, text=str(texts.add(each.extracted.text)), header=""))
        finished = building.finish()
        building.close()
        return finished


def scores(searcher: Any) -> list[dict[str, float]]:
    questions = [Question(parse_query(query), limit=None) for query in QUERIES]
    return [{hit.accession: hit.score for hit in searcher.search(question).hits} for question in questions]


WORDS = ("license", "licensing", "orphan", "drug", "mill", "the", "of", "press")
words = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


@pytest.mark.parametrize("builder", [ColumnarBuilder, StockBuilder])
def test_scores_are_exact_when_the_text_of_what_is_deleted_is_damaged(tmp_path: Path, builder: Any) -> None:
    entries = [entry(number, f"orphan drug license {'mill ' * (17 * number)}") for number in range(6)]
    writer = SegmentList(tmp_path)
    writer.add([segment(tmp_path, builder, entries)])
    for path in (tmp_path / FOLDER).iterdir():
        path.write_bytes(b"damaged")
    writer.remove([Copy(entries[number].submission_id) for number in (0, 3, 5)])
    writer.commit()
    writer.close()
    searcher = LocalSearcher.open(tmp_path)
    assert scores(searcher) == scores(MemorySearcher.of([entries[number] for number in (1, 2, 4)]))
    searcher.close()


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.parametrize("builder", [ColumnarBuilder, StockBuilder])
@given(texts=st.lists(words, min_size=2, max_size=12), data=st.data())
def test_scores_are_those_of_what_is_left(
    tmp_path_factory: pytest.TempPathFactory, builder: Any, texts: list[str], data: st.DataObject
) -> None:
    entries = [entry(number, text) for number, text in enumerate(texts)]
    gone = data.draw(st.sets(st.sampled_from(range(len(entries))), max_size=len(entries) - 1))
    cut = data.draw(st.integers(0, len(entries)))
    folder = tmp_path_factory.mktemp("index")
    writer = SegmentList(folder)
    writer.add(part for part in (segment(folder, builder, part) for part in (entries[:cut], entries[cut:])) if part)
    writer.remove([Copy(entries[number].submission_id) for number in gone])
    writer.commit()
    writer.close()
    searcher = LocalSearcher.open(folder)
    left = [each for number, each in enumerate(entries) if number not in gone]
    assert scores(searcher) == scores(MemorySearcher.of(left))
    searcher.close()
