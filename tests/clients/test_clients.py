"""Programs written for EDGAR find here what `search` finds, with only the address changed.

`make clients-test` installs them; without them these tests are skipped.
"""

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings
from search.ask import Index, Wanted

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
ENVIRONMENTS = CHECKOUT / "build" / "clients"
EVERY = Wanted(limit=None, documents=None, snippets=0)

pytestmark = pytest.mark.promise


def _module(name: str) -> ModuleType:
    found = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def address(sample_index: Path) -> Iterator[str]:
    with served(sample_index) as address:
        yield address


@contextmanager
def served(index: Path) -> Iterator[str]:
    """The address of a server of an index."""
    command = [sys.executable, "-m", "search", "--serve", "--port", "0", "--index", str(index)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=CHECKOUT)
    assert server.stdout
    said = server.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert found, said
    try:
        yield found[0]
    finally:
        server.terminate()
        server.communicate(timeout=60)


def ran(client: str, address: str, *, script: str = "", **parameters: Any) -> Any:
    """What a client says of a search, in an environment of its own."""
    python = _module("environments").interpreter(ENVIRONMENTS, client)
    if not python.exists():
        pytest.skip(f"{client} is not installed: `make clients-test` does it")
    driver = HERE / f"drive_{script or client.replace('-', '_')}.py"
    given = {
        "PATH": os.environ["PATH"],
        "HOME": str(ENVIRONMENTS),
        "EDGAR_IDENTITY": "Example Example example@example.org",
    }
    done = subprocess.run(
        [python, driver, address, json.dumps(parameters)], capture_output=True, text=True, env=given, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def index(sample_index: Path) -> Iterator[Index]:
    with Index(sample_index) as opened:
        yield opened


def documents(index: Index, query: str, **filters: str) -> set[str]:
    """The ids of the documents that `search` finds."""
    found = index.search(query, exact=True, wanted=EVERY, **filters)
    return {document.id for hit in found.hits for document in hit.documents}


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def test_edgar_tool(address: str, index: Index) -> None:
    rows = ran("edgar-tool", address, keywords=["license"], date_range_select="all")
    expected = documents(index, "license")
    assert len(rows) == len(expected)
    named = [row for row in rows if row["company_cik"]]
    linked = {str(url).rpartition("/")[2] for row in named for url in _several(row["filing_document_url"])}
    assert linked
    assert linked <= {document.partition(":")[2] for document in expected}
    assert all(row["entity_name"] and "CIK" not in str(row["entity_name"]) for row in named)
    dated = ran("edgar-tool", address, keywords=["license"], start_date="2015-01-01", end_date="2019-12-31")
    assert len(dated) == len(documents(index, "license", filed="2015..2019")) < len(rows)


def test_edgartools(address: str, index: Index) -> None:
    found = ran("edgartools", address, query='"license agreement"')
    expected = documents(index, '"license agreement"')
    assert found["total"] == len(expected)
    assert set(found["documents"]) == expected
    assert sum(found["forms"].values()) == len(expected)
    assert found["resolved"]["cik"]


def test_datamule(address: str, index: Index) -> None:
    asked = {"name": "tessalune", "text": "license", "submission_type": "8-K"}
    found = ran("datamule", address, **asked, filing_date=["1993-01-01", "2030-01-01"])
    expected = documents(index, "license root_form:8-K -form:8-K/A filed:..2030")
    assert set(found["documents"]) == expected
    assert found["names"][0]["entity"].startswith("Tessalune Biosciences")


def test_sec_edgar_toolkit(address: str, index: Index) -> None:
    found = ran("sec-edgar-toolkit", address, query="license", forms="8-K", start_date="2015-01-01")
    expected = documents(index, "license root_form:8-K filed:2015..")
    assert found["total"] == len(found["hits"]) == len(expected)
    assert {f"{hit['accession_number']}:{hit['document']}" for hit in found["hits"]} == expected


def test_edgartools_opens_filings_from_the_mirror(address: str, index: Index) -> None:
    hit = index.search("form:8-K company:tessalune", wanted=EVERY).hits[0]
    assert hit.filed
    cik = next(party.cik for party in hit.parties if party.name.startswith("Tessalune"))
    asked = {"cik": int(cik), "form": "8-K", "accession": hit.accession, "year": hit.filed.year}
    found = ran("edgartools", address, script="edgartools_mirror", **asked, quarter=(hit.filed.month + 2) // 3)
    assert found["name"].startswith("Tessalune Biosciences")
    assert found["tickers"] == ["TSLN"]
    expected = index.search(f"root_form:8-K cik:{cik}", wanted=EVERY)
    assert set(found["filings"]) == {each.accession for each in expected.hits}
    assert found["header"] == [hit.accession, hit.form]
    assert "tessalune" in found["text"].lower()
    assert {each.filename for each in hit.documents if each.filename} <= set(found["attachments"])
    assert found["object"] == "CurrentReport"
    assert hit.accession in found["quarter"]


REAL = CHECKOUT.parent / "shared" / "filings"
LARGEST = 400_000
"""Bytes of a real filing that is opened here."""


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of a real filing of each form where they are beside the checkout, else those of the sample corpus."""
    folders = sorted(each for each in REAL.glob("*") if each.is_dir())
    of_each = (next((f for f in sorted(each.iterdir()) if f.stat().st_size < LARGEST), None) for each in folders)
    corpus = [*filter(None, of_each)] or [CHECKOUT / "corpus" / "filings"]
    index = tmp_path_factory.mktemp("one-of-each") / "index"
    with closing(Build(corpus, Settings(index), Options(processes=1))) as build:
        build.run(lambda _submissions, _bytes: None)
    return index


def test_edgartools_opens_filings_of_every_form(one_of_each: Path) -> None:
    with Index(one_of_each) as index, served(one_of_each) as address:
        hits = {hit.accession: hit for hit in index.search("*:*", wanted=EVERY).hits if hit.url and hit.filed}
        texts = {accession: any(map(index.text, (d.id for d in hit.documents))) for accession, hit in hits.items()}
        found = ran("edgartools", address, script="edgartools_filings", accessions=[*hits])
    assert len(found) == len(hits) > 10
    for accession, opened in found.items():
        hit = hits[accession]
        assert (opened["form"], opened["header"]) == (hit.form, [accession, hit.form])
        assert opened["filed"] == str(hit.filed)
        assert accession in opened["listed"]
        assert {party.cik for party in hit.parties if party.cik} <= {cik.zfill(10) for cik in opened["filers"]}
        assert opened["text"] or not texts[accession]
        assert {each.filename for each in hit.documents if each.filename} <= set(opened["attachments"])
    objects = {opened["object"] for opened in found.values()}
    assert len(objects) > 5
    assert REAL.is_dir() <= all(name.isidentifier() for name in objects)
