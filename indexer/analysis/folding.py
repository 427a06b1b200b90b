"""Fold characters: what counts as the same, before words are looked for. What a word is stands in `tokenizer`.

Characters are folded one by one: lower case, compatibility forms (ligatures, full-width) to plain ones, accents off,
`½` to `1/2`. Soft hyphens, zero-width characters and combining marks fold to nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import add

from indexer.first_use import regex

_IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ASCII = bytes(range(0x80))
_PLAIN = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ß": "ss", "þ": "th"}
"""Letters that Unicode does not decompose, as EDGAR conforms them in names (Skarvøy is SKARVOY in a header)."""
_FOLDED_MARKS = {"£": "\x1c", "€": "\x1d", "¥": "\x1e", "\u2010": "-", "\u2011": "-"}
"""Marks beyond ASCII that say something of the word beside them, as `indexer.analysis.stacked` looks for them."""
_UNSPACED_RANGES = (
    ("\u1100", "\u11ff"), ("\u3005", "\u3006"), ("\u3041", "\u30ff"), ("\u3105", "\u318e"), ("\u31a0", "\u31bf"),
    ("\u31f0", "\u31ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uac00", "\ud7a3"), ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003fffd"),
)  # fmt: skip
"""The first and the last character of each range."""
_UNSPACED = regex(f"[{''.join(f'{low}-{high}' for low, high in _UNSPACED_RANGES)}]+")
"""Runs of characters that are written without spaces between words, in folded text."""


@lru_cache(maxsize=65536)
def fold_character(character: str) -> str:
    """Return what one character counts as: word characters, nothing, or a space when it separates words.

    >>> [fold_character(c) for c in "Éﬁ\u00ad—７²"]
    ['e', 'fi', '', ' ', '7', ' ']
    """
    if character in _IGNORED or unicodedata.combining(character):
        return ""
    if not (character.isalpha() or character.isdecimal()):
        return _FOLDED_MARKS.get(character) or _fraction(character)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).lower())
    kept = "".join(_PLAIN.get(c, c) for c in plain if c.isalpha() or c.isdecimal())
    return unicodedata.normalize("NFKC", kept) or " "


def _fraction(character: str) -> str:
    """Spell out a fraction that is one character, between spaces; a space for any other."""
    if not unicodedata.decomposition(character).startswith("<fraction>"):
        return " "
    return f" {unicodedata.normalize('NFKD', character)} ".replace("\u2044", "/")


def fold(text: str) -> str:
    """Fold every character of a text; ASCII punctuation stays, so offsets are not those of `text`.

    >>> fold("The “Naïve” ﬁrm")
    'the  naive  firm'
    """
    return (text if text.isascii() else _folded(text, beyond_ascii(text))).lower()


def _folded(text: str, characters: Iterable[str]) -> str:
    for character in characters:
        text = text.replace(character, fold_character(character))
    return text


def folded_apart(text: str) -> str:
    """Fold a text, with something that is in no word between all words."""
    return fold_apart(text)[0]


def fold_apart(text: str) -> tuple[str, bool]:
    """Fold a text as `folded_apart` does, and tell whether every offset is kept."""
    if text.isascii():
        return text, True
    characters = beyond_ascii(text)
    folded = _folded(text, characters)
    if any(map(_is_unspaced, characters)):
        return _UNSPACED.sub(_pairs, folded), False
    return folded, all(map(is_in_place, characters))


def _pairs(run: re.Match[str]) -> str:
    characters = run.group()
    return f" {' '.join(map(add, characters, characters[1:])) or characters} "


def is_unspaced(word: str) -> bool:
    """Tell whether a word is written without spaces around it, as in Chinese: a pair of a run, or a run of one.

    >>> is_unspaced("公司"), is_unspaced("word")
    (True, False)
    """
    return not word.isascii() and _UNSPACED.fullmatch(word) is not None


def _has_unspaced(text: str) -> bool:
    return not text.isascii() and any(map(_is_unspaced, beyond_ascii(text)))


@lru_cache(maxsize=65536)
def _is_unspaced(character: str) -> bool:
    folded = fold_character(character)
    return any(low <= each <= high for low, high in _UNSPACED_RANGES for each in folded)


def beyond_ascii(text: str) -> set[str]:
    """Find the characters of a text that are not ASCII, by its bytes: in a quarter of the time of looking at each."""
    return set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))


def folded_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Fold a text, and give of each of its characters the offset of what it was made of.

    >>> folded_with_offsets("ﬁrm")
    ('firm', [0, 0, 1, 2])
    """
    folded = fold_in_place(text)
    if folded is not None:
        return folded, range(len(folded))
    pieces = [fold_character(character) if character > "\x7f" else character.lower() for character in text]
    offsets = [offset for offset, piece in enumerate(pieces) for _ in piece]
    return _in_pairs("".join(pieces), offsets) if _has_unspaced(text) else ("".join(pieces), offsets)


def _in_pairs(folded: str, offsets: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Take runs of characters that are written without spaces in pairs, and the offsets with them."""
    text, places, end = "", list[int](), 0
    for run in _UNSPACED.finditer(folded):
        text += folded[end : run.start()] + _pairs(run)
        places += offsets[end : run.start()]
        places += _offsets_of_pairs(offsets[run.start() : run.end()])
        end = run.end()
    return text + folded[end:], [*places, *offsets[end:]]


def _offsets_of_pairs(run: Sequence[int]) -> list[int]:
    """The offsets of what `_pairs` makes of a run; those of the spaces mean nothing."""
    pairs = [each for first, second in pairwise(run) for each in (first, second, first)][:-1] or list(run)
    return [run[0], *pairs, run[-1]]


def fold_in_place(text: str) -> str | None:
    """Fold a text with every offset kept; None where that cannot be.

    It cannot where a character folds to several, or to nothing, or words overlap.

    >>> fold_in_place("“Naïve”"), fold_in_place("ﬁrm")
    (' naive ', None)
    """
    for character in () if text.isascii() else beyond_ascii(text):
        if not is_in_place(character):
            return None
        text = text.replace(character, fold_character(character))
    return text.lower()


@lru_cache(maxsize=65536)
def is_in_place(character: str) -> bool:
    """Tell whether a character stays one, in no pair."""
    return len(fold_character(character)) == 1 and not _is_unspaced(character)
