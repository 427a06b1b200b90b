"""What is worth saying of a query that was read as it stands, where other systems read it otherwise.

Nothing is wrong there, so both readings say it: words in small letters that are operators in capitals, operators of a
query that is all in capitals, `within 5`, fields as others write them, and a `*` that stands for a word.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from indexer.errors import clipped
from indexer.fields.schema import Kind
from indexer.first_use import regex
from search.parsing.lexer import QueryToken, TokenKind, of_text, tokens
from search.terms.values import named, value

_WATCHED = regex(r"\b(?:or|not|and|near|before|within)\b", re.IGNORECASE)
_FORM = regex(
    r"\b(?:10-?[KQD]|8-?K|6-?K|20-?F|40-?F|11-?K|S-\d{1,2}|F-\d{1,2}|13[DGF]|424B\d|DEF14A)(?:/A)?\b", re.IGNORECASE
)
"""The form types that people ask for most, as they type them."""
_MEASURED = frozenset({
    "day", "days", "week", "weeks", "month", "months", "quarter", "quarters", "year", "years", "hour", "hours",
    "minute", "minutes", "mile", "miles", "percent", "%", "business", "calendar", "trading", "working",
    "consecutive", "basis",
})  # fmt: skip
"""What follows a number that is no number of words: `within 5 days`."""
_SUSPECT = regex(r"[=(*?]")
"""What fields and words that are left open are written with elsewhere."""
_OF_FIELD = regex(r"([A-Za-z][A-Za-z_-]+)(?:=(.+)|\((?!s\)|e?s\)|ies\))([^()]+)\))")
"""A field and its value as others write them: `form=10-K`, `TITLE(merger)`; `date(s)` is a word."""
_ANY = regex(r" ([*?](?: [*?])*) ")
"""What stands for any words between two others in phrases elsewhere, with single blanks around."""
_SPELLED = frozenset({TokenKind.AND, TokenKind.OR, TokenKind.NOT})


def asides(text: str) -> Iterator[str]:
    """Yield what to say of a query's words and operators; the same may come more than once.

    >>> list(asides("license or permit"))
    ['"or" was read as a word; for either of the two write OR']
    >>> list(asides('"change * control"'))
    ['* in a phrase was read as no word; for any word there write "change" pre/1 "control"']
    """
    if not (_WATCHED.search(text) or _SUSPECT.search(text) or (any(map(str.isdigit, text)) and _FORM.search(text))):
        return
    found = [token for token in tokens(text) if token.kind is not TokenKind.END]
    typed = [text[token.start : token.end] for token in found]
    yield from _forms(found, typed)
    for token in of_text(found):
        yield from _as_field(token)
        yield from _any_words(token)
    yield from _words(found, typed)
    if text.isupper():
        yield from _in_capitals(found, typed)


def _forms(found: Sequence[QueryToken], typed: Sequence[str]) -> Iterator[str]:
    """Say of a form type that stands among the words that it was read as one; not where a form is asked for besides."""
    if any(token.kind is TokenKind.FIELD for token in found):
        return
    for before, token, word in zip([None, *found], found, typed, strict=False):
        is_word = token.kind is TokenKind.WORD and (before is None or before.kind is not TokenKind.EXACT)
        if is_word and _FORM.fullmatch(word):
            yield f"{word} was read as a word of the text; form:{word} asks for the form"


def _as_field(token: QueryToken) -> Iterator[str]:
    """Say of what looks like a field with its value how that is written."""
    found = _OF_FIELD.fullmatch(token.text) if token.kind is TokenKind.WORD else None
    if found and (field := named(found[1])) and field.name != "text":
        name, text = found[1].lower(), found[2] or found[3]
        with suppress(ValueError):  # it would not be read there either
            if field.kind is not Kind.TEXT:
                value(field, text, alias=name)
            yield f"{clipped(token.text)} was read as words of the text; {clipped(f'{name}:{text}')} asks for the field"


def _any_words(token: QueryToken) -> Iterator[str]:
    """Say of a * that stands alone in a phrase how to ask for any word in its place."""
    parts = _ANY.split(" ".join(token.text.split())) if token.kind is TokenKind.PHRASE else []
    if len(parts) > 1:
        asked = [f'"{part}"' if at % 2 == 0 else f"pre/{len(part.split())}" for at, part in enumerate(parts)]
        yield f"{parts[1][0]} in a phrase was read as no word; for any word there write {' '.join(asked)}"


def _words(found: Sequence[QueryToken], typed: Sequence[str]) -> Iterator[str]:
    for at, (token, word) in enumerate(zip(found, typed, strict=True)):
        is_word, before, behind = token.kind is TokenKind.WORD, typed[at - 1 : at] if at else [], typed[at + 1 : at + 3]
        if is_word and word == "or":
            yield '"or" was read as a word; for either of the two write OR'
        elif is_word and word == "not" and before in (["and"], ["but"]):
            yield f'"{before[0]} not" was read as words; to leave out what follows write NOT or - before it'
        elif token.kind is TokenKind.NOT and before in (["BUT"], ["but"]):
            yield f'"{before[0]}" was read as a word; NOT alone leaves out what follows'
        elif is_word and word == "within" and before and _is_distance(behind):
            yield f'"within {behind[0]}" was read as words; for at most {behind[0]} words between write w/{behind[0]}'


def _is_distance(behind: Sequence[str]) -> bool:
    """Tell whether what stands behind `within` is a number and another word that it could be near to."""
    if len(behind) < 2 or not behind[0].isdecimal() or len(behind[0]) > 3:
        return False
    return behind[1].lower() not in _MEASURED


def _in_capitals(found: Sequence[QueryToken], typed: Sequence[str]) -> Iterator[str]:
    spelled = (word for token, word in zip(found, typed, strict=True) if token.kind in _SPELLED and word.isalpha())
    if names := list(dict.fromkeys(spelled)):
        was = "was read as an operator" if len(names) == 1 else "were read as operators"
        yield f"{', '.join(names)} {was}; in small letters, or between quotation marks, they are words"
