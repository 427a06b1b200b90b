"""The tokenizer: its two forms agree, offsets are exact, and people find words as they type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import analysis
from indexer.analysis import MAX_WORD, count_words, fold, spans, stem, term, tokenize, words

TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("aZ9é\u00ad\ue000 .ﬁﬃ㎏½²İßſKÅ\u0301가—\u200b７有限公ー㈱㌔ｶ"))
)


def found(text: str) -> list[str]:
    return [token.word for token in tokenize(text)]


@given(TEXT)
def test_words_and_tokens_are_the_same(text: str) -> None:
    assert [term(word) for word in words(text)] == found(text)


@given(TEXT)
def test_the_quick_way_to_offsets_gives_those_of_the_plain_one(text: str) -> None:
    assert list(tokenize(text)) == list(analysis._tokenize_by_character(text))


@given(TEXT)
def test_spans_are_the_offsets_of_the_tokens(text: str) -> None:
    assert list(spans(text)) == [(token.start, token.end) for token in tokenize(text)]


@given(TEXT)
def test_a_token_folds_to_its_word_where_it_stands(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end
        end = token.end
        assert found(text[token.start : token.end]) == [token.word]


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
        ("$1,234.56", ["1", "234", "56"]),
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


@pytest.mark.parametrize(
    ("one", "other"), [("license", "licensing"), ("company", "companies"), ("acquire", "acquired")]
)
def test_inflections_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@given(TEXT)
def test_words_are_counted_as_they_are_found(text: str) -> None:
    assert count_words(text) == len(words(text))
