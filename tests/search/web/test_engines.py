"""The page over another engine behind the seam: it asks what every engine answers, and shows the same."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from indexer.corpus.walking import walk
from indexer.envelope.submission import parse_submission
from indexer.errors import Problem
from indexer.extract.document import extract_text
from indexer.fields.entries import IndexedDocument, document_names
from search.searchers.memory import MemorySearcher
from search.web.app import create_app
from search.web.web_settings import WebSettings

RELEASE = "0009000101-17-004512/tsl_ex99-1.htm"


def in_memory(corpus: Path) -> MemorySearcher:
    entries: dict[str, list[IndexedDocument]] = {}
    for file in walk([corpus]):
        if isinstance(file, Problem):
            continue
        submission = parse_submission(file.content)
        names = document_names(submission.documents)
        entries[submission.header.accession_number] = [
            IndexedDocument(submission.header, document, extract_text(document), file.source, file.sha256, name)
            for document, name in zip(submission.documents, names, strict=True)
        ]
    return MemorySearcher.of(entry for some in entries.values() for entry in some)


def shown(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_pages_of_another_engine(
    corpus: Path, sample_index: Path, client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    engine = in_memory(corpus)
    monkeypatch.setattr("search.ask.open_searcher", lambda _address, **_: engine)
    app = create_app(WebSettings(index=sample_index, searches=tmp_path))
    other = TestClient(app, base_url="http://127.0.0.1")
    found = other.get("/search.json?q=orphan+drug+license").json()
    local = client.get("/search.json?q=orphan+drug+license").json()
    assert [each["accession"] for each in found["hits"][:2]] == [each["accession"] for each in local["hits"][:2]]
    assert found["filings"] == local["filings"] == 2
    assert "2 filings" in shown(other, "/search?q=orphan+drug+license&form=8-K,10-Q")
    asked = f"/doc/{RELEASE}?q=orphan+drug+license&rank=1"
    marks = re.compile(r'<mark class="hit"[^>]*>')
    assert marks.findall(shown(other, asked)) == marks.findall(shown(client, asked)) != []
    assert other.get("/suggest?text=tess").json()[0]["value"] == "0009012704"
    assert 'id="document-after"' in shown(other, asked)
    for path in (
        "/",
        "/saved",
        "/api/status",
        f"/api/doc/{RELEASE}?q=orphan",
        "/download.csv?q=license",
        f"/cite/{RELEASE}?at=0-9",
    ):
        shown(other, path)
