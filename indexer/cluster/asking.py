"""Ask a cluster: one request, repeated where that helps, and every refusal as one line that says what to do.

Knows nothing of filings. The client library is opensearch-py, loaded when a cluster is first asked.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, NamedTuple, NoReturn, Self, TypeAlias
from urllib.parse import urlencode

from indexer.cluster import address as addresses
from indexer.cluster.address import ClusterAddress
from indexer.cluster.node_client import (
    BLOCK,
    BUSY,
    cause,
    failures,
    is_no_connection,
    kinds,
    open_client,
    passes,
    reason_of,
)
from indexer.errors import IndexerError, UnusableIndexError, UnwritableIndexError

Json: TypeAlias = dict[str, Any]

TIMEOUT = 60.0
"""Seconds for one request."""
SHARD_TIMEOUT = "20s"
"""For which a node waits, within a request that writes, for a shard that is on no node for the moment."""
PATIENCE = 120.0
"""Seconds for which a request is repeated that the cluster is too busy for, or no node answers."""
_FIRST_PATIENCE = 8.0
"""The same before anything was answered: an address is wrong more often than a node is about to start."""
_PAUSE, _LONGEST_PAUSE = 0.5, 15.0
NOT_FOUND, CONFLICT, TOO_LARGE = 404, 409, 413
_LARGEST_REQUEST = 100 << 20
"""Bytes; `http.max_content_length`, unless it is set."""
_NO_SHARD = frozenset({"no_shard_available_action_exception", "unavailable_shards_exception"})
"""What is said of shards that no node has which is there."""


class RefusedError(IndexerError):
    """What a cluster answered that is no fault to be told as it is: which status, and the reason it gave."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        super().__init__(f"{status} {kind}: {reason}")
        self.status, self.kind, self.reason = status, kind, reason


class Action(NamedTuple):
    """One line of a bulk request."""

    verb: str
    """`index`, `create`, `update` or `delete`."""
    where: str
    """The index."""
    id: str
    body: str = ""
    """JSON; nothing for `delete`."""

    @property
    def lines(self) -> str:
        """Write it as a bulk request has it."""
        head = json.dumps({self.verb: {"_index": self.where, "_id": self.id}})
        return f"{head}\n{self.body}\n" if self.body else f"{head}\n"


