"""Stored texts of which what was read is kept for the next question: blocks, and where words stand in them.

Which of a text's words are asked for the index knows; nothing is looked for here.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.tokenizer import edges
from indexer.errors import UnusableIndexError
from indexer.texts.text_blocks import stretches
from indexer.texts.text_layout import Parts
from indexer.texts.text_store import StoredText
from search.segments.cache import Cache, KindOf
from search.segments.postings import Places

_PARTS = 4_000
"""Bytes that the sections and pages of a text take, about."""


class TextBlock:
    """A block of a text, and where words stand in it, as far as that was asked for."""

    def __init__(self, text: str, words: Sequence[int]) -> None:
        """Take the text of a block, and how many words stand before each of its stretches, and last in all of it."""
        self.text = text
        self._words = words
        self._found: set[int] = set()
        self._edges: NDArray[np.int32] = np.empty(2 * words[-1], np.int32)

    @property
    def nbytes(self) -> int:
        """Tell how many bytes it takes once all its words are found, about: a character, and two numbers a word."""
        return len(self.text) * 5 // 2

    def spans(self, numbers: Places) -> list[tuple[int, int]]:
        """Find where words, given by number from 0, ascending, stand in the text: (start, end) in characters.

        Only the stretches that have them are taken apart; UnusableIndexError when these have other words.

        >>> TextBlock("AT&T, Inc.", (0, 3)).spans(np.array([0, 2]))
        [(0, 2), (6, 9)]
        """
        wanted = set((np.searchsorted(self._words, numbers, "right") - 1).tolist())
        if not wanted <= self._found:  # another thread may look for the same; it finds the same
            self._take_apart(sorted(wanted - self._found))
        starts, ends = self._edges.take(2 * numbers).tolist(), self._edges.take(2 * numbers + 1).tolist()
        return list(dict.fromkeys(zip(starts, ends, strict=True)))

    def _take_apart(self, wanted: Sequence[int]) -> None:
        """Find the words of some stretches, all at once."""
        bounds = [*stretches(self.text)[: len(self._words) - 1], len(self.text)]
        pieces = [self.text[bounds[each] : bounds[each + 1]] for each in wanted]
        found, offset = edges("".join(pieces)), 0
        if len(found) != 2 * sum(self._words[each + 1] - self._words[each] for each in wanted):
            raise UnusableIndexError("a text has other words than were counted; run `indexer verify`")
        for each, piece in zip(wanted, pieces, strict=True):
            low, high = 2 * self._words[each], 2 * self._words[each + 1]
            self._edges[low:high] = found[: high - low] + (bounds[each] - offset)
            found, offset = found[high - low :], offset + len(piece)
        self._found.update(wanted)


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
        return self._cache.get(_BLOCKS, (self._document, number), lambda: self._read(number))

    def _read(self, number: int) -> TextBlock:
        return TextBlock(self._stored.block(number), self._stored.words_within(number))

    @cached_property
    def parts(self) -> Parts:
        """Read where its sections and pages are, in characters."""
        return self._stored.parts()

    def whole(self) -> str:
        """Read the whole text, of which nothing is kept."""
        return self._stored.whole()


_BLOCKS = KindOf[tuple[int, int], TextBlock]("a block of a document's text")
