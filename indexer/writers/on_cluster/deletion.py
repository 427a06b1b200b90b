"""Delete filings and their texts from the indices of a cluster, all of them. Which ones is decided elsewhere."""

import json
import time
from collections.abc import Iterable

from indexer.cluster.asking import SHARD_TIMEOUT, Cluster, Json
from indexer.cluster.mapping import filings_index, records_index, texts_index
from indexer.errors import UnwritableIndexError

_FEW = 500
"""Names of filings that are asked for at once."""
_ATTEMPTS = 10
_PAUSE = 1.0


def delete_epoch(cluster: Cluster, epoch: int) -> None:
    """Delete the indices of an epoch, where they are there."""
    if epoch < 1:
        return
    for index in (filings_index(cluster.address.name, epoch), texts_index(cluster.address.name, epoch)):
        if cluster.exists(f"/{index}"):
            cluster.request("DELETE", f"/{index}")


def delete_filings(cluster: Cluster, epoch: int, filings: Iterable[str]) -> None:
    """Delete filings by the names that the cluster has for them, and their texts."""
    names = sorted(filings)
    for start in range(0, len(names), _FEW):
        some = names[start : start + _FEW]
        _delete(cluster, filings_index(cluster.address.name, epoch), {"ids": {"values": some}})
        _delete(cluster, texts_index(cluster.address.name, epoch), {"terms": {"filing": some}})


def delete_segments(cluster: Cluster, epochs: Iterable[int], segments: Iterable[str]) -> None:
    """Delete all filings of segments, and their texts, wherever of these epochs they are."""
    names = sorted(segments)
    for epoch in epochs:
        for index in (filings_index(cluster.address.name, epoch), texts_index(cluster.address.name, epoch)):
            if names and cluster.exists(f"/{index}"):
                cluster.refresh(index)
                _delete(cluster, index, {"terms": {"segment": names}})


def delete_rows(cluster: Cluster, commits: Iterable[str]) -> None:
    """Delete the rows of the records that commits of these names began."""
    if names := sorted(commits):
        _delete(cluster, records_index(cluster.address.name), {"terms": {"added": names}})


def _delete(cluster: Cluster, index: str, query: Json) -> None:
    """Delete all that a query finds; what a shard fails to delete, or another deletes meanwhile, is tried again."""
    for attempt in range(_ATTEMPTS):
        answer = cluster.request(
            "POST", f"/{index}/_delete_by_query", json.dumps({"query": query}), conflicts="proceed", refresh=True,
            timeout=SHARD_TIMEOUT,
        )  # fmt: skip
        if not answer["failures"] and not answer["version_conflicts"] and not answer["timed_out"]:
            return
        time.sleep(_PAUSE * attempt)
    raise UnwritableIndexError(f"{cluster.address}: shards of {index} fail ({answer['failures'][:1]}): try again")
