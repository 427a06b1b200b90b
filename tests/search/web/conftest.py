"""A server's application over the sample corpus, asked without a socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search.web.app import create_app
from search.web.web_settings import WebSettings

ORIGIN = {"origin": "http://127.0.0.1"}
"""What a browser says of a form sent from a page of this server."""


@pytest.fixture
def settings(sample_index: Path, tmp_path: Path) -> WebSettings:
    return WebSettings(index=sample_index, searches=tmp_path / "searches")


@pytest.fixture
def client(settings: WebSettings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client
