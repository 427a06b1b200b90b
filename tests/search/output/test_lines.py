"""Lines that a terminal only shows."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from indexer.harmless import harmless, harmless_json
from indexer.printing import columns, one_line, spaced, visible, wrapped

TEXT = st.text(st.characters(), max_size=60)


def is_harmless(text: str) -> bool:
    return all(unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for each in text)


@given(TEXT)
def test_nothing_drives_the_terminal(text: str) -> None:
    assert is_harmless(one_line(text))
    assert is_harmless(visible(text))
    assert "  " not in one_line(text)


@given(TEXT)
def test_lines_stay_as_long_as_they_are(text: str) -> None:
    assert len(harmless(text)) == len(text) == len(spaced(text))
    assert is_harmless(harmless(text).replace("\n", "").replace("\t", ""))
    assert is_harmless(spaced(text))


def test_no_other_character_is_touched() -> None:
    every = "".join(each for each in map(chr, range(0x110000)) if unicodedata.category(each) != "Cn")
    kept = harmless(every)
    assert all(was == now or not is_harmless(was) for was, now in zip(every, kept, strict=True))


@given(TEXT)
def test_json_says_the_same_and_drives_nothing(text: str) -> None:
    printed = harmless_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(printed) == text
    printed.encode()
    assert not any(each in printed for each in "\x1b\x7f\x9b\u202e\u2066\u200f\r\n")


@given(st.text("ab 株é\u0301", max_size=60), st.integers(1, 20))
def test_lines_hold_every_word_and_no_more_than_fits(text: str, width: int) -> None:
    lines = [text[start:end] for start, end in wrapped(text, width)]
    assert " ".join(lines).split() == text.split()
    assert all(columns(line) <= width or " " not in line for line in lines)


def test_without_a_width_there_is_one_line() -> None:
    assert list(wrapped(" a b ", None)) == [(1, 4)]
    assert list(wrapped("", None)) == []
