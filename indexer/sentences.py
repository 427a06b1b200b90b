"""Where the sentences and paragraphs of a text begin, counted in words: what `a /s b` and `a /p b` mean by them.

Works on the final text alone, so that the index and the reference agree whatever the text was read from. A text of
HTML has a paragraph, a heading or a row of a table on each line; plain text is broken into lines of some width, with
empty lines between paragraphs. `is_wrapped` tells which it is.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indexer.analysis import words_before

_EMPTY_LINES = re.compile(r"\n\s*\n\s*")
_LINES = re.compile(r"\n\s*")
_ABBREVIATIONS = "[A-Z] Inc Corp Co Ltd LLC No Nos Mr Mrs Ms Dr Jr Sr St vs Sec Art Fig Rev approx Reg Ex cf al"
_SENTENCE = re.compile(
    r"[.!?](?=[\"')\]\u201d\u2019]*\s+[\"'(\[\u201c\u2018\u2022]*[A-Z\u00c0-\u00de0-9])"
    + "".join(rf"(?<!\b{each}\.)" for each in _ABBREVIATIONS.split())
    + r"[^\s.!?]*(\s+)"
)
"""What ends a sentence: its mark, what closes behind it, and the white space (as a group) before the next."""
_WIDEST = 132
"""Characters of a line of plain text; a twentieth of the lines may be longer."""
_MOST_LINES = 50
"""Lines to an empty line in plain text, at most."""


class UnitStarts(NamedTuple):
    """The place of the first word of each, ascending; a text with words has one of each at its first word."""

    paragraphs: list[int]
    sentences: list[int]
    """Those that begin a paragraph among them."""


def unit_starts(text: str) -> UnitStarts:
    """Find where paragraphs and sentences begin, in words; none in a text without words.

    >>> unit_starts("We met. Nobody of Acme Inc. came.\\nItem 2. None")
    UnitStarts(paragraphs=[0, 7], sentences=[0, 2, 7, 9])
    """
    starts = {0, *paragraph_starts(text)}
    offsets = sorted(starts.union([found.end() for found in _SENTENCE.finditer(text)]))
    *words, total = words_before(text, [*offsets, len(text)])
    of_paragraphs = [word for offset, word in zip(offsets, words, strict=True) if offset in starts]
    return UnitStarts(_each_once(of_paragraphs, total), _each_once(words, total))


def _each_once(words: Iterable[int], total: int) -> list[int]:
    """Leave out what begins where another does, or past the last word: it has no words."""
    return [word for word in dict.fromkeys(words) if word < total]


def paragraph_starts(text: str) -> list[int]:
    """Return the offsets at which paragraphs begin, but for the first, ascending."""
    between = _EMPTY_LINES if is_wrapped(text) else _LINES
    return [found.end() for found in between.finditer(text)]


def is_wrapped(text: str) -> bool:
    """Tell whether the lines of a text were broken at some width, so that empty lines part its paragraphs."""
    lines = text.split("\n")
    filled = [len(line) for line in lines if line and not line.isspace()]
    is_narrow = sum(length > _WIDEST for length in filled) * 20 <= len(filled)
    return is_narrow and (len(lines) - len(filled)) * _MOST_LINES >= len(filled) > 0


def sentence_gaps(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the gaps between the sentences of a paragraph: past the last character of one, at the first of the next."""
    return (found.span(1) for found in _SENTENCE.finditer(text, start, end))
