"""What is looked up together is what each document has, whichever documents share their values."""

from pathlib import Path
from typing import Any

import pytest

from indexer.analysis.tokenizer import TOGETHER, keep_apart
from indexer.analysis.word_bytes import PlacedWords
from indexer.columnar import waiting
from indexer.columnar.builder import Builder, Layout, SegmentRow
from indexer.columnar.file import SegmentFile
from indexer.columnar.postings import POSITION_BITS, FieldReader
from indexer.columnar.word_ids import Dictionary


def places(field: FieldReader, term: bytes) -> list[tuple[int, int]]:
    number = field.find(term)
    assert number is not None
    found = field.places(number, number + 1).tolist()
    return [(place >> POSITION_BITS, place & ((1 << POSITION_BITS) - 1)) for place in found]


def test_values_that_documents_share_and_texts_kept_apart(tmp_path: Path) -> None:
    shared = ("Ashdown Mills", "", "Mills of $5")
    texts = ["The mills paid $5 to non-US mills.", "No mills."]
    keep_apart(texts)
    builder = Builder(tmp_path / "s.cols", Layout(words=("name", "text"), next_start=lambda start, count: start + 100))
    for text in texts:
        builder.add(SegmentRow(words={"text": (text,), "name": shared}))
    builder.add(SegmentRow(words={"name": ()}))
    builder.finish()
    file = SegmentFile(tmp_path / "s.cols")
    name, text_field = FieldReader(file, "name"), FieldReader(file, "text")
    assert places(name, b"mills") == [(0, 1), (0, 200), (1, 1), (1, 200)]
    assert places(name, b"$") == [(0, 202), (1, 202)]
    assert places(text_field, b"mills") == [(0, 1), (0, 7), (1, 1)]
    assert (places(text_field, b"$"), places(text_field, b"^us")) == ([(0, 3)], [(0, 6)])
    assert file.array("name/lengths").tolist() == [5, 5, 0]


def test_values_that_documents_share_with_others_between(tmp_path: Path) -> None:
    shared, other = ("Ashdown Mills", "Mills"), ("Mills of Lyndale",)
    builder = Builder(tmp_path / "s.cols", Layout(words=("name",), next_start=lambda start, count: start + 100))
    for names in (shared, shared, other, shared, None, shared):
        builder.add(SegmentRow(words={} if names is None else {"name": names}))
    builder.finish()
    file = SegmentFile(tmp_path / "s.cols")
    mills = [(0, 1), (0, 100), (1, 1), (1, 100), (2, 0), (3, 1), (3, 100), (5, 1), (5, 100)]
    assert places(FieldReader(file, "name"), b"mills") == mills
    assert file.array("name/lengths").tolist() == [3, 3, 3, 3, 0, 3]


def test_the_size_is_known_before_words_are_looked_up_and_right_afterwards(tmp_path: Path) -> None:
    builder = Builder(tmp_path / "s.cols", Layout(words=("text",)))
    builder.add(SegmentRow(words={"text": ("word " * 600,)}))
    assert builder.size == 500
    builder.add(SegmentRow(words={"text": ("word " * (TOGETHER // 5),)}))
    assert builder.size == 600 + TOGETHER // 5
    builder.discard()


def test_what_was_taken_apart_together_is_looked_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = list[int]()
    numbers = Dictionary.numbers

    def noted(self: Dictionary, words: PlacedWords) -> Any:
        looked_up.append(len(words.starts))
        return numbers(self, words)

    monkeypatch.setattr(Dictionary, "numbers", noted)
    monkeypatch.setattr(waiting, "TOGETHER", 100)
    texts = ["word " * 50, "mill " * 7, "note " * 9]
    keep_apart(texts)
    builder = Builder(tmp_path / "s.cols", Layout(words=("text",)))
    for text in texts:
        builder.add(SegmentRow(words={"text": (text,)}))
    assert looked_up == [66]
    assert builder.finish() == {"text": 66}
    assert looked_up == [66]
