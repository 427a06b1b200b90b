"""Where sentences and paragraphs begin, in texts of HTML and in wrapped plain text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.tokenizer import count_words
from indexer.fields.sentences import UnitStarts
from indexer.fields.unit_places import unit_starts

WRAPPED = (
    "The board met on Monday and waived the\ncovenant. It did so\nwithout notice.\n\nNobody of Acme Inc.\nwas told.\n"
)


def test_each_line_is_a_paragraph_where_lines_are_not_broken() -> None:
    assert unit_starts("The board met.\nNobody came\n  None.") == UnitStarts([0, 3, 5], [0, 3, 5])


def test_empty_lines_part_paragraphs_of_wrapped_text() -> None:
    assert unit_starts(WRAPPED) == UnitStarts([0, 14], [0, 9, 14])


def test_long_lines_are_paragraphs_whatever_is_empty() -> None:
    line = "The board met on Monday and waived the covenant, without notice to anyone. " * 3
    words = count_words(line)
    assert unit_starts(f"{line}\n\n{line}\n{line}").paragraphs == [0, words, 2 * words]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We met. Nobody came.", [0, 2]),
        ('We met! Nobody came? (They did.) "Yes." So', [0, 2, 4, 6, 7]),
        ("Acme Inc. and Dr. Poole of No. 5 met", [0]),
        ("U.S. Steel met", [0]),
        ("Paid 15 dollars. 2019 was better", [0, 3]),
        ("a. b. c", [0]),
        ("One; Two: Three", [0]),
        ("", []),
        ("--- . ***", []),
        ("\n\n- -\nWe", [0]),
        ("We. \n---\n. Met", [0, 1]),
    ],
)
def test_where_sentences_begin(text: str, sentences: list[int]) -> None:
    assert unit_starts(text).sentences == sentences


PIECES = st.sampled_from(
    ["we", "Met.", "Inc.", "\n", "\n\n", "é", "ﬁrm", "—", "zqunitqz", "ZQUNITQZ", "x" * 80, "\ud800", "5"]
)
TEXTS = st.lists(PIECES, max_size=30).map(" ".join)


@given(TEXTS)
def test_a_paragraph_begins_a_sentence_and_none_is_empty(text: str) -> None:
    units = unit_starts(text)
    assert set(units.paragraphs) <= set(units.sentences)
    assert units.sentences == sorted(set(units.sentences))
    assert (units.paragraphs[:1], units.sentences[:1]) == (([0], [0]) if count_words(text) else ([], []))
    assert all(start < count_words(text) for start in units.sentences)


LINES = st.lists(
    st.sampled_from(["", " ", "\u2003", "\x1c", "a", " b ", "c" * 140, "\u2003d", "e.\t", "é", "\U0001f600", "F 5."]),
    max_size=80,
).map("\n".join)


@given(LINES)
def test_lines_are_what_splitting_gives(text: str) -> None:
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    wide = sum(len(line) > 132 for line in filled)
    is_wrapped = wide * 20 <= len(filled) and (len(lines) - len(filled)) * 50 >= len(filled) > 0
    between = re.compile(r"\n\s*\n\s*" if is_wrapped else r"\n\s*")
    starts = {count_words(text[: found.end()]) for found in between.finditer(text)} | {0}
    assert unit_starts(text).paragraphs == sorted(starts - {count_words(text)})
