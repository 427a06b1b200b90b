"""Which quotation marks begin and end a phrase."""

import pytest

from search.parsing.quotes import quoted


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ('"a b" "c"', ["a b", "c"]),
        ('"a""b"', ["a", "b"]),
        ('" a b "', [" a b "]),
        ('-"a"**2 form:="b"', ["a", "b"]),
        ('"a"NEAR(5)"b"', ["a", "b"]),
        ('("a" OR "b")', ["a", "b"]),
        ("“a b” «c» „d“", ["a b", "c", "d"]),
        ('"a”', ["a"]),
        ("“a“", []),
        ('"the “Act” and ”so“ on"', ["the “Act” and ”so“ on"]),
        ("“the “Act” is” x", ["the “Act” is"]),
        ('“the "Act" is” x', ['the "Act" is']),
        ('"the "Act" is" x', ['the "Act" is']),
        ('"the ("Act" or "it") is"', ['the ("Act" or "it") is']),
        ('the "Act" and the ("Board") met', ["Act", "Board"]),
        ('the 12" and the 14" pipe', []),
        ('"a 12" pipe laid"', ['a 12" pipe laid']),
        ('"unclosed', []),
        ('closed"', []),
        ('"a "b', []),
        ('"', []),
    ],
)
def test_phrases(text: str, phrases: list[str]) -> None:
    assert [text[start + 1 : found.end] for start, found in quoted(text).items()] == phrases


def test_what_does_not_balance_is_told() -> None:
    assert quoted('"a 12" pipe"')[0].is_balanced is False
    assert quoted('"a "b" c"')[0] == (8, True, True)
    assert quoted('"a" "b"')[0] == (2, False, True)
