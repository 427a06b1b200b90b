"""The cluster that the tests of the OpenSearch engine are given, and indices on it, made as a build makes them."""

import itertools
import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from indexer.addresses import as_path
from indexer.cluster.address import parse
from indexer.cluster.asking import Cluster
from indexer.engines.cluster_engine import open_builder, open_writer
from indexer.fields.entries import IndexedDocument
from search.searchers.opensearch import ClusterSearcher, open_searcher

URL = os.environ.get("OPENSEARCH_URL", "").rstrip("/")
"""The nodes, without an index's name; empty where there is no cluster to test on."""
_numbers = itertools.count(1)


def address(name: str = "") -> Path:
    """The address of an index that is not there yet."""
    return as_path(f"{URL}/test-{os.getpid()}-{next(_numbers)}{name}")


def searcher(_folder: Path, batches: Sequence[list[IndexedDocument]]) -> ClusterSearcher:
    """An engine for the conformance suite: each batch is a segment."""
    index = address()
    build(index, batches)
    return open_searcher(str(index))


def build(index: Path, batches: Sequence[list[IndexedDocument]]) -> None:
    """Put entries into an index, a segment a batch, and commit them."""
    with closing(open_writer(index, create=True)) as writer:
        writer.add([segment(writer.address, batch) for batch in batches])
        writer.commit()


def segment(where: Path, entries: list[IndexedDocument]) -> Any:
    with closing(open_builder(where)) as builder:
        for _, filing in itertools.groupby(entries, key=lambda entry: entry.submission_id):
            builder.add("<SEC-HEADER>", list(filing))
        return builder.finish()


def ask(method: str, path: str, body: Any = None, **parameters: Any) -> Any:
    """Ask the cluster itself."""
    with Cluster(parse(f"{URL}/tests")) as cluster:
        return cluster.request(method, path, body, **parameters)


def delete(index: Path) -> None:
    """Take an index away, with all that belongs to it."""
    name = str(index).rsplit("/", 1)[1]
    for each in ask("GET", f"/{name}-*") or ():
        ask("DELETE", f"/{each}")
