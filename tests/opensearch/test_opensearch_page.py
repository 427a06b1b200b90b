"""The page in the browser over an index on a cluster: every address shows what it shows over a folder."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search.web.app import create_app
from search.web.web_settings import WebSettings
from tests.opensearch import cluster
from tests.opensearch.test_opensearch_commands import run

pytestmark = pytest.mark.skipif(not cluster.URL, reason="OPENSEARCH_URL names no cluster: `make opensearch-test`")
RELEASE = "0009000101-17-004512/tsl_ex99-1.htm"
ADDRESSES = (
    "/search?q=orphan+drug+license",
    "/search.json?q=orphan+drug+license&facets=1",
    "/search.csv?q=license&form=8-K,10-Q",
    "/search?q=license+NEAR%289%29+drug&sort=filed",
    f"/doc/{RELEASE}?q=orphan+drug+license&rank=1",
    f"/api/doc/{RELEASE}?q=orphan",
    f"/cite/{RELEASE}?at=0-9",
    f"/hits.csv/{RELEASE}?q=orphan",
    f"/original/{RELEASE}",
    "/download.csv?q=license",
    "/report.html?q=license",
    "/suggest?text=tess",
    "/LATEST/search-index?q=license",
    "/saved",
    "/",
)

VARYING = (
    r'"(took|seconds)": [\d.]+',
    r"in \d+\.\d+ s",
    r"\d\d:\d\d:\d\d UTC",
    r"<dd><code>[^\n]*an index begun[^\n]*</dd>",
    r"(?s)SHA-256 of the evidence.*",
)


@pytest.fixture(scope="module")
def clients(corpus: Path, sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[TestClient]]:
    address = cluster.address()
    done = run("indexer", "build", corpus, "--index", address)
    assert done.returncode == 0, done.stderr
    made = [
        WebSettings(index=index, searches=tmp_path_factory.mktemp("searches"), corpus=(corpus,))
        for index in (sample_index, address)
    ]
    yield [TestClient(create_app(settings), base_url="http://127.0.0.1") for settings in made]
    cluster.delete(address)


@pytest.mark.parametrize("path", ADDRESSES)
def test_opensearch_page_shows_what_it_shows_of_a_folder(clients: list[TestClient], path: str) -> None:
    here, there = (client.get(path) for client in clients)
    assert there.status_code == here.status_code == 200, there.text
    assert plain(there.text).splitlines() == plain(here.text).splitlines()


def plain(text: str) -> str:
    """What is shown, without times, when which index was built, and scores beyond five places."""
    for varying in VARYING:
        text = re.sub(varying, "", text)
    return re.sub(r"(\.\d{5})\d+", r"\1", text)


def test_opensearch_page_follows_commits_and_tells_of_its_index(clients: list[TestClient]) -> None:
    here, there = (client.get("/api/status").json() for client in clients)
    assert there["documents"] == here["documents"]
