"""Break lines to a terminal's width; `indexer.printing` has the rest of what a terminal is shown."""

import re
from collections.abc import Iterator

from indexer.printing import columns


def wrapped(text: str, width: int | None) -> Iterator[tuple[int, int]]:
    """Find where to break a line into lines of at most `width` columns, between words: (start, end) of each.

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
