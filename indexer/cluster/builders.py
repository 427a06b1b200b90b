"""Who builds an index on a cluster: each builder tells now and then that it is alive, so that others may clear up."""

import json
import os
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from threading import Event, Thread
from typing import NamedTuple

from indexer.cluster.asking import SHARD_TIMEOUT, Cluster, RefusedError
from indexer.cluster.mapping import state_index
from indexer.errors import IndexerError

BEAT = 20.0
"""Seconds between two signs of life."""
SILENCE = 300.0
"""Seconds after which a builder that gave none is taken to be dead; clocks may differ by less."""


class LiveBuilder(NamedTuple):
    """A builder, where it runs, and when it was last heard of (seconds since 1970)."""

    name: str
    host: str
    pid: int
    beat: float
    since: float

    @property
    def is_alive(self) -> bool:
        """Tell whether it is at work, as far as that is known."""
        if self.host == socket.gethostname():
            try:
                os.kill(self.pid, 0)
            except ProcessLookupError:
                return False
            except PermissionError:
                pass
        return time.time() - self.beat < SILENCE

    @property
    def begun(self) -> str:
        """Tell when it began, ISO 8601 in UTC."""
        return datetime.fromtimestamp(self.since, UTC).isoformat(timespec="seconds")

    def __str__(self) -> str:
        return f"pid {self.pid} on {self.host} since {self.begun}"


class SignOfLife:
    """Tells, until it is closed, that a builder of this process is alive."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        """Tell it at once, and again from a thread of its own."""
        now = time.time()
        self._cluster, self._builder = cluster, LiveBuilder(name, socket.gethostname(), os.getpid(), now, now)
        self._path = f"/{state_index(cluster.address.name)}/_doc/{_id(name)}"
        self._tell()
        self._closed = Event()
        self._thread = Thread(target=self._beat, daemon=True)
        self._thread.start()

    def _tell(self) -> None:
        said = {"kept": self._builder._replace(beat=time.time())._asdict()}
        self._cluster.put(self._path, json.dumps(said))

    def _beat(self) -> None:
        while not self._closed.wait(BEAT):
            with suppress(IndexerError):  # who needs the cluster will tell of it
                self._tell()

    def close(self) -> None:
        """End it."""
        self._closed.set()
        self._thread.join()
        with suppress(IndexerError):
            self._cluster.request("DELETE", self._path, refresh=True, timeout=SHARD_TIMEOUT)


def among(cluster: Cluster, names: Iterable[str]) -> list[LiveBuilder]:
    """Look up builders by their names; those that have ended are not found."""
    wanted = [_id(name) for name in dict.fromkeys(names)]
    if not wanted:
        return []
    found = cluster.request("POST", f"/{state_index(cluster.address.name)}/_mget", {"ids": wanted})["docs"]
    return [LiveBuilder(**each["_source"]["kept"]) for each in found if each.get("found")]


def at_work(cluster: Cluster) -> list[LiveBuilder]:
    """List the builders that are alive."""
    index = state_index(cluster.address.name)
    with suppress(RefusedError):
        body = {"query": {"match_all": {}}, "size": 1000}
        cluster.refresh(index)
        hits = cluster.search(index, body)["hits"]["hits"]
        found = [LiveBuilder(**each["_source"]["kept"]) for each in hits if each["_id"].startswith(_id(""))]
        return [each for each in found if each.is_alive]
    return []


def _id(name: str) -> str:
    return f"builder-{name}"
