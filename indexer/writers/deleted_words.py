"""How many words deleted documents had, so that the mean length of those left is exact and scores do not shift.

A segment's own totals count deleted documents until it is merged. What they had is counted when they are deleted, and
kept with the segment in the table of contents; Whoosh does not look at it.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from indexer.analysis import words
from indexer.errors import IndexerError
from indexer.stacked import is_word
from indexer.texts import Address, TextStore


def lost_words(segment: Any) -> Mapping[str, int]:
    """The words of a segment's deleted documents, by field: of `text` and `title`, whose mean length scores need."""
    lost: Mapping[str, int] = getattr(segment, "lost_words", {})
    return lost


def lose(segment: Any, reader: Any, number: int, texts: TextStore) -> None:
    """Count the words of a document that is about to be deleted."""
    kept = reader.stored_fields(number)
    title = dict.fromkeys(value for value in (kept.get("description", ""), kept.get("type", "")) if value)
    lost = Counter(lost_words(segment))
    lost["title"] += sum(len(words(value)) for value in title)
    lost["text"] += _words_of_text(reader, number, kept["text"], texts)
    segment.lost_words = dict(lost)


def _words_of_text(reader: Any, number: int, address: str, texts: TextStore) -> int:
    try:
        return texts.word_count(Address.parse(address))
    except (IndexerError, ValueError):
        return _words_in_postings(reader, number)


def _words_in_postings(reader: Any, number: int) -> int:
    """As the postings have it, all of which are looked through: for a text that is damaged."""
    return sum(_frequency(reader.postings("text", word), number) for word in reader.lexicon("text") if is_word(word))


def _frequency(matcher: Any, number: int) -> int:
    if matcher.is_active() and matcher.id() < number:
        matcher.skip_to(number)
    return int(matcher.weight()) if matcher.is_active() and matcher.id() == number else 0
