"""Where the sentences and paragraphs of a text begin, counted in words: what `a /s b` and `a /p b` mean by them.

Works on the final text alone, so that the index and the reference agree whatever the text was read from. A text of
HTML has a paragraph, a heading or a row of a table on each line; plain text is broken into lines of some width, with
empty lines between paragraphs. `is_wrapped` tells which it is.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from indexer.analysis.tokenizer import words_before

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_EMPTY_LINES = re.compile(r"\n\s*\n\s*")
_LINES = re.compile(r"\n\s*")
_ABBREVIATIONS = "[A-Z] Inc Corp Co Ltd LLC No Nos Mr Mrs Ms Dr Jr Sr St vs Sec Art Fig Rev approx Reg Ex cf al"
_BEHIND = (
    r"(?=[\"')\]\u201d\u2019]*\s+[\"'(\[\u201c\u2018\u2022]*[A-Z\u00c0-\u00de0-9])"
    + "".join(rf"(?<!\b{each}\.)" for each in _ABBREVIATIONS.split())
    + r"[^\s.!?]*(\s+)"
)
_SENTENCE = re.compile(f"[.!?]{_BEHIND}")
"""What ends a sentence: its mark, what closes behind it, and the white space (as a group) before the next."""
_BY_MARK = {mark: re.compile(re.escape(mark) + _BEHIND) for mark in ".!?"}
"""The same by its mark: a whole text is searched for one character twice as fast as for three."""
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
    import numpy as np  # noqa: PLC0415  (a query needs it for one text at most)

    paragraphs = [0, *paragraph_starts(text)]
    sentences = [found.end() for mark, ends in _BY_MARK.items() if mark in text for found in ends.finditer(text)]
    offsets = np.sort(np.array(paragraphs + sentences, np.int64), kind="stable")  # of ascending runs
    *words, total = words_before(text, [*offsets.tolist(), len(text)])
    placed = np.array(words, np.int64)
    of_paragraphs = placed[np.searchsorted(offsets, paragraphs)]
    return UnitStarts(*(_each_once(units, total) for units in (of_paragraphs, placed)))


def _each_once(words: "NDArray[np.int64]", total: int) -> list[int]:
    """Leave out what begins where the one before does, or past the last word: it has no words."""
    is_own = words < total
    is_own[1:] &= words[1:] > words[:-1]
    own: list[int] = words[is_own].tolist()
    return own


def paragraph_starts(text: str) -> list[int]:
    """Return the offsets at which paragraphs begin, but for the first, ascending."""
    between = _EMPTY_LINES if is_wrapped(text) else _LINES
    return [found.end() for found in between.finditer(text)]


def is_wrapped(text: str) -> bool:
    """Tell whether the lines of a text were broken at some width, so that empty lines part its paragraphs."""
    lines = text.split("\n")
    empty = lines.count("") + sum(map(str.isspace, lines))
    filled = len(lines) - empty
    wide = sum(not line.isspace() for line in lines if len(line) > _WIDEST)
    return wide * 20 <= filled and empty * _MOST_LINES >= filled > 0


def sentence_gaps(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the gaps between the sentences of a paragraph: past the last character of one, at the first of the next."""
    return (found.span(1) for found in _SENTENCE.finditer(text, start, end))
