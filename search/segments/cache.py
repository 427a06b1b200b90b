"""Values read or computed for one question and kept for the next: by kind and key, up to a budget of bytes.

A kind says, to the type checker, of what type its keys and values are. What is kept is said where it is made.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from indexer.columnar.postings import POSITION_BITS
from search.segments.postings import NOTHING, Documents, Places

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_REST = 1000  # of what is not an array
_PART = 100  # of what such a thing consists of: a tuple may be a hundred thousand words
_SMALL = 4096  # such a part of the budget, and less, is not put out by what is larger
_SMALL_SHARE = 4  # such a part of the budget is what small values may take


class KindOf(Generic[Key, Value]):
    """A kind of value that is kept; equal keys of two kinds do not meet."""

    def __init__(self, name: str) -> None:
        """Name a kind; the name says to people what is kept."""
        self.name = name


class _Entry:
    """A value that is kept."""

    __slots__ = ("is_used", "size", "value")

    def __init__(self, value: Any, size: int) -> None:
        self.value, self.size = value, size
        self.is_used = False
        """Whether it was asked for since it came, or was last passed over."""


class Cache:
    """Keeps values up to a budget, for any thread; the longest unused goes first. Nobody may change a value.

    When room is needed, what was asked for since it last was its turn is passed over once: so asking for a value does
    not change the order, and takes no lock.

    Small values, answers among them, have a share of their own: one question about a million documents reads more than
    all answers of a day take.
    """

    def __init__(self, budget: int) -> None:
        """Keep about so many bytes. A value that exceeds the budget is kept alone."""
        self._small: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._large: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._lock = Lock()
        self._budget = budget
        self._small_size = 0
        self.size = 0
        """Bytes held, about."""

    def holds(self, kind: KindOf[Key, Value], key: Key) -> bool:
        """Tell whether a value of this kind is kept under the key."""
        return (kind, key) in self._small or (kind, key) in self._large

    def get(self, kind: KindOf[Key, Value], key: Key, make: Callable[[], Value]) -> Value:
        """Return what is kept of this kind under the key; when nothing is, make it and keep it."""
        place = (kind, key)
        found = self._small.get(place) or self._large.get(place)
        if found is not None:
            found.is_used = True
            kept: Value = found.value
            return kept
        value = make()  # which asks for others; what two threads make at once is equal
        with self._lock:
            self._keep(place, value)
        return value

    def put(self, kind: KindOf[Key, Value], key: Key, value: Value) -> None:
        """Keep a value that was made for another reason."""
        with self._lock:
            self._keep((kind, key), value)

    def _keep(self, place: Hashable, value: object) -> None:
        size = weight(value)
        is_small = size <= self._budget // _SMALL
        values = self._small if is_small else self._large
        if place in values:
            return
        while is_small and self._small and self._small_size + size > self._budget // _SMALL_SHARE:
            self._let_go(self._small)
        while (self._large or self._small) and self.size + size > self._budget:
            self._let_go(self._large or self._small)
        values[place] = _Entry(value, size)
        self.size += size
        self._small_size += size if is_small else 0

    def _let_go(self, values: OrderedDict[Hashable, _Entry]) -> None:
        """Forget the value that was longest unused."""
        place, entry = values.popitem(last=False)
        while entry.is_used:
            entry.is_used = False
            values[place] = entry
            place, entry = values.popitem(last=False)
        self.size -= entry.size
        self._small_size -= entry.size if values is self._small else 0

    def clear(self) -> None:
        """Keep nothing of what was kept."""
        with self._lock:
            self._small.clear()
            self._large.clear()
            self.size = self._small_size = 0


def weight(value: object) -> int:
    """Return the bytes of the arrays in a value, or what it says it takes, and something for the rest of it.

    >>> weight(np.zeros(10)), weight((np.zeros(10), "name"))
    (80, 1280)
    """
    if (size := getattr(value, "nbytes", None)) is not None:
        return int(size)
    if not isinstance(value, tuple):
        return _REST
    return _REST + _PART * len(value) + sum([part.nbytes for part in value if isinstance(part, np.ndarray)])


# Where terms stand in the documents that were looked into last: what ranking read of them, passages ask again


class _Read(NamedTuple):
    documents: Documents
    """Ascending."""
    places: Places


_NOTHING_READ = _Read(NOTHING, NOTHING)


class RecentPlaces:
    """Keeps what was read last of each term up to a budget of bytes, for any thread."""

    def __init__(self, budget: int) -> None:
        """Keep nothing yet."""
        self._budget = budget
        self._size = 0
        self._read: dict[tuple[str, str], _Read] = {}

    def keep(self, field: str, term: str, docs: Documents, places: Places) -> None:
        """Keep the places, ascending, that a term of a field has in some documents, if there is room for them."""
        size = _REST + docs.nbytes + places.nbytes
        if size > self._budget:
            return
        self._size += size
        if self._size > self._budget:
            self._read, self._size = {}, size  # another one, for others may be reading this
        self._read[field, term] = _Read(docs, places)

    def of_document(self, field: str, term: str, document: int) -> Places | None:
        """Return the positions of a term in a document, in words from 0, ascending; None where they are not kept."""
        read = self._read.get((field, term), _NOTHING_READ)
        at = int(read.documents.searchsorted(document))
        if at == len(read.documents) or read.documents[at] != document:
            return None
        first = document << POSITION_BITS
        low, high = read.places.searchsorted((first, first + (1 << POSITION_BITS))).tolist()
        return read.places[low:high] - first
