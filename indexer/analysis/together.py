"""Texts taken apart together: what numpy does once for many is quicker than many times. `word_bytes` finds the words.

Knows nothing of folding, nor of which texts belong together: see `tokenizer.taken_apart`.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.stacked import Marks
from indexer.analysis.word_bytes import PlacedWords, WordBytes

_BETWEEN = b"\n" * 32
"""What is put between two texts: more than is ever looked at on one side of a mark, and nothing that joins."""


class JoinedTexts:
    """Texts in one piece, each folded beyond ASCII, as UTF-8."""

    def __init__(self, folded: Sequence[bytes]) -> None:
        """Join the texts. One alone is not copied."""
        self._words = WordBytes(_BETWEEN.join(folded))
        self._offsets = [0, *accumulate(len(each) + len(_BETWEEN) for each in folded)]

    def __len__(self) -> int:
        """Count the texts."""
        return len(self._offsets) - 1

    @cached_property
    def bounds(self) -> NDArray[np.int64]:
        """Count the words before each text, and last all of them: int64."""
        return self._words.before(self._offsets)

    @property
    def content(self) -> NDArray[np.uint8]:
        """Return the bytes of all texts, with line ends between, and some more behind the last."""
        return self._words.content

    @property
    def extents(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Tell where each text begins in `content`, and past its last byte."""
        offsets = np.array(self._offsets)
        return offsets[:-1], offsets[1:] - len(_BETWEEN)

    def words_before(self, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Count the words of all texts that start before each of these offsets in `content`."""
        return self._words.before(offsets)

    def before(self, index: int, offsets: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Count the words of one text that start before each of these offsets, in bytes of it."""
        found = self._words.before(offsets, at=self._offsets[index])
        found -= self.bounds[index]
        return found

    def placed(self) -> PlacedWords:
        """Return the words of all texts where they stand."""
        return self._words.placed()

    def marks(self) -> Marks:
        """Find what the marks in all texts say of their words, which are counted through."""
        return self._words.marks()
