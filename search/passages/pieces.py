"""The blocks of a stored text in which passages lie, joined so that these can be cut as if they were the text."""

from bisect import bisect_right
from collections.abc import Sequence

from indexer.analysis.tokenizer import edges
from indexer.texts import StoredText
from search.query.spans import TextSpan
from search.results import Snippet
from search.segments.postings import Places

_LONG_WORD = 9
"""Characters from the start of a word to that of the next, as a rule at most."""


def runs_of_blocks(text: StoredText, places: Places, margin: int) -> list[tuple[int, int]]:
    """Group the blocks that hold `margin` words around the positions: first and last of each successive run."""
    nearby = (place + offset for place in places.tolist() for offset in (-margin, 0, margin))
    last = len(text.words) - 1
    if last == 1:
        return [(0, 0)]
    runs: list[tuple[int, int]] = []
    for block in sorted({bisect_right(text.words, word, 1, last) - 1 for word in nearby}):
        follows = runs and block == runs[-1][1] + 1
        runs.append((runs.pop()[0] if follows else block, block))
    return runs


class Pieces:
    """Parts of a text joined, with so much white space between them that no passage reaches over it."""

    def __init__(self, *, between: int) -> None:
        self._between = "\n\n" + " " * between + "\n\n"
        self._starts: list[int] = []
        self._moved: list[int] = []
        self.text = ""
        self.spans: list[tuple[int, int]] = []
        self.ends: list[int] = []

    def add(self, text: StoredText, blocks: range, words: Places, ends: Sequence[int]) -> None:
        """Add successive blocks, and of their words, counted from 0, those that matched; and the ends in them."""
        content = "".join(map(text.block, blocks))
        self.text += self._between if self._starts else ""
        start = len(self.text)
        self._starts.append(start)
        self._moved.append(text.starts[blocks.start] - start)
        self.spans += [(low + start, high + start) for low, high in word_spans(content, words)]
        moved = [end - text.starts[blocks.start] for end in ends]
        self.ends += [end + start for end in moved if 0 <= end <= len(content)]
        self.text += content

    def snippet(self, document_id: str, span: TextSpan) -> Snippet:
        """Return a passage with its offsets in the whole text."""
        start, end = span
        moved = self._moved[bisect_right(self._starts, start) - 1]
        matches = tuple((low + moved, high + moved) for low, high in self.spans if start <= low and high <= end)
        return Snippet(document_id, start + moved, end + moved, self.text[start:end], matches)


def word_spans(text: str, numbers: Places) -> list[tuple[int, int]]:
    """Find where words, given by number from 0, ascending, stand in a text: (start, end) in characters.

    >>> import numpy as np
    >>> word_spans("AT&T, Inc.", np.array([0, 2]))
    [(0, 2), (6, 9)]
    """
    found = _first_edges(text, int(numbers[-1]) + 1 if len(numbers) else 0)
    return list(dict.fromkeys(zip(found[0::2][numbers].tolist(), found[1::2][numbers].tolist(), strict=True)))


def _first_edges(text: str, count: int) -> Places:
    """Find where at least the first `count` words start and end, without reading on to the end of a long text."""
    limit = count * _LONG_WORD
    while (space := text.find(" ", limit)) >= 0:
        found = edges(text[:space])
        if len(found) >= 2 * count:
            return found
        limit *= 2
    return edges(text)
