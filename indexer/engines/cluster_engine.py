"""The engine that keeps an index on a cluster: its functions. What writes is in `indexer.writers.on_cluster`.

Segments are filings that are not to be seen yet, a commit is one change of the index's state. What is built is on the
cluster at once, under the name of a segment that the state says is being built. A commit takes the names out of there,
and says which filings are no longer to be seen; these are deleted after it. So searchers see all of a commit or
nothing, and what a killed builder left is nobody's: the next one clears it up.
"""

from contextlib import closing
from pathlib import Path

from indexer.cluster import address as addresses
from indexer.cluster import builders, state
from indexer.cluster.asking import Cluster
from indexer.cluster.state import ClusterState
from indexer.cluster.submissions_there import ClusterContents
from indexer.errors import LockedIndexError, NoIndexError, UnusableIndexError
from indexer.manifest.copied import open_copy
from indexer.manifest.manifest import Manifest, not_come_to
from indexer.storage.condition import IndexCondition
from indexer.storage.lock import Holder
from indexer.verify.inspection import Inspection, verify_read_back
from indexer.verify.segments import Progress
from indexer.writers.on_cluster.cluster_replacement import ClusterReplacement
from indexer.writers.on_cluster.cluster_writer import ClusterWriter
from indexer.writers.on_cluster.filing_builder import ClusterBuilder


def is_new(address: Path) -> bool:
    """Say nothing of it: only the cluster can tell."""
    return False


def open_writer(address: Path, *, create: bool) -> ClusterWriter:
    """Open a writer of an index on a cluster; several may be open at once, on parts of a corpus that are disjoint."""
    cluster = Cluster(addresses.parse(address))
    seen = state.read(cluster)
    if seen is None and not create:
        raise NoIndexError(f"no index at {address}: build one with `indexer build PATH --index {address}`")
    found = seen.state if seen else state.make(cluster)
    found.is_of_this_program(cluster.address)
    _refuse_if_growing(cluster, found)
    state.make_epoch(cluster, found.epoch)
    return ClusterWriter(cluster, found)


def open_replacement(address: Path) -> ClusterReplacement:
    """Open the writer of the next epoch of an index; one that was cut short goes on where it stopped."""
    cluster = Cluster(addresses.parse(address))
    found = state.read(cluster)
    return ClusterReplacement(cluster, found.state if found else state.make(cluster))


def open_builder(address: Path) -> ClusterBuilder:
    """Open a builder of segments for the writer that gave this address."""
    return ClusterBuilder(Cluster(addresses.parse(address)))


def back_up(address: Path, target: Path) -> int:
    """Raise UnusableIndexError: an index on a cluster is backed up by the cluster's snapshots."""
    raise UnusableIndexError(f"{address} is on a cluster: its snapshots are its backups (docs/scale.md)")


def open_manifest(address: Path, *, at: int | None) -> Manifest:
    """Open this machine's copy of the records of an index; raises as `indexer.engines.engine.open_manifest`."""
    with Cluster(addresses.parse(address)) as cluster:
        last = state.present(cluster)
        if at is not None and at > last.generation:
            raise not_come_to(address, last.generation, at)
        return open_copy(cluster, last, at=last.generation if at is None else at)


def open_contents(address: Path) -> ClusterContents:
    """Open an index for looking submissions up."""
    return ClusterContents.open(address)


def last_commit(address: Path) -> tuple[int, int]:
    """Read the generation and the time of the last commit off the state of an index."""
    seen = _seen(address)
    return (seen.generation, seen.committed_ns) if seen and seen.generation else (-1, 0)


def identity(address: Path) -> str:
    """Read the identity of an index off its state."""
    seen = _seen(address)
    return seen.identity if seen else ""


def inspect(address: Path, progress: Progress) -> Inspection:
    """Read every filing of an index back; the cluster checks its own files."""
    with closing(ClusterContents.open(address)) as filings:
        return verify_read_back(filings, lambda at: open_manifest(address, at=at), progress)


def refuse_damage(address: Path) -> None:
    """Do nothing: what a cluster answers it has compared with its checksums."""


def export(address: Path, target: Path) -> int:
    """Raise UnusableIndexError: Whoosh's files would be made of those of a folder."""
    raise UnusableIndexError(f"{address} is no folder: this is done with the folder of an index only")


def condition(address: Path) -> IndexCondition:
    """Say which index it is, how much it takes with all replicas, and one of those who write to it."""
    with Cluster(addresses.parse(address)) as cluster:
        stats = cluster.request("GET", f"/{cluster.address.name}-*/_stats/store")
        writers = [Holder(each.pid, each.begun, each.host) for each in builders.at_work(cluster)]
        size = int(stats["_all"]["total"]["store"]["size_in_bytes"])
        return IndexCondition(state.present(cluster).identity, size, writers[0] if writers else None)


def _seen(address: Path) -> ClusterState | None:
    with Cluster(addresses.parse(address)) as cluster:
        seen = state.read(cluster)
    return seen.state if seen else None


def _refuse_if_growing(cluster: Cluster, found: ClusterState) -> None:
    names = [found.growing.builder] if found.growing else []
    if alive := [each for each in builders.among(cluster, names) if each.is_alive]:
        raise LockedIndexError(f"the index at {cluster.address} is being rebuilt by {alive[0]}")
