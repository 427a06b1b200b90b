"""The blocks of a stored text in which passages lie, joined so that these can be cut as if they were the text."""

from bisect import bisect_right
from collections.abc import Sequence

from search.query.spans import TextSpan
from search.results import Snippet
from search.searchers.kept_texts import KeptText
from search.segments.postings import Places


def runs_of_blocks(text: KeptText, places: Places, margin: int) -> list[tuple[int, int]]:
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

    def add(self, text: KeptText, blocks: range, places: Places, ends: Sequence[int]) -> None:
        """Add successive blocks, and of the words that matched in the text, and of the ends, those in the blocks."""
        self.text += self._between if self._starts else ""
        low, high = text.starts[blocks.start], text.starts[blocks.stop]
        moved = low - len(self.text)
        self._starts.append(len(self.text))
        self._moved.append(moved)
        self.ends += [end - moved for end in ends if low <= end <= high]
        for number in blocks:
            self._add_block(text, number, places)

    def _add_block(self, text: KeptText, number: int, places: Places) -> None:
        block, first, start = text.block(number), text.words[number], len(self.text)
        low, high = places.searchsorted((first, text.words[number + 1])).tolist()
        self.spans += [(start + begin, start + end) for begin, end in block.spans(places[low:high] - first)]
        self.text += block.text

    def snippet(self, document_id: str, span: TextSpan) -> Snippet:
        """Return a passage with its offsets in the whole text."""
        start, end = span
        moved = self._moved[bisect_right(self._starts, start) - 1]
        matches = tuple((low + moved, high + moved) for low, high in self.spans if start <= low and high <= end)
        return Snippet(document_id, start + moved, end + moved, self.text[start:end], matches)
