"""From matching documents to filings in order. No query here.

The documents of a filing stand together in the collection (a submission is written to one segment, in one go), so
a filing's documents are a run of the matching ones.
"""

from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.rows import ABSENT
from search.searchers.arrays import Documents
from search.searchers.collection import Collection
from search.searchers.evaluation import Matches
from search.searchers.searcher import Sort
from search.searchers.segment import Numbers

_Indices: TypeAlias = NDArray[np.int64]
_AFTER_NUMBERS = 10**18  # above every accession number written as a number: `sha256-...` sorts after them


class RankedDocument(NamedTuple):
    """A matching document and its score."""

    document: int
    score: float


class Filings:
    """The matching documents by filing: filing i has those from `starts[i]` to `ends[i]`."""

    def __init__(self, collection: Collection, matches: Matches) -> None:
        self._collection = collection
        self._score = matches.score
        self.docs = matches.docs
        self.starts = np.flatnonzero(np.diff(filing_numbers(collection)[self.docs], prepend=-1))

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def ends(self) -> _Indices:
        """Where each filing's documents end."""
        return np.append(self.starts[1:], len(self.docs))

    @cached_property
    def _firsts(self) -> Documents:
        return self.docs[self.starts]

    def documents(self, filing: int) -> list[RankedDocument]:
        """The filing's matching documents, best first; of equals, the first in the submission."""
        docs = self.docs[self.starts[filing] : self.ends[filing]]
        scores = self._score(docs)
        order = np.argsort(-scores, kind="stable").tolist()
        return [RankedDocument(int(docs[index]), float(scores[index])) for index in order]

    def ordered(self, sort: Sort, wanted: int | None) -> list[int]:
        """The first `wanted` filings, all when None, in order."""
        if not len(self):
            return []
        rank = self._rank(sort)
        chosen = np.arange(len(self))
        if wanted is not None:
            chosen = _best(rank, wanted)
            chosen = self._filed_last(chosen, rank[chosen], wanted)
        firsts = self._firsts[chosen]
        order = np.lexsort((_accession_order(self._collection, firsts), -self._filed(firsts), -rank[chosen]))
        return [int(filing) for filing in chosen[order[:wanted]]]

    def _filed_last(self, chosen: _Indices, rank: NDArray[np.float64], wanted: int) -> _Indices:
        """Of filings that tie for the last places, those filed last, so that few accession numbers are compared."""
        tied = rank == rank.min(initial=np.inf)
        latest = chosen[tied]
        latest = latest[_best(self._filed(self._firsts[latest]), wanted - len(chosen) + len(latest))]
        return np.concatenate([chosen[~tied], latest])

    def _filed(self, docs: Documents) -> Numbers:
        """Dates as numbers; the undated come last among newest first."""
        return np.maximum(self._collection.numbers("filed")[docs], 0)

    def _rank(self, sort: Sort) -> NDArray[np.float64]:
        """A number for each filing, the highest first; the least there is when it has nothing to sort by."""
        match sort.by:
            case "relevance":
                values = np.maximum.reduceat(self._score(self.docs), self.starts)
                return values if sort.descending else -values
            case "filed" | "period":
                numbers = self._collection.numbers(sort.by)[self._firsts]
                missing = numbers == ABSENT
            case "company":
                labels = self._collection.labels("company_sort")
                numbers = labels.indices[self._firsts]
                missing = np.array([not name for name in labels.names], np.bool_)[numbers]
            case _:
                raise ValueError(f"cannot sort by {sort.by!r}")
        return np.where(missing, -np.inf, numbers if sort.descending else -numbers)


def filing_numbers(collection: Collection) -> Numbers:
    """For each document a number that its filing's documents share, ascending from 0."""
    return collection.keep(
        ("filings",), lambda: np.cumsum(np.diff(collection.numbers("filing"), prepend=np.int64(0)) != 0)
    )


def _best(values: NDArray[np.float64] | Numbers, wanted: int) -> _Indices:
    """The indices of the highest `wanted`, and of all that tie with the last of them, ascending."""
    if wanted >= len(values):
        return np.arange(len(values))
    if wanted <= 0:
        return np.arange(0)
    return np.flatnonzero(values >= np.partition(values, len(values) - wanted)[len(values) - wanted])


def _accession_order(collection: Collection, firsts: Documents) -> Numbers:
    """Numbers that sort as the filings' accession numbers do."""
    keys = collection.numbers("filing")[firsts].copy()
    unnumbered = np.flatnonzero(keys < 0)
    if len(unnumbered):
        names = [collection.stored(int(document)).accession for document in firsts[unnumbered]]
        keys[unnumbered] = _AFTER_NUMBERS + np.unique(np.array(names, object), return_inverse=True)[1]
    return keys
