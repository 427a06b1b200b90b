"""Break lines to a terminal's width, and escape what JSON may not show there; `indexer.printing` has the rest."""

import re
from collections.abc import Iterator

from indexer.printing import columns

_UNPRINTABLE_IN_JSON = re.compile("[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def escaped(json: str) -> str:
    """JSON with the characters that would drive a terminal, or that UTF-8 cannot hold, written as `\\\\uXXXX`."""
    return _UNPRINTABLE_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", json)


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
