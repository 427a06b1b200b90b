"""Both commands on a cluster that wants TLS and a user, as docs/scale.md has it run."""

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
import yaml

from indexer.cluster.address import AUTHORITY, PASSWORD, USER
from tests.opensearch import cluster
from tests.opensearch.guarded import guarded

pytestmark = pytest.mark.skipif(not cluster.URL, reason="OPENSEARCH_URL names no cluster: `make opensearch-test`")
COMPOSE = Path(__file__).resolve().parents[2] / "docs" / "cluster" / "compose.yaml"


@pytest.fixture
def known(tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A cluster, and the environment of who may ask it."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    node = cluster.URL.removeprefix("http://").split(",")[0]
    with guarded(node, context, "ada", "a secret") as url:
        yield url, {AUTHORITY: str(tmp_path / "ca.pem"), USER: "ada", PASSWORD: "a secret"}


def run(program: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", program, *map(str, arguments)]
    kept = {name: value for name, value in os.environ.items() if name not in (AUTHORITY, USER, PASSWORD)}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=240, env={**kept, **environment}
    )


def test_opensearch_cluster_with_tls_and_users(known: tuple[str, dict[str, str]], corpus: Path) -> None:
    url, environment = known
    index = f"{url}/{cluster.address().name}"
    file = corpus / "filings" / "tessalune-2017-8-K.txt"
    built = run("indexer", "build", file, "--index", index, **environment)
    assert built.returncode == 0, built.stderr
    found = run("search", "license", "--index", index, "--no-pager", **environment)
    assert "0009000101-17-004512" in found.stdout, found.stderr
    assert run("indexer", "verify", "--index", index, **environment).returncode == 0
    refusals = {
        "wrong or no credentials": {**environment, PASSWORD: "another"},
        f"${PASSWORD}": {AUTHORITY: environment[AUTHORITY]},
        f"TLS failed .*${AUTHORITY}": {name: value for name, value in environment.items() if name != AUTHORITY},
    }
    for said, given in refusals.items():
        for program, asked in (("search", ["license"]), ("indexer", ["status"])):
            done = run(program, *asked, "--index", index, **given)
            assert done.returncode == 2
            assert said.split(" .*")[0] in done.stderr
            assert said.split(" .*")[-1] in done.stderr
            assert len(done.stderr.splitlines()) == 1
            assert "secret" not in done.stderr
    cluster.delete(cluster.address().parent / index.rsplit("/", 1)[1])


def test_opensearch_knows_every_setting_of_the_compose_file() -> None:
    """But those of the security plugin, which the nodes here do not have."""
    said = cluster.ask("GET", "/_cluster/settings", include_defaults=True, flat_settings=True)
    known = {**said["defaults"], **said["persistent"], **said["transient"]}
    given = yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]["node1"]["environment"]
    settings = {name for name in given if "." in name and not name.startswith("plugins.security.")}
    assert len(settings) >= 6
    assert settings - known.keys() == set()
