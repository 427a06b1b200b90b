"""Start OpenSearch nodes for tests, each a process of its own on this machine, from Maven's jars."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent.parent / "build" / "opensearch"
LEAST_JAVA = 21
"""Older ones do not run OpenSearch 3."""
STARTING = 240.0
"""Seconds for nodes to find one another, on a busy machine."""
_USUAL = ("/usr/lib/jvm/*", "/opt/java/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home")


class UnavailableError(Exception):
    """Why no nodes can be started here."""


def java() -> Path:
    """Find a Java that is new enough; UnavailableError."""
    homes = [Path(home) for home in [os.environ.get("JAVA_HOME")] if home]
    homes += [home for pattern in _USUAL for home in sorted(Path("/").glob(pattern.lstrip("/")))]
    for home in homes:
        program = home / "bin" / "java"
        if program.is_file() and _version(program) >= LEAST_JAVA:
            return program
    raise UnavailableError(f"no Java {LEAST_JAVA} or newer: JAVA_HOME names one")


def _version(program: Path) -> int:
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False, timeout=60).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


def classpath() -> str:
    """Resolve the jars with Maven, once; UnavailableError."""
    kept = BUILD / "classpath.txt"
    if not kept.exists() or kept.stat().st_mtime < (HERE / "pom.xml").stat().st_mtime:
        if not shutil.which("mvn"):
            raise UnavailableError("no Maven (mvn), which finds OpenSearch's jars")
        BUILD.mkdir(parents=True, exist_ok=True)
        command = ["mvn", "-q", "-B", "dependency:build-classpath", f"-Dmdep.outputFile={kept}"]
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False, timeout=600)
        if done.returncode or not kept.exists():
            kept.unlink(missing_ok=True)
            raise UnavailableError(f"Maven found no jars: {(done.stdout + done.stderr).strip().splitlines()[:1]}")
    return kept.read_text()


class Node:
    """One node, a process."""

    def __init__(self, number: int, ports: Sequence[tuple[int, int]], folder: Path) -> None:
        """Say which of the nodes it is; `ports` are those of all, for HTTP and for one another."""
        self._number, self._ports, self._folder = number, ports, folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return where it answers."""
        return f"http://127.0.0.1:{self._ports[self._number][0]}"

    def start(self) -> None:
        """Start it, or start it again."""
        home = self._folder / f"node-{self._number}"
        (home / "config").mkdir(parents=True, exist_ok=True)
        settings = {name: str(value) for name, value in self._settings().items()}
        command = [
            str(java()), "-Xms512m", "-Xmx1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
            "-cp", classpath(), str(HERE / "OneNode.java"), str(home), *map("=".join, settings.items()),
        ]  # fmt: skip
        with (home / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)

    def _settings(self) -> dict[str, object]:
        http, transport = self._ports[self._number]
        return {
            "cluster.name": f"edgar-tests-{self._ports[0][1]}",
            "node.name": f"node-{self._number}",
            "network.host": "127.0.0.1",
            "http.port": http,
            "transport.port": transport,
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{other}" for _, other in self._ports),
            "cluster.initial_cluster_manager_nodes": ",".join(f"node-{each}" for each in range(len(self._ports))),
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "http.max_content_length": "16mb",
            "indices.query.bool.max_clause_count": "16384",
        }

    @property
    def pid(self) -> int:
        """Return the process it is; 0 before it is started."""
        return self._process.pid if self._process else 0

    def end(self) -> None:
        """Have it end, and do not wait for it."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def wait(self) -> None:
        """Wait until it has ended."""
        if self._process:
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(30)


@contextmanager
def started(count: int = 3) -> Iterator[list[Node]]:
    """Start nodes that are one cluster, and stop them; UnavailableError."""
    java(), classpath()
    with tempfile.TemporaryDirectory(prefix="edgar-nodes-") as folder:
        ports = [(_free_port(), _free_port()) for _ in range(count)]
        nodes = [Node(number, ports, Path(folder)) for number in range(count)]
        try:
            for node in nodes:
                node.start()
            wait_for(nodes[0].url, count)
            yield nodes
        finally:
            for node in nodes:
                node.end()
            for node in nodes:
                node.wait()


def wait_for(url: str, count: int) -> None:
    """Wait until so many nodes are one cluster and all its shards are where they belong; UnavailableError."""
    until, path = (
        time.monotonic() + STARTING,
        f"/_cluster/health?wait_for_nodes={count}&wait_for_status=green&timeout=20s",
    )
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url + path, timeout=30) as answer:
                if b'"timed_out":false' in answer.read():
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise UnavailableError(f"the nodes did not become one cluster in {STARTING:g} s")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main() -> int:
    """Run the tests of the cluster's engine on nodes started here, or on the cluster that OPENSEARCH_URL names."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the nodes are ended too
    if os.environ.get("OPENSEARCH_URL"):
        return _tested({})
    try:
        with started() as nodes:
            urls = ",".join(node.url.removeprefix("http://") for node in nodes)
            pids = ",".join(str(node.pid) for node in nodes)
            return _tested({"OPENSEARCH_URL": f"http://{urls}", "OPENSEARCH_PIDS": pids})
    except UnavailableError as why:
        print(f"*** THE OPENSEARCH ENGINE WAS NOT TESTED: {why} ***", file=sys.stderr)
        return 0


def _tested(environment: dict[str, str]) -> int:
    """Run the tests; those that end a node come last."""
    suites = [str(HERE.parent / "test_conformance.py"), str(HERE)]
    command = [sys.executable, "-m", "pytest", "-q", "-k", "opensearch", *suites, *sys.argv[1:]]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    if sys.argv[1:] == ["--java"]:
        try:
            raise SystemExit(print(java()))
        except UnavailableError as why:
            raise SystemExit(str(why)) from None
    raise SystemExit(main())
