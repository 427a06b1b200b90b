"""What is longer than the screen goes through a pager; what fits, or is not wanted there, does not."""

import json
import sys
from pathlib import Path

import pytest

from indexer.printing import unmarked
from search.commands import pager
from tests.search.conftest import Ask
from tests.terminal import shown

SEARCH = str(Path(sys.executable).with_name("search"))
PAGED = "\x1b[?1h"
"""What less writes when it takes the screen."""


def said(index: Path, *arguments: str, lines: int = 12, keys: tuple[tuple[str, bytes], ...] = (), **told: str) -> str:
    return shown([SEARCH, *arguments, "--index", str(index)], lines=lines, told=told, keys=keys, cwd=index.parent)


def test_what_is_longer_than_the_screen_is_paged_and_what_fits_is_not(sample_index: Path) -> None:
    long = said(sample_index, "license", keys=((":\x1b[K", b"q"),))
    assert PAGED in long
    assert "5 filings" not in long
    short = said(sample_index, "license", "-n", "1", "--snippets", "0")
    assert PAGED not in short
    assert "1 of 5 filings" in short


@pytest.mark.parametrize(
    ("options", "told"),
    [(["--no-pager"], {}), (["--pager", ""], {}), ([], {"PAGER": "cat"}), ([], {"PAGER": ""}), ([], {"TERM": "dumb"})],
)
def test_without_a_pager_it_is_printed(sample_index: Path, options: list[str], told: dict[str, str]) -> None:
    out = said(sample_index, "license", *options, **told)
    assert PAGED not in out
    assert "5 filings (7 documents)" in out


@pytest.mark.parametrize(
    ("options", "told"), [(["--pager", "head -n 1"], {"PAGER": "false"}), ([], {"PAGER": "head -n 1"})]
)
def test_another_pager(sample_index: Path, options: list[str], told: dict[str, str]) -> None:
    out = unmarked(said(sample_index, "license", *options, **told))
    assert len(out.splitlines()) == 1
    assert "Tessalune" in out


def test_a_pager_that_is_not_there_is_said_and_done_without(sample_index: Path) -> None:
    out = said(sample_index, "license", "--pager", "no-such-pager")
    assert out.startswith("search: the pager no-such-pager cannot be run: No such file or directory\n")
    assert "5 filings (7 documents)" in out


def test_json_is_paged_too(sample_index: Path) -> None:
    assert PAGED in said(sample_index, "license", "--json", keys=((":\x1b[K", b"q"),))


def test_whoever_leaves_the_pager_has_the_evidence_all_the_same(sample_index: Path, tmp_path: Path) -> None:
    evidence = tmp_path / "evidence.json"
    out = said(sample_index, "the", "--all", "--pager", "head -n 1", "--evidence", str(evidence))
    assert "written to" in out
    assert len(json.loads(evidence.read_text(encoding="utf-8"))["hits"]) > 20


def test_alerts_that_were_not_all_shown_stay_new(ask: Ask, sample_index: Path, home: Path) -> None:
    ask("the", "--save", "all", "--limit", "0")
    told = {"XDG_CONFIG_HOME": str(home / "config")}
    said(sample_index, "--alerts", "--snippets", "3", "--width", "2000", "--pager", "true", **told)
    assert ask("--alerts").code == 0


@pytest.mark.parametrize(
    ("named", "variable", "command"),
    [
        (None, None, ("less",)),
        (None, "more -d", ("more", "-d")),
        ("most", "more", ("most",)),
        ("", "more", ()),
        (None, "cat", ()),
    ],
)
def test_which_pager(
    monkeypatch: pytest.MonkeyPatch, named: str | None, variable: str | None, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("PAGER", raising=False) if variable is None else monkeypatch.setenv("PAGER", variable)
    assert pager.pager(named) == command
