"""Blocks of a text, and where words stand in them."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.tokenizer import spans, tokenize
from indexer.texts import EXTENSION, StoredText, TextAddress, TextWriter
from search.searchers.kept_texts import KeptText, TextBlock
from search.segments.cache import Cache


@given(st.text(alphabet=st.sampled_from("aB1 .-ïﬁ“\u00ad\u0301İ中\ud800"), max_size=30))
def test_words_stand_where_the_tokenizer_says(text: str) -> None:
    every = [(token.start, token.end) for token in tokenize(text)]
    assert list(spans(text)) == every
    assert TextBlock(text).spans(np.arange(len(every))) == every
    assert TextBlock(text).spans(np.arange(len(every))[1::2]) == every[1::2]
    for word in range(0, len(every), 7):
        assert TextBlock(text).spans(np.array([word])) == [every[word]]


class SharedBlock(TextBlock):
    """A block of which another thread finds fewer words at the same time, and keeps these."""

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value[:2] if isinstance(value, np.ndarray) else value)


def test_a_block_is_asked_by_several_threads() -> None:
    assert SharedBlock("An orphan drug license").spans(np.array([1, 3])) == [(3, 9), (15, 22)]


class CountedText(StoredText):
    """A stored text that counts what is read of it."""

    read = 0

    def block(self, number: int) -> str:
        self.read += 1
        return super().block(number)


@pytest.fixture
def stored(tmp_path: Path) -> CountedText:
    with TextWriter(tmp_path) as writer:
        address = writer.add("An orphan drug license of the company.")
    record = stored_record(tmp_path, address)
    return CountedText(memoryview(record), address)


def stored_record(folder: Path, address: TextAddress) -> bytes:
    content = (folder / f"{address.file}{EXTENSION}").read_bytes()
    return content[address.offset : address.offset + address.length]


def test_a_block_is_read_once_as_long_as_there_is_room(stored: CountedText) -> None:
    kept = KeptText(stored, 7, cache := Cache(1 << 20))
    assert kept.block(0) is kept.block(0)
    assert KeptText(stored, 7, cache).block(0).text == "An orphan drug license of the company."
    assert stored.read == 1
    assert KeptText(stored, 8, cache).block(0) is not kept.block(0)
    cache.clear()
    assert kept.block(0).spans(np.array([1, 3])) == [(3, 9), (15, 22)]
    assert stored.read == 3


def test_of_a_whole_text_nothing_is_kept(stored: CountedText) -> None:
    kept = KeptText(stored, 7, cache := Cache(1 << 20))
    assert kept.whole() == "An orphan drug license of the company."
    assert cache.size == 0
