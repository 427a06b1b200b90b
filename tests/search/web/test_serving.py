"""The server as a process: it starts, answers, and ends when it is asked to."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search.errors import SearchError
from search.web.serving import bound
from search.web.web_settings import WebSettings
from tests.search.conftest import Builder, document, submission


@contextmanager
def served(index: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a server at a free port; gives its process and its address."""
    command = [sys.executable, "-m", "search", "--serve", "--port", "0", "--index", str(index), *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            assert process.stderr
            said = process.stderr.readline()
            yield process, re.findall(r"http://\S+", said)[0]
        finally:
            process.kill()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_answers_and_ends_cleanly(sample_index: Path, how: signal.Signals, workers: str) -> None:
    with served(sample_index, "--workers", workers) as (process, address):
        with urllib.request.urlopen(f"{address}search?q=license") as answer:
            assert answer.status == 200
        os.killpg(process.pid, how) if workers == "2" else process.send_signal(how)
        assert process.wait(timeout=60) == 0
        assert process.stderr and process.stderr.read() == ""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_while_a_long_answer_is_read_slowly(build: Builder, how: signal.Signals) -> None:
    text = "".join(f"<p>{'an agreement of the parties ' * 20} {number}</p>" for number in range(20_000))
    index = build({"long.txt": submission(1, document(f"<html><body>{text}</body></html>"))})
    with served(index) as (process, address):
        host, port = address.removeprefix("http://").rstrip("/").split(":")
        with socket.create_connection((host, int(port))) as reader:
            reader.sendall(f"GET /doc/0009070001-24-000001/main.txt HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            assert b"200 OK" in reader.recv(1_000)  # and no more of it: the rest waits
            process.send_signal(how)
            assert process.wait(timeout=60) == 0
        assert process.stderr and process.stderr.read() == ""


def test_a_port_that_is_taken_is_said_to_be_so(sample_index: Path) -> None:
    settings = WebSettings(index=sample_index)
    with bound(settings, 0) as taken, pytest.raises(SearchError, match="--port takes another"):
        bound(settings, taken.getsockname()[1])


def test_no_answer_waits_for_its_beginning_to_be_acknowledged(sample_index: Path) -> None:
    with (
        bound(WebSettings(index=sample_index), 0) as taken,
        socket.create_connection(taken.getsockname()),
        taken.accept()[0] as connection,
    ):
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize(
    ("options", "said"), [(["--port", "80"], "--port belongs with --serve"), (["--serve", "x"], "no words")]
)
def test_what_does_not_go_together(options: list[str], said: str) -> None:
    done = subprocess.run([sys.executable, "-m", "search", *options], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert said in done.stderr


def test_without_the_extra_the_error_names_it() -> None:
    program = "import sys; sys.modules['uvicorn'] = None; from search.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program, "--serve"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "edgar-corpus-search[web]" in done.stderr
