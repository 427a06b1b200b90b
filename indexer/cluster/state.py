"""What all who use an index on a cluster agree on: its last commit, and what is not to be seen yet or no longer.

One document of the cluster, changed by compare-and-set: whoever read another state than the last reads it again and
decides anew. So a commit is one change of it, and all that was built becomes visible at once.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from typing import NamedTuple
from uuid import uuid4

from indexer.cluster.asking import CONFLICT, Cluster, Json, RefusedError
from indexer.cluster.mapping import (
    filings_body,
    filings_index,
    records_body,
    records_index,
    state_body,
    state_index,
    texts_body,
    texts_index,
)
from indexer.errors import NoIndexError, UnusableIndexError, UnwritableIndexError
from indexer.fields.version import VERSION

_ID = "state"
_ATTEMPTS = 100
_ATTEMPTS_TO_MAKE = 3
FORMAT, UNKNOWN = 1, -1
"""Of the fields and the protocol on the cluster, beside the version of our fields."""


class CommitNote(NamedTuple):
    """Say of a commit what the records need to know."""

    number: int
    """The generation it became."""
    name: str
    """Its own, by which rows of the records know it."""
    committed: str
    program: str


@dataclass(frozen=True, slots=True)
class GrowingEpoch:
    """Hold how far the next epoch has come, so that building it goes on where it was cut short."""

    builder: str
    """Who builds it, or did; nobody else builds while that one is alive."""
    program: str
    """By which program: another one begins anew."""
    commits: tuple[CommitNote, ...] = ()
    """Those within it, from 1 on."""
    removing: tuple[str, ...] = ()
    """Filings of it that are being deleted."""

    @classmethod
    def read(cls, said: Json | None) -> "GrowingEpoch | None":
        """Take one out of the state's JSON; KeyError, TypeError."""
        if said is None:
            return None
        commits = tuple(CommitNote(*each) for each in said["commits"])
        return cls(**{**said, "commits": commits, "removing": tuple(said["removing"])})


@dataclass(frozen=True, slots=True)
class ClusterState:
    """Hold one state of an index."""

    generation: int = 0
    """Of the last commit; 0: none yet."""
    epoch: int = 1
    """Which of its indices are asked."""
    schema: int = VERSION
    format: int = FORMAT
    commit: str = ""
    """A name of the last commit's own, by which the rows of its records know it."""
    committed: str = ""
    """When, ISO 8601 in UTC; `program` by which."""
    committed_ns: int = 0
    program: str = ""
    growing: "GrowingEpoch | None" = None
    """The next epoch, while the index is built anew."""
    identity: str = ""
    """What tells the index from every other, wherever it is asked from."""
    building: dict[str, str] = field(default_factory=dict)
    """The segments that are being built, and are not to be seen, each with the builder it is of."""
    removing: tuple[str, ...] = ()
    """Filings that are no longer to be seen, and are being deleted."""

    @classmethod
    def read(cls, said: Json) -> "ClusterState":
        """Take a state out of JSON; of one that another version wrote, what is known, and `format` says so."""
        names = {each.name for each in fields(cls)}
        try:
            values = {name: value for name, value in said.items() if name in names}
            values |= {"removing": tuple(said["removing"]), "growing": GrowingEpoch.read(said["growing"])}
            return cls(**values if said.keys() == names else {**values, "format": UNKNOWN})
        except (KeyError, TypeError):
            known = {name: said[name] for name in ("generation", "epoch", "identity") if name in said}
            return cls(**known, format=UNKNOWN)

    def is_of_this_program(self, address: object) -> None:
        """Raise UnusableIndexError when another version of the program made the index."""
        versions = (self.format, self.schema)
        if versions == (FORMAT, VERSION):
            return
        which, what = (
            ("a newer", "update the program") if versions > (FORMAT, VERSION) else ("an older", "build it anew")
        )
        if self.format == UNKNOWN:
            which, what = "another", "update the program"
        raise UnusableIndexError(
            f"the index at {address} was made by {which} version of this program (fields {self.schema}, this one "
            f"{VERSION}): {what}, or use `indexer build PATH --rebuild`"
        )


@dataclass(frozen=True, slots=True)
class SeenState:
    """Hold a state as it was read, and what tells whether it is still the last."""

    state: ClusterState
    sequence: int
    term: int


def read(cluster: Cluster) -> SeenState | None:
    """Read the state; None where there is no index of that name."""
    found = cluster.get(f"/{state_index(cluster.address.name)}/_doc/{_ID}", realtime=True)
    if found is None or not found["found"]:
        return None
    return SeenState(ClusterState.read(found["_source"]["kept"]), found["_seq_no"], found["_primary_term"])


