"""The segments of an index as one run of documents, with what was read kept for the next question.

A document's number here is its number in its segment plus the sizes of the segments before.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.rows import Labels
from indexer.schema import StoredDocument
from search.searchers.arrays import NOTHING, Documents, Mask, Postings, concatenated, mask_of, united
from search.searchers.segment import Numbers, Segment

_Value = TypeVar("_Value")


class Collection:
    """Postings, columns and statistics over all segments."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = tuple(segments)
        self._bases = tuple(accumulate((segment.size for segment in segments), initial=0))
        self._kept: dict[Any, Any] = {}
        self.size = self._bases[-1]
        """Documents, deleted ones included: what scores count, as Whoosh's do."""
        self.live = self._live()
        """False for deleted documents; None when there are none."""

    def _live(self) -> Mask | None:
        deleted = [segment.deleted + base for base, segment in zip(self._bases, self._segments, strict=False)]
        return ~mask_of(deleted, self.size) if any(map(len, deleted)) else None

    def keep(self, key: tuple[Any, ...], make: Callable[[], _Value]) -> _Value:
        """What was made for this key before, or is made now."""
        if key not in self._kept:
            self._kept[key] = make()
        value: _Value = self._kept[key]
        return value

    def postings(self, field: str, terms: Iterable[str]) -> Postings:
        """The terms of a field as one."""
        return united([self._postings(field, term) for term in terms], self.size)

    def _postings(self, field: str, term: str) -> Postings:
        found = [
            (base, postings)
            for base, segment in zip(self._bases, self._segments, strict=False)
            if (postings := segment.postings(field, term)) is not None
        ]
        return concatenated(found)

    def terms(self, field: str, prefix: str = "") -> list[str]:
        """The field's terms that begin so, each once, in order."""
        return sorted({term for segment in self._segments for term in segment.terms(field, prefix)})

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Words of each document's field, quantised to a byte."""
        return self.keep(("lengths", field), lambda: self._gathered("lengths", field, np.uint8))

    def numbers(self, field: str) -> Numbers:
        """Each document's value of a column of numbers."""
        return self.keep(("numbers", field), lambda: self._gathered("numbers", field, np.int64))

    def _gathered(self, what: str, field: str, kind: type[Any]) -> NDArray[Any]:
        parts = [getattr(segment, what)(field) for segment in self._segments]
        return np.concatenate(parts) if parts else np.empty(0, kind)

    def labels(self, field: str) -> Labels:
        """Each document's value of a column of texts."""
        return self.keep(("labels", field), lambda: _joined([segment.labels(field) for segment in self._segments]))

    def party_names(self) -> tuple[Documents, list[str]]:
        """Every name that is shown of a document's parties: the document and the name, in any order."""
        parts = [segment.party_names() for segment in self._segments]
        docs = [docs + base for base, (docs, _) in zip(self._bases, parts, strict=False)]
        return np.concatenate([NOTHING, *docs]), [name for _, names in parts for name in names]

    def mean_length(self, field: str) -> float:
        """Words of the field in the mean document, those without it included."""
        total = sum(segment.total_length(field) for segment in self._segments)
        return total / self.size if total else 1.0

    def stored(self, document: int) -> StoredDocument:
        """What is kept of a document for showing it."""
        index = bisect_right(self._bases, document) - 1
        return self._segments[index].stored(int(document) - self._bases[index])

    def living(self, docs: Documents) -> Documents:
        """Those of the documents that are not deleted."""
        return docs if self.live is None else docs[self.live[docs]]

    def close(self) -> None:
        """Release files."""
        for segment in self._segments:
            segment.close()


def _joined(parts: Sequence[Labels]) -> Labels:
    names = sorted({name for part in parts for name in part.names})
    index = {name: number for number, name in enumerate(names)}
    moved = [np.array([index[name] for name in part.names], np.int64)[part.indices] for part in parts]
    return Labels(np.concatenate([NOTHING, *moved]), names)
