"""Stretches of a text: of its words, and of its characters. Both are half open: `end` is past the last."""

from typing import NamedTuple


class WordSpan(NamedTuple):
    """A stretch of words: the position of the first, and the position past the last."""

    start: int
    end: int


class TextSpan(NamedTuple):
    """A stretch of a text: the offset of the first character, and the offset past the last."""

    start: int
    end: int
