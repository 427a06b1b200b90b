"""Text fit for a terminal: on one line, without what would drive the terminal, and how wide it is there."""

import re
import unicodedata
from collections.abc import Iterator

_UNPRINTABLE_IN_JSON = re.compile("[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def one_line(text: str) -> str:
    """White space as single spaces; what cannot be printed (control characters, bidirectional marks) as a space.

    >>> one_line("a\\x1b[2J  b\\u202e\\nc")
    'a [2J b c'
    """
    if not text.isprintable():
        text = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(text.split())


def visible(line: str) -> str:
    """The line with its spaces, tabs drawn as spaces; what cannot be printed as a space.

    >>> visible("a\\tb   c\\x1b[2J")
    'a       b   c [2J'
    """
    return "".join(each if each.isprintable() else " " for each in line.expandtabs())


def escaped(json: str) -> str:
    """JSON with the characters that would drive a terminal, or that UTF-8 cannot hold, written as `\\\\uXXXX`."""
    return _UNPRINTABLE_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", json)


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
