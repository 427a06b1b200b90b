"""docs/output.md, docs/evidence.md: every example is what the program prints, every name of the shapes is described."""

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.cli import commands as indexer_commands
from indexer.commands.terminal import run
from indexer.errors import IndexerError
from search.cli import commands as search_commands
from search.errors import SearchError
from search.output.table import COLUMNS, EDGAR_TOOL

CHECKOUT = Path(__file__).resolve().parents[1]
PAGES = {name: (CHECKOUT / "docs" / name).read_text(encoding="utf-8") for name in ("output.md", "evidence.md")}
PAGE = PAGES["output.md"]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
VARYING = (
    (re.compile(r"\bin \d+\.\d\d s$", re.MULTILINE), "in 0.01 s"),
    (re.compile(r'"seconds": [\d.e-]+'), '"seconds": 0.01'),
    (re.compile(r'"score": \d+\.\d+'), '"score": 21.4'),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"), "2026-01-31T12:00:00+00:00"),
    (re.compile(r"/[^ ]*/index: generation"), "index: generation"),
    (re.compile(r"\([0-9a-f]{64}\)"), "(…)"),
)
"""What differs from run to run, or with every change to a text, and how the page has it."""


class Example(NamedTuple):
    """A command and what the page says it prints, on standard output and then on standard error."""

    command: str
    printed: str


def examples(page: str) -> Iterator[Example]:
    for block in BLOCK.findall(page):
        command, _, printed = block.partition("\n")
        yield Example(command.removeprefix("$ "), printed)


Shell = Callable[[str], str]


@pytest.fixture
def shell(sample_index: Path, at_home: Callable[[], tuple[str, str]]) -> Shell:
    """Runs a command line of the page; what it prints on both streams, what varies set aside."""

    def printed(command: str) -> str:
        program, *arguments = shlex.split(command)
        command_of = search_commands if program == "search" else indexer_commands
        at_home()
        run(command_of, program, (SearchError, IndexerError), arguments)
        out, err = at_home()
        found = (out + err).replace(f"{CHECKOUT}/", "").replace(str(sample_index), "index")
        for varying, shown in VARYING:
            found = varying.sub(shown, found)
        return "".join(f"{line.rstrip()}\n" for line in found.splitlines())

    return printed


@pytest.mark.parametrize(("page", "least"), [("output.md", 20), ("evidence.md", 3)])
def test_every_example_is_what_the_program_prints(page: str, least: int, shell: Shell) -> None:
    """In one test a page, in its order: later examples rest on what earlier ones wrote."""
    shown = list(examples(PAGES[page]))
    assert len(shown) >= least
    for example in shown:
        assert shell(example.command) == example.printed, example.command


def described(heading: str) -> set[str]:
    """The names that the tables under a heading of the page describe."""
    part = re.split(rf"^## {heading}$", PAGE, flags=re.MULTILINE)[1].split("\n## ")[0]
    return {name for row in re.findall(r"^\| (`[^|]*) \|", part, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}


def test_every_name_of_the_json_is_described(shell: Shell) -> None:
    command = "search license --cik 9012704 --facets form --over-time year --json"
    found = json.loads(shell(command))
    hit = found["hits"][0]
    assert set(found) | set(hit) == described("JSON")
    snippet = hit["documents"][0]["snippets"][0]
    parts = [hit["documents"][0], snippet, found["coverage"], found["facets"][0], found["timeline"], hit["parties"][0]]
    for name in {name for part in parts for name in part}:
        assert f"`{name}`" in PAGE, name


def test_every_name_of_the_evidence_is_described(shell: Shell) -> None:
    shell("search license --evidence evidence.json")
    assert set(json.loads(Path("evidence.json").read_text(encoding="utf-8"))) == described("Evidence")


def test_every_column_is_described() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE.split("## Columns")[1].split("\n## ")[0], re.MULTILINE))
    assert rows == {column.name: column.about for column in COLUMNS}
    assert ", ".join(f"`{name}`" for name in EDGAR_TOOL) in " ".join(PAGE.split())
