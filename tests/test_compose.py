"""The compose file of docs/scale.md: what its parts say of one another holds, and docker takes it, where it is."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

FILE = Path(__file__).resolve().parents[1] / "docs" / "cluster" / "compose.yaml"
ENVIRONMENT = {"OPENSEARCH_INITIAL_ADMIN_PASSWORD": "a long one", "HEAP": "8g"}


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return loaded


def test_nodes_know_one_another(said: dict[str, Any]) -> None:
    services = said["services"]
    assert len(services) == 3
    for name, service in services.items():
        environment = service["environment"]
        assert environment["node.name"] == name
        for setting in ("discovery.seed_hosts", "cluster.initial_cluster_manager_nodes"):
            assert environment[setting].split(",") == list(services)
        assert environment["plugins.security.ssl.http.enabled"] == "true"
    (image,) = {service["image"] for service in services.values()}
    assert re.fullmatch(r"opensearchproject/opensearch:3\.\d+\.\d+", image)


def test_each_node_has_its_own_port_and_volume_that_is_declared(said: dict[str, Any]) -> None:
    services = said["services"].values()
    ports = [port.split(":") for service in services for port in service["ports"]]
    assert len({outer for outer, _ in ports}) == len(ports) == len(services)
    assert {inner for _, inner in ports} == {"9200"}
    volumes = [volume.split(":") for service in services for volume in service["volumes"]]
    named = {name for name, *_ in volumes if not name.startswith(".")}
    assert named == set(said["volumes"])
    data = [name for name, place, *_ in volumes if place == "/usr/share/opensearch/data"]
    assert len(set(data)) == len(services)


def test_files_that_settings_name_are_mounted(said: dict[str, Any]) -> None:
    for service in said["services"].values():
        places = [place for _, place, *_ in (volume.split(":") for volume in service["volumes"])]
        for name, value in service["environment"].items():
            if name.endswith("_filepath"):
                assert f"/usr/share/opensearch/config/{value}".rsplit("/", 1)[0] in places
        assert service["environment"]["path.repo"] in places


def test_what_is_to_be_given_is_asked_for(said: dict[str, Any]) -> None:
    names = set(re.findall(r"\$\{(\w+)", FILE.read_text("utf-8")))
    assert names == set(ENVIRONMENT)
    assert (
        "${OPENSEARCH_INITIAL_ADMIN_PASSWORD:?"
        in said["services"]["node1"]["environment"]["OPENSEARCH_INITIAL_ADMIN_PASSWORD"]
    )


def test_docker_takes_it(said: dict[str, Any]) -> None:
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("no `docker compose` here")
    command = [docker, "compose", "-f", str(FILE), "config", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)["services"]) == set(said["services"])
