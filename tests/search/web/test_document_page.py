"""The page of a document as it is sent: a long one from its first screen on."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search.web.app import create_app
from search.web.web_settings import WebSettings
from tests.search.conftest import document, submission

HITS = 5_000


def sent(settings: WebSettings, path: str, query: bytes) -> list[bytes]:
    """The pieces of an answer, as they are given to the server."""
    pieces = list[bytes]()

    async def received() -> Any:
        await asyncio.sleep(0 if not pieces else 60)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        pieces.append(message.get("body", b""))

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query}
    local = {"scheme": "http", "headers": [(b"host", b"127.0.0.1")], "http_version": "1.1", "server": ("127.0.0.1", 80)}
    asyncio.run(create_app(settings)({**scope, **local}, received, send))
    return [piece for piece in pieces if piece]


@pytest.fixture
def long_document(build: Callable[[dict[str, bytes]], Path]) -> Path:
    words = "an agreement of the parties to it " * 12
    text = "\n".join(f"<p>{words} thistledown {number}</p>" for number in range(HITS))
    return build({"long.txt": submission(1, document(f"<html><body>{text}</body></html>"))})


def test_a_long_document_begins_with_a_screen_of_it(long_document: Path) -> None:
    """What comes first holds the head and the first hits, whatever follows; the rest comes in many pieces."""
    pieces = sent(WebSettings(index=long_document), "/doc/0009070001-24-000001/main.txt", b"q=thistledown")
    assert sum(map(len, pieces)) > 2_000_000
    assert len(pieces[0]) < 60_000 and max(map(len, pieces)) < 200_000
    assert f'data-steps="0-{HITS - 1}"'.encode() in pieces[0] and pieces[0].count(b"<mark") >= 20
    assert b"".join(pieces).count(b"<mark") == HITS
