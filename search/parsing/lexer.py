"""From the text of a query to tokens. Knows how a query is spelled, not what it means.

Words are runs of characters that are not spaces, quotes or parentheses; `401(k)` and `13(d)(1)` are words too,
because their parentheses hold no space and touch the word. Curly quotes count as straight ones, control characters
as spaces. Offsets are those of the text as typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from search.query.spans import TextSpan


class TokenKind(Enum):
    """What a token is."""

    WORD = auto()
    """`text`: the word as typed, without what the tokens around it stand for."""
    PHRASE = auto()
    """`text`: what stands between the quotes."""
    UNCLOSED = auto()
    """A phrase whose closing quote is missing."""
    FIELD = auto()
    """`text`: the name before the colon."""
    EXACT = auto()
    """`=` before a word, a phrase, a value, or a parenthesis."""
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    """`NOT`, or `-` before what it excludes."""
    NEAR = auto()
    """`text`: the distance, as digits; empty when it is missing."""
    BEFORE = auto()
    BOOST = auto()
    """`text`: the factor."""
    EVERYTHING = auto()
    """`*:*`"""
    END = auto()


class QueryToken(NamedTuple):
    """A piece of the query, and where it stands."""

    kind: TokenKind
    text: str
    start: int
    end: int

    @property
    def span(self) -> TextSpan:
        """Where it stands in the query."""
        return TextSpan(self.start, self.end)


_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″〝〞＂", '"'))
_UNSEEN = {"Cc", "Cn", "Co", "Cs", "Zl", "Zp"}
_ENDS = r'(?=[\s()"]|$)'
_DISTANCE = rf"(?: ?\( *(\d+) *\)|/(\d+)|(?=[\s(]|$)){_ENDS}"
_OPERATORS = {
    TokenKind.AND: re.compile(rf"AND{_ENDS}"),
    TokenKind.OR: re.compile(rf"(?:OR|\|\|?){_ENDS}"),
    TokenKind.NOT: re.compile(rf"NOT{_ENDS}|-(?=[^\s)])"),
    TokenKind.NEAR: re.compile(rf"(?:NEAR|(?i:w)(?=/)){_DISTANCE}", re.ASCII),
    TokenKind.BEFORE: re.compile(rf"(?:BEFORE|(?i:pre)(?=/)){_DISTANCE}", re.ASCII),
    TokenKind.EVERYTHING: re.compile(rf"\*:\*{_ENDS}"),
    TokenKind.FIELD: re.compile(r"([A-Za-z][A-Za-z0-9_-]*):"),
}
"""What may stand where a word may begin."""
_EXACT = re.compile(r"=(?=[^\s)=])")
_BOOST = re.compile(r"(?:\*\*|\^)(\d+(?:\.\d+)?)(?![^\s()])", re.ASCII)
_BOOSTED = re.compile(r"(?:\*\*|\^)\d+(?:\.\d+)?$", re.ASCII)
_BEFORE_OPERATORS = {None, TokenKind.OPEN, TokenKind.CLOSE, TokenKind.NOT, TokenKind.PHRASE}
_PARENTHESES = {"(": TokenKind.OPEN, ")": TokenKind.CLOSE}
_PHRASE = re.compile(r'"([^"]*)("?)')
_WORD = re.compile(r'[^\s()"](?:[^\s()"]|\([^\s()"]*\))*')
_SPACE = re.compile(r"\s*")


def spelled(text: str) -> str:
    """Straighten the query's quotes, and put spaces for what has no meaning in a text; it stays as long as it was."""
    plain = text.translate(_QUOTES)
    if plain.isprintable():
        return plain
    return "".join(" " if unicodedata.category(character) in _UNSEEN else character for character in plain)


def tokens(text: str) -> Iterator[QueryToken]:
    """Cut a query into tokens, an END last.

    >>> [(token.kind.name, token.text) for token in tokens('-form:8-K "orphan drug" NEAR(5) licens*')][:4]
    [('NOT', ''), ('FIELD', 'form'), ('WORD', '8-K'), ('PHRASE', 'orphan drug')]
    """
    source = spelled(text)
    token = QueryToken(TokenKind.OPEN, "", 0, 0)
    while True:
        place = _past_spaces(source, token.end)
        if place == len(source):
            break
        token = _token(source, place, before=token.kind if place == token.end else None)
        yield token
    yield QueryToken(TokenKind.END, "", len(text), len(text))


def _past_spaces(source: str, place: int) -> int:
    space = _SPACE.match(source, place)
    return space.end() if space else place


def _token(source: str, place: int, *, before: TokenKind | None) -> QueryToken:
    """Read the token at a place; `before` is the one it touches, None when a space precedes."""
    if source[place] in _PARENTHESES:
        return QueryToken(_PARENTHESES[source[place]], "", place, place + 1)
    if phrase := _PHRASE.match(source, place):
        return QueryToken(TokenKind.PHRASE if phrase[2] else TokenKind.UNCLOSED, phrase[1], place, phrase.end())
    if before in {TokenKind.WORD, TokenKind.PHRASE, TokenKind.CLOSE} and (boost := _BOOST.match(source, place)):
        return QueryToken(TokenKind.BOOST, boost[1], place, boost.end())
    if before in _BEFORE_OPERATORS and (operator := _operator(source, place)):
        return operator
    if before not in {TokenKind.WORD, TokenKind.EXACT} and _EXACT.match(source, place):
        return QueryToken(TokenKind.EXACT, "", place, place + 1)
    return _word(source, place)


def _operator(source: str, place: int) -> QueryToken | None:
    for sort, pattern in _OPERATORS.items():
        if found := pattern.match(source, place):
            return QueryToken(sort, next(filter(None, found.groups()), ""), place, found.end())
    return None


def _word(source: str, place: int) -> QueryToken:
    word = _WORD.match(source, place)
    assert word, "a character that is no space, quote or parenthesis begins a word"
    end = word.end()
    if boosted := _BOOSTED.search(source, place + 1, end):
        end = boosted.start()
    return QueryToken(TokenKind.WORD, source[place:end], place, end)
