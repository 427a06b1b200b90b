"""The rows of the records as a cluster keeps them: each a document, which names the commits that begin and end it.

Rows are kept by commits' names, not by generations: which generation a commit becomes is decided when it is made.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from indexer.cluster.asking import Action, Cluster, Json
from indexer.cluster.mapping import records_index

_PAGE = 5_000


class RecordRow(NamedTuple):
    """A row of one of the tables."""

    table: str
    id: str
    """The same wherever the row is met."""
    number: int
    """Its place among those of a commit."""
    values: Sequence[Any]


def pushed(cluster: Cluster, commit: str, added: Iterable[RecordRow], removed: Iterable[RecordRow]) -> None:
    """Have the rows that a commit begins and ends on the cluster, where nobody sees them before it is made."""
    index = records_index(cluster.address.name)
    cluster.bulk(_added(index, commit, added))
    cluster.bulk(Action("update", index, row.id, json.dumps({"doc": {"removed": commit}})) for row in removed)
    cluster.refresh(index)


def apart(rows: Iterable[RecordRow], mark: str) -> Iterator[RecordRow]:
    """Yield rows under names of their own, so that they stand beside rows of the same values."""
    return (row._replace(id=f"{mark}~{row.id}") for row in rows)


def _added(index: str, commit: str, rows: Iterable[RecordRow]) -> Iterator[Action]:
    for row in rows:
        said = {"table": row.table, "row": {"values": list(row.values)}, "number": row.number, "added": commit}
        yield Action("index", index, row.id, json.dumps(said))


def rows(cluster: Cluster, commit: str, *, removed: bool) -> Iterator[RecordRow]:
    """Yield the rows that a commit begins, or ends, in the order they were met."""
    behind: list[Json] = []
    query = {"term": {"removed" if removed else "added": commit}}
    while True:
        body: Json = {"query": query, "size": _PAGE, "sort": [{"number": "asc"}, {"table": "asc"}]}
        body |= {"search_after": behind} if behind else {}
        found = cluster.search(records_index(cluster.address.name), body)["hits"]["hits"]
        for each in found:
            source = each["_source"]
            yield RecordRow(source["table"], each["_id"], source["number"], source["row"]["values"])
        if len(found) < _PAGE:
            return
        behind = found[-1]["sort"]
