"""Stored texts of which what was read is kept for the next question: blocks, and where words stand in them.

Which of a text's words are asked for the index knows; nothing is looked for here.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.tokenizer import edges
from indexer.texts import Parts, StoredText
from search.segments.cache import Cache, KindOf
from search.segments.postings import Places

_LONG_WORD = 9
"""Characters from the start of a word to that of the next, as a rule at most."""
_PARTS = 4_000
"""Bytes that the sections and pages of a text take, about."""


class TextBlock:
    """A block of a text, and where words stand in it, as far as that was asked for."""

    def __init__(self, text: str) -> None:
        """Take the text of a block, which begins and ends between words."""
        self.text = text
        self._edges: NDArray[np.int32] = np.empty(0, np.int32)

    @property
    def nbytes(self) -> int:
        """Tell how many bytes it takes once all its words are found, about: a character, and two numbers a word."""
        return len(self.text) * 5 // 2

    def spans(self, numbers: Places) -> list[tuple[int, int]]:
        """Find where words, given by number from 0, ascending, stand in the text: (start, end) in characters.

        >>> TextBlock("AT&T, Inc.").spans(np.array([0, 2]))
        [(0, 2), (6, 9)]
        """
        if not len(numbers):
            return []
        count = int(numbers[-1]) + 1
        known = self._edges  # another thread may put fewer in its place
        if len(known) < 2 * count:  # a block that is asked for a second time is read to its end
            found = edges(self.text) if len(known) else _first_edges(self.text, count)
            self._edges = known = found.astype(np.int32)
        starts, ends = known.take(2 * numbers).tolist(), known.take(2 * numbers + 1).tolist()
        return list(dict.fromkeys(zip(starts, ends, strict=True)))


def _first_edges(text: str, count: int) -> Places:
    """Find where at least the first `count` words start and end, without reading on to the end of a long text."""
    limit = count * _LONG_WORD
    while (space := text.find(" ", limit)) >= 0:
        found = edges(text[:space])
        if len(found) >= 2 * count:
            return found
        limit *= 2
    return edges(text)


class KeptText:
    """A stored text that was opened, and what of it was read and is kept."""

    def __init__(self, stored: StoredText, document: int, cache: Cache) -> None:
        """Read the text of a document; its blocks are kept in the cache."""
        self._stored, self._document, self._cache = stored, document, cache
        self.starts, self.words = stored.starts, stored.words

    @property
    def nbytes(self) -> int:
        """Tell how many bytes it takes without its blocks, about."""
        return self._stored.nbytes + _PARTS

    def block(self, number: int) -> TextBlock:
        """Read a block; UnusableIndexError when it is damaged."""
        return self._cache.get(_BLOCKS, (self._document, number), lambda: TextBlock(self._stored.block(number)))

    @cached_property
    def parts(self) -> Parts:
        """Read where its sections and pages are, in characters."""
        return self._stored.parts()

    def whole(self) -> str:
        """Read the whole text, of which nothing is kept."""
        return self._stored.whole()


_BLOCKS = KindOf[tuple[int, int], TextBlock]("a block of a document's text")
