"""What is longer than the screen goes through a pager; what fits, or is not wanted there, does not."""

import json
import sys
from pathlib import Path

import pytest

from indexer.commands import pager
from indexer.printing import unmarked
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
    assert out.startswith("the pager no-such-pager cannot be run: No such file or directory\n")
    assert "5 filings (7 documents)" in out


def test_a_pager_that_cannot_be_read_is_said_and_done_without(sample_index: Path) -> None:
    out = said(sample_index, "license", PAGER="less 'x")
    assert out.startswith("the pager less 'x cannot be run: No closing quotation\n")
    assert "5 filings (7 documents)" in out


def test_json_is_paged_too(sample_index: Path) -> None:
    assert PAGED in said(sample_index, "license", "--json", keys=((":\x1b[K", b"q"),))


def test_whoever_leaves_the_pager_has_the_evidence_all_the_same(sample_index: Path, tmp_path: Path) -> None:
    evidence = tmp_path / "evidence.json"
    out = said(sample_index, "the", "--all", "--pager", "head -n 1", "--evidence", str(evidence))
    assert "written to" in out
    assert len(json.loads(evidence.read_text(encoding="utf-8"))["hits"]) > 20


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


INDEXER = str(Path(sys.executable).with_name("indexer"))


@pytest.mark.parametrize("asked", [["problems"], ["status"], ["problems", "--json"], ["status", "--json"]])
def test_what_is_in_an_index_is_paged_too(sample_index: Path, asked: list[str]) -> None:
    command = [INDEXER, *asked, "--index", str(sample_index)]
    assert PAGED in shown(command, lines=6, keys=((":\x1b[K", b"q"),))
    whole = shown([*command, "--no-pager"], lines=6)
    assert PAGED not in whole
    assert len(whole.splitlines()) > 6
    assert shown(command, lines=6, told={"PAGER": "head -n 1"}) in whole


def test_a_submission_is_paged_too(sample_index: Path) -> None:
    command = [INDEXER, "show", "0009000101-17-004512", "--index", str(sample_index)]
    for form in ([], ["--text"], ["--header"], ["--json"]):
        assert len(shown([*command, *form, "--pager", "head -n 1"], lines=6).splitlines()) == 1
        assert PAGED not in shown([*command, *form, "--no-pager"], lines=6)


def test_the_defaults_name_the_pager_of_both_and_none_is_none(sample_index: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('pager = "head -n 1"', encoding="utf-8")
    command, told = [INDEXER, "status", "--index", str(sample_index)], {"EDGAR_CONFIG": str(tmp_path / "config.toml")}
    assert len(shown(command, lines=6, told=told).splitlines()) == 1
    assert len(shown([*command, "--no-pager"], lines=6, told=told).splitlines()) > 6
