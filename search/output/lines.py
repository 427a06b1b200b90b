"""Text fit for a terminal: on one line, without what would drive the terminal, and how wide it is there."""

import re
import unicodedata
from collections.abc import Iterator

from indexer.harmless import harmless


def one_line(text: str) -> str:
    """White space as single spaces, and what would drive a terminal as white space.

    >>> one_line("a\\x1b[2J  b\\u202e\\nc")
    'a [2J b c'
    """
    return " ".join(harmless(text).split())


def visible(line: str) -> str:
    """The line with its spaces, tabs drawn as spaces; what would drive a terminal as a space.

    >>> visible("a\\tb   c\\x1b[2J")
    'a       b   c [2J'
    """
    return harmless(line.expandtabs()).replace("\n", " ")


def columns(text: str) -> int:
    """How wide a terminal shows the text: East Asian characters take two columns, combining ones none.

    >>> columns("10-K"), columns("株式"), columns("e\\u0301")
    (4, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text
    )


def wrapped(text: str, width: int | None) -> Iterator[tuple[int, int]]:
    """Where to break a line into lines of at most `width` columns, between words: (start, end) of each.

    >>> [("orphan drug license")[start:end] for start, end in wrapped("orphan drug license", 12)]
    ['orphan drug', 'license']
    """
    start, end = 0, 0
    for word in re.finditer(r"\S+", text):
        start = start if end else word.start()
        if width and end and columns(text[start : word.end()]) > width:
            yield start, end
            start = word.start()
        end = word.end()
    if end:
        yield start, end
