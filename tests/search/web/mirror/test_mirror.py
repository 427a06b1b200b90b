"""The mirror of EDGAR over the sample corpus: bytes as in the corpus, lists as our own downloader reads them."""

import gzip
import json
import os
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from indexer.download.index_files import parse_index
from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings
from search.ask import Index, Wanted
from search.results import Hit
from search.web.answers import submissions
from search.web.app import create_app
from search.web.web_settings import WebSettings

EVERY = Wanted(limit=None, documents=None, snippets=0)
FOLDER = "/Archives/edgar/data"


@pytest.fixture(scope="module")
def filings(sample_index: Path) -> list[Hit]:
    """Those that EDGAR would have a folder for."""
    with Index(sample_index) as index:
        hits = index.search("*:*", wanted=EVERY).hits
    return [hit for hit in hits if hit.url]


def folder(hit: Hit) -> str:
    cik = next(party.cik for party in hit.parties if party.cik)
    return f"{FOLDER}/{int(cik)}/{hit.accession.replace('-', '')}"


def got(client: TestClient, path: str, status: int = 200, **headers: str) -> Any:
    answer = client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert answer.status_code == status, answer.text[:300]
    return answer


def test_a_submission_is_the_files_own_bytes(client: TestClient, filings: list[Hit]) -> None:
    for hit in filings:
        content = got(client, f"{folder(hit)}/{hit.accession}.txt").content
        assert sha256(content).hexdigest() == hit.sha256
        cik = folder(hit).split("/")[4]
        assert got(client, f"{FOLDER}/{cik}/{hit.accession}.txt").content == content
        assert content.startswith(
            (b"<SEC-DOCUMENT>", b"-----BEGIN", b"<IMS-DOCUMENT>", b"<SUBMISSION>", b"<SEC-HEADER>")
        )


def test_a_folder_lists_what_it_serves(client: TestClient, filings: list[Hit]) -> None:
    for hit in filings:
        listed = got(client, f"{folder(hit)}/index.json").json()["directory"]
        assert listed["name"] == folder(hit)
        page = got(client, f"{folder(hit)}/{hit.accession}-index.html").text
        for item in listed["item"]:
            content = got(client, f"{folder(hit)}/{item['name']}").content
            assert len(content) == int(item["size"])
            assert f'href="{folder(hit)}/{item["name"]}"' in page
        assert f'<div class="info">{hit.filed or ""}</div>' in page
        assert page.count('class="filerDiv"') >= len({party.cik for party in hit.parties})


def test_documents_do_nothing_in_a_browser(client: TestClient, filings: list[Hit]) -> None:
    hit = next(hit for hit in filings if any(d.filename.endswith(".htm") for d in hit.documents))
    name = next(d.filename for d in hit.documents if d.filename.endswith(".htm"))
    answer = got(client, f"{folder(hit)}/{name}")
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_pictures_are_decoded(client: TestClient, filings: list[Hit]) -> None:
    beginnings = set()
    for hit in filings:
        for item in got(client, f"{folder(hit)}/index.json").json()["directory"]["item"]:
            if item["name"].endswith((".jpg", ".gif", ".pdf")):
                beginnings.add(got(client, f"{folder(hit)}/{item['name']}").content[:4])
    assert beginnings
    assert beginnings <= {b"\xff\xd8\xff\xe0", b"GIF8", b"%PDF", b"\xff\xd8\xff\xe1"}


def test_ranges_names_and_compression(client: TestClient, filings: list[Hit]) -> None:
    path = f"{folder(filings[0])}/{filings[0].accession}.txt"
    whole = got(client, path, accept_encoding="identity")
    size, etag = len(whole.content), whole.headers["etag"]
    assert whole.headers["accept-ranges"] == "bytes"
    for asked, part in (
        ("0-9", slice(0, 10)),
        ("5-", slice(5, None)),
        ("-7", slice(-7, None)),
        (f"3-{size * 2}", slice(3, None)),
    ):
        answer = got(client, path, 206, range=f"bytes={asked}")
        assert answer.content == whole.content[part]
    assert got(client, path, 206, range="bytes=2-3").headers["content-range"] == f"bytes 2-3/{size}"
    assert got(client, path, 416, range=f"bytes={size}-").headers["content-range"] == f"bytes */{size}"
    for odd in ("bytes=-", "bytes=1-2,4-5", "lines=1-2", "bytes=x-y"):
        assert got(client, path, range=odd).content == whole.content
    assert got(client, path, range="bytes=0-9", if_range='"another"').content == whole.content
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        assert got(client, path, 304, if_none_match=known).content == b""
    zipped = got(client, path, accept_encoding="gzip")
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.content == whole.content


