"""A document's fingerprint is the same from its text and from its postings, and changes with any word."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument, stored
from indexer.filings import Document, ExtractedText, Header
from indexer.verify import words
from indexer.verify.words import fingerprint, fingerprints
from indexer.whoosh_compat.segment_reader import AnySegment
from indexer.whoosh_compat.stock import StockBuilder
from indexer.whoosh_compat.whoosh_schema import whoosh_schema
from indexer.writers.rows import ColumnarBuilder

texts = st.lists(st.text(st.sampled_from("ab é7.\n"), max_size=40), min_size=1, max_size=8)


def built(folder: Path, builder: Any, contents: list[str]) -> Any:
    building = builder(folder, texts="t")
    for number, content in enumerate(contents, 1):
        entry = IndexedDocument(
            Header(f"0009000001-17-{number:06}", "8-K"),
            Document("8-K", 1, "a.txt", "", b""),
            ExtractedText(content, Reading.TEXT),
            "a.txt",
        )
        building.add(entry, stored(entry, text="t:0:1", header="t:0:1"))
    segment = building.finish()
    building.close()
    return segment


@settings(max_examples=30)
@pytest.mark.parametrize("builder", [ColumnarBuilder, StockBuilder])
@given(contents=texts, at_once=st.integers(1, 20))
def test_postings_and_texts_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, builder: Any, contents: list[str], at_once: int
) -> None:
    folder = tmp_path_factory.mktemp("index")
    segment = built(folder, builder, contents)
    reader = AnySegment(folder, whoosh_schema(), segment)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "_AT_ONCE", at_once)
        assert [int(each) for each in fingerprints(segment, reader, folder)] == list(map(fingerprint, contents))
    reader.close()


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=12), st.data())
def test_any_change_of_a_word_shows(found: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(found) - 1))
    before = fingerprint(" ".join(found))
    assert fingerprint(" ".join(found[:at] + found[at + 1 :])) != before
    assert fingerprint(" ".join([*found[:at], "other", *found[at + 1 :]])) != before
    assert fingerprint(" ".join([*found, found[at]])) != before
