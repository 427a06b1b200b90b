"""The seam between the arrays and an index format: what a segment gives. No format here."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.stored import Labels
from indexer.fields.entries import StoredDocument
from search.query import nodes as q
from search.segments.matching import TermNumbers
from search.segments.postings import Documents, Postings

Numbers: TypeAlias = NDArray[np.int64]
"""One number for each document."""


class Segment(Protocol):
    """A part of an index: documents numbered from 0, and what is known of them."""

    name: str
    size: int
    """Documents, deleted ones included."""
    deleted: Documents

    def postings(self, field: str, term: str) -> Postings | None:
        """Read the postings of a term, deleted documents among them; None when the field has no such term."""

    def matching(self, field: str, leaves: Sequence[q.Leaf], tell: Callable[[q.Leaf, int], None]) -> list[TermNumbers]:
        """Find the terms of the field that each leaf stands for, all in one pass; see `search.segments.matching`."""

    def union(self, field: str, numbers: TermNumbers) -> Postings:
        """Read the postings of the terms of these numbers as one."""

    def named(self, field: str, numbers: TermNumbers) -> list[str]:
        """List the terms of these numbers."""

    def between(self, field: str, low: str, high: str) -> Postings:
        """Read the postings of the terms from one to another, both included, as one."""

    def terms(self, field: str, prefix: str) -> Iterable[str]:
        """List the field's terms that begin with `prefix`, in order of their code points."""

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Return how many words each document's field has, as Whoosh quantises them to a byte."""

    def total_length(self, field: str) -> int:
        """Count the words of the field in all documents that are not deleted; for `text` and `title`, which score."""

    def numbers(self, field: str) -> Numbers:
        """Return each document's value of a column of numbers; `indexer.columnar.stored.ABSENT` when it has none."""

    def labels(self, field: str) -> Labels:
        """Return each document's value of a column of texts; empty when it has none."""

    def parties(self) -> tuple[Documents, Sequence[str]]:
        """List every party of every document (`StoredDocument.parties`): both run parallel, unordered."""

    def stored(self, document: int) -> StoredDocument:
        """Read what is stored of a document for showing it."""

    def verify(self) -> bool:
        """Compare all of it with its checksums; False when it has none. UnusableIndexError when it is damaged."""

    def close(self) -> None:
        """Release files."""


class CommittedSegments(NamedTuple):
    """An index as of one commit."""

    generation: int
    segments: Sequence[Segment]
