"""Write an index on a cluster: segments are filings that are not to be seen yet, a commit is one change of its state.

What is built is on the cluster at once, under the name of a segment that the state says is being built. A commit takes
the names out of there, and says which filings are no longer to be seen; these are deleted after it. So searchers see
all of a commit or nothing, and what a killed builder left is nobody's: the next one clears it up.
"""

import json
import os
import tempfile
import time
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, cast

from indexer.cluster import address as addresses
from indexer.cluster import builders, record_rows, state
from indexer.cluster.asking import Action, Cluster
from indexer.cluster.builders import SignOfLife
from indexer.cluster.filing import Place, actions
from indexer.cluster.mapping import filings_index, texts_index
from indexer.cluster.state import ClusterState
from indexer.errors import LockedIndexError, NoIndexError, UnusableIndexError, UnwritableIndexError
from indexer.fields.entries import IndexedDocument
from indexer.fields.schema import VERSION
from indexer.literals.dates import now
from indexer.manifest.copied import CopyRecorder, open_own
from indexer.manifest.manifest import FILE
from indexer.manifest.recording import Recorder
from indexer.manifest.records import program
from indexer.writers.writer import Copy, Segment

_FEW = 500
"""Accession numbers that are looked up at once."""
_BUFFERED = 16 << 20
"""Characters that a builder holds before it sends them."""
_LETTERS = 6
"""Of a word, and the blank behind it."""


def open_writer(address: Path, *, create: bool) -> "ClusterWriter":
    """Open a writer of an index on a cluster; several may be open at once, on parts of a corpus that are disjoint."""
    cluster = Cluster(addresses.parse(address))
    seen = state.read(cluster)
    if seen is None and not create:
        raise NoIndexError(f"no index at {address}: build one with `indexer build PATH --index {address}`")
    found = seen.state if seen else state.make(cluster)
    found.is_of_this_program(cluster.address)
    _refuse_if_rebuilding(cluster, found)
    state.make_epoch(cluster, found.epoch)
    return ClusterWriter(cluster, found)


def open_replacement(address: Path) -> "ClusterReplacement":
    """Open the writer of the next epoch of an index; one that was cut short before begins anew."""
    cluster = Cluster(addresses.parse(address))
    found = state.read(cluster)
    return ClusterReplacement(cluster, found.state if found else state.make(cluster))


def open_builder(address: Path) -> "ClusterBuilder":
    """Open a builder of segments for the writer that gave this address."""
    return ClusterBuilder(Cluster(addresses.parse(address)))


def back_up(address: Path, target: Path) -> int:
    """Raise UnusableIndexError: an index on a cluster is backed up by the cluster's snapshots."""
    raise UnusableIndexError(f"{address} is on a cluster: its snapshots are its backups (docs/scale.md)")


def _refuse_if_rebuilding(cluster: Cluster, found: ClusterState) -> None:
    alive = [each for each in builders.among(cluster, [found.rebuilding]) if each.is_alive] if found.rebuilding else []
    if alive:
        raise LockedIndexError(f"the index at {cluster.address} is being rebuilt by {alive[0]}")


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


class ClusterWriter:
    """Write to an index on a cluster; implements `indexer.writers.writer.Writer`."""

    def __init__(self, cluster: Cluster, found: ClusterState, *, epoch: int = 0) -> None:
        """Begin to write to the index in this state, or to its next epoch."""
        self._cluster, self._base = cluster, found
        self._epoch = epoch or found.epoch
        self._name = _name()
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
        for start in range(0, len(wanted), _FEW):
            found.extend(self._committed(wanted[start : start + _FEW]))
        new = {each.id: each.documents for each in found if each.id not in self._removing}
        self._removing |= new
        return sum(new.values())

    def _registered(self, copy: Copy) -> Iterator[BuiltFiling]:
        if copy.source:
            yield from (each for each in [self._built.get(copy)] if each)
        else:
            yield from (each for key, each in self._built.items() if key.accession == copy.accession)

    def _committed(self, copies: Sequence[Copy]) -> Iterator[BuiltFiling]:
        """Find copies among what was committed."""
        sources: dict[str, set[str]] = {}
        for copy in copies:
            sources.setdefault(copy.accession, set()).add(copy.source)
        query = {
            "bool": {
                "filter": [{"terms": {"accession": list(sources)}}],
                "must_not": [{"terms": {"segment": sorted(self._unseen())}}],
            }
        }
        body = {"query": query, "size": 10_000, "_source": ["accession", "source", "kept.documents.stored.ordinal"]}
        index = filings_index(self._cluster.address.name, self._epoch)
        for each in self._cluster.request("POST", f"/{index}/_search", body)["hits"]["hits"]:
            said = each["_source"]
            if sources[said["accession"]] & {"", said["source"]}:
                yield BuiltFiling(said["accession"], said["source"], each["_id"], len(said["kept"]["documents"]))

    def _unseen(self) -> frozenset[str]:
        return frozenset(self._last().building)

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
        self._refresh()
        self.manifest.prepare(now(), program())
        self._record(made := _name())
        self._base = self._commit_after_others(made)
        self.manifest.committed()
        self._forget()

    def _record(self, made: str) -> None:
        record_rows.pushed(self._cluster, made, self._own.added(), self._own.removed())

    def _commit_after_others(self, made: str) -> ClusterState:
        """Change the state; where others have committed since, put their commits before this one first."""

        def decide(last: ClusterState) -> ClusterState:
            if last.generation > self._base.generation:
                self._give_way(last, made)
            state.note_commit(self._cluster, last)
            return self._next_state(last, made)

        return state.change(self._cluster, decide)

    def _next_state(self, last: ClusterState, made: str) -> ClusterState:
        done = {segment.name for segment in self._segments}
        return replace(
            last,
            generation=last.generation + 1,
            commit=made,
            committed=now(),
            committed_ns=time.time_ns(),
            program=program(),
            building={name: who for name, who in last.building.items() if name not in done},
            removing=tuple(dict.fromkeys((*last.removing, *self._removing))),
        )

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
        removing, self._segments, self._built, self._removing = set(self._base.removing), [], {}, {}
        if removing:
            _delete_filings(self._cluster, self._epoch, removing)
            self._base = state.change(
                self._cluster,
                lambda last: replace(last, removing=tuple(each for each in last.removing if each not in removing)),
            )

    def _refresh(self) -> None:
        name = self._cluster.address.name
        for index in (filings_index(name, self._epoch), texts_index(name, self._epoch)):
            self._cluster.request("POST", f"/{index}/_refresh")

    def _clear_up(self) -> bool:
        """Take away what builders left that are dead; return whether there are any."""
        last = self._last()
        alive = {each.name for each in builders.among(self._cluster, last.building.values()) if each.is_alive}
        left = {name for name, who in last.building.items() if who not in alive}
        self._take_away(left)
        return bool(left)

    def _take_away(self, segments: set[str]) -> None:
        if segments:
            _delete_segments(self._cluster, self._epoch, segments)
            kept: Callable[[ClusterState], ClusterState] = lambda last: replace(  # noqa: E731
                last, building={name: who for name, who in last.building.items() if name not in segments}
            )
            state.change(self._cluster, kept)

    def close(self) -> None:
        """Take away what was not committed, and end."""
        with self._opened:
            self._take_away({name for name, who in self._last().building.items() if who == self._name})


