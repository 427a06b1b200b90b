"""Where the sentences and paragraphs of a text begin, counted in words: what `a /s b` and `a /p b` mean by them.

Works on the final text alone, so that the index and the reference agree whatever the text was read from. A text of
HTML has a paragraph, a heading or a row of a table on each line; plain text is broken into lines of some width, with
empty lines between paragraphs. Which it is, the lines tell.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from indexer.analysis.tokenizer import words_before_each
from indexer.first_use import regex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ABBREVIATIONS = (
    "[A-Z]",
    "Co|No|Mr|Ms|Dr|Jr|Sr|St|vs|Ex|cf|al",
    "Inc|Ltd|LLC|Nos|Mrs|Sec|Art|Fig|Rev|Reg",
    "Corp",
    "approx",
)
"""By length, as what is looked for behind a place has one."""
_BEHIND = r"(?=[\"')\]\u201d\u2019]*+\s++[\"'(\[\u201c\u2018\u2022]*+[A-Z\u00c0-\u00de0-9])" + "".join(
    rf"(?<!\b(?:{each})\.)" for each in _ABBREVIATIONS
)
_SENTENCE = regex(rf"[.!?]{_BEHIND}[^\s.!?]*(\s+)")
"""What ends a sentence: its mark, what closes behind it, and the white space (as a group) before the next."""
_BY_MARK = {mark: regex(re.escape(mark) + _BEHIND) for mark in ".!?"}
"""The mark alone, one at a time: a whole text is searched for one character twice as fast as for three."""
_LINE_END = 0x0A
_BLANK, _BEYOND = 0x20, 0x80
"""Characters up to the one and from the other on may be white space."""
_WIDEST = 132
"""Characters of a line of plain text; a twentieth of the lines may be longer."""
_MOST_LINES = 50
"""Lines to an empty line in plain text, at most."""


class UnitPlaces(NamedTuple):
    """Where the paragraphs of a text begin, in words from 0, ascending; and those sentences that begin no paragraph."""

    paragraphs: "NDArray[np.int64]"
    sentences: "NDArray[np.int64]"


class UnitStarts(NamedTuple):
    """Where the paragraphs and sentences of a text begin, in words from 0, ascending; 0 first, if it has a word."""

    paragraphs: list[int]
    sentences: list[int]
    """Those that begin a paragraph among them."""


def unit_starts(text: str) -> UnitStarts:
    """Find where paragraphs and sentences begin, in words; none in a text without words.

    >>> unit_starts("We met. Nobody of Acme Inc. came.\\nItem 2. None")
    UnitStarts(paragraphs=[0, 7], sentences=[0, 2, 7, 9])
    """
    import numpy as np  # noqa: PLC0415  (a query needs it for one text at most)

    paragraphs, sentences = unit_places(text)
    return UnitStarts(paragraphs.tolist(), np.sort(np.append(paragraphs, sentences)).tolist())


def unit_places(text: str) -> UnitPlaces:
    """Find the same, each place once.

    >>> [each.tolist() for each in unit_places("We met. Nobody of Acme Inc. came.\\nItem 2. None")]
    [[0, 7], [2, 9]]
    """
    import numpy as np  # noqa: PLC0415  (as above)

    paragraphs = np.append(0, _paragraph_ends(text))
    ends = [found.end() for mark, ends in _BY_MARK.items() if mark in text for found in ends.finditer(text)]
    offsets = np.sort(np.append(paragraphs, np.array(ends, np.int64)), kind="stable")  # of ascending runs
    words = words_before_each(text, np.append(offsets, len(text)))
    placed, total = words[:-1], words[-1]
    own = placed[_has_words(placed, total)]
    of_paragraphs = placed[offsets.searchsorted(paragraphs)]
    of_paragraphs = of_paragraphs[_has_words(of_paragraphs, total)]
    begins_none = np.ones(len(own), np.bool_)
    begins_none[own.searchsorted(of_paragraphs)] = False
    return UnitPlaces(of_paragraphs, own[begins_none])


def _has_words(words: "NDArray[np.int64]", total: "np.int64") -> "NDArray[np.bool_]":
    """Tell what does not begin where the one before does, nor past the last word."""
    is_own: NDArray[np.bool_] = words < total
    is_own[1:] &= words[1:] > words[:-1]
    return is_own


class _Lines(NamedTuple):
    """The lines of a text."""

    ends: "NDArray[np.int64]"
    """The offset of the end of each, of the last one that of the text."""
    blank: "NDArray[np.bool_]"
    """Whether each is empty or white space."""
    are_wrapped: bool
    """Whether they were broken at some width, so that empty ones part paragraphs."""


def _lines(text: str) -> _Lines:
    import numpy as np  # noqa: PLC0415  (as above)

    codes = _codes(f"{text}\n")
    ends = np.flatnonzero(codes == _LINE_END)
    starts = np.append(0, ends[:-1] + 1)
    blank = starts == ends
    doubtful = _may_be_blank(codes[starts]) & _may_be_blank(codes[ends - 1]) & ~blank
    for at in np.flatnonzero(doubtful).tolist():
        blank[at] = text[starts[at] : ends[at]].isspace()
    empty = int(np.count_nonzero(blank))
    filled = len(blank) - empty
    wide = int(np.count_nonzero((ends - starts > _WIDEST) & ~blank))
    return _Lines(ends, blank, wide * 20 <= filled and empty * _MOST_LINES >= filled > 0)


def _codes(text: str) -> "NDArray[np.uint8 | np.uint32]":
    """Return the code points of a text, as bytes where all are ASCII."""
    import numpy as np  # noqa: PLC0415  (as above)

    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _may_be_blank(codes: "NDArray[np.uint8 | np.uint32]") -> "NDArray[np.bool_]":
    found: NDArray[np.bool_] = (codes <= _BLANK) | (codes >= _BEYOND)
    return found


def _paragraph_ends(text: str) -> "NDArray[np.int64]":
    """Return the line ends, ascending, at which paragraphs end that others follow, with nothing but blanks between."""
    ends, blank, are_wrapped = _lines(text)
    return ends[:-2][blank[1:-1]] if are_wrapped else ends[:-1]


def sentence_gaps(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the gaps between the sentences of a paragraph: past the last character of one, at the first of the next."""
    return (found.span(1) for found in _SENTENCE.finditer(text, start, end))
