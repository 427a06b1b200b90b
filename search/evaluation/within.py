"""The sections of documents on arrays: which words lie in the sections that are named.

A section named is counted as if it were a document, in the order of their documents and places: a place within one is
its number and the position, `number << 32 | position`. So phrases and proximity are found as in whole documents, and
never reach from one section into the next.
"""

from typing import NamedTuple, Self

import numpy as np

from indexer.columnar.postings import POSITION_BITS
from indexer.fields.schema import SECTION, SECTION_END
from search.query import nodes as q
from search.query.words import alternatives
from search.segments.collection import Collection
from search.segments.postings import NOTHING, Documents, Mask, Places, beginnings_of_runs, documents_of, mask_of

_POSITION = (1 << POSITION_BITS) - 1


class Sections(NamedTuple):
    """Stretches of texts, in the order of documents and places; no two of them have a word in common."""

    starts: Places
    """The place of each one's first word."""
    ends: Places
    """The place past its last."""
    holders: Mask
    """The documents that have any, of all."""

    @classmethod
    def named(cls, collection: Collection, names: q.Query) -> Self:
        """Find the sections whose names fit (`search.query.nodes.Within`), those of deleted documents too."""
        found = {name for leaf in alternatives(names) for name in collection.forms(SECTION, leaf)}
        pairs = [_of_name(collection, name) for name in sorted(found)]
        starts = np.concatenate([NOTHING, *(starts for starts, _ in pairs)])
        ends = np.concatenate([NOTHING, *(ends for _, ends in pairs)])
        order = np.argsort(starts, kind="stable")
        first = order[beginnings_of_runs(starts[order])]  # two names of one stretch
        starts, ends = starts[first], ends[first]
        return cls(starts, ends, mask_of([starts >> POSITION_BITS], collection.size))

    def inside(self, places: Places) -> Places:
        """Keep those of some ascending places that lie in a section, as places within it, ascending."""
        if not len(self.starts):
            return NOTHING
        at = np.searchsorted(self.starts, places, "right") - 1
        kept = (at >= 0) & (places < self.ends[at])
        return at[kept] << POSITION_BITS | places[kept] & _POSITION

    def documents(self, numbers: Documents) -> Documents:
        """Return the documents of some sections; these are given by number, ascending."""
        return documents_of(self.starts[numbers])

    def places(self, inside: Places) -> Places:
        """Turn places within sections (`inside`) back into places of the documents."""
        documents: Places = self.starts[inside >> POSITION_BITS] >> POSITION_BITS
        return documents << POSITION_BITS | inside & _POSITION

    def of_document(self, document: int) -> "Sections":
        """Take the sections of one document, with positions in place of places: as if it were the first."""
        low, high = np.searchsorted(self.starts, (document << POSITION_BITS, (document + 1) << POSITION_BITS))
        return Sections(self.starts[low:high] & _POSITION, self.ends[low:high] & _POSITION, self.holders)


def positions(places: Places) -> Places:
    """Return the positions, in their documents, of places within sections."""
    return places & _POSITION


def _of_name(collection: Collection, name: str) -> tuple[Places, Places]:
    """Read where the sections of one name begin and end; both run parallel, for sections of a name do so in turns."""
    leaf = q.Term(name, exact=True)
    starts, ends = (collection.postings(field, leaf).read_places(None) for field in (SECTION, SECTION_END))
    return starts, ends
