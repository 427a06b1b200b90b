"""Count how many words deleted documents had, so that the mean length of those left is exact and scores do not shift.

A segment's own totals count deleted documents until it is merged. What they had is counted when they are deleted, and
kept with the segment in the table of contents; Whoosh does not look at it.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from indexer.analysis.stacked import is_word
from indexer.analysis.tokenizer import words
from indexer.errors import IndexerError
from indexer.texts.text_layout import TextAddress
from indexer.texts.text_store import TextStore
from indexer.whoosh_compat.segment_reader import AnySegment


def lost_words(segment: Any) -> Mapping[str, int]:
    """Return how many words a segment's deleted documents have, by field: `text` and `title`, which score."""
    lost: Mapping[str, int] = getattr(segment, "lost_words", {})
    return lost


def count_deleted(segment: Any, reader: AnySegment, number: int, texts: TextStore) -> None:
    """Add to a segment's count the words of a document that is about to be deleted."""
    kept = reader.stored(number)
    title = dict.fromkeys(value for value in (kept.description, kept.type) if value)
    lost = Counter(lost_words(segment))
    lost["title"] += sum(len(words(value)) for value in title)
    lost["text"] += _words_of_text(reader, number, kept.text, texts)
    segment.lost_words = dict(lost)


def _words_of_text(reader: AnySegment, number: int, address: str, texts: TextStore) -> int:
    try:
        return texts.word_count(TextAddress.parse(address))
    except (IndexerError, ValueError):
        return _words_in_postings(reader, number)


def _words_in_postings(reader: AnySegment, number: int) -> int:
    """Count them in the postings, all of which are looked through: for a text that is damaged."""
    return sum(reader.frequency("text", word, number) for word in reader.terms("text") if is_word(word))
