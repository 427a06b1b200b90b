"""What goes wrong on a real cluster is one line that says what to do, and what was built before stays."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.cluster import asking, state
from indexer.cluster.address import parse
from indexer.cluster.asking import Action, Cluster
from indexer.engines.engine import open_manifest
from indexer.errors import NoIndexError, ProblemKind, StaleIndexError, UnusableIndexError, UnwritableIndexError
from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings
from search.errors import TooWideError
from search.parsing.parser import parse_query
from search.results import Question
from search.searchers import opensearch
from search.searchers.opensearch import open_searcher
from tests import test_conformance as conformance
from tests.opensearch import cluster

pytestmark = pytest.mark.skipif(not cluster.URL, reason="OPENSEARCH_URL names no cluster: `make opensearch-test`")
EVERYTHING = Question(parse_query("*:*"), limit=None)


@pytest.fixture
def index() -> Iterator[Path]:
    address = cluster.address()
    cluster.build(address, conformance.sample()[:1])
    yield address
    cluster.delete(address)


def name_of(index: Path) -> str:
    return str(index).rsplit("/", 1)[1]


def settings(index: Path, **values: object) -> None:
    cluster.ask("PUT", f"/{name_of(index)}-*/_settings", {f"index.{name}": value for name, value in values.items()})


def test_opensearch_index_that_was_made_read_only_for_a_full_disk(index: Path) -> None:
    before = open_searcher(str(index)).search(EVERYTHING)
    settings(index, **{"blocks.read_only_allow_delete": True})
    try:
        with pytest.raises(UnwritableIndexError, match=r"read-only there .*: make room on the nodes' disks"):
            cluster.build(index, conformance.sample()[1:2])
        assert open_searcher(str(index)).search(EVERYTHING).filings == before.filings
    finally:
        settings(index, **{"blocks.read_only_allow_delete": None})
    cluster.build(index, conformance.sample()[1:2])
    assert open_searcher(str(index)).search(EVERYTHING).filings > before.filings


def test_opensearch_index_of_another_mapping(index: Path) -> None:
    with (
        Cluster(parse(index)) as opened,
        pytest.raises(UnwritableIndexError, match=r"has another mapping; .*--rebuild"),
    ):
        opened.bulk([Action("index", f"{name_of(index)}-filings-1", "a", json.dumps({"unheard_of": 1}))])


@pytest.mark.parametrize(
    ("change", "said"), [({"schema": 99}, "newer"), ({"format": 0}, "older"), ({"odd": 1}, "another")]
)
def test_opensearch_index_of_another_version(index: Path, change: dict[str, int], said: str) -> None:
    path = f"/{name_of(index)}-state/_doc/state"
    kept = cluster.ask("GET", path)["_source"]["kept"]
    cluster.ask("PUT", path, {"kept": {**kept, **change}})
    for opened in (open_searcher, open_manifest):
        with pytest.raises(UnusableIndexError, match=f"{said} version .*--rebuild"):
            opened(index)


def test_opensearch_index_that_is_not_there() -> None:
    with pytest.raises(NoIndexError, match="build one with `indexer build PATH"):
        open_searcher(str(cluster.address()))


def test_opensearch_searcher_stays_at_its_commit(index: Path) -> None:
    before = open_searcher(str(index))
    found = before.search(EVERYTHING)
    cluster.build(index, conformance.sample()[1:2])
    assert before.search(EVERYTHING) == found
    assert open_searcher(str(index)).search(EVERYTHING).filings > found.filings
    cluster.ask("DELETE", "/_search/point_in_time/_all")  # as a node that ends loses them
    with pytest.raises(StaleIndexError, match="a later commit"):
        before.search(EVERYTHING)


def test_opensearch_searcher_opens_a_lost_point_in_time_anew(index: Path) -> None:
    opened = open_searcher(str(index))
    found = opened.search(EVERYTHING)
    cluster.ask("DELETE", "/_search/point_in_time/_all")
    assert opened.search(EVERYTHING) == found


def test_opensearch_query_for_too_much_is_refused_and_not_answered_in_part(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opensearch, "LOOKED_AT", 0)
    query = parse_query("the NEAR(3) of NEAR(3) a")
    with pytest.raises(TooWideError, match=r"documents may match .*: at most 0 are looked at"):
        open_searcher(str(index)).search(Question(query))
    cluster.ask("PUT", "/_cluster/settings", {"transient": {"indices.query.bool.max_clause_count": 5}})
    try:
        with pytest.raises(TooWideError, match="max_clause_count"):
            open_searcher(str(index)).search(Question(parse_query("a*")))
    finally:
        cluster.ask("PUT", "/_cluster/settings", {"transient": {"indices.query.bool.max_clause_count": None}})


def test_opensearch_commits_of_others_come_first(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_PAUSE", 0.01)
    batches = conformance.generated()
    one, other = (opensearch_writer(index) for _ in range(2))
    one.add([cluster.segment(one.address, batches[0])])
    other.add([cluster.segment(other.address, batches[1])])
    other.commit()
    one.commit()
    assert (other.generation, one.generation) == (2, 3)
    with Cluster(parse(index)) as opened:
        assert state.present(opened).building == {}
    found = open_searcher(str(index)).search(EVERYTHING).filings
    alone = cluster.address()
    cluster.build(alone, [conformance.sample()[0], batches[0], batches[1]])
    assert found == open_searcher(str(alone)).search(EVERYTHING).filings
    for each in (one, other):
        each.close()
    cluster.delete(alone)


def opensearch_writer(index: Path):  # type: ignore[no-untyped-def]
    from indexer.engines.cluster_engine import open_writer

    return open_writer(index, create=False)


def test_opensearch_filing_that_is_larger_than_a_request(tmp_path: Path, index: Path) -> None:
    with Cluster(parse(index)) as opened:
        if opened.largest_request > 32 << 20:
            pytest.skip("the cluster takes requests too large for a test")
        words = " ".join(f"license{number}" for number in range(opened.largest_request // 12))
    form = "<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>{0}\n<FILENAME>{0}.txt\n<TEXT>\n{1}\n</TEXT>\n</DOCUMENT>"
    documents = [form.format(number, text) for number, text in enumerate(("A license.", words), 1)]
    header = "<SEC-HEADER>\nACCESSION NUMBER: 0009000101-17-000077\nCONFORMED SUBMISSION TYPE: 8-K\n</SEC-HEADER>"
    file = tmp_path / "large.txt"
    file.write_text("\n".join([f"<SEC-DOCUMENT>\n{header}", *documents, "</SEC-DOCUMENT>"]))
    options = Options(processes=1)
    with closing(Build([file], Settings(index), options)) as build:
        assert build.run().status.unread == 1
    with open_manifest(index) as manifest:
        (problem,) = [each.problem for each in manifest.problems() if each.problem.kind is ProblemKind.OVER_LIMIT]
    assert "http.max_content_length" in problem.message
    found = open_searcher(str(index)).search(Question(parse_query("accession:0009000101-17-000077"), documents=9))
    assert (found.filings, found.documents) == (1, 2)
