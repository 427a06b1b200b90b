"""The tokenizer: its two forms agree, offsets are exact, and people find words as they type them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import tokenizer
from indexer.analysis.folding import fold, is_unspaced
from indexer.analysis.tokenizer import (
    MAX_WORD,
    Token,
    count_words,
    spans,
    stacked,
    term,
    tokenize,
    words,
    words_before,
)

TEXT = st.one_of(
    st.text(
        alphabet=st.one_of(
            st.characters(), st.sampled_from("aZ9é\u00ad\ue000 .ﬁﬃ㎏½²İßſKÅ\u0301가—\u200b７有限公ー㈱㌔ｶ")
        )
    ),
    st.lists(st.sampled_from([*"0123456789.,$%£€()- \tabmUSéﬁ½７有公\u00ad", "US", "123", "1.5", "non-"])).map("".join),
    st.lists(st.sampled_from([*"01.,", "23", "456", "78901234567890123", "m", "-", "US", " "])).map("".join),
)


def found(text: str) -> list[str]:
    return [token.word for token in tokenize(text)]


@given(TEXT)
def test_words_and_tokens_are_the_same(text: str) -> None:
    assert [term(word) for word in words(text)] == found(text)


@settings(max_examples=1000)
@given(TEXT)
def test_a_long_text_is_taken_apart_as_a_short_one(text: str) -> None:
    folded = tokenizer._bytes(text)
    short, long = tokenizer._short(folded), tokenizer._word_bytes(folded)
    assert short.spaced.split() == long.spaced().split()
    assert {term: list(places) for term, places in long.marks().signs} == dict(short.marks().signs)
    assert list(long.marks().hyphens) == short.marks().hyphens


@given(TEXT)
def test_spans_are_the_offsets_of_the_tokens(text: str) -> None:
    assert list(spans(text)) == [(token.start, token.end) for token in tokenize(text)]


@given(TEXT)
def test_a_token_folds_to_its_word_where_it_stands(text: str) -> None:
    last = Token("", 0, 0)
    for token in tokenize(text):
        is_fraction = unicodedata.decomposition(text[token.start]).startswith("<fraction>")
        overlaps = is_fraction or is_unspaced(token.word)
        assert token.start < token.end
        assert last.end <= token.start or (overlaps and last.start <= token.start)
        assert is_fraction or found(text[token.start : token.end]) == [token.word]
        last = token


@given(TEXT)
def test_words_are_folded_already(text: str) -> None:
    for word in found(text):
        assert found(word) == [word]
        assert fold(word) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rule 10b-5", ["rule", "10b", "5"]),
        ("AT&T", ["at", "t"]),
        ("U.S.", ["u", "s"]),
        ("$1,234.56", ["1234.56"]),
        ("21.5 .5 0.5 00.5", ["21.5", ".5", ".5", "00.5"]),
        ("1, 2", ["1", "2"]),
        ("1,2,3", ["1", "2", "3"]),
        ("31,2017", ["31", "2017"]),
        ("1,234,56", ["1", "234", "56"]),
        ("100,200,300.5", ["100200300.5"]),
        ("5.02,5.03", ["5.02", "5.03"]),
        ("5.2.1", ["5", "2", "1"]),
        ("12.31.2017", ["12", "31", "2017"]),
        ("212.555.1234", ["212", "555", "1234"]),
        ("page.....5.2", ["page", "5.2"]),
        ("10b5-1", ["10b5", "1"]),
        ("240.12b-2", ["240", "12b", "2"]),
        ("v1.5", ["v1", "5"]),
        ("$1.5M and 2.5x", ["1.5m", "and", "2.5x"]),
        ("8½%", ["8", "1", "2"]),
        ("８½", ["8", "1", "2"]),
        ("98Q76K 10 0", ["98q76k", "10", "0"]),
        ("non-GAAP", ["non", "gaap"]),
        ("Company’s", ["company", "s"]),
        ("Company's", ["company", "s"]),
        ("Société Générale", ["societe", "generale"]),
        ("Socie\u0301te\u0301", ["societe"]),
        ("in\u00adter\u00adest", ["interest"]),
        ("ﬁnancial oﬃcer", ["financial", "officer"]),
        ("ＦＵＬＬ　ｗｉｄｔｈ　１２", ["full", "width", "12"]),
        ("Revenue¹", ["revenue"]),
        ("Skarvøy Łódź Straße Ærø", ["skarvoy", "lodz", "strasse", "aero"]),
        ("Item\u00a01A.", ["item", "1a"]),
        ("________", []),
        ("株式会社 Ωμέγα ЗАО", ["株式", "式会", "会社", "ωμεγα", "зао"]),
        ("A株10％", ["a", "株", "10"]),
        ("서울밀가루 1호", ["서울", "울밀", "밀가", "가루", "1", "호"]),
        ("naïve" + "\ud800" + "end", ["naive", "end"]),
    ],
)
def test_what_a_word_is(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_word_longer_than_any_is_cut() -> None:
    assert found("x" * 5000) == ["x" * MAX_WORD]
    assert [term(word) for word in words("é" * 5000)] == ["e" * MAX_WORD]


@given(TEXT)
def test_words_are_counted_as_they_are_found(text: str) -> None:
    assert count_words(text) == len(words(text))


@given(TEXT, st.data())
def test_words_are_counted_before_places_between_them(text: str, data: st.DataObject) -> None:
    long = f"{text} " * (1 + 500 // (len(text) + 1))
    ends = [place for place, character in enumerate(long) if character == " "]
    offsets = sorted(data.draw(st.lists(st.sampled_from(ends), min_size=1)))
    assert words_before(long, offsets) == [len(words(long[:offset])) for offset in offsets]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$5, 5% or $ (1,234)", [(1, "%"), (0, "$"), (3, "$")]),
        ("US$5", [(1, "$")]),
        ("(12.5) %", [(0, "%")]),
        ("£5 €6 ¥7", [(0, "£"), (1, "€"), (2, "¥")]),
        ("$\n5", []),
        ("$five %", []),
        ("non-GAAP", [(1, "-nongaap")]),
        ("non\u2011GAAP", [(1, "-nongaap")]),
        ("out-of-the", [(1, "-outof"), (2, "-ofthe"), (2, "-outofthe")]),
        ("10-K 10b-5 COVID-19 a--b", []),
        ("C++ and c", [(0, "+")]),
        ("the US mill", [(1, "^us")]),
        ("THE US MILL", []),
        ("tell us", []),
    ],
)
@pytest.mark.parametrize("long", [False, True])
def test_what_marks_say(text: str, expected: list[tuple[int, str]], long: bool) -> None:
    padded = text + "\n" * 500 * long
    found = [(place, word.decode()) for place, word in stacked(padded)]
    assert sorted(found) == sorted(expected)


@given(st.text(" .,$5a-é€\u4e2dU", max_size=200))
def test_words_are_counted_at_once_as_one_by_one(text: str) -> None:
    offsets = [at for at, character in enumerate(text) if character == " "] + [len(text)]
    assert words_before(text, offsets) == [sum(len(words(piece)) for piece in pieces(text, at)) for at in offsets]


def pieces(text: str, end: int) -> list[str]:
    return text[:end].split(" ")
