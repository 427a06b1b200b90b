"""The postings of a few terms as one: the forms of a word. Each is read by itself, as far as it is asked for."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.segments.postings import (
    EMPTY,
    NOTHING,
    Documents,
    Frequencies,
    Mask,
    Places,
    Postings,
    ascending,
    in_any,
    indices_of,
)


def united_postings(parts: Sequence[Postings], size: int) -> Postings:
    """Join the postings of terms; `size` is how many documents the index has."""
    found = [part for part in parts if part.count]
    return UnitedPostings(found, size) if len(found) > 1 else found[0] if found else EMPTY


class UnitedPostings(Postings):
    """Implements `Postings`."""

    def __init__(self, parts: Sequence[Postings], size: int) -> None:
        self._parts, self._size = tuple(parts), size

    @cached_property
    def docs(self) -> Documents:
        """The documents."""
        return in_any([part.docs for part in self._parts], self._size)

    @property
    def frequencies(self) -> Frequencies:
        """How often it occurs in each document."""
        return self.frequencies_at(np.arange(len(self.docs))).astype(np.float32)

    def frequencies_at(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how often it occurs in some of the documents, given by their indices among `docs`, ascending."""
        docs, found = self.docs[at], np.zeros(len(at), np.int64)
        for part in self._parts:
            among = indices_of(docs, part.docs)
            found[indices_of(part.docs[among], docs)] += part.frequencies_at(among).astype(np.int64)
        return found

    @property
    def in_parts(self) -> bool:
        """Whether the places of some documents are read without those of all others."""
        return all(part.in_parts for part in self._parts)

    @property
    def size(self) -> int:
        """How many places there are, about."""
        return sum(part.size for part in self._parts)

    def read_places(self, within: Mask | None) -> Places:
        """Read the places; see `Postings`."""
        return ascending(np.concatenate([NOTHING, *(part.read_places(within) for part in self._parts)]))

    def places_of(self, docs: Documents) -> Places:
        """Read the places in some documents, and perhaps in others."""
        return ascending(np.concatenate([NOTHING, *(part.places_of(docs) for part in self._parts)]))
