"""Where the sentences and paragraphs of a text begin, counted in words: what `a /s b` and `a /p b` mean by them.

Works on the final text alone, so that the index and the reference agree whatever the text was read from. A text of
HTML has a paragraph, a heading or a row of a table on each line; plain text is broken into lines of some width, with
empty lines between paragraphs. Which it is, the lines tell.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.first_use import regex

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
ENDS_BY_MARK = {mark: regex(re.escape(mark) + _BEHIND) for mark in ".!?"}
"""The mark alone, one at a time: a whole text is searched for one character twice as fast as for three."""


class UnitStarts(NamedTuple):
    """Where the paragraphs and sentences of a text begin, in words from 0, ascending; 0 first, if it has a word."""

    paragraphs: list[int]
    sentences: list[int]
    """Those that begin a paragraph among them."""


def sentence_gaps(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the gaps between the sentences of a paragraph: past the last character of one, at the first of the next."""
    return (found.span(1) for found in _SENTENCE.finditer(text, start, end))
