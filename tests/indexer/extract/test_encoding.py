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
    assert decode(content)[:2] == (text, encoding)


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


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("La société Vallée, naïve “quoted” — €5", True),
        ("CAFÉ’S SANTÉ™ “Ángel” ÀÉ—", False),
        ("SÃO PAULO ÃÂ", False),
    ],
)
def test_utf8_made_twice_is_made_once(text: str, *, repaired: bool) -> None:
    twice = text.encode().decode("cp1252", "surrogateescape") if repaired else text
    twice = "".join(chr(ord(c) - 0xDC00) if "\udc80" <= c <= "\udcff" else c for c in twice)
    read = decode(twice.encode())
    assert read.text == text
    assert bool(read.remark) is repaired


@given(st.text("aé“”’—ÀÂÃâ€ ", max_size=40))
def test_utf8_made_once_is_seldom_touched(text: str) -> None:
    """Only what holds two of the sequences that nobody writes."""
    read = decode(text.encode())
    assert read.text == text or sum(text.count(sure) for sure in ("Ã", "Â", "â€")) >= 2