@pytest.mark.parametrize("kind", ["form", "company", "master"])
@pytest.mark.parametrize("end", ["idx", "gz"])
def test_the_indexes_of_quarters_list_every_filing(client: TestClient, filings: list[Hit], kind: str, end: str) -> None:
    dated = [hit for hit in filings if hit.filed]
    quarters = {(hit.filed.year, (hit.filed.month + 2) // 3) for hit in dated if hit.filed}
    listed = set()
    for year, quarter in quarters:
        content = got(client, f"/Archives/edgar/full-index/{year}/QTR{quarter}/{kind}.{end}").content
        lines = (gzip.decompress(content) if end == "gz" else content).splitlines(keepends=True)
        listed |= {(row.accession, row.form, int(row.cik)) for row in parse_index(lines)}
    expected = {(hit.accession, hit.form, int(party.cik)) for hit in dated for party in hit.parties if party.cik}
    assert listed == expected


def test_the_indexes_of_days(client: TestClient, filings: list[Hit]) -> None:
    hit = next(hit for hit in filings if hit.filed)
    assert hit.filed
    quarter = f"/Archives/edgar/daily-index/{hit.filed.year}/QTR{(hit.filed.month + 2) // 3}"
    names = [item["name"] for item in got(client, f"{quarter}/index.json").json()["directory"]["item"]]
    assert f"form.{hit.filed:%Y%m%d}.idx" in names
    rows = {
        row.accession for row in parse_index(got(client, f"{quarter}/form.{hit.filed:%Y%m%d}.idx").content.splitlines())
    }
    assert hit.accession in rows
    got(client, f"{quarter}/form.{hit.filed.year}0230.idx", 404)


def test_a_companys_list(client: TestClient, filings: list[Hit]) -> None:
    sizes = {hit.accession: len(got(client, f"{folder(hit)}/{hit.accession}.txt").content) for hit in filings}
    of_company: dict[str, set[str]] = {}
    for hit in filings:
        for party in hit.parties:
            of_company.setdefault(party.cik, set()).add(hit.accession)
    for cik, expected in of_company.items():
        found = got(client, f"/submissions/CIK{cik}.json").json()
        recent = found["filings"]["recent"]
        assert found["cik"] == cik
        assert set(recent["accessionNumber"]) >= expected
        assert {len(column) for column in recent.values()} == {len(recent["accessionNumber"])}
        assert recent["filingDate"] == sorted(recent["filingDate"], reverse=True)
        owns = any((party.role, party.cik) == ("reporting-owner", cik) for hit in filings for party in hit.parties)
        assert found["insiderTransactionForOwnerExists"] == owns
        for number, size in zip(recent["accessionNumber"], recent["size"], strict=True):
            assert size == sizes.get(number, size) > 0


def test_tickers(client: TestClient) -> None:
    found = got(client, "/files/company_tickers.json").json()
    assert {"cik_str", "ticker", "title"} == set(found["0"])
    by_ticker = {each["ticker"]: each["title"] for each in found.values()}
    assert by_ticker["TSLN"] == "Tessalune Biosciences, Inc."
    assert got(client, "/files/company_tickers_exchange.json").json()["fields"][0] == "cik"
    assert "tsln\t9012704\n" in got(client, "/include/ticker.txt").text


def test_symbols_of_funds(client: TestClient, filings: list[Hit]) -> None:
    found = got(client, "/files/company_tickers_mf.json").json()
    assert found["fields"] == ["cik", "seriesId", "classId", "symbol"]
    fund = next(hit for hit in filings if hit.form == "N-CSR")
    rows = {symbol: (cik, series, of_class) for cik, series, of_class, symbol in found["data"]}
    cik = int(next(party.cik for party in fund.parties if party.cik))
    assert {"TLHAX", "TLHIX"} <= rows.keys()
    assert {rows[symbol][0] for symbol in ("TLHAX", "TLHIX")} == {cik}
    assert all(series[0] == "S" and of_class[0] == "C" for _, series, of_class in rows.values())


@pytest.mark.parametrize(
    "path",
    [
        f"{FOLDER}/1/000900010117004512/0009000101-17-004512.txt",
        f"{FOLDER}/9012704/000900010117004512/none.htm",
        f"{FOLDER}/9012704/000900010117004512/..%2f..%2f..%2fetc%2fpasswd",
        f"{FOLDER}/9012704/000900010117004512/../../../../../../etc/passwd",
        f"{FOLDER}/9012704/00090001011700451/x",
        f"{FOLDER}/x/0009000101-17-004512.txt",
        f"{FOLDER}/9012704/0009000999-17-004512.txt",
        "/submissions/CIK9012704.json",
        "/submissions/CIK0000000001.json",
        "/submissions/CIK0009012704-submissions-001.json",
        "/Archives/edgar/full-index/2017/QTR5/form.idx",
        "/Archives/edgar/full-index/2017/QTR1/form.20170102.idx",
        "/Archives/edgar/full-index/1803/QTR1/form.idx",
        "/Archives/edgar/daily-index/2017/QTR1/form.20170502.idx",
    ],
)
def test_what_is_not_there_is_a_404(client: TestClient, path: str) -> None:
    got(client, path, 404)


def test_a_file_that_has_changed_is_not_served(tmp_path: Path, filings: list[Hit]) -> None:
    hit = next(hit for hit in filings if Path(hit.source).suffix == ".txt")
    copy = tmp_path / "corpus" / Path(hit.source).name
    copy.parent.mkdir()
    copy.write_bytes(Path(hit.source).read_bytes())
    with closing(Build([copy.parent], Settings(tmp_path / "index"), Options(processes=1))) as build:
        build.run(lambda _submissions, _bytes: None)
    with TestClient(create_app(WebSettings(index=tmp_path / "index")), base_url="http://127.0.0.1") as client:
        path = f"{folder(hit)}/{hit.accession}.txt"
        got(client, path)
        copy.write_bytes(copy.read_bytes().replace(b"a", b"b", 1))
        submissions._submission.cache_clear()
        assert "it has changed since" in got(client, path, 404).text


EXAMPLES = int(os.environ.get("EXAMPLES", "10000"))
"""Requests of a promise; a soak asks 100,000."""
PATHS = st.one_of(
    st.sampled_from(
        ["/Archives", "/edgar", "/data", "/9012704", "/000900010117004512", "/index.json", "/submissions", "/QTR1"]
    ),
    st.text(max_size=20).map(lambda text: f"/{text}"),
)


@given(st.lists(PATHS, max_size=7).map("".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_path_is_a_fault_of_the_server(client: TestClient, path: str) -> None:
    answer = client.get(quote(f"/Archives/edgar{path}".encode("utf-8", "replace")))
    assert answer.status_code in {200, 303, 304, 307, 308, 400, 404, 405, 414}


@pytest.mark.promise
@pytest.mark.timeout(3_000)
@given(st.sampled_from(["/Archives/edgar", "/submissions", "/files", ""]), st.lists(PATHS, max_size=8).map("".join))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_of_many_paths_none_is_a_fault_of_the_server(client: TestClient, root: str, path: str) -> None:
    answer = client.get("http://127.0.0.1" + quote(f"{root}{path}".encode("utf-8", "replace")))
    assert answer.status_code < 500


def test_json_is_plain(client: TestClient) -> None:
    assert json.loads(got(client, "/submissions/CIK0009012704.json").content)["name"] == "Tessalune Biosciences, Inc."
