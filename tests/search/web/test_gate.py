"""What is let in, and the headers of what goes out."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search.web.app import create_app
from search.web.gate import SECURITY_HEADERS
from search.web.web_settings import LARGEST_BODY, LONGEST_ADDRESS, WebSettings

RELEASE = "0009000101-17-004512/tsl_ex99-1.htm"


def asked(settings: WebSettings) -> TestClient:
    return TestClient(create_app(settings), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.mark.parametrize(
    "path", ["/", "/search?q=license", "/search?q=license&sort=none", "/nothing", "/static/style.css"]
)
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in SECURITY_HEADERS} == dict(SECURITY_HEADERS)
    assert "unsafe" not in headers["content-security-policy"]


def test_a_fault_has_them_too_and_says_nothing_of_the_insides(settings: WebSettings) -> None:
    app = create_app(settings)

    def broken(_question: object) -> None:
        raise RuntimeError("a secret of the program")

    app.state.site.ask = broken
    answer = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False).get("/search?q=license")
    assert answer.status_code == 500
    assert "secret" not in answer.text and "RuntimeError" not in answer.text
    assert answer.headers["content-security-policy"] == SECURITY_HEADERS["content-security-policy"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8017", "localhost:8017", "LOCALHOST", "[::1]:8017"])
def test_this_machine_is_asked_by_its_names(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["", "evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "[::1", "10.0.0.7", "localhost/x"]
)
def test_by_no_other_name(client: TestClient, host: str) -> None:
    """A page of another site can have its own name lead here; what it asks still bears that name."""
    assert client.get("/", headers={"host": host}).status_code == 421


def test_a_server_for_others_is_asked_by_addresses_and_names_that_were_allowed(settings: WebSettings) -> None:
    client = asked(replace(settings, host="0.0.0.0", names=("Filings.example",)))
    said = {
        host: client.get("/", headers={"host": host}).status_code
        for host in ("10.0.0.7", "filings.example", "x.example")
    }
    assert said == {"10.0.0.7": 200, "filings.example": 200, "x.example": 421}


def test_an_address_that_is_too_long_is_refused(client: TestClient) -> None:
    assert client.get("/search?q=" + "a" * LONGEST_ADDRESS).status_code == 414


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:81"},
        {"origin": "https://127.0.0.1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1"},
    ],
)
def test_what_changes_something_comes_from_a_page_of_this_server(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/search", headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"origin": "http://127.0.0.1"}, {"sec-fetch-site": "same-origin"}])
def test_a_form_of_a_page_of_this_server_is_let_in(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/search", headers=headers).status_code == 405  # let in, and not an address that takes forms


def test_a_form_that_is_too_large_is_refused(client: TestClient) -> None:
    sent = client.post("/search", content=b"x" * (LARGEST_BODY + 1), headers={"origin": "http://127.0.0.1"})
    assert sent.status_code in {405, 413}


def test_with_a_token_nothing_is_answered_without_it(settings: WebSettings) -> None:
    client = asked(replace(settings, token="right"))
    assert client.get("/").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/static/style.css").status_code == 401
    assert client.get("/", headers={"authorization": "Bearer right"}).status_code == 200
    shown = client.get("/?token=right")
    assert (shown.status_code, shown.headers["location"]) == (303, "/")
    assert "HttpOnly" in shown.headers["set-cookie"] and "SameSite=strict" in shown.headers["set-cookie"]
    assert client.get("/").status_code == 200


def test_the_frame_of_an_original_is_let_in_by_a_pass_of_its_filing_alone(settings: WebSettings, corpus: Path) -> None:
    """No cookie goes with what a sandboxed frame asks for; the pass in its path opens this filing and nothing else."""
    guarded = replace(settings, token="right", corpus=(corpus,))
    page = asked(guarded).get(f"/doc/{RELEASE}?view=original", headers={"authorization": "Bearer right"}).text
    framed = re.findall(r'<iframe[^>]* src="([^"]+)"', page)[0]
    stranger = asked(guarded)
    assert stranger.get(framed).status_code == 200
    for other in (
        framed.replace("/framed/", "/framed/0"),
        framed.replace("0009000101-17-004512", "0009014590-19-000002"),
        f"/doc{framed}",
        f"{framed}/../../../../search",
        f"/original/{RELEASE}",
        "/framed/",
        "/framed//",
        "/framed/é/0009000101-17-004512/x",
    ):
        assert stranger.get(other).status_code == 401, other
    assert "right" not in framed and f"/original/{RELEASE}" in asked(settings).get(f"/doc/{RELEASE}?view=original").text
