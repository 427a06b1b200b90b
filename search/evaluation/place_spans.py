"""Occurrences as numpy arrays: of words, of phrases, of any of several. No query tree."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.columnar.postings import POSITION_BITS
from search.segments.postings import Documents, Places, common, documents_of, indices_among
from search.segments.term_postings import PackedPostings


class Spans(NamedTuple):
    """Occurrences: the place of each one's first word and the place past its last, by start, then by end."""

    starts: Places
    ends: Places

    @property
    def docs(self) -> Documents:
        """Return the documents that have any."""
        return documents_of(self.starts)


def words_at(places: Places) -> Spans:
    """Return occurrences of one word each."""
    return Spans(places, places + 1)


def any_span(parts: Sequence[Spans]) -> Spans:
    """Gather the occurrences of every part."""
    if len(parts) == 1:
        return parts[0]
    return _ordered(np.concatenate([p.starts for p in parts]), np.concatenate([p.ends for p in parts]))


def words_in_a_row(words: Sequence[Places]) -> Spans:
    """Find the occurrences of a phrase of single words, from the rarest on."""
    rarest, *rest = sorted(range(len(words)), key=lambda index: len(words[index]))
    starts = words[rarest] - rarest
    for index in rest:
        starts = common(starts + index, words[index]) - index
    return Spans(starts, starts + len(words))


def words_side_by_side(words: Sequence[PackedPostings], docs: Documents) -> Places:
    """Find where a phrase begins in documents, at least one, that have all of its words.

    Each word is looked for only where those before it were found, in texts that are laid end to end (`TermLine`).
    """
    rarest, *rest = sorted(range(len(words)), key=lambda index: words[index].size)
    line = words[rarest].line(docs)
    found = line.moved(line.to_places(docs))
    for index in rest:
        if len(found):
            found = _followed(found, words[index], index - rarest)
    return found - rarest


def _followed(places: Places, word: PackedPostings, by: int) -> Places:
    """Keep those of some ascending places that have the word so many places after them, in their document."""
    documents = places >> POSITION_BITS
    new = np.ones(len(places), np.bool_)
    np.not_equal(documents[1:], documents[:-1], out=new[1:])
    docs, index = documents.compress(new), new.astype(np.int64)
    np.cumsum(index, out=index)
    index -= 1
    line = word.line(docs)
    sought = places - (line.to_places(docs) - by).take(index)
    inside = sought <= line.highs.take(index)
    if by < 0:
        inside &= sought > line.lows.take(index)
    places, sought = places.compress(inside), sought.compress(inside).astype(line.numbers.dtype)
    found: Places = places.take(indices_among(sought, line.numbers))
    return found


def adjoining(parts: Sequence[Spans]) -> Spans:
    """Find the occurrences of a phrase: one of each part, each starting where the one before it ends."""
    spans = parts[0]
    for part in parts[1:]:
        spans = _joined(spans, part)
    return spans


def _joined(left: Spans, right: Spans) -> Spans:
    low = np.searchsorted(right.starts, left.ends, "left")
    counts = np.searchsorted(right.starts, left.ends, "right") - low
    offsets = np.repeat(low - np.cumsum(counts) + counts, counts)
    return _ordered(np.repeat(left.starts, counts), right.ends[offsets + np.arange(len(offsets))])


def _ordered(starts: Places, ends: Places) -> Spans:
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    new = np.ones(len(starts), np.bool_)
    new[1:] = (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])
    return Spans(starts[new], ends[new])
