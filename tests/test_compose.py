"""The compose file of the documentation is one, as far as that can be told here."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[1] / "docs" / "cluster" / "compose.yaml"


def test_the_compose_file_is_read_by_docker() -> None:
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("no docker compose here")
    environment = {**os.environ, "OPENSEARCH_INITIAL_ADMIN_PASSWORD": "a-password-for-the-test"}
    done = subprocess.run([docker, "compose", "-f", str(FILE), "config", "-q"], env=environment, check=False)
    assert done.returncode == 0


def test_the_compose_file_asks_for_a_password_and_has_tls() -> None:
    text = FILE.read_text("utf-8")
    assert "OPENSEARCH_INITIAL_ADMIN_PASSWORD:?" in text
    assert 'plugins.security.ssl.http.enabled: "true"' in text
    assert text.count("<<: *node") == 3
