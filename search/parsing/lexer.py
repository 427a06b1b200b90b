"""From the text of a query to tokens. Knows how a query is spelled, not what it means.

Words are runs of characters that are not spaces, quotes or parentheses; `401(k)` and `13(d)(1)` are words too,
because their parentheses hold no space and touch the word. Control characters count as spaces. What begins and ends
a phrase is found by `search.parsing.quotes`. Offsets are those of the text as typed.

Operators that other systems taught are read between blanks only: `/5`, `+5`, `/s`, `/p`. Those that mean nothing here
and whose words alone would mean something else are tokens that no reading takes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from typing import NamedTuple

from indexer.first_use import regex
from search.parsing.quotes import MARKS, quoted
from search.query.spans import TextSpan
from search.terms.identifiers import TYPED, spellings


class TokenKind(Enum):
    """What a token is."""

    WORD = auto()
    """`text`: the word as typed, without what the tokens around it stand for."""
    PHRASE = auto()
    """`text`: what stands between the quotes."""
    NESTED = auto()
    """A phrase in which quotation marks stand; `text` as for a phrase."""
    UNCLOSED = auto()
    """A quotation mark that belongs to none; where it begins a phrase all the same, `text` as for a phrase."""
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
    SAME = auto()
    """`text`: `s` for one sentence, `p` for one paragraph; `SAME_BEFORE` is in this order."""
    SAME_BEFORE = auto()
    FOREIGN = auto()
    """An operator of another system; `text`: what to write instead."""
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
        """Return where it stands in the query."""
        return TextSpan(self.start, self.end)


_QUOTES = str.maketrans(dict.fromkeys(MARKS, '"'))
_UNSEEN = {"Cc", "Cn", "Co", "Cs", "Zl", "Zp"}
_ENDS = r'(?=[\s()"]|$)'
_OPERAND = r"(?=\s+[^\s)])"
_DISTANCE = rf"(?: ?\( *(\d+) *\)|/(\d+)|(?=[\s(]|$)){_ENDS}"
_OPERATORS = {
    TokenKind.AND: regex(rf"AND{_ENDS}"),
    TokenKind.OR: regex(rf"(?:OR|\|\|?){_ENDS}"),
    TokenKind.NOT: regex(rf"NOT{_ENDS}|-(?=[^\s)])"),
    TokenKind.NEAR: regex(rf"(?:NEAR|(?i:w|near)(?=/\d)){_DISTANCE}|(?<=\s)/(\d+){_OPERAND}", re.ASCII),
    TokenKind.BEFORE: regex(
        rf"(?:BEFORE|(?i:pre)(?=/\d)){_DISTANCE}|(?<=\s)\+(\d{{1,3}})(?!\s+[(+]?\d){_OPERAND}", re.ASCII
    ),
    TokenKind.SAME: regex(rf"(?<=\s)(?i:w?/)([sSpP]){_OPERAND}"),
    TokenKind.SAME_BEFORE: regex(rf"(?<=\s)(?i:\+|pre/)([sSpP]){_OPERAND}"),
    TokenKind.EVERYTHING: regex(rf"\*:\*{_ENDS}"),
    TokenKind.FIELD: regex(r"([A-Za-z][A-Za-z0-9_-]*):"),
}
"""What may stand where a word may begin."""
_BUT_NOT = (regex(r"(?<=\s)(?<!\d\s)%(?=\s)"), "% is no operator here; to leave out what follows write NOT or -")
_FOREIGN = (
    _BUT_NOT,
    (
        regex(r"(?:(?i:adj)/?|NEXT/?|ONEAR/?|NEAR|(?i:next|onear|within)/)(\d+)(?=\s)"),
        "{0} is no operator here; write pre/{1}, or w/{1} for either order",
    ),
    (
        regex(r"(?i:(?:w|pre)/(?:sent|para?|seg)[a-z]*)(?=\s)"),
        "{0} is no operator here; write w/s for one sentence, w/p for one paragraph",
    ),
    (
        regex(r"(?i:atleast)\d+(?=\()"),
        "{0} is no operator here: a word counts however often it occurs; ranking puts where it occurs more often first",
    ),
    (regex(r"!(?=[^\s!=)])"), "! leaves nothing out here; write NOT or - in its place"),
    (
        regex(r"[\[{]\s*([^\s\[\]{}]+) +TO +([^\s\[\]{}]+)\s*[\]}]"),
        "a range is written with two dots, after a field: filed:{1}..{2}",
    ),
)
"""Operators of other systems, each with what to write in its place; as words they would ask something else."""
_PASSAGE = 15
"""Words from which on a query is pasted text, in which a sign alone is a blank left open: `our % Senior Notes`."""
_EXACT = regex(r"=(?=[^\s)=])")
_BOOST = regex(r"(?:\*\*|\^)(\d+(?:\.\d+)?)(?![^\s()])", re.ASCII)
_BOOSTED = regex(r"(?:\*\*|\^)\d+(?:\.\d+)?$", re.ASCII)
_PHRASES = {TokenKind.PHRASE, TokenKind.NESTED, TokenKind.UNCLOSED}
_BEFORE_OPERATORS = {None, TokenKind.OPEN, TokenKind.CLOSE, TokenKind.NOT} | _PHRASES
_BEFORE_FOREIGN = {None, TokenKind.OPEN, TokenKind.NOT, TokenKind.FIELD}
_PARENTHESES = {"(": TokenKind.OPEN, ")": TokenKind.CLOSE}
_OPERATING = set(TokenKind) - {
    TokenKind.WORD, TokenKind.PHRASE, TokenKind.FIELD, TokenKind.NOT, TokenKind.END
}  # fmt: skip
"""What says more than that words are looked for."""
_PLAIN = regex(r"[a-z]+(?=\s|$)", re.ASCII)
"""A word between spaces that is neither an operator nor part of one, whatever stands before it."""
_WORD = regex(r'[^\s()"](?:[^\s()"]|\([^\s()"]*\))*')
_SPACE = regex(r"\s*")


def spelled(text: str) -> str:
    """Straighten the query's quotes, and put spaces for what has no meaning in a text; it stays as long as it was."""
    plain = text.translate(_QUOTES)
    if plain.isprintable():
        return plain
    return "".join(" " if unicodedata.category(character) in _UNSEEN else character for character in plain)


