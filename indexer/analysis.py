"""The one tokenizer: what a word is, for the index, for queries, for matching and for snippets alike.

A word is a maximal run of letters and decimal digits. Everything else separates: `10b-5` is two words and `U.S.`
is two, and a query for either becomes a phrase, so that people find them as they type them. Before comparing,
characters are folded one by one: lower case, compatibility forms (ligatures, full-width) to plain ones, accents
off. Soft hyphens, zero-width characters and combining marks belong to the word around them and fold to nothing.

`words()` is the fast form for indexing; `tokenize()` gives the same words with offsets into the text as it
stands. No stop words, no stemming here: inflections are found at query time with `stem()`.

Chinese, Japanese and Korean are written without spaces between words, so that a run of their characters is taken as its
overlapping pairs: `有限公司` is the words `有限`, `限公`, `公司`, and a query for it the phrase of these. A run of one
character is a word of one; digits and Latin letters beside a run are words of their own.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import add
from typing import NamedTuple

MAX_WORD = 128
"""Characters of a word that count; longer runs (undecoded binary, mostly) are cut to this many."""

_IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ASCII = bytes(range(0x80))
_PLAIN = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ß": "ss", "þ": "th"}
"""Letters that Unicode does not decompose, as EDGAR conforms them in names (Skarvøy is SKARVOY in a header)."""
_SILENT = "\ue000"  # stands for a character that folds to nothing where offsets must be kept
_WORD = re.compile("[0-9a-z\x80-\U0010ffff]+")
_ASCII_TABLE = bytes(
    code if chr(code).isalnum() or code >= 0x80 else 0x20 for code in b"".join(bytes([c]).lower() for c in range(256))
)

_UNSPACED = re.compile(
    "[\u1100-\u11ff\u3005\u3006\u3041-\u30ff\u3105-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003fffd]+"
)
"""Runs of characters that are written without spaces between words, in folded text."""

_IN_WORD = bytes(code >= 0x80 or chr(code).isalnum() for code in range(256))


class Token(NamedTuple):
    """A word of a text: what it is compared as, and where it stands."""

    word: str
    start: int
    """Offset of its first character."""
    end: int
    """Offset past its last character."""


@lru_cache(maxsize=65536)
def fold_character(character: str) -> str:
    """What one character counts as: word characters, nothing, or a space when it separates words.

    >>> [fold_character(c) for c in "Éﬁ\u00ad—７²"]
    ['e', 'fi', '', ' ', '7', ' ']
    """
    if character in _IGNORED or unicodedata.combining(character):
        return ""
    if not (character.isalpha() or character.isdecimal()):
        return " "
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).lower())
    kept = "".join(_PLAIN.get(c, c) for c in plain if c.isalpha() or c.isdecimal())
    return unicodedata.normalize("NFKC", kept) or " "


def fold(text: str) -> str:
    """The text with every character folded; ASCII punctuation stays, so offsets are not those of `text`.

    >>> fold("The “Naïve” ﬁrm")
    'the  naive  firm'
    """
    return _fold_beyond_ascii(text).lower()


def _fold_beyond_ascii(text: str) -> str:
    if not text.isascii():
        for character in _beyond_ascii(text):
            text = text.replace(character, fold_character(character))
    return text


def _apart(text: str) -> str:
    """The text folded, with something that is in no word between all words."""
    folded = _fold_beyond_ascii(text)
    return _UNSPACED.sub(_pairs, folded) if _has_unspaced(text) else folded


def _pairs(run: re.Match[str]) -> str:
    characters = run.group()
    return f" {' '.join(map(add, characters, characters[1:])) or characters} "


def is_unspaced(word: str) -> bool:
    """Whether a word is of characters that are written without spaces between words: a pair of a run, or a run of one.

    >>> is_unspaced("公司"), is_unspaced("word")
    (True, False)
    """
    return _UNSPACED.fullmatch(word) is not None


def _has_unspaced(text: str) -> bool:
    return not text.isascii() and any(map(_is_unspaced, _beyond_ascii(text)))


@lru_cache(maxsize=65536)
def _is_unspaced(character: str) -> bool:
    return _UNSPACED.search(fold_character(character)) is not None


def _beyond_ascii(text: str) -> set[str]:
    """The characters of a text that are not ASCII, found in its bytes: a quarter of the time of looking at each."""
    return set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))


def words(text: str) -> list[bytes]:
    """The words of a text in order, as UTF-8, not yet cut to `MAX_WORD` (see `term`).

    >>> words("Rule 10b-5 of the U.S. S.E.C.")
    [b'rule', b'10b', b'5', b'of', b'the', b'u', b's', b's', b'e', b'c']
    """
    return spaced(text).split()


def spaced(text: str) -> bytes:
    """The words of a text as UTF-8, as they come from `words`, with nothing but spaces before, between and behind.

    >>> spaced("Rule 10b-5.")
    b'rule 10b 5 '
    """
    return _apart(text).encode("utf-8", "replace").translate(_ASCII_TABLE)


def count_words(text: str) -> int:
    """How many words a text has; quicker than having them.

    >>> count_words("Rule 10b-5, “revised”")
    4
    """
    import numpy as np  # noqa: PLC0415  (only indexing counts)

    folded = _apart(text).encode("utf-8", "replace")
    within = np.frombuffer(b"".join((b"\0", folded.translate(_IN_WORD))), np.bool_)
    return int(np.count_nonzero(within[1:] > within[:-1]))


def term(word: bytes) -> str:
    """The index term of one of `words()`: decoded, and cut to `MAX_WORD` characters."""
    return word.decode("utf-8")[:MAX_WORD]


def tokenize(text: str) -> Iterator[Token]:
    """The words of a text with their offsets, in order.

    >>> list(tokenize("AT&T"))
    [Token(word='at', start=0, end=2), Token(word='t', start=3, end=4)]
    """
    aligned = text.lower() if text.isascii() else _aligned(text)
    if aligned is None:
        yield from _tokenize_by_character(text)
        return
    for match in _WORD.finditer(aligned):
        word, start, end = match.group(), match.start(), match.end()
        if _SILENT in word:
            start += len(word) - len(word.lstrip(_SILENT))
            end -= len(word) - len(word.rstrip(_SILENT))
            word = word.replace(_SILENT, "")
        if word:
            yield Token(word[:MAX_WORD], start, end)


def folded_in_place(text: str) -> str | None:
    """The text folded with every offset kept: its words are runs of ASCII letters and digits and of all beyond ASCII.

    None where that cannot be: where a character folds to several, or to nothing, or words overlap.

    >>> folded_in_place("“Naïve”"), folded_in_place("ﬁrm")
    (' naive ', None)
    """
    aligned = text.lower() if text.isascii() else _aligned(text)
    return None if aligned is None or _SILENT in aligned else aligned


def spans(text: str) -> Iterator[tuple[int, int]]:
    """The offsets (start, end) of the words of a text, in order, as `tokenize` gives them, only faster.

    >>> list(spans("AT&T"))
    [(0, 2), (3, 4)]
    """
    aligned = folded_in_place(text)
    if aligned is None:
        return ((token.start, token.end) for token in tokenize(text))
    return (found.span() for found in _WORD.finditer(aligned))


def _aligned(text: str) -> str | None:
    """The text folded with every offset kept, or None when a character folds to several, or words overlap."""
    for character in _beyond_ascii(text):
        piece = fold_character(character) or _SILENT
        if len(piece) > 1 or _is_unspaced(character):
            return None
        text = text.replace(character, piece)
    return text.lower()


class _Letter(NamedTuple):
    """A character of a word, folded, and where it came from."""

    folded: str
    start: int
    end: int


def _tokenize_by_character(text: str) -> Iterator[Token]:
    run: list[_Letter] = []
    for offset, character in enumerate(text):
        piece = fold_character(character) if character > "\x7f" else _fold_ascii(character)
        if piece == " ":
            yield from _tokens(run)
            run = []
        run += (_Letter(folded, offset, offset + 1) for folded in piece if piece != " ")
    yield from _tokens(run)


def _tokens(run: Sequence[_Letter]) -> Iterator[Token]:
    """The words of a run of letters: pairs of those that are written without spaces, runs of the others."""
    for unspaced, letters in groupby(run, key=lambda letter: _UNSPACED.match(letter.folded) is not None):
        part = list(letters)
        if unspaced and len(part) > 1:
            yield from (Token(a.folded + b.folded, a.start, b.end) for a, b in pairwise(part))
        else:
            yield Token("".join(letter.folded for letter in part[:MAX_WORD]), part[0].start, part[-1].end)


def _fold_ascii(character: str) -> str:
    return character.lower() if character.isalnum() else " "


@lru_cache(maxsize=262144)
def stem(word: str) -> str:
    """The Snowball English stem, which inflections of a word share: `licens` of `license` and `licensing`."""
    return _stemmer()(word)


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[str], str]:
    import Stemmer  # noqa: PLC0415  (only bare words need it: quoted phrases start without it)

    english: Callable[[str], str] = Stemmer.Stemmer("english").stemWord
    return english
