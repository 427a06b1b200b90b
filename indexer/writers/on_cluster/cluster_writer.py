"""Commit to an index on a cluster: one change of its state, after the commits of others."""

import os
import tempfile
import time
from collections.abc import Container, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import cast

from indexer.cluster import builders, record_rows, state
from indexer.cluster.asking import Cluster
from indexer.cluster.builders import SignOfLife
from indexer.cluster.mapping import filings_index, texts_index
from indexer.cluster.state import ClusterState
from indexer.errors import LockedIndexError, NoIndexError, UnwritableIndexError
from indexer.literals.dates import now
from indexer.manifest.copied import CopyRecorder, open_own
from indexer.manifest.recording import Recorder
from indexer.manifest.records import program
from indexer.writers.on_cluster.committed import committed
from indexer.writers.on_cluster.deletion import delete_epoch, delete_filings, delete_segments
from indexer.writers.on_cluster.filing_builder import BuiltFiling, ClusterSegment
from indexer.writers.writer import Copy, Segment


class ClusterWriter:
    """Write to an index on a cluster; implements `indexer.writers.writer.Writer`."""

    def __init__(self, cluster: Cluster, found: ClusterState, *, epoch: int = 0) -> None:
        """Begin to write to the index in this state, or to its next epoch."""
        self._cluster, self._base = cluster, found
        self._epoch = epoch or found.epoch
        self._name = new_name()
        self._segments: list[ClusterSegment] = []
        self._built: dict[Copy, BuiltFiling] = {}
        self._removing: dict[str, int] = {}
        with ExitStack() as opening:
            opening.callback(cluster.close)
            opening.callback(SignOfLife(cluster, self._name).close)
            self._was_abandoned = self._clear_up()
            folder = Path(opening.enter_context(tempfile.TemporaryDirectory(prefix="edgar-records-")))
            self._own = opening.enter_context(self._recorder(folder))
            self.manifest: Recorder = self._own
            self._opened = opening.pop_all()

    def _recorder(self, folder: Path) -> CopyRecorder:
        return open_own(self._cluster, self._base, folder)

    @property
    def address(self) -> Path:
        """Return where builders build segments for this writer."""
        return self._cluster.address.given(self._epoch, self._name)

    @property
    def generation(self) -> int:
        """Return the generation of the last commit."""
        return self._base.generation

    @property
    def was_abandoned(self) -> bool:
        """Tell whether a builder before this one was killed."""
        return self._was_abandoned

    # What is put in and taken out

    def take_roots(self, paths: Iterable[Path]) -> None:
        """Keep nothing: builders on several machines know files by their whole paths."""

    def relocate(self, old: str, new: str) -> None:
        """Raise UnwritableIndexError: there are no roots."""
        raise UnwritableIndexError(
            f"the index at {self._cluster.address} knows files by their whole paths: build {new} with --prune"
        )

    def add(self, segments: Iterable[Segment]) -> None:
        """Register finished segments; they become visible at `commit`."""
        for segment in cast(Iterable[ClusterSegment], segments):
            self._segments.append(segment)
            self._built |= {Copy(each.accession, each.source): each for each in segment.filings}

    def remove(self, copies: Iterable[Copy]) -> int:
        """Have these no longer be seen from the next commit on; return how many documents they have."""
        wanted = list(copies)
        found = [each for copy in wanted for each in self._registered(copy)]
        found += committed(self._cluster, self._epoch, wanted, unseen=self._last().building)
        new = {each.id: each.documents for each in found if each.id not in self._removing}
        self._removing |= new
        return sum(new.values())

    def _registered(self, copy: Copy) -> Iterator[BuiltFiling]:
        if copy.source:
            yield from (each for each in [self._built.get(copy)] if each)
        else:
            yield from (each for key, each in self._built.items() if key.accession == copy.accession)

    def _last(self) -> ClusterState:
        seen = state.read(self._cluster)
        if seen is None:
            raise NoIndexError(f"the index at {self._cluster.address} is gone")
        return seen.state

    def drop(self, names: Container[str]) -> None:
        """Do nothing: a cluster has no segments of ours to be damaged."""

    # Commits

    def commit(self) -> None:
        """Make all that was added, removed and recorded visible, at once."""
        self._prepare()
        self._record(made := new_name())
        self._base = self._commit_after_others(made)
        self.manifest.committed()
        self._forget()

    def _prepare(self) -> None:
        """Have what was built found, and the records of the next generation written down."""
        for index in (filings_index, texts_index):
            self._cluster.refresh(index(self._cluster.address.name, self._epoch))
        self.manifest.prepare(now(), program())

    def _record(self, made: str) -> None:
        record_rows.pushed(self._cluster, made, self._own.added(), self._own.removed())

    def _commit_after_others(self, made: str) -> ClusterState:
        """Change the state; where others have committed since, put their commits before this one first."""

        def decide(last: ClusterState) -> ClusterState:
            if last.epoch != self._base.epoch:
                raise LockedIndexError(f"the index at {self._cluster.address} was built anew meanwhile: run this again")
            if last.generation > self._base.generation:
                self._give_way(last, made)
            state.note_commit(self._cluster, last)
            return self._next_state(last, made)

        return state.change(self._cluster, decide)

    def _next_state(self, last: ClusterState, made: str) -> ClusterState:
        return replace(
            last,
            generation=last.generation + 1,
            commit=made,
            committed=now(),
            committed_ns=time.time_ns(),
            program=program(),
            building=self._still_building(last),
            removing=tuple(dict.fromkeys((*last.removing, *self._removing))),
        )

    def _still_building(self, last: ClusterState) -> dict[str, str]:
        done = {segment.name for segment in self._segments}
        return {name: who for name, who in last.building.items() if name not in done}

    def _give_way(self, last: ClusterState, made: str) -> None:
        notes = state.commits(self._cluster, last, since=self._base.generation)
        self._own.give_way(self._cluster, notes)
        self._base = last
        for accession, source in self._own.doubles():
            self._leave_out(Copy(accession, source))
        self._record(made)

    def _leave_out(self, copy: Copy) -> None:
        """Pass over a submission that another builder has committed meanwhile."""
        for record in self.manifest.copies(copy.accession):
            if record.source == copy.source and record.kept:
                self.manifest.set_kept(record, kept=False)
        self._removing |= {each.id: each.documents for each in self._registered(copy)}

    def _forget(self) -> None:
        """Delete what is no longer to be seen, and say so."""
        self._segments, self._built, self._removing = [], {}, {}
        self._base = self._without_removed(self._base)

    def _without_removed(self, last: ClusterState) -> ClusterState:
        """Delete the filings that a state says are no longer to be seen; return the state without them."""
        removed = set(last.removing)
        if not removed:
            return last
        delete_filings(self._cluster, last.epoch, removed)
        return state.change(
            self._cluster,
            lambda last: replace(last, removing=tuple(each for each in last.removing if each not in removed)),
        )

    def _clear_up(self) -> bool:
        """Take away what builders left that are dead; return whether one died while it built."""
        delete_epoch(self._cluster, self._base.epoch - 1)  # left by one that died when it had taken its place
        last = self._without_removed(self._last())
        alive = {each.name for each in builders.among(self._cluster, last.building.values()) if each.is_alive}
        left = {name for name, who in last.building.items() if who not in alive}
        self._take_away(left)
        return bool(left)

    def _take_away(self, segments: set[str]) -> None:
        """Delete segments that nobody finishes; of the next epoch too, where building it anew was cut short."""
        if not segments:
            return
        delete_segments(self._cluster, (self._base.epoch, self._base.epoch + 1), segments)
        state.change(
            self._cluster,
            lambda last: replace(
                last, building={name: who for name, who in last.building.items() if name not in segments}
            ),
        )

    def close(self) -> None:
        """Take away what was not committed, and end."""
        with self._opened:
            self._take_away({name for name, who in self._last().building.items() if who == self._name})


def new_name() -> str:
    """Make up a name that nothing has."""
    return os.urandom(8).hex()
