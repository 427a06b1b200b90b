"""The engine of clusters against that of folders, on one corpus in one run, with what a search costs in requests.

    python bench/clusters.py FOLDER --documents 10000 > bench/runs/DATE/opensearch.md

Starts three nodes on this machine, or uses those that OPENSEARCH_URL names.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from measuring import HERE, machine
from submissions import submissions

from corpus import COMMON

sys.path.insert(0, str(HERE.parent))

from indexer.cluster.address import parse
from indexer.cluster.asking import Cluster
from search.errors import SearchError
from search.parsing.parser import parse_query
from search.results import Question
from search.searchers.opensearch import ClusterSearcher
from search.searchers.searcher import Searcher, open_searcher
from tests.opensearch.nodes import started

ASKED = {
    "a common word": "{}",
    "a word and a form": "{} form:8-K",
    "three words": "{} {} {}",
    "a phrase": '"{} {}"',
    "NEAR": "{} NEAR(9) {}",
    "within a sentence": "{} /s {}",
    "a prefix": "{:.6}*",
    "NEAR of three, one by one": "{} NEAR(20) {} NEAR(20) {}",
}
RUNS = 9
"""Queries of a class, each of other words, asked once: nothing is answered from what was answered before."""


class Built(NamedTuple):
    """What building an index took."""

    seconds: float
    size: int
    """Bytes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--built", action="store_true", help="both indexes are there: ask them only")
    parser.add_argument("--words", type=int, default=300, help="of the median document")
    given = parser.parse_args()
    corpus = given.folder / f"submissions-{given.documents}"
    if not corpus.exists():
        corpus.mkdir(parents=True)
        for name, content in submissions(given.documents, median=given.words):
            (corpus / name).write_bytes(content)
    with cluster() as url:
        for line in report(corpus, given.folder, f"{url}/bench-{given.documents}", built=given.built):
            print(line, flush=True)


@contextmanager
def cluster() -> Iterator[str]:
    """Yield where there is a cluster."""
    if url := os.environ.get("OPENSEARCH_URL"):
        yield url.rstrip("/")
        return
    with started() as nodes:
        yield "http://" + ",".join(node.url.removeprefix("http://") for node in nodes)


def report(corpus: Path, folder: Path, address: str, *, built: bool) -> Iterator[str]:
    """Yield the lines of the report."""
    local = folder / f"index-{corpus.name}"
    yield f"```\n{json.dumps(machine(), indent=1)}\n```\n"
    if not built:
        yield from builds(corpus, str(local), address)
    engines = [open_searcher(local), open_searcher(address)]
    yield from heading("query", "filings", "folder", "cluster", "requests of one")
    for what, query in ASKED.items():
        yield asked(what, query, engines)
    yield streamed(engines)


def builds(corpus: Path, local: str, address: str) -> Iterator[str]:
    """Build both, and yield what it took."""
    size = sum(file.stat().st_size for file in corpus.rglob("*") if file.is_file()) / 1e6
    yield from heading("", "folder", "cluster of three nodes")
    here, there = (build(corpus, where) for where in (local, address))
    yield row(f"building {size:.0f} MB, one process", f"{here.seconds:.1f} s", f"{there.seconds:.1f} s")
    yield row("MB/s", f"{size / here.seconds:.1f}", f"{size / there.seconds:.1f}")
    yield row("on disk, the cluster's with one replica", f"{here.size / 1e6:.0f} MB", f"{there.size / 1e6:.0f} MB")
    for name, taken in primaries(address):
        yield row(f"of these one copy of the {name}", "", f"{taken / 1e6:.0f} MB")
    yield ""


def primaries(address: str) -> Iterator[tuple[str, int]]:
    """Yield how many bytes one copy of the filings takes, merged, and one of the texts."""
    with Cluster(parse(address)) as cluster:
        for what in ("filings", "texts"):
            index = f"/{cluster.address.name}-{what}-1"
            cluster.request("POST", f"{index}/_forcemerge", max_num_segments=1, wait_for_completion=True)
            stats = cluster.request("GET", f"{index}/_stats/store")
            yield what, stats["_all"]["primaries"]["store"]["size_in_bytes"]


def heading(*names: str) -> Iterator[str]:
    yield row(*names)
    yield "|---" * len(names) + "|"


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def build(corpus: Path, address: str) -> Built:
    """Build with the command, one process."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "indexer", "build", str(corpus), "--processes", "1", "--index", address]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - began
    status = [sys.executable, "-m", "indexer", "status", "--json", "--index", address]
    return Built(took, json.loads(subprocess.run(status, check=True, capture_output=True).stdout)["size"])


def asked(what: str, pattern: str, engines: Sequence[Any]) -> str:
    """Ask both in turns; the row of a class of queries, medians."""
    local, there = engines
    counted, rows = counting(there), []
    for number in range(RUNS):
        question = Question(parse_query(pattern.format(*COMMON[10 + 3 * number : 13 + 3 * number])))
        found, ours = timed(lambda question=question: local.search(question))
        try:
            again, theirs = timed(lambda question=question: there.search(question))
        except SearchError as error:
            return row(what, f"{found.filings:,}", f"{1000 * ours:.1f} ms", str(error), "")
        assert (found.filings, found.documents) == (again.filings, again.documents)
        rows.append((found.filings, ours * 1000, theirs * 1000, counted()))
    filings, ours, theirs, requests = (median(each) for each in zip(*rows, strict=True))
    return row(what, f"{filings:,.0f}", f"{ours:.1f} ms", f"{theirs:.0f} ms", f"{requests:.0f}")


def counting(there: ClusterSearcher) -> Callable[[], int]:
    """Return what tells how many requests there were since it was last asked."""
    cluster, number = there._opened.cluster, [0]
    before = type(cluster).request

    def request(*given: Any, **more: Any) -> Any:
        number[0] += 1
        return before(cluster, *given, **more)

    cluster.request = request

    def told() -> int:
        now, number[0] = number[0], 0
        return now

    return told


def streamed(engines: Sequence[Searcher]) -> str:
    """Fetch every filing of a common word, page by page."""
    from search.lookups.paging import every

    question = Question(parse_query("company"), None)
    counts = [timed(lambda engine=engine: sum(1 for _ in every(engine, question))) for engine in engines]
    (number, ours), (_, theirs) = counts
    return f"\nEvery filing of the common word ({number:,}), in order: folder {ours:.1f} s, cluster {theirs:.1f} s."


def timed(do: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    found = do()
    return found, time.perf_counter() - began


if __name__ == "__main__":
    main()
