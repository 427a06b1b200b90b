"""A build that is killed behind any of its requests shows nothing half done, and the next one ends the same."""

import os
import shutil
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from indexer.cluster import state
from indexer.cluster.address import parse
from indexer.cluster.asking import Cluster
from indexer.engines.engine import inspect, open_manifest
from search.ask import Index, Wanted
from tests.opensearch import cluster

pytestmark = pytest.mark.skipif(not cluster.URL, reason="OPENSEARCH_URL names no cluster: `make opensearch-test`")
KILLED = 9
FIRST = ("tessalune-2017-8-K.txt", "tessalune-2018-4.txt")
SECOND = ("tessalune-2017-8-K.txt", "wrexley-2009-8-K.txt", "dunwattle-2009-8-K.txt")


class Held(NamedTuple):
    """What an index is found to hold."""

    found: list[tuple[str, int]]
    records: list[tuple[str, str, bool]]
    files: int


@pytest.fixture(scope="module")
def corpora(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The same folder's files at two times: one changes, one goes, two come."""
    made = []
    for names in (FIRST, SECOND):
        made.append(folder := tmp_path_factory.mktemp("corpus"))
        for name in names:
            shutil.copy(corpus / "filings" / name, folder)
    changed = made[1] / FIRST[0]
    changed.write_text(changed.read_text("utf-8").replace("rphan", "rganic"), "utf-8")
    return made


@pytest.fixture
def index() -> Iterator[Path]:
    address = cluster.address()
    yield address
    cluster.delete(address)


def turned(where: Path, content: Path) -> Path:
    """Have a folder hold what another does, with new times."""
    where.mkdir(exist_ok=True)
    for file in where.iterdir():
        file.unlink()
    for file in content.iterdir():
        shutil.copyfile(file, where / file.name)
    return where


def built(folder: Path, index: Path, *options: str, requests: int | None = None) -> int:
    """Build in a process of its own, which dies when so many requests have changed something; its exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115
            _die_behind(requests)
            from indexer.cli import commands

            commands.main(
                ["build", str(folder), "--index", str(index), "--processes", "1", *options], standalone_mode=False
            )
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _die_behind(requests: int | None) -> None:
    before, left = Cluster.request, count(1)

    def request(self: Cluster, method: str, path: str, *more: Any, **other: Any) -> Any:
        answer = before(self, method, path, *more, **other)
        reads = path.endswith(("_search", "_mget", "_refresh")) or method in ("GET", "HEAD")
        if not reads and next(left) == requests:
            os._exit(KILLED)
        return answer

    Cluster.request = request  # type: ignore[method-assign]


def held(index: Path) -> Held:
    with Index(index) as opened:
        hits = opened.search("*:*", wanted=Wanted(limit=None)).hits
    with open_manifest(index) as manifest:
        records = [(each.accession, each.source, each.kept) for each in manifest.submissions()]
        files = manifest.status().files
    return Held(sorted((hit.accession, hit.matching) for hit in hits), sorted(records), files)


def assert_nothing_is_left_over(index: Path, filings: int) -> None:
    """Nothing lies on the cluster that no commit names."""
    name = str(index).rsplit("/", 1)[1]
    with Cluster(parse(index)) as opened:
        last = state.present(opened)
    assert (last.building, last.removing, last.growing) == ({}, (), None)
    kinds = {f"{name}-filings-{last.epoch}", f"{name}-texts-{last.epoch}", f"{name}-records", f"{name}-state"}
    assert set(cluster.ask("GET", f"/{name}-*")) == kinds
    nested = {"query": {"match_all": {}}}
    assert cluster.ask("POST", f"/{name}-filings-{last.epoch}/_count", nested)["count"] == filings


def ids(index: Path, epoch: int) -> set[str]:
    """The names that the cluster has for the filings of an epoch: others when they are built again."""
    where = f"/{str(index).rsplit('/', 1)[1]}-filings-{epoch}"
    cluster.ask("POST", f"{where}/_refresh")
    return {each["_id"] for each in cluster.ask("POST", f"{where}/_search", {"size": 100})["hits"]["hits"]}


def grown(index: Path) -> set[str]:
    """The filings of an epoch that was cut short behind a commit of its own."""
    with Cluster(parse(index)) as opened:
        last = state.present(opened)
    return ids(index, last.epoch + 1) if last.growing and last.growing.commits else set()


@pytest.mark.timeout(900)  # two builds for each request
@pytest.mark.parametrize("options", [("--prune",), ("--rebuild",)], ids=["update", "rebuild"])
def test_opensearch_build_killed_anywhere_ends_the_same(
    index: Path, corpora: list[Path], tmp_path: Path, options: tuple[str, ...]
) -> None:
    folder = tmp_path / "filings"
    expected, resumed = [], 0
    for content in (*corpora, *corpora):
        assert built(turned(folder, content), index, *options) == 0
        expected.append(held(index))
    assert expected[:2] == expected[2:]
    for requests in count(1):
        now = requests % 2
        before, after = expected[1 - now], expected[now]
        code = built(turned(folder, corpora[now]), index, *options, requests=requests)
        assert code in (KILLED, 0)
        assert held(index) in (before, after)
        kept = grown(index)
        assert built(folder, index, *options) == 0
        assert held(index) == after
        if kept:  # it went on, and read nothing again
            resumed += 1
            with Cluster(parse(index)) as opened:
                assert ids(index, state.present(opened).epoch) == kept
        assert inspect(index).findings == []
        assert_nothing_is_left_over(index, len(after.found))
        if code == 0:
            break
    assert requests > 8
    assert (resumed > 0) == ("--rebuild" in options)
