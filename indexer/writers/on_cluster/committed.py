"""Find filings of an index on a cluster among those that were committed."""

from collections.abc import Collection, Iterator, Sequence

from indexer.cluster.asking import Cluster
from indexer.cluster.mapping import filings_index
from indexer.writers.on_cluster.filing_builder import BuiltFiling
from indexer.writers.writer import Copy

_FEW = 500
"""Accession numbers that are looked up at once."""


def committed(
    cluster: Cluster, epoch: int, copies: Sequence[Copy], *, unseen: Collection[str]
) -> Iterator[BuiltFiling]:
    """Yield what there is of each copy, but for the filings of segments that are `unseen`."""
    for start in range(0, len(copies), _FEW):
        yield from _some(cluster, epoch, copies[start : start + _FEW], unseen)


def _some(cluster: Cluster, epoch: int, copies: Sequence[Copy], unseen: Collection[str]) -> Iterator[BuiltFiling]:
    sources: dict[str, set[str]] = {}
    for copy in copies:
        sources.setdefault(copy.accession, set()).add(copy.source)
    query = {
        "bool": {
            "filter": [{"terms": {"accession": list(sources)}}],
            "must_not": [{"terms": {"segment": sorted(unseen)}}],
        }
    }
    body = {"query": query, "size": 10_000, "_source": ["accession", "source", "kept.documents.stored.ordinal"]}
    found = cluster.search(filings_index(cluster.address.name, epoch), body)
    for each in found["hits"]["hits"]:
        said = each["_source"]
        if sources[said["accession"]] & {"", said["source"]}:
            yield BuiltFiling(said["accession"], said["source"], each["_id"], len(said["kept"]["documents"]))
