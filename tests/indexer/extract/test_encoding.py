"""Bytes become characters, whatever encoding a document of a submission is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.encoding import decode


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        (b"plain", "plain", "ascii"),
        ("naïve – €5".encode(), "naïve – €5", "utf-8"),
        (b"\xef\xbb\xbfmarked", "marked", "ascii"),
        (b"na\xefve \x96 \x805", "naïve – €5", "cp1252"),
        (b"na\xefve \x81", "naïve  ", "latin-1"),
        ("“one” “two” ".encode() + b"\x93three\x94", "“one” “two” “three”", "utf-8+cp1252"),
        ("wide".encode("utf-16"), "wide", "utf-16"),
        ("it\x92s".encode(), "it’s", "utf-8"),
    ],
)
def test_encodings(content: bytes, text: str, encoding: str) -> None:
    assert decode(content) == (text, encoding)


def test_control_characters_are_dropped_and_line_ends_are_one_kind() -> None:
    assert decode(b"wo\x00rd\x1a\r\nnext\rlast\x7f").text == "word\nnext\nlast"


@given(st.binary(max_size=300))
def test_any_bytes_decode_without_control_characters(content: bytes) -> None:
    text = decode(content).text
    assert not set(text) & {chr(code) for code in range(32) if chr(code) not in "\t\n\f"}
    text.encode()


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe"), max_size=200))
def test_utf_8_is_kept(text: str) -> None:
    assert decode(text.encode()).text == text
