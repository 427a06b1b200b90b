"""A network that is cut while an index is built or asked: what waits goes on, what gives up says so in one line."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.opensearch import cluster
from tests.opensearch.wire import Wire, wire

pytestmark = pytest.mark.skipif(not cluster.URL, reason="OPENSEARCH_URL names no cluster: `make opensearch-test`")
IMPATIENT = """
from indexer.cluster.asking import Cluster
Cluster.__init__.__kwdefaults__["patience"] = 1.0
from indexer.cli import main
main()
"""
"""`indexer` that gives up after a second, in place of two minutes."""


@pytest.fixture
def laid() -> Iterator[Wire]:
    with wire(cluster.URL.removeprefix("http://").split(",")[0], at=b"/_bulk") as found:
        yield found


@pytest.fixture
def index(laid: Wire) -> Iterator[str]:
    direct = cluster.address()
    yield f"{laid.url}/{direct.name}"
    cluster.delete(direct)


def begun(corpus: Path, index: str, *program: str) -> subprocess.Popen[str]:
    """Begin to build."""
    command = [sys.executable, *program, "build", str(corpus), "--index", index]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def found(index: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "search", "license", "--index", index, "--json", "--no-pager"],
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    return done.stdout.partition('"hits"')[2] or done.stderr


def test_opensearch_build_outlives_a_cut(laid: Wire, index: str, corpus: Path) -> None:
    building = begun(corpus, index, "-m", "indexer")
    assert laid.was_cut.wait(240)
    laid.join()
    assert building.communicate(timeout=240)[1].count("indexer:") == 0
    assert building.returncode == 0
    assert "0009000101-17-004512" in found(index)


def test_opensearch_build_cut_off_for_good_is_gone_on_with(laid: Wire, index: str, corpus: Path) -> None:
    building = begun(corpus, index, "-c", IMPATIENT)
    said = building.communicate(timeout=240)[1].splitlines()
    assert building.returncode == 2
    assert [line for line in said if "no node answers" in line] == said[-1:]
    assert "no node answers" in found(index)
    laid.join()
    again = subprocess.run([sys.executable, "-m", "indexer", "build", str(corpus), "--index", index],
                           capture_output=True, text=True, check=False, timeout=240)  # fmt: skip
    assert again.returncode == 0, again.stderr
    assert "0009000101-17-004512" in found(index)
    verified = [sys.executable, "-m", "indexer", "verify", "--index", index]
    assert subprocess.run(verified, check=False, timeout=240).returncode == 0
