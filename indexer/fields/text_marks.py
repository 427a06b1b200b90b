"""What the index keeps of a text besides its words: where its sections, paragraphs and sentences are, in words."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from indexer.extracted import Section
from indexer.fields.schema import PARAGRAPH, SECTION, SECTION_END, SENTENCE, UNITS
from indexer.fields.section_words import stretches
from indexer.fields.unit_places import unit_places

MARKS = (SECTION, SECTION_END, UNITS)
"""The fields they are in."""

Marks: TypeAlias = Mapping[str, Mapping[str, Sequence[int]]]
"""By field and by value: where the value stands, ascending."""


def marks(text: str, sections: Iterable[Section]) -> Marks:
    """Find what is marked in a text, whose sections these are.

    >>> marks("Item 1. Mills", [Section("1", "Mills", 0, 13)])["units"]
    {'paragraph': array('I', [0]), 'sentence': array('I', [2])}
    """
    starts, ends = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for name, start, end in stretches(text, sections):
        starts[name].append(start)
        ends[name].append(end)
    paragraphs, sentences = (array("I", places.astype(np.uint32).tobytes()) for places in unit_places(text))
    return {SECTION: starts, SECTION_END: ends, UNITS: {PARAGRAPH: paragraphs, SENTENCE: sentences}}
