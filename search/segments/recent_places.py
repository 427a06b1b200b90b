"""Where terms stand in the documents that were looked into last: what ranking read of them, passages ask again."""

from typing import NamedTuple

from indexer.columnar.postings import POSITION_BITS
from search.segments.postings import NOTHING, Documents, Places

_TERMS = 64
"""Terms that are kept; a question has few."""
_MOST = 1 << 16
"""Places of a term, up to which they are kept."""


class _Read(NamedTuple):
    documents: frozenset[int]
    places: Places


_NOTHING_READ = _Read(frozenset(), NOTHING)


class RecentPlaces:
    """Keeps what was read last of each of the last terms, for any thread."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._read: dict[tuple[str, str], _Read] = {}

    def keep(self, field: str, term: str, docs: Documents, places: Places) -> None:
        """Keep the places, ascending, that a term of a field has in some documents, unless these are very many."""
        if len(places) > _MOST:
            return
        if len(self._read) >= _TERMS:
            self._read = {}  # another one, for others may be reading this
        self._read[field, term] = _Read(frozenset(docs.tolist()), places)

    def of_document(self, field: str, term: str, document: int) -> Places | None:
        """Return the positions of a term in a document, in words from 0, ascending; None where they are not kept."""
        read = self._read.get((field, term), _NOTHING_READ)
        if document not in read.documents:
            return None
        first = document << POSITION_BITS
        low, high = read.places.searchsorted((first, first + (1 << POSITION_BITS))).tolist()
        return read.places[low:high] - first
