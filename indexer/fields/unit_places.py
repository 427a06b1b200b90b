"""Where sentences and paragraphs begin, in words: found at once in all texts that were taken apart together.

What a sentence and a paragraph are is said in `indexer.fields.sentences`.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.together import JoinedTexts
from indexer.analysis.tokenizer import kept_with, taken_in_place, words_before
from indexer.fields.sentences import ENDS_BY_MARK, UnitStarts

_LINE_END = 0x0A
_BLANK, _BEYOND = 0x20, 0x80
"""Characters up to the one and from the other on may be white space."""
_WIDEST = 132
"""Characters of a line of plain text; a twentieth of the lines may be longer."""
_MOST_LINES = 50
"""Lines to an empty line in plain text, at most."""

Numbers = NDArray[np.int64]
Codes = NDArray[np.uint8] | NDArray[np.uint32]

_NOWHERE: Numbers = np.empty(0, np.int64)


class UnitPlaces(NamedTuple):
    """Where the paragraphs of a text begin, in words from 0, ascending; and those sentences that begin no paragraph."""

    paragraphs: Numbers
    sentences: Numbers


def unit_starts(text: str) -> UnitStarts:
    """Find where paragraphs and sentences begin, in words; none in a text without words.

    >>> unit_starts("We met. Nobody of Acme Inc. came.\\nItem 2. None")
    UnitStarts(paragraphs=[0, 7], sentences=[0, 2, 7, 9])
    """
    paragraphs, sentences = (places.tolist() for places in unit_places(text))
    return UnitStarts(paragraphs, sorted((*paragraphs, *sentences)))


def unit_places(text: str) -> UnitPlaces:
    """Find the same, each place once.

    >>> [each.tolist() for each in unit_places("We met. Nobody of Acme Inc. came.\\nItem 2. None")]
    [[0, 7], [2, 9]]
    """
    if not text:
        return UnitPlaces(_NOWHERE, _NOWHERE)
    taken = taken_in_place(text)
    return _places_of_group(taken.together)[taken.number] if taken else _places_of(text)


@lru_cache(maxsize=1)
def _places_of_group(together: JoinedTexts) -> list[UnitPlaces]:
    """Find those of texts that were taken apart together; nothing of one whose offsets changed by that."""
    texts = [""] * len(together)
    for taken in kept_with(together):
        texts[taken.number] = taken.text if taken.keeps_offsets else ""
    firsts, pasts = together.extents
    lines = _Lines.of(together.content, texts, (firsts, pasts))
    paragraphs = together.words_before(_paragraph_starts(lines, len(texts)))
    sentences = together.words_before(_sentence_starts(texts, firsts.tolist()))
    return _by_text(paragraphs, sentences, together.bounds)


def _places_of(text: str) -> UnitPlaces:
    """Find those of one text, whatever it is folded to."""
    extent = np.zeros(1, np.int64), np.array([len(text)])
    paragraphs = _paragraph_starts(_Lines.of(_codes(f"{text}\n"), [text], extent), 1)
    sentences = _sentence_starts([text], [0])
    offsets = np.sort(np.concatenate((paragraphs, sentences, extent[1])))
    words = np.array(words_before(text, offsets.tolist()), np.int64)
    paragraphs, sentences = (words[offsets.searchsorted(each)] for each in (paragraphs, sentences))
    [found] = _by_text(paragraphs, sentences, np.append(0, words[-1]))
    return found


def _by_text(paragraphs: Numbers, sentences: Numbers, bounds: Numbers) -> list[UnitPlaces]:
    """Share out the words before each start, by `bounds`: the number of the first word of each text, and last of all.

    Where no word follows in a text, it is the first of the next, with which a paragraph begins anyway.
    """
    paragraphs, sentences = _distinct(paragraphs), _distinct(np.sort(sentences))
    at = np.minimum(paragraphs.searchsorted(sentences), len(paragraphs) - 1)
    sentences = sentences[paragraphs[at] != sentences]
    cuts = [each.searchsorted(bounds).tolist() for each in (paragraphs, sentences)]
    shares = zip(bounds[:-1].tolist(), *map(pairwise, cuts), strict=True)
    return [
        UnitPlaces(paragraphs[slice(*one)] - first, sentences[slice(*other)] - first) for first, one, other in shares
    ]


def _distinct(ascending: Numbers) -> Numbers:
    return ascending[np.diff(ascending, prepend=-1) > 0]


def _sentence_starts(texts: Sequence[str], firsts: Sequence[int]) -> Numbers:
    """Find where sentences begin that others precede, in texts of which each begins at one of `firsts`."""
    found = [
        first + found.end()
        for text, first in zip(texts, firsts, strict=True)
        for mark, ends in ENDS_BY_MARK.items()
        if mark in text
        for found in ends.finditer(text)
    ]
    return np.array(found, np.int64)


class _Lines(NamedTuple):
    """The lines of texts."""

    starts: Numbers
    ends: Numbers
    """Of the last line of a text, its end."""
    texts: Numbers
    """In which text each is."""
    blank: NDArray[np.bool_]
    """Whether each is empty or white space."""

    @classmethod
    def of(cls, codes: Codes, texts: Sequence[str], extents: tuple[Numbers, Numbers]) -> Self:
        """Find the lines of texts, given where each begins and ends in their codes; line ends stand between them."""
        firsts, pasts = extents
        ends = np.append(np.flatnonzero(codes[: pasts[-1]] == _LINE_END), pasts[-1])
        starts = np.append(firsts[0], ends[:-1] + 1)
        which = firsts.searchsorted(ends, "right") - 1
        within = np.flatnonzero(ends <= pasts[which])
        starts, ends, which = starts[within], ends[within], which[within]
        blank = starts == ends
        doubtful = _may_be_blank(codes[starts]) & _may_be_blank(codes[ends - 1]) & ~blank
        for at in np.flatnonzero(doubtful).tolist():
            first = firsts[which[at]]
            blank[at] = texts[which[at]][starts[at] - first : ends[at] - first].isspace()
        return cls(starts, ends, which, blank)

    def are_wrapped(self, count: int) -> NDArray[np.bool_]:
        """Tell of so many texts whose lines were broken at some width, so that empty ones part paragraphs."""
        of_filled, of_empty = self.texts[~self.blank], self.texts[self.blank]
        filled, empty = np.bincount(of_filled, minlength=count), np.bincount(of_empty, minlength=count)
        wide = np.bincount(self.texts[(self.ends - self.starts > _WIDEST) & ~self.blank], minlength=count)
        wrapped: NDArray[np.bool_] = (wide * 20 <= filled) & (empty * _MOST_LINES >= filled) & (filled > 0)
        return wrapped


def _paragraph_starts(lines: _Lines, count: int) -> Numbers:
    """Find where paragraphs of so many texts begin, ascending: with a text, a line, or a blank line before others."""
    edges = np.diff(lines.texts, prepend=-1, append=count) != 0
    wrapped = lines.are_wrapped(count)[lines.texts]
    starts: Numbers = lines.starts[edges[:-1] | ~wrapped | lines.blank & ~edges[1:]]
    return starts


def _codes(text: str) -> Codes:
    """Return the code points of a text, as bytes where all are ASCII."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _may_be_blank(codes: Codes) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (codes <= _BLANK) | (codes >= _BEYOND)
    return found
