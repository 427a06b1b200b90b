"""A node that dies while an index is built and asked: nothing is lost, and no answer is a part of one. Runs last."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from indexer.errors import UnusableIndexError
from search.parsing.parser import parse_query
from search.results import Question
from search.searchers.opensearch import open_searcher
from tests.opensearch import cluster

PIDS = [int(pid) for pid in os.environ.get("OPENSEARCH_PIDS", "").split(",") if pid]
pytestmark = pytest.mark.skipif(not PIDS, reason="the nodes are not ours to end: `make opensearch-test`")
LICENSE = Question(parse_query("license"), limit=None)


def test_opensearch_node_dies_during_a_build_and_a_search(corpus: Path) -> None:
    first, second = cluster.address(), cluster.address()
    build = [sys.executable, "-m", "indexer", "build", str(corpus), "--index"]
    assert subprocess.run([*build, str(first)], check=False, timeout=240).returncode == 0
    expected = open_searcher(str(first)).search(LICENSE)
    cluster.ask("GET", "/_cluster/health", wait_for_status="green", timeout="60s")
    building = subprocess.Popen([*build, str(second)], stdout=subprocess.DEVNULL)
    answers, stop = [], threading.Event()
    asking = threading.Thread(target=_ask, args=(first, answers, stop))
    asking.start()
    while not cluster.ask("HEAD", f"/{second.name}-filings-1")["ok"] and building.poll() is None:
        time.sleep(0.01)
    os.kill(PIDS[0], signal.SIGKILL)
    code = building.wait(280)
    stop.set()
    asking.join()
    assert expected in answers
    assert all(answer in (expected, "refused") for answer in answers)
    if code:  # a line said why, and the next build goes on
        assert subprocess.run([*build, str(second)], check=False, timeout=280).returncode == 0
    assert (
        subprocess.run([sys.executable, "-m", "indexer", "verify", "--index", str(second)], check=False).returncode == 0
    )
    assert plain(open_searcher(str(second)).search(LICENSE)) == plain(expected)


def _ask(index: Path, answers: list[object], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            answers.append(open_searcher(str(index)).search(LICENSE))
        except UnusableIndexError:
            answers.append("refused")


def plain(answer: object) -> list[tuple[str, float]]:
    return [(hit.accession, hit.score) for hit in answer.hits]  # type: ignore[attr-defined]
