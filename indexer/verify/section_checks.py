"""The sections of a segment's documents, from its postings and from the stored texts, which have to say the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from indexer.extracted import Section
from indexer.schema import SECTION, SECTION_END
from indexer.section_words import stretches

Marks: TypeAlias = set[tuple[str, str, int]]
"""Of each section: the field, its name, and where it begins or ends in the text, in words."""


def marks(text: str, sections: Iterable[Section]) -> Marks:
    """What a document's text says of its sections.

    >>> sorted(marks("Item 1. Mills", [Section("1", "Mills", 0, 13)]))
    [('section', '1', 0), ('section_end', '1', 3)]
    """
    found = stretches(text, sections)
    return {(SECTION, name, start) for name, start, _ in found} | {(SECTION_END, name, end) for name, _, end in found}


def indexed_marks(reader: Any) -> Mapping[int, Marks]:
    """What the postings say, by document; `reader` is Whoosh's of a segment."""
    found: dict[int, Marks] = defaultdict(set)
    present = set(reader.indexed_field_names())
    for field in present & {SECTION, SECTION_END}:
        for name in reader.lexicon(field):
            matcher = reader.postings(field, name)
            while matcher.is_active():
                positions = matcher.value_as("positions")
                found[matcher.id()].update((field, name.decode(), position) for position in positions)
                matcher.next()
    return found
