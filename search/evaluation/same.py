"""The sentences and paragraphs of documents on arrays: which occurrences lie in one of them.

A sentence is counted as if it were a document, in the order of documents and places: a place within one is its number
and the position, `number << 32 | position`, so that words of one sentence are nearer to one another than to any other.
"""

from typing import NamedTuple, Self

import numpy as np

from indexer.columnar.postings import POSITION_BITS
from indexer.fields.schema import PARAGRAPH, SENTENCE, UNITS
from search.evaluation.place_spans import Spans
from search.evaluation.within import Sections
from search.query import nodes as q
from search.segments.collection import Collection
from search.segments.postings import NOTHING, Documents, Places, ascending, documents_of

_POSITION = (1 << POSITION_BITS) - 1
_AT_ONCE = 1 << 16
"""Occurrences that are looked up together: several arrays of these are made."""


def names(unit: q.Unit) -> tuple[str, ...]:
    """Name what stands in the field `UNITS` where such a unit begins: a paragraph begins a sentence, too."""
    return (PARAGRAPH,) if unit == "paragraph" else (PARAGRAPH, SENTENCE)


class Units(NamedTuple):
    """The sentences of all texts, or their paragraphs."""

    starts: Places
    """The place of each one's first word; a text with words, of those that were read, has one at its first."""

    @classmethod
    def of(cls, collection: Collection, unit: q.Unit, docs: Documents | None = None) -> Self:
        """Read where they begin, of all documents or of some."""
        postings = [collection.postings(UNITS, q.Term(name, exact=True)) for name in names(unit)]
        starts = [each.read_places(None) if docs is None else each.places_of(docs) for each in postings]
        return cls(ascending(np.concatenate(starts)))

    def cut_at(self, sections: Sections) -> "Units":
        """Let none reach over the beginning or the end of a section."""
        return Units(ascending(np.concatenate([self.starts, sections.starts, sections.ends])))

    def inside(self, spans: Spans, sections: Sections | None = None) -> Spans:
        """Keep the occurrences that lie in one unit, as if each unit were a document.

        With `sections`, the occurrences are given as they are in these.
        """
        if not len(self.starts):
            return Spans(NOTHING, NOTHING)
        cuts = range(0, len(spans.starts), _AT_ONCE)
        found = [self._inside(Spans(*(each[at : at + _AT_ONCE] for each in spans)), sections) for at in cuts]
        return Spans(*map(np.concatenate, zip((NOTHING, NOTHING), *found, strict=True)))

    def _inside(self, spans: Spans, sections: Sections | None) -> Spans:
        starts, lasts = spans.starts, spans.ends - 1
        if sections is not None:
            starts, lasts = sections.places(starts), sections.places(lasts)
        first, last = (np.searchsorted(self.starts, places, "right") - 1 for places in (starts, lasts))
        kept = (first == last) & (first >= 0)
        kept &= self.starts[first] >> POSITION_BITS == starts >> POSITION_BITS
        moved = first[kept] << POSITION_BITS
        return Spans(moved | starts[kept] & _POSITION, (moved | lasts[kept] & _POSITION) + 1)

    def documents(self, numbers: Documents) -> Documents:
        """Return the documents of some units; these are given by number, ascending."""
        return documents_of(self.starts[numbers])
