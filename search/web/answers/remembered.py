"""What was made of an index, kept for a while: the way back, the next page, another reader ask for it again.

It goes with the index it was made of, so that after a commit all is made anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from search.ask import Index

T = TypeVar("T")

_MOST = 512
"""Answers and pages that are kept of a commit, some tens of kilobytes each."""
_kept: "WeakKeyDictionary[Index, OrderedDict[Hashable, object]]" = WeakKeyDictionary()


def remembered(index: Index, key: Hashable, make: Callable[[], T]) -> T:
    """Return what was made under a key before, else make it; a key says of what type that is."""
    kept = _kept.setdefault(index, OrderedDict())
    found = kept.pop(key, None)
    if found is None:
        found = make()
    kept[key] = found
    while len(kept) > _MOST:
        kept.popitem(last=False)
    return cast(T, found)
