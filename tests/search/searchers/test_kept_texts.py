"""Blocks of a text, and where words stand in them."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.tokenizer import count_words, edges, spans, tokenize
from indexer.errors import UnusableIndexError
from indexer.texts import text_blocks
from indexer.texts.text_blocks import STRETCH, stretches
from indexer.texts.text_layout import EXTENSION, TextAddress
from indexer.texts.text_store import StoredText
from indexer.texts.text_writer import TextWriter
from search.searchers import kept_texts
from search.searchers.kept_texts import KeptText, TextBlock
from search.segments.cache import Cache


@given(st.text(alphabet=st.sampled_from("aB1 .-ïﬁ“\u00ad\u0301İ中\ud800"), max_size=30))
def test_words_stand_where_the_tokenizer_says(text: str) -> None:
    every = [(token.start, token.end) for token in tokenize(text)]
    assert list(spans(text)) == every
    assert TextBlock(text, (0, len(every))).spans(np.arange(len(every))) == list(dict.fromkeys(every))


@given(
    st.text(alphabet=st.sampled_from("aB1 ,.$%-ïﬁ“\u00ad\u0301İ中\n"), max_size=60),
    st.sets(st.integers(0, 60), min_size=1),
)
def test_words_are_found_in_whatever_stretches_they_stand(text: str, numbers: set[int]) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(text_blocks, "STRETCH", 4)
        stored = stored_text(Path(folder), text)
        counts = stored.words_within(0) if text else [0, 0]
        assert counts == [count_words(text[:start]) for start in stretches(text)] + [count_words(text)]
        every = [(token.start, token.end) for token in tokenize(text)]
        block, wanted = TextBlock(text, counts), [number for number in sorted(numbers) if number < len(every)]
        for some in (wanted[:1], wanted, range(len(every))):
            assert block.spans(np.array(some, np.int64)) == list(dict.fromkeys(every[number] for number in some))


def test_only_the_stretches_asked_for_are_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "mill road " * 5_000
    block = TextBlock(text, stored_text(tmp_path, text).words_within(0))
    taken: list[int] = []
    monkeypatch.setattr(kept_texts, "edges", lambda part: taken.append(len(part)) or edges(part))
    assert block.spans(np.array([3, 8_001])) == [(15, 19), (40_005, 40_009)]
    assert block.spans(np.array([4, 8_000])) == [(20, 24), (40_000, 40_004)]
    assert len(taken) == 1
    assert taken[0] < 3 * STRETCH


def test_a_block_of_other_words_than_were_counted_is_damage() -> None:
    with pytest.raises(UnusableIndexError, match="other words than were counted"):
        TextBlock("An orphan drug license", (0, 3)).spans(np.array([1]))


class CountedText(StoredText):
    """A stored text that counts what is read of it."""

    read = 0

    def block(self, number: int) -> str:
        self.read += 1
        return super().block(number)


@pytest.fixture
def stored(tmp_path: Path) -> CountedText:
    return stored_text(tmp_path, "An orphan drug license of the company.")


def stored_text(folder: Path, text: str) -> CountedText:
    with TextWriter(folder) as writer:
        address = writer.add(text)
    return CountedText(memoryview(stored_record(folder, address)), address)


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