def is_bare(text: str) -> bool:
    """Tell whether a query is words, phrases and fields with no operator; one within a field's value is none.

    >>> is_bare('"going concern" doubt -form:(8-K OR 4)'), is_bare("doubt OR waiver"), is_bare("doubt -waiver")
    (True, False, False)
    """
    before = TokenKind.END
    for token in of_text(tokens(text)):
        if token.kind in _OPERATING or (before is TokenKind.NOT and token.kind is not TokenKind.FIELD):
            return False
        before = token.kind
    return True


def of_text(found: Iterable[QueryToken]) -> Iterator[QueryToken]:
    """Yield the tokens that are no part of a field's value.

    >>> [token.text for token in of_text(tokens('form:("SC 13D" OR 4) "orphan drug" cik:1'))]
    ['form', 'orphan drug', 'cik', '']
    """
    depth, before = 0, TokenKind.END
    for token in found:
        if depth or before is TokenKind.FIELD:
            depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        else:
            yield token
        before = token.kind


def tokens(text: str) -> Iterator[QueryToken]:
    """Cut a query into tokens, an END last.

    >>> [(token.kind.name, token.text) for token in tokens('-form:8-K "orphan drug" NEAR(5) licens*')][:4]
    [('NOT', ''), ('FIELD', 'form'), ('WORD', '8-K'), ('PHRASE', 'orphan drug')]
    """
    lexer = _Lexer(text)
    token = QueryToken(TokenKind.OPEN, "", 0, 0)
    # The query reads as if an opening parenthesis stood before it: whatever may follow one may begin it.
    while True:
        place = _past_spaces(lexer.source, token.end)
        if place == len(text):
            break
        token = lexer.token(place, before=token.kind if place == token.end else None)
        yield token
    yield QueryToken(TokenKind.END, "", len(text), len(text))


def _past_spaces(source: str, place: int) -> int:
    space = _SPACE.match(source, place)
    return space.end() if space else place


class _Lexer:
    def __init__(self, text: str) -> None:
        self.source = spelled(text)
        self._quoted = quoted(text)
        # Nobody types so many words as a query; and a pasted passage has signs that stand for themselves.
        is_pasted = len(self.source.split(maxsplit=_PASSAGE)) > _PASSAGE
        self._foreign = tuple(sign for sign in _FOREIGN if not (is_pasted and sign is _BUT_NOT))

    def token(self, place: int, *, before: TokenKind | None) -> QueryToken:
        """Read the token at a place; `before` is the one it touches, None when a space precedes."""
        source = self.source
        if plain := _PLAIN.match(source, place):
            return QueryToken(TokenKind.WORD, plain.group(), place, plain.end())
        if (
            before is not TokenKind.WORD
            and (identifier := TYPED.match(source, place))
            and spellings(identifier.group())
        ):
            return QueryToken(TokenKind.WORD, identifier.group(), place, identifier.end())
        if source[place] in _PARENTHESES:
            return QueryToken(_PARENTHESES[source[place]], "", place, place + 1)
        if source[place] == '"':
            return self._phrase(place)
        if before in _PHRASES | {TokenKind.WORD, TokenKind.CLOSE} and (boost := _BOOST.match(source, place)):
            return QueryToken(TokenKind.BOOST, boost[1], place, boost.end())
        if before in _BEFORE_FOREIGN and (foreign := self._read_foreign(place)):
            return foreign
        if before in _BEFORE_OPERATORS and (operator := _operator(source, place)):
            return operator
        if before not in {TokenKind.WORD, TokenKind.EXACT} and _EXACT.match(source, place):
            return QueryToken(TokenKind.EXACT, "", place, place + 1)
        return _word(source, place)

    def _read_foreign(self, place: int) -> QueryToken | None:
        for pattern, instead in self._foreign:
            if found := pattern.match(self.source, place):
                said = instead.format(found.group(), *found.groups())
                return QueryToken(TokenKind.FOREIGN, said, place, found.end())
        return None

    def _phrase(self, place: int) -> QueryToken:
        found = self._quoted.get(place)
        if found is None:
            return QueryToken(TokenKind.UNCLOSED, "", place, place + 1)
        is_nested = TokenKind.NESTED if found.is_nested else TokenKind.PHRASE
        kind = is_nested if found.is_balanced else TokenKind.UNCLOSED
        return QueryToken(kind, self.source[place + 1 : found.end], place, found.end + 1)


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
