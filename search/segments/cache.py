"""What was read or computed for one question, kept for the next; the longest unused goes when there is too much."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

import numpy as np

_Value = TypeVar("_Value")

BUDGET = 512 << 20
"""Bytes of what is kept, about."""

PLACES_BUDGET = 128 << 20
"""The same of places, which are so many that a few common words would drive out all else."""

_REST = 1000  # of what is not an array
_PART = 100  # of what such a thing consists of: a tuple may be a hundred thousand words


class Kept:
    """Values by key, up to a budget, for any thread; nobody changes a value."""

    def __init__(self, budget: int) -> None:
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()
        self._budget = budget
        self.size = 0
        """Bytes of arrays held."""

    def __contains__(self, key: Hashable) -> bool:
        return key in self._values

    def get(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """What was made for this key before, or is made now."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                found: _Value = self._values[key]  # a key's values are of one type
                return found
        value = make()  # which asks for others; what two threads make at once is equal
        with self._lock:
            self._add(key, value)
        return value

    def _add(self, key: Hashable, value: object) -> None:
        if key in self._values:
            return
        self._values[key] = value
        self.size += weight(value)
        while self.size > self._budget and len(self._values) > 1:
            self.size -= weight(self._values.popitem(last=False)[1])


def weight(value: object) -> int:
    """Bytes of the arrays in a value, and something for the rest of it.

    >>> weight(np.zeros(10)), weight((np.zeros(10), "name"))
    (80, 1280)
    """
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    parts = value if isinstance(value, tuple) else ()
    return _REST + _PART * len(parts) + sum(weight(part) for part in parts if isinstance(part, np.ndarray))
