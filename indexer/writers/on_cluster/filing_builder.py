"""Build segments on a cluster: filings that nobody sees before a commit takes their segment's name from the state."""

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.cluster import state
from indexer.cluster.asking import Action, Cluster
from indexer.cluster.filing import Place, actions
from indexer.fields.entries import IndexedDocument
from indexer.writers.on_cluster.request_size import bounded
from indexer.writers.writer import Segment

_BUFFERED = 16 << 20
"""Characters that a builder holds before it sends them."""
_LETTERS = 6
"""Of a word, and the blank behind it."""


class BuiltFiling(NamedTuple):
    """Name a filing of a segment as the cluster does, and say what it is."""

    accession: str
    source: str
    id: str
    documents: int


class ClusterSegment(NamedTuple):
    """Hold what is known of a segment that is built."""

    name: str
    filings: tuple[BuiltFiling, ...]


class ClusterBuilder:
    """Build segments on a cluster; implements `indexer.writers.writer.SegmentBuilder`."""

    def __init__(self, cluster: Cluster) -> None:
        """Build for the writer that the cluster's address names."""
        self._cluster = cluster
        self._place: Place | None = None
        self._waiting: list[Action] = []
        self._filings: list[BuiltFiling] = []
        self._letters = self._taken = 0

    def bounded(self, header_text: str, entries: Sequence[IndexedDocument]) -> Sequence[IndexedDocument]:
        """Return the documents without the texts that the cluster's limit on a request leaves no room for."""
        return bounded(header_text, entries, self._cluster)

    def add(self, header_text: str, entries: Sequence[IndexedDocument]) -> None:
        """Take all documents of a submission, and its header as it stood."""
        place = (self._place or self._begun())._replace(number=len(self._filings))
        self._place = place
        first = entries[0]
        found = list(actions(place, header_text, entries))
        filing_id = place.filing_id(first.submission_id)
        self._filings.append(BuiltFiling(first.submission_id, first.source, filing_id, len(entries)))
        self._waiting += found
        self._taken += sum(len(entry.extracted.text) for entry in entries) // _LETTERS
        self._letters += sum(len(action.body) for action in found)
        if self._letters >= _BUFFERED:
            self._send()

    def _begun(self) -> Place:
        """Name a segment, and have the state say that it is being built, before anything of it is there."""
        address, name = self._cluster.address, os.urandom(8).hex()
        state.change(self._cluster, lambda last: replace(last, building={**last.building, name: address.builder}))
        return Place(address.name, address.epoch, name)

    def _send(self) -> None:
        self._cluster.bulk(self._waiting)
        self._waiting, self._letters = [], 0

    @property
    def size(self) -> int:
        """Count the words taken since the last `finish`, about."""
        return self._taken

    def finish(self) -> Segment | None:
        """Have on the cluster what was taken; None when nothing was added."""
        if self._place is None:
            return None
        self._send()
        segment = ClusterSegment(self._place.segment, tuple(self._filings))
        self._place, self._filings, self._taken = None, [], 0
        return segment

    def close(self) -> None:
        """Drop what was not finished; its writer clears up what of it is on the cluster."""
        self._waiting = []
        self._cluster.close()
