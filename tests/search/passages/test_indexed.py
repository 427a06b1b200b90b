"""Passages found through the index are those found in the text, and true of it wherever they come from."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.extracted import Reading, Section
from indexer.fields.entries import IndexedDocument, stored
from indexer.filings import Document, ExtractedText, Header
from indexer.texts import text_blocks
from indexer.texts.text_layout import FOLDER, Parts
from indexer.texts.text_writer import TextWriter
from indexer.whoosh_compat.stock import StockBuilder
from indexer.writers.rows import ColumnarBuilder
from indexer.writers.segment_list import SegmentList
from search.parsing.parser import parse_query
from search.passages.cutting import Cut, snippets
from search.passages.indexed import MANY, IndexedText, located, sought
from search.query.nodes import Query
from search.results import Snippet
from search.searchers.local import LocalSearcher

ASKED = (
    "license",
    "orphan drug",
    "orphan OR waiver",
    '"orphan drug"',
    '"an orphan drug license"',
    "drug NEAR(3) license",
    "license BEFORE(2) drug",
    "licens*",
    "l*e",
    "drug~1",
    "=license -zebra",
    'orphan ("drug license" OR covenant)',
    "form:8-K license",
    "missing",
    "section:1A license",
    "section:(1A OR 7) orphan (drug OR waiver)",
    'section:7 "orphan drug"',
    "section:* drug NEAR(3) license",
    "(section:1A license) OR waiver",
    "section:1A (section:7 orphan) license",
    "section:1A l*e",
)
WORDS = (
    "orphan",
    "drug",
    "license",
    "licenses",
    "waiver",
    "covenant",
    "the",
    "of",
    "naïve",
    "ﬁrm",
    "“quoted”",
    ".",
    "\n\n",
)


def halves(text: str) -> tuple[Section, ...]:
    """Two sections that meet at a space in the middle of a text; none where there is no such space."""
    cut = text.find(" ", len(text) // 2) + 1
    return (Section("1A", "", 0, cut), Section("7", "", cut, len(text))) if cut else ()


def searcher_of(folder: Path, said: Sequence[str], make: type = ColumnarBuilder) -> LocalSearcher:
    writer, builder = SegmentList(folder), make(folder)
    with TextWriter(folder / FOLDER) as texts:
        for number, text in enumerate(said):
            document = Document("8-K", 1, "d.htm", "", b"")
            extracted = ExtractedText(text, Reading.TEXT, sections=halves(text))
            entry = IndexedDocument(Header(f"0009000001-17-{number:06}", "8-K"), document, extracted, "a.txt")
            builder.add(entry, stored(entry, text=str(texts.add(text, Parts(halves(text)))), header=""))
    writer.add([builder.finish()])
    builder.close()
    writer.commit()
    writer.close()
    return LocalSearcher.open(folder)


def name(number: int) -> str:
    return f"0009000001-17-{number:06}:d.htm"


def passages(searcher: LocalSearcher, query: Query, number: int, **options: Any) -> tuple[Snippet, ...]:
    asked = sought(searcher, query)
    assert asked
    return located(IndexedText(searcher, searcher.handle(name(number)), name(number)), asked, **options)


texts = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


@pytest.mark.parametrize("make", [ColumnarBuilder, StockBuilder])
@settings(max_examples=30)
@given(said=st.lists(texts, min_size=1, max_size=4), cut=st.builds(Cut, st.integers(0, 3), st.integers(20, 200)))
def test_they_are_the_passages_of_the_text(
    tmp_path_factory: pytest.TempPathFactory, make: type, said: list[str], cut: Cut
) -> None:
    searcher = searcher_of(tmp_path_factory.mktemp("index"), said, make)
    for query in map(parse_query, ASKED):
        for number, text in enumerate(said):
            found = passages(searcher, query, number, cut=cut)
            assert found == snippets(query, name(number), text, cut=cut, sections=halves(text))
    searcher.close()


@pytest.mark.parametrize("sentences", [False, True])
@pytest.mark.parametrize("asked", ASKED)
def test_of_a_text_of_many_blocks_they_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, sentences: bool
) -> None:
    monkeypatch.setattr(text_blocks, "BLOCK", 500)
    kinds = ["An orphan drug license.", "A waiver of a covenant.", "The license.", "orphan license of a drug."]
    said = "".join(
        kinds[number % 4] + f" The {number} quick foxes — naïve — jump over {number} lazy dogs." * (number % 5 * 9)
        for number in range(24)
    )
    searcher, query = searcher_of(tmp_path, [said]), parse_query(asked)
    assert len(searcher.stored_text(searcher.handle(name(0))).starts) > 20
    cut = Cut(3, 100, sentences)
    expected = snippets(query, name(0), said, cut=cut, sections=halves(said))
    assert passages(searcher, query, 0, cut=cut) == expected
    searcher.close()


def test_of_very_many_matches_the_best_is_found(tmp_path: Path) -> None:
    said = "The drug. " * (2 * MANY) + "An orphan drug license was granted. " + "A drug. " * MANY
    searcher = searcher_of(tmp_path, [said])
    (found,) = passages(searcher, parse_query("orphan OR drug OR license"), 0, cut=Cut(1, 80))
    assert "orphan drug license" in found.text
    assert [said[low:high] for low, high in found.matches].count("orphan") == 1
    searcher.close()