def present(cluster: Cluster) -> ClusterState:
    """Read the state of an index that can be asked; NoIndexError, UnusableIndexError."""
    seen = read(cluster)
    if seen is None or not seen.state.generation:
        where = cluster.address
        raise NoIndexError(f"no index at {where}: build one with `indexer build PATH --index {where}`")
    seen.state.is_of_this_program(cluster.address)
    return seen.state


def change(cluster: Cluster, decide: Callable[[ClusterState], ClusterState]) -> ClusterState:
    """Replace the state by what `decide` makes of the last one, which it may be asked for several times."""
    for _ in range(_ATTEMPTS):
        seen = read(cluster)
        if seen is None:
            raise NoIndexError(f"the index at {cluster.address} is gone")
        wanted = decide(seen.state)
        if wanted == seen.state or _put(cluster, wanted, if_seq_no=seen.sequence, if_primary_term=seen.term):
            return wanted
    raise UnwritableIndexError(f"{cluster.address}: too many builders change its state at once; try again")


def _put(cluster: Cluster, state: ClusterState, **only: int | str) -> bool:
    body = json.dumps({"kept": asdict(state)})
    try:
        cluster.put(f"/{state_index(cluster.address.name)}/_doc/{_ID}", body, refresh=True, **only)
    except RefusedError as error:
        if error.status == CONFLICT:
            return False
        raise
    return True


def make(cluster: Cluster) -> ClusterState:
    """Make the indices of an index that is not there yet; return its state."""
    name = cluster.address.name
    make_index(cluster, state_index(name), state_body())
    make_index(cluster, records_index(name), records_body())
    _put(cluster, ClusterState(identity=uuid4().hex), op_type="create")
    seen = read(cluster)
    if seen is None:
        raise UnwritableIndexError(f"{cluster.address}: the index could not be made")
    make_epoch(cluster, seen.state.epoch)
    return seen.state


def make_epoch(cluster: Cluster, epoch: int) -> None:
    """Make the indices of filings and texts of an epoch, where they are missing."""
    make_index(cluster, filings_index(cluster.address.name, epoch), filings_body())
    make_index(cluster, texts_index(cluster.address.name, epoch), texts_body())


def make_index(cluster: Cluster, index: str, body: Json) -> None:
    """Make one index of the cluster, unless it is there.

    Nothing is written to it before its replicas have begun, where they do within `SHARD_TIMEOUT`: an index that lost a
    shard until then, with its only node, is made again by whoever made it, empty as it is. UnwritableIndexError when it
    cannot be made.
    """
    maker = uuid4().hex
    body = {**body, "mappings": {**body["mappings"], "_meta": {"maker": maker}}}
    for _ in range(_ATTEMPTS_TO_MAKE):
        if cluster.exists(f"/{index}"):
            return
        _put_index(cluster, index, body)
        if cluster.has_begun(index):
            return
        if _maker(cluster, index) == maker:
            cluster.request("DELETE", f"/{index}")
    raise UnwritableIndexError(f"{cluster.address}: nodes were lost each time that {index} was made: try again")


def _put_index(cluster: Cluster, index: str, body: Json) -> None:
    try:
        cluster.request("PUT", f"/{index}", body, wait_for_active_shards=1)
    except RefusedError as error:  # it exists: by another builder, or by a node that died before it could say so
        if error.kind != "resource_already_exists_exception":
            raise UnwritableIndexError(f"{cluster.address}: {index} cannot be made ({error})") from error


def _maker(cluster: Cluster, index: str) -> str:
    """Return what the maker of an index called itself; nothing where it is gone."""
    found = cluster.get(f"/{index}/_mapping") or {}
    return "".join(each["mappings"].get("_meta", {}).get("maker", "") for each in found.values())


# Commits


def commits(cluster: Cluster, state: ClusterState, *, since: int) -> list[CommitNote]:
    """Return the commits after generation `since`, up to that of a state."""
    names = [_commit_id(number) for number in range(since + 1, state.generation)]
    index = state_index(cluster.address.name)
    found = cluster.request("POST", f"/{index}/_mget", {"ids": names})["docs"] if names else []
    if missing := [each["_id"] for each in found if not each.get("found")]:
        raise UnusableIndexError(f"{cluster.address}: {missing[0]} is missing; `indexer build PATH --rebuild`")
    last = [_note(state)] if state.generation > since else []
    return [CommitNote(**each["_source"]["kept"]) for each in found] + last


def note_commit(cluster: Cluster, state: ClusterState) -> None:
    """Write down the last commit, of which the state will speak no more."""
    if state.generation:
        said = json.dumps({"kept": _note(state)._asdict()})
        cluster.put(f"/{state_index(cluster.address.name)}/_doc/{_commit_id(state.generation)}", said)


def _note(state: ClusterState) -> CommitNote:
    return CommitNote(state.generation, state.commit, state.committed, state.program)


def _commit_id(number: int) -> str:
    return f"commit-{number}"
