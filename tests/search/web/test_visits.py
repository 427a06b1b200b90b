"""What is new since the last visit, and an index that is committed to while it is served."""

from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings
from search.web.app import create_app
from search.web.web_settings import WebSettings

SUBMISSION = """\
<SEC-DOCUMENT>{accession}.txt : 20240105
<SEC-HEADER>{accession}.hdr.sgml : 20240105
ACCESSION NUMBER:		{accession}
CONFORMED SUBMISSION TYPE:	8-K
FILED AS OF DATE:		20240105
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<TEXT>
A thistledown agreement.
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


def build(folder: Path) -> None:
    with closing(Build([folder / "corpus"], Settings(folder / "index"), Options(processes=1))) as making:
        making.run(lambda _submissions, _bytes: None)


def add(folder: Path, number: int) -> None:
    accession = f"0009055556-24-{number:06}"
    (folder / "corpus").mkdir(exist_ok=True)
    (folder / "corpus" / f"{number}.txt").write_text(SUBMISSION.format(accession=accession), "utf-8")


def test_a_commit_is_followed_and_what_it_brought_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, 1)
    build(tmp_path)
    app = create_app(WebSettings(index=tmp_path / "index", searches=tmp_path / "searches"))
    monkeypatch.setattr("search.live.SECONDS", 0.0)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert "since your last visit" not in client.get("/search?q=thistledown").text
        add(tmp_path, 2)
        add(tmp_path, 3)
        build(tmp_path)
        app.state.site._opened._seconds = 0.0
        page = client.get("/search?q=thistledown").text
        assert "3 filings" in page and "2 filings came since your last visit" in page
        assert "2 filings came since your last visit" in client.get("/").text  # until the browser is closed
        since = page.partition("since=")[2].partition('"')[0]
        assert client.get(f"/search.json?q=thistledown&since={since}").json()["filings"] == 2
        client.cookies.delete("visit")
        assert "since your last visit" not in client.get("/search?q=thistledown").text


@pytest.mark.parametrize("cookie", ["", "x", "1", "1.00000000", "999999999999.ab", "²."])
def test_a_cookie_that_says_nothing(client: TestClient, cookie: str) -> None:
    client.cookies.set("seen", cookie.encode("ascii", "ignore").decode())
    assert client.get("/search?q=license").status_code == 200
