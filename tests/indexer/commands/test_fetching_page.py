"""docs/fetching.md: every example is what the program prints, on a machine with nothing but a server."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.indexer.conftest import Said
from tests.indexer.download.server import Edgar

PAGE = (CHECKOUT / "docs/fetching.md").read_text("utf-8")
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
VARYING = (
    (re.compile(r"listed them \d{4}-\d\d-\d\d \d\d:\d\d"), "listed them 2026-01-31 12:00"),
    (re.compile(r"in \d+\.\d s\."), "in 0.1 s."),
    (re.compile(r"(?<=18: )\d\.\d kB|(?<=documents, )[\d.]+ kB|(?<=1 document, )[\d.]+ kB"), "5.2 kB"),  # compressed
)
"""What differs from run to run, and how the page has it."""


def told(printed: str) -> str:
    for pattern, said in VARYING:
        printed = pattern.sub(said, printed)
    return printed


def test_the_examples_print_what_they_say(
    indexer: Callable[..., Said], edgar: Edgar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDGAR_BASE_URL", edgar.url)
    examples = [
        (command, printed)
        for block in CONSOLE.findall(PAGE)
        for command, printed in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]
    assert len(examples) >= 9
    for command, printed in examples:
        _, *arguments = shlex.split(command)
        said = indexer(*arguments)
        assert told(said.out + said.err) == printed, command
        monkeypatch.setenv("EDGAR_CONTACT", "Your Name you@your.example")  # as the page says behind its first example


def test_the_python_of_the_page_runs(
    indexer: Callable[..., Said],
    edgar: Edgar,
    corpus: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    indexer("build", corpus / "filings", "--index", "index")
    indexer(
        "compare", "--cik", "9012704", "--from", edgar.url, "--contact", "Your Name you@your.example", "--rate", 500
    )
    monkeypatch.setenv("EDGAR_BASE_URL", edgar.url)
    [block] = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    exec(block, {})
    assert capsys.readouterr().out.endswith("1 1 []\n")


@pytest.mark.parametrize("command", ["fetch", "compare"])
def test_every_option_is_described(indexer: Callable[..., Said], command: str) -> None:
    options = set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", indexer(command, "--help").out, re.MULTILINE)) - {"--help"}
    assert len(options) > 10
    assert {option for option in options if f"`{option}" not in PAGE} == set()
