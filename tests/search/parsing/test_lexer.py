"""Tokens cover a query: in order, without overlap, and nothing but spaces between them."""

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.parsing import lexer
from search.parsing.lexer import TokenKind, spelled, tokens

TEXT = st.text(alphabet=st.one_of(st.sampled_from('ab (")-=*:^~?|/5\u201c\x00\u2028\ud800NEAROBFD'), st.characters()))


@given(TEXT)
def test_tokens_cover_all_but_spaces(text: str) -> None:
    source, end = spelled(text), 0
    for token in tokens(text):
        assert end <= token.start
        assert token.start < token.end or token.kind is TokenKind.END
        assert not source[end : token.start].strip()
        end = token.end
    assert end == len(text)
    assert len(source) == len(text)


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        ("NEAR(5)", "NEAR"),
        ("NEAR (5)", "NEAR"),
        ("NEAR/5", "NEAR"),
        ("w/5", "NEAR"),
        ("W/5", "NEAR"),
        ("pre/5", "BEFORE"),
        ("w/o", "WORD"),
        ("pre/tax", "WORD"),
        ("near(5)", "WORD"),
        ("xNEAR(5)", "WORD"),
        ("NEARLY", "WORD"),
        ("ORPHAN", "WORD"),
        ("a OR", "WORD OR"),
        ("or", "WORD"),
        ("a-b", "WORD"),
        ("-a", "NOT WORD"),
        ("a -", "WORD WORD"),
        ("=a", "EXACT WORD"),
        ("a=b", "WORD"),
        ("a:b:c", "FIELD WORD"),
        ("10:30", "WORD"),
        ("a:(b)", "FIELD OPEN WORD CLOSE"),
        ("a(b)", "WORD"),
        ("a(b c)", "WORD OPEN WORD WORD CLOSE"),
        ("(a)(b)", "OPEN WORD CLOSE OPEN WORD CLOSE"),
        ('a"b"', "WORD PHRASE"),
        ('"b', "UNCLOSED WORD"),
        ('"a "b" c"', "NESTED"),
        ('"a 12" b"', "UNCLOSED"),
        ("a /5 b +5 c /s d +p e", "WORD NEAR WORD BEFORE WORD SAME WORD SAME_BEFORE WORD"),
        ("a /5", "WORD WORD"),
        ("a % b", "WORD FOREIGN WORD"),
        ("a**2", "WORD BOOST"),
        ("a**2b", "WORD"),
        ("**2", "WORD"),
        ("(a)**2", "OPEN WORD CLOSE BOOST"),
        ('"a"^2', "PHRASE BOOST"),
        ("*:*", "EVERYTHING"),
        ("*:*a", "WORD"),
    ],
)
def test_how_a_query_is_spelled(text: str, sorts: str) -> None:
    assert " ".join(token.kind.name for token in tokens(text)) == f"{sorts} END"


def test_a_percent_sign_alone_is_an_operator_in_a_question_and_a_blank_in_pasted_text() -> None:
    asked = "the company issued notes of which % remain outstanding at the end of"
    kinds = {token.kind for token in tokens(asked)}
    assert TokenKind.FOREIGN in kinds
    assert {token.kind for token in tokens(f"{asked} the fiscal year")} == {TokenKind.WORD, TokenKind.END}


PIECES = (
    "license",
    "near",
    "or",
    "adj",
    "pre",
    "w",
    "x",
    " ",
    "a^2",
    '"',
    "-",
    "=",
    "form:",
    "NOT",
    "NEAR(5)",
    "w/5",
    "(",
)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_a_plain_word_is_read_as_the_patterns_read_it(text: str) -> None:
    at_once = list(tokens(text))
    with patch.object(lexer, "_PLAIN", re.compile("(?!)")):
        assert list(tokens(text)) == at_once
