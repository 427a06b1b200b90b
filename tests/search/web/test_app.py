"""The application as a whole: before there is an index, and after."""

import re
from pathlib import Path

from starlette.testclient import TestClient

from search.web.app import create_app
from search.web.web_settings import WebSettings


def test_a_first_visit_says_how_an_index_is_built(tmp_path: Path) -> None:
    client = TestClient(create_app(WebSettings(index=tmp_path / "none")), base_url="http://127.0.0.1")
    answer = client.get("/")
    assert answer.status_code == 503
    assert "indexer build" in answer.text
    assert client.get("/search.json").json()["error"].startswith("no index at")


def test_an_index_that_comes_later_is_found(sample_index: Path, tmp_path: Path) -> None:
    later = tmp_path / "index"
    client = TestClient(create_app(WebSettings(index=later)), base_url="http://127.0.0.1")
    assert client.get("/").status_code == 503
    later.symlink_to(sample_index)
    assert client.get("/").status_code == 200


def test_nothing_outside_the_static_files_is_served(client: TestClient) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"):
        assert client.get(path).status_code == 404


def test_files_of_the_pages_are_kept_by_the_browser(client: TestClient) -> None:
    address = re.findall(r'href="(/static/style[^"]+)"', client.get("/").text)[0]
    assert client.get(address).headers["cache-control"] == "private, max-age=31536000, immutable"
