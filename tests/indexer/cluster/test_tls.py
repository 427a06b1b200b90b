"""A cluster behind TLS: whom its certificate must be signed by, and who asks, is told by the environment."""

import ssl
from base64 import b64encode
from pathlib import Path

import pytest
import trustme

from indexer.cluster.address import AUTHORITY, PASSWORD, USER, parse
from indexer.cluster.asking import Cluster
from indexer.errors import UnusableIndexError
from tests.indexer.cluster.false_node import Said, answering

Authority = tuple[ssl.SSLContext, Path]


@pytest.fixture
def signed(tmp_path: Path) -> Authority:
    return _signed(tmp_path / "ca.pem", "127.0.0.1")


def _signed(kept: Path, host: str) -> Authority:
    """Make an authority of our own, kept in a file, and the certificate of a server that it signed."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    authority.cert_pem.write_to_path(str(kept))
    return context, kept


def asked(url: str) -> object:
    with Cluster(parse(url), patience=0) as cluster:
        return cluster.request("GET", "/")


def test_a_certificate_of_the_named_authority_is_taken(signed: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(AUTHORITY, str(signed[1]))
    monkeypatch.setenv(USER, "ada")
    monkeypatch.setenv(PASSWORD, "secret")
    with answering(Said(200, {"ok": 1}), tls=signed[0]) as node:
        assert asked(node.url) == {"ok": 1}
        assert node.users == ["Basic " + b64encode(b"ada:secret").decode()]


def test_a_certificate_that_nobody_known_signed_is_refused(signed: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(AUTHORITY, raising=False)
    with (
        answering(Said(200, {}), tls=signed[0]) as node,
        pytest.raises(UnusableIndexError, match=f"TLS failed .*{AUTHORITY}") as raised,
    ):
        asked(node.url)
    assert node.asked == []
    assert "\n" not in str(raised.value)


def test_a_certificate_of_another_authority_or_host_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = _signed(tmp_path / "ours.pem", "node.example"), _signed(tmp_path / "theirs.pem", "127.0.0.1")
    monkeypatch.setenv(AUTHORITY, str(ours[1]))
    for context, said in ((theirs[0], "verify failed"), (ours[0], r"127\.0\.0\.1")):
        with (
            answering(Said(200, {}), tls=context) as node,
            pytest.raises(UnusableIndexError, match=f"TLS failed .*{said}"),
        ):
            asked(node.url)
        assert node.asked == []


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_of_authorities_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    kept = tmp_path / "ca.pem"
    if content:
        kept.write_text(content)
    monkeypatch.setenv(AUTHORITY, str(kept))
    with pytest.raises(UnusableIndexError, match=f"{AUTHORITY}: {kept} .*") as raised:
        asked("https://127.0.0.1:9/edgar")
    assert "\n" not in str(raised.value)


def test_wrong_credentials_are_one_line(signed: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(AUTHORITY, str(signed[1]))
    with (
        answering(Said(401, {}), tls=signed[0]) as node,
        pytest.raises(UnusableIndexError, match=f"wrong or no credentials: .{USER}, .{PASSWORD}"),
    ):
        asked(node.url)