class ClusterReplacement(ClusterWriter):
    """Write the next epoch of an index; implements `indexer.writers.writer.Replacement`."""

    def __init__(self, cluster: Cluster, found: ClusterState) -> None:
        """Begin the next epoch; LockedIndexError while others build."""
        if others := builders.at_work(cluster):
            raise LockedIndexError(f"the index at {cluster.address} is being written to by {others[0]}")
        epoch = found.epoch + 1
        _drop_epoch(cluster, epoch)
        state.make_epoch(cluster, epoch)
        super().__init__(cluster, found, epoch=epoch)
        self._made = 0
        state.change(cluster, lambda last: replace(last, rebuilding=self._name))

    def _recorder(self, folder: Path) -> CopyRecorder:
        self._folder = folder
        return CopyRecorder.create(folder, at=0)

    @property
    def generation(self) -> int:
        """Return how often the new index was committed to."""
        return self._made

    def _unseen(self) -> frozenset[str]:
        return frozenset()

    def commit(self) -> None:
        """Keep what was read so far; nothing of it is seen before it takes the old index's place."""
        self._refresh()
        _delete_filings(self._cluster, self._epoch, set(self._removing))
        self._built, self._removing = {}, {}
        self.manifest.prepare(now(), program())
        self.manifest.committed()
        self._made += 1

    def take_place(self) -> int:
        """Commit the new epoch in place of the old one; return the generation it becomes."""
        before = self._base
        with tempfile.TemporaryDirectory() as old, open_own(self._cluster, before, Path(old)) as records:
            records.adopt(self._folder / FILE, at=self._made)
            records.prepare(now(), program())
            self._own, self._removing = records, {}
            self._record(made := _name())
            self._base = self._commit_after_others(made)
        _drop_epoch(self._cluster, before.epoch)
        return self._base.generation

    def _next_state(self, last: ClusterState, made: str) -> ClusterState:
        becomes = super()._next_state(last, made)
        return replace(becomes, epoch=self._epoch, rebuilding="", removing=(), schema=VERSION, format=state.FORMAT)


def _name() -> str:
    return os.urandom(8).hex()


def _drop_epoch(cluster: Cluster, epoch: int) -> None:
    for index in (filings_index(cluster.address.name, epoch), texts_index(cluster.address.name, epoch)):
        if cluster.exists(f"/{index}"):
            cluster.request("DELETE", f"/{index}")


def _delete_filings(cluster: Cluster, epoch: int, filings: set[str]) -> None:
    names = sorted(filings)
    for start in range(0, len(names), _FEW):
        some = names[start : start + _FEW]
        _delete(cluster, filings_index(cluster.address.name, epoch), {"ids": {"values": some}})
        _delete(cluster, texts_index(cluster.address.name, epoch), {"terms": {"filing": some}})


def _delete_segments(cluster: Cluster, epoch: int, segments: set[str]) -> None:
    for index in (filings_index(cluster.address.name, epoch), texts_index(cluster.address.name, epoch)):
        cluster.request("POST", f"/{index}/_refresh")
        _delete(cluster, index, {"terms": {"segment": sorted(segments)}})


def _delete(cluster: Cluster, index: str, query: object) -> None:
    cluster.request(
        "POST", f"/{index}/_delete_by_query", json.dumps({"query": query}), conflicts="proceed", refresh=True
    )
