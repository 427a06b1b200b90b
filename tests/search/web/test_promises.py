"""What is asked of the page by chance: whatever it is, it is answered or refused, and never a fault of the program."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from search.web.app import create_app
from search.web.search_state import FILTERS
from search.web.web_settings import WebSettings

EXAMPLES = int(os.environ.get("EXAMPLES", "10000"))
"""Of what is asked by chance."""
RELEASE = "0009000101-17-004512/tsl_ex99-1.htm"
WORDS = st.sampled_from(
    [
        "orphan",
        "drug",
        "license*",
        '"orphan',
        'drug"',
        "OR",
        "AND",
        "NOT",
        "-(",
        ")",
        "form:8-K",
        "section:1A",
        "NEAR(3)",
        "/s",
        "~",
        "?",
        "*",
        "=",
        ":",
        '"',
        "“",
        "”",
        "@",
        "\\",
        "%5",
        "<b>",
        "&",
        "company:Tessalune",
        "filed:2017..",
        "1.2.3",
        "é",
        "\x00",
        "\u202e",
        "😀",
        "price:>10",
        "transaction:P",
        "amount:1m",
        "#1",
        "'",
        ";",
        "-",
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=8).map(" ".join), st.text(max_size=40))
NAMES = st.sampled_from(
    (
        *FILTERS,
        "sort",
        "page",
        "size",
        "exact",
        "all_words",
        "strict",
        "since",
        "saved",
        "like",
        "at",
        "find",
        "rank",
        "view",
        "counts",
        "more",
    )
)
ADDRESSES = st.lists(st.tuples(NAMES, TEXTS), max_size=4)
PATHS = st.sampled_from(
    (
        "/search",
        "/search.json",
        "/search.csv",
        "/api/search",
        f"/doc/{RELEASE}",
        f"/api/doc/{RELEASE}",
        f"/cite/{RELEASE}",
        f"/hits.csv/{RELEASE}",
        f"/original/{RELEASE}",
        "/download.csv",
        "/report.html",
        "/saved.json",
        "/suggest",
    )
)


@pytest.fixture(scope="module")
def served(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    app = create_app(WebSettings(index=sample_index, searches=tmp_path_factory.mktemp("searches")))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=True) as client:
        yield client


def check(client: TestClient, path: str, query: str, fields: list[tuple[str, str]]) -> None:
    answer = client.get(path, params=[("q", query), *fields, ("text", query)])
    assert answer.status_code in {200, 400, 404, 414}, (path, query, fields, answer.text[:300])
    if not path.startswith(("/original", "/report")):
        assert not re.search(r"<b>(?!<)|Traceback", answer.text) or not answer.headers["content-type"].startswith(
            "text/html"
        )


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(path=PATHS, query=TEXTS, fields=ADDRESSES)
def test_no_address_is_a_fault(served: TestClient, path: str, query: str, fields: list[tuple[str, str]]) -> None:
    check(served, path, query, fields)


@pytest.mark.promise
@pytest.mark.timeout(EXAMPLES)
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(path=PATHS, query=TEXTS, fields=ADDRESSES)
def test_no_address_is_a_fault_of_many(
    served: TestClient, path: str, query: str, fields: list[tuple[str, str]]
) -> None:
    check(served, path, query, fields)


@pytest.mark.promise
@pytest.mark.timeout(1800)
def test_the_interface_is_as_it_is_described(served: TestClient, sample_index: Path) -> None:
    """Everything that its description allows, and some that it does not, is answered as it says."""
    schemathesis = pytest.importorskip("schemathesis")
    from schemathesis.specs.openapi import checks  # no schema says what a query language takes: that check is left out

    described = served.get("/api/openapi.json").json()
    described["paths"]["/api/doc/{accession}/{name}"]["get"]["parameters"][0]["schema"]["enum"] = [
        "0009000101-17-004512",
        "x",
    ]
    described["paths"]["/api/doc/{accession}/{name}"]["get"]["parameters"][1]["schema"]["enum"] = [
        "tsl_ex99-1.htm",
        "y z",
    ]
    schema = schemathesis.openapi.from_dict(described)
    app = create_app(WebSettings(index=sample_index))
    for operation in schema.get_all_operations():
        made = operation.ok().as_strategy()

        @settings(max_examples=300, suppress_health_check=list(HealthCheck), deadline=None)
        @given(case=made)
        def asked(case: Any) -> None:
            with TestClient(app, base_url="http://127.0.0.1") as client:
                answer = client.request(case.method, case.formatted_path, params=case.query)
            assert answer.status_code < 500, answer.text
            case.validate_response(answer, excluded_checks=[checks.positive_data_acceptance])

        asked()
