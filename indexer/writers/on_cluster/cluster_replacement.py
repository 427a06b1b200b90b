"""Build an index on a cluster anew: its next epoch grows beside the one that is asked, with commits of its own."""

import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from indexer.cluster import builders, record_rows, state
from indexer.cluster.asking import Cluster
from indexer.cluster.state import FORMAT, ClusterState, CommitNote, GrowingEpoch
from indexer.errors import IndexerError, LockedIndexError
from indexer.fields.version import VERSION
from indexer.literals.dates import now
from indexer.manifest.copied import CopyRecorder, open_grown, open_own
from indexer.manifest.manifest import FILE
from indexer.manifest.records import program
from indexer.writers.on_cluster.cluster_writer import ClusterWriter, new_name
from indexer.writers.on_cluster.deletion import delete_epoch, delete_filings, delete_rows


class ClusterReplacement(ClusterWriter):
    """Write the next epoch of an index; implements `indexer.writers.writer.Replacement`."""

    def __init__(self, cluster: Cluster, found: ClusterState) -> None:
        """Begin the next epoch, or go on with the one that was cut short; LockedIndexError while others build."""
        if others := builders.at_work(cluster):
            raise LockedIndexError(f"the index at {cluster.address} is being written to by {others[0]}")
        self._grown = _resumed(cluster, found)
        super().__init__(cluster, found, epoch=found.epoch + 1)
        try:
            self._begin(found)
        except BaseException:
            self._opened.close()
            raise

    def _begin(self, found: ClusterState) -> None:
        """Say whose the next epoch is, and have done what was cut short behind its last commit."""

        def decide(last: ClusterState) -> ClusterState:
            if last.growing != found.growing or last.epoch != found.epoch:
                raise LockedIndexError(f"the index at {self._cluster.address} is being rebuilt by another")
            return replace(last, growing=self._grown)

        self._grown = replace(self._grown, builder=self._name)
        state.change(self._cluster, decide)
        self._forget()

    def _recorder(self, folder: Path) -> CopyRecorder:
        self._folder = folder
        return open_grown(self._cluster, self._grown.commits, folder)

    @property
    def generation(self) -> int:
        """Return how often the new index was committed to."""
        return len(self._grown.commits)

    def commit(self) -> None:
        """Keep what was read so far; nothing of it is seen before it takes the old index's place."""
        self._prepare()
        made = CommitNote(self.generation + 1, new_name(), now(), program())
        apart = (record_rows.apart(rows, f"epoch-{self._epoch}") for rows in (self._own.added(), self._own.removed()))
        record_rows.pushed(self._cluster, made.name, *apart)
        self._grow(commits=(*self._grown.commits, made), removing=tuple(self._removing))
        self.manifest.committed()
        self._forget()

    def _grow(self, **values: tuple[CommitNote, ...] | tuple[str, ...]) -> None:
        """Change what the state says of the next epoch, and which segments are being built."""
        grown = replace(self._grown, **values)  # type: ignore[arg-type]
        state.change(self._cluster, lambda last: replace(last, growing=grown, building=self._still_building(last)))
        self._grown = grown

    def _forget(self) -> None:
        self._segments, self._built, self._removing = [], {}, {}
        if self._grown.removing:
            delete_filings(self._cluster, self._epoch, self._grown.removing)
            self._grow(removing=())

    def take_place(self) -> int:
        """Commit the new epoch in place of the old one; return the generation it becomes."""
        before = self._base
        with tempfile.TemporaryDirectory() as old, open_own(self._cluster, before, Path(old)) as records:
            records.adopt(self._folder / FILE, at=self.generation)
            records.prepare(now(), program())
            self._own = records
            self._record(made := new_name())
            self._base = self._commit_after_others(made)
        with suppress(IndexerError):  # it has taken its place; what is left over the next rebuild takes away
            delete_epoch(self._cluster, before.epoch)
            delete_rows(self._cluster, [note.name for note in self._grown.commits])
        return self._base.generation

    def _next_state(self, last: ClusterState, made: str) -> ClusterState:
        becomes = super()._next_state(last, made)
        return replace(becomes, epoch=self._epoch, growing=None, removing=(), schema=VERSION, format=FORMAT)


def _resumed(cluster: Cluster, found: ClusterState) -> GrowingEpoch:
    """Return how far the next epoch has come; where it cannot be gone on with, it is made anew."""
    growing = found.growing
    if growing is None or growing.program != program():
        delete_epoch(cluster, found.epoch + 1)
        delete_rows(cluster, [note.name for note in growing.commits] if growing else [])
        growing = GrowingEpoch("", program())
    state.make_epoch(cluster, found.epoch + 1)
    return growing
