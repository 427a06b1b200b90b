"""Sections in the postings that are not those of the text are found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.extracted import Reading, Section
from indexer.fields.entries import IndexedDocument, stored
from indexer.filings import Document, ExtractedText, Header
from indexer.texts.text_layout import FOLDER, Parts
from indexer.texts.text_writer import TextWriter
from indexer.verify.findings import Fault
from indexer.verify.segments import check
from indexer.whoosh_compat.stock import StockBuilder
from indexer.whoosh_compat.toc import read_table
from indexer.writers.rows import ColumnarBuilder
from indexer.writers.segment_list import SegmentList

TEXT = "Item 1A Floods\nItem 7 The mill\nItem 8 None"
RIGHT = (Section("1A", "Floods", 0, 15), Section("7", "", 15, 31), Section("8", "", 31, 42))
WRONG = (
    (),
    RIGHT[:2],
    (Section("1", "Floods", 0, 15), *RIGHT[1:]),
    (RIGHT[0], Section("7", "", 15, 26), RIGHT[2]),
    (Section("1A", "Floods", 8, 15), *RIGHT[1:]),
)


def said(folder: Path, make: Callable[[Path], Any], *, indexed: tuple[Section, ...]) -> list[tuple[Fault, str]]:
    """What is found of two documents, of which the second has other sections in its postings."""
    writer, builder = SegmentList(folder), make(folder)
    with TextWriter(folder / FOLDER) as texts:
        for number, sections in enumerate((RIGHT, indexed)):
            header, document = Header(f"0009000001-17-{number:06}", "10-K"), Document("10-K", 1, "d.htm", "", b"")
            entry = IndexedDocument(header, document, ExtractedText(TEXT, Reading.TEXT, sections=sections), "a.txt")
            address = texts.add(TEXT, Parts(RIGHT))
            builder.add(entry, stored(entry, text=str(address), header=str(address)))
    writer.add([builder.finish()])
    builder.close()
    writer.commit()
    writer.close()
    table = read_table(folder)
    findings = check(folder, table.schema, table.segments[0], lambda _: None).findings
    return [(each.fault, f"{each.where} {each.message}") for each in findings]


@pytest.mark.parametrize("make", [ColumnarBuilder, StockBuilder])
def test_sections_that_agree_are_sound(tmp_path: Path, make: Callable[[Path], Any]) -> None:
    assert said(tmp_path, make, indexed=RIGHT) == []


@pytest.mark.parametrize("indexed", WRONG)
@pytest.mark.parametrize("make", [ColumnarBuilder, StockBuilder])
def test_sections_that_differ_are_found(
    tmp_path: Path, make: Callable[[Path], Any], indexed: tuple[Section, ...]
) -> None:
    expected = "0009000001-17-000001:d.htm the sections that a search finds are not those of its text"
    assert said(tmp_path, make, indexed=indexed) == [(Fault.WORDS, expected)]