class Cluster:
    """Speak to the nodes of an address."""

    def __init__(self, address: ClusterAddress, *, patience: float = PATIENCE) -> None:
        """Prepare to ask; nothing is asked yet. Raises as `open_client`."""
        self.address = address
        self._patience = patience
        self._is_there = self._has_given_up = False
        self._client = open_client(address, timeout=TIMEOUT)

    def request(self, method: str, path: str, body: Any = None, **parameters: str | int | bool) -> Json:
        """Ask once, and again while the cluster is too busy or no node answers; return its answer.

        RefusedError for what it refuses because of what was asked; UnusableIndexError and UnwritableIndexError for what
        somebody has to mend.
        """
        said = {name: str(value).lower() if isinstance(value, bool) else value for name, value in parameters.items()}
        asked = f"{path}?{urlencode(said)}" if said else path  # the client would keep a `timeout` to itself
        return self._patiently(lambda: self._client.transport.perform_request(method, asked, body=body))

    def _patiently(self, ask: Callable[[], Any]) -> Json:
        """Ask until the patience is at an end; what is asked to clear up after that waits no more."""
        tries = _tries(self._seconds)
        while True:
            try:
                answer = ask()
            except failures() as error:
                self._is_there |= not is_no_connection(error)
                if not passes(error):
                    self._fail(error)
                if not next(tries, False):
                    self._has_given_up = True
                    self._fail(error)
            else:
                self._is_there, self._has_given_up = True, False
                return answer if isinstance(answer, dict) else {"ok": answer}

    def _seconds(self) -> float:
        """Return how long a request is repeated."""
        if self._has_given_up:
            return 0
        return self._patience if self._is_there else min(self._patience, _FIRST_PATIENCE)

    def exists(self, path: str) -> bool:
        """Tell whether there is something at a path."""
        return bool(self.request("HEAD", path)["ok"])

    def get(self, path: str, **parameters: str | int | bool) -> Json | None:
        """Ask for what is at a path; None when there is nothing."""
        try:
            return self.request("GET", path, **parameters)
        except RefusedError as error:
            if error.status == NOT_FOUND:
                return None
            raise

    def put(self, path: str, body: str, **parameters: str | int | bool) -> Json:
        """Write one document."""
        return self.request("PUT", path, body, timeout=SHARD_TIMEOUT, **parameters)

    def search(self, index: str, body: Json) -> Json:
        """Search an index, all of it: what a shard does not answer is asked again."""
        return self.request("POST", f"/{index}/_search", body, allow_partial_search_results=False)

    def refresh(self, index: str) -> None:
        """Have all that was written to an index found from now on, on every copy of each of its shards."""
        tries = _tries(lambda: self._patience)
        while failed := self.request("POST", f"/{index}/_refresh")["_shards"]["failed"]:
            if not next(tries, False):
                raise UnusableIndexError(f"{self.address}: {failed} shards of {index} do not answer: try again")

    def has_begun(self, index: str) -> bool:
        """Wait until an index has its replicas, where there is a node for them; return whether every shard is there."""
        path = f"/_cluster/health/{index}"
        with suppress(RefusedError):  # when the time is up, or the index is gone
            if self.request("GET", path)["number_of_data_nodes"] > 1:
                self.request("GET", path, wait_for_status="green", timeout=SHARD_TIMEOUT)
        try:
            return bool(self.request("GET", path)["status"] != "red")
        except RefusedError:
            return False

    @cached_property
    def largest_request(self) -> int:
        """Return how many bytes a request may have, by the nodes' `http.max_content_length`."""
        try:
            nodes = self.request("GET", "/_nodes/http")["nodes"].values()
            return min(int(node["http"]["max_content_length_in_bytes"]) for node in nodes)
        except (RefusedError, UnusableIndexError, KeyError, ValueError):  # it may not be asked: what it is by default
            return _LARGEST_REQUEST

    def bulk(self, actions: Iterable[Action], *, size: int = 8 << 20) -> None:
        """Send many actions, in requests of about `size` bytes; what a busy node refuses is sent again, alone.

        Raises UnwritableIndexError for what is refused for good, naming the first.
        """
        for some in _portions(actions, size):
            left, tries = some, _tries(lambda: self._patience)
            while refused := self._refused(left):
                left = [action for action, _ in refused]
                if not next(tries, False):
                    said = f"{len(left):,} of its actions were refused ({refused[0][1]})"
                    raise UnwritableIndexError(f"{self.address} is too busy: {said}")

    def _refused(self, actions: Sequence[Action]) -> list[tuple[Action, str]]:
        """Send actions; return those that a busy node refused, each with the reason."""
        answer = self.request("POST", "/_bulk", "".join(action.lines for action in actions), timeout=SHARD_TIMEOUT)
        left = []
        for action, item in zip(actions, answer["items"] if answer["errors"] else (), strict=False):
            status, error = item[action.verb]["status"], item[action.verb].get("error")
            if status in BUSY and reason_of(error)[0] != BLOCK:
                left.append((action, reason_of(error)[1]))
            elif error:
                self._refuse(status, error, f"{action.id} was refused: ")
        return left

    def _fail(self, error: Exception) -> NoReturn:
        """Raise an exception of the client as ours."""
        from opensearchpy.exceptions import SSLError  # noqa: PLC0415

        if isinstance(error, SSLError):
            raise UnusableIndexError(
                f"{self.address}: TLS failed ({cause(error)}); ${addresses.AUTHORITY} names the file of the authority "
                "that signed its certificate"
            ) from error
        if is_no_connection(error):
            raise UnusableIndexError(f"{self.address}: no node answers ({cause(error)})") from error
        self._refuse(int(error.status_code), getattr(error, "info", None), "")  # type: ignore[attr-defined]

    def _refuse(self, status: int, info: Any, what: str) -> NoReturn:
        kind, reason = reason_of(info)
        said = f"{self.address}: {what}"
        if status == 401:
            raise UnusableIndexError(f"{said}wrong or no credentials: ${addresses.USER}, ${addresses.PASSWORD}")
        if kind == BLOCK:
            raise UnwritableIndexError(
                f"{said}the index is read-only there ({reason}): make room on the nodes' disks, then run this again"
            )
        if status == 403:
            raise UnusableIndexError(f"{said}the user may not do that ({reason})")
        if (
            kind in {"mapper_parsing_exception", "strict_dynamic_mapping_exception", "illegal_argument_exception"}
            and what
        ):
            raise UnwritableIndexError(f"{said}{reason}: the index has another mapping; `indexer build --rebuild`")
        if status == TOO_LARGE:
            raise UnwritableIndexError(
                f"{said}a request is larger than the cluster takes: raise http.max_content_length on its nodes"
            )
        if not _NO_SHARD.isdisjoint(kinds(info)):
            raise UnusableIndexError(
                f"{said}shards of the index are on no node that is there ({reason}): start those with them, or, if "
                f"these are lost, delete {self.address.name}-* on the cluster and build it anew"
            )
        if status in BUSY:
            raise UnusableIndexError(f"{said}the cluster is too busy ({reason or status}): try again")
        raise RefusedError(status, kind, reason)

    def close(self) -> None:
        """Release connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _portions(actions: Iterable[Action], size: int) -> Iterator[list[Action]]:
    some: list[Action] = []
    taken = 0
    for action in actions:
        more = len(action.lines.encode())
        if some and taken + more > size:
            yield some
            some, taken = [], 0
        some.append(action)
        taken += more
    if some:
        yield some


def _tries(seconds: Callable[[], float]) -> Iterator[bool]:
    """Yield True after each of pauses that grow, for so many seconds, which may become more meanwhile."""
    began, pause = time.monotonic(), _PAUSE
    while time.monotonic() + pause <= began + seconds():
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
        yield True
