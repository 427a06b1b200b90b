"""docs/conventions.md: each of the twelve conventions, held here; and the page names no test that there is not."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.cli import commands as indexer_commands
from indexer.commands.terminal import run
from indexer.errors import IndexerError
from indexer.storage.lock import Lock
from search.cli import commands as search_commands
from search.errors import SearchError
from tests.terminal import shown

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = (CHECKOUT / "docs" / "conventions.md").read_text(encoding="utf-8")
PROGRAMS = {"search": search_commands, "indexer": indexer_commands}


class Said(NamedTuple):
    code: int
    out: str
    err: str


Type = Callable[..., Said]


@pytest.fixture
def type_(at_home: Callable[[], tuple[str, str]]) -> Type:
    """Type a command; the index is that of the sample corpus, the user nobody."""

    def typed(program: str, *arguments: str) -> Said:
        at_home()
        code = run(PROGRAMS[program], program, (SearchError, IndexerError), list(arguments))
        return Said(code, *at_home())

    return typed


@pytest.fixture
def corpus_of_two(tmp_path: Path, corpus: Path) -> Path:
    folder = tmp_path / "two"
    folder.mkdir()
    for name in ("tessalune-2017-8-K.txt", "wrexley-2009-8-K.txt"):
        shutil.copy(corpus / "filings" / name, folder)
    return folder


def test_the_page_has_twelve_lines_and_every_test_they_name_is_here() -> None:
    rows = re.findall(r"^\| (\d+) \|.*\|$", PAGE, re.MULTILINE)
    assert rows == [str(number) for number in range(1, 13)]
    named = re.findall(r"`tests/test_conventions\.py::(\w+)`", PAGE)
    assert len(named) >= 12
    assert [name for name in named if not callable(globals().get(name))] == []


def test_exit_codes(type_: Type, tmp_path: Path) -> None:
    assert type_("search", "license").code == 0
    assert type_("search", "license", "--cik", "9999999").code == 1
    assert type_("search", "license", "--index", "nowhere").code == 2
    assert type_("search", "license", "--fromat", "csv").code == 2
    assert type_("indexer", "status").code == 0
    assert type_("indexer", "status", "--index", "nowhere").code == 2
    assert type_("indexer", "build", "nowhere", "--index", "made").code == 2


def test_a_lock_and_another_version_have_codes_of_their_own(type_: Type, corpus_of_two: Path, tmp_path: Path) -> None:
    build = ("build", str(corpus_of_two), "--index", "made", "--processes", "1")
    assert type_("indexer", *build).code == 0
    with Lock(tmp_path / "made"):
        said = type_("indexer", *build)
    assert (said.code, said.out) == (3, "")
    mark = tmp_path / "made" / "edgar-index.json"
    mark.write_text('{"schema": 9999}')
    assert type_("search", "license", "--index", "made").code == 4
    assert type_("indexer", "status", "--index", "made").code == 4


@pytest.mark.parametrize(
    "command",
    [
        "search license --jsonl",
        "search license --jsonl --columns all",
        "search license --jsonl --facets form",
        "search license --jsonl --count",
        "search license --jsonl --counts",
        "search license --jsonl --files",
        "search license --jsonl --explain",
        "search --coverage --jsonl",
        "search --fields --jsonl",
        "search --saved --jsonl",
        "search --alerts --jsonl",
        "indexer problems --json",
        "indexer status --history --json",
    ],
)
def test_every_line_of_json_has_a_type_and_a_version(type_: Type, command: str) -> None:
    type_("search", "license", "--save", "licenses")
    program, *arguments = command.split()
    lines = [json.loads(line) for line in type_(program, *arguments).out.splitlines()]
    assert lines
    for line in lines:
        assert list(line)[:2] == ["type", "version"], command
        assert line["type"]
        assert isinstance(line["version"], int)


def test_the_query_is_shown_as_it_was_understood(type_: Type) -> None:
    assert "stands for license, licensed" in type_("search", "license form:8-K", "--explain").out
    assert json.loads(type_("search", "license", "--filed", "2017", "--json").out)["understood"] == (
        "license filed:2017-01-01..2017-12-31"
    )


def test_a_build_reads_what_is_new_and_all_of_it_when_told_to(type_: Type, corpus_of_two: Path, corpus: Path) -> None:
    build = ("build", str(corpus_of_two), "--index", "made", "--processes", "1")
    assert "Read 2 submissions" in type_("indexer", *build).out
    assert "Read 0 submissions" in type_("indexer", *build).out
    shutil.copy(corpus / "filings" / "tessalune-2018-4.txt", corpus_of_two)
    assert "Read 1 submission," in type_("indexer", *build).out
    assert "Read 3 submissions" in type_("indexer", *build, "--rebuild").out
    assert (
        "Read 1 submission,"
        in type_(
            "indexer", "add", str(corpus_of_two / "tessalune-2018-4.txt"), "--index", "made", "--processes", "1"
        ).out
    )
    assert type_("indexer", *build, "--retry").code == 0


def test_what_was_not_read_is_listed_with_the_reason(type_: Type) -> None:
    problems = type_("indexer", "problems").out
    assert "truncated" in problems
    assert "not-a-submission" in problems
    assert "not read: 0009000101-17-004512:tsl_logo.gif" in type_("search", "--coverage").out


@pytest.mark.parametrize(
    "query",
    ['"', "(", ")", "AND", "OR OR", "NOT", "NEAR(", "a NEAR(x) b", "*", "?", "a^", "a~9", "x:y", ":", "form:",
     "filed:32", "a OR", "(a", "\\", "a && ", "||", "'", "=", "-", "--x", "a {b}", "a <b>", "/a/", "#a", "$",
     "&", "~", "^"],
)  # fmt: skip
def test_no_operator_stops_a_query(type_: Type, query: str) -> None:
    said = type_("search", "--json", "--", f"license {query}")
    assert said.code in {0, 1}, said.err
    assert json.loads(said.out)["version"] == 1


def test_the_operators_that_are_refused_are_those_of_the_page(type_: Type) -> None:
    for refused in ("license % drug", "license ADJ5 drug", "license !drug", "[a TO b]"):
        said = type_("search", refused)
        assert (said.code, said.out) == (2, "")
        assert "^" in said.err
        assert re.search(r"writ|dots|leaves", said.err)
    assert all(f"`{written}`" in PAGE for written in ("%", "ADJ5", "!word", "[a TO b]"))


def test_colour_and_links_on_a_terminal_only(type_: Type, sample_index: Path) -> None:
    command = [str(Path(sys.executable).with_name("search")), "license", "-n", "1", "--index", str(sample_index)]
    coloured = shown(command, lines=100)
    assert "\x1b[1;33m" in coloured
    assert "\x1b]8;;https://www.sec.gov" in coloured
    assert "\x1b" not in shown(command, lines=100, told={"NO_COLOR": "1"})
    assert "\x1b" not in type_("search", "license").out


def test_the_fields_are_listed(type_: Type) -> None:
    names = [line.split(",")[0].split()[0] for line in type_("search", "--fields").out.splitlines()[1:]]
    assert {"form", "filed", "company", "section"} <= set(names)


def test_a_query_is_saved_run_and_counted(type_: Type) -> None:
    assert type_("search", "license", "--save", "licenses", "--count").out == "5 filings (7 documents)\n"
    assert type_("search", "--saved").out.startswith("licenses")
    assert type_("search", "--run", "licenses", "--count").out == "5 filings (7 documents)\n"
    assert (type_("search", "--alerts").code, type_("search", "--alerts").code) == (0, 1)
    assert type_("search", "--forget", "licenses").code == 0
    assert type_("search", "--saved").code == 1


def test_defaults_have_a_file_a_variable_and_a_way_to_be_seen(
    type_: Type, sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDGAR_INDEX")
    (tmp_path / "mine.toml").write_text(f"index = '{sample_index}'\n")
    monkeypatch.setenv("EDGAR_CONFIG", str(tmp_path / "mine.toml"))
    assert type_("search", "license", "--count").code == 0
    for program in PROGRAMS:
        assert str(sample_index) in type_(program, "--help-config").out


@pytest.mark.parametrize("program", PROGRAMS)
def test_both_programs_complete_and_have_a_manual(type_: Type, program: str, tmp_path: Path) -> None:
    for shell in ("bash", "zsh", "fish"):
        script = type_(program, "--completion", shell).out
        assert f"_{program.upper()}_COMPLETE" in script
        if found := shutil.which(shell):
            (tmp_path / "script").write_text(script)
            flags = ["-f"] if shell == "zsh" else []
            done = subprocess.run(
                [found, *flags, "-c", f". {tmp_path / 'script'}"], capture_output=True, text=True, check=False
            )
            assert (done.returncode, done.stderr) == (0, ""), shell
    manual = type_(program, "--man").out
    assert manual.startswith(f".TH {program.upper()} 1")
    if groff := shutil.which("groff"):
        done = subprocess.run(
            [groff, "-man", "-Tutf8", "-ww"], input=manual, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        plain = re.sub("\x1b\\[[\\d;]*m|.\x08", "", done.stdout)
        assert "--index PATH" in plain
        assert "--color" in plain or "indexer build" in plain


def test_a_build_says_what_is_gone_and_leaves_it(type_: Type, corpus_of_two: Path) -> None:
    build = ("build", str(corpus_of_two), "--index", "made", "--processes", "1")
    type_("indexer", *build)
    (corpus_of_two / "tessalune-2017-8-K.txt").unlink()
    said = type_("indexer", *build).out
    assert "1 file gone since the last build (`--prune` takes out what came from them)" in said
    assert "made holds 2 submissions" in said
    assert "made holds 1 submission," in type_("indexer", *build, "--prune").out


def test_what_would_be_taken_away_is_said_and_left(type_: Type, corpus_of_two: Path) -> None:
    build = ("build", str(corpus_of_two), "--index", "made", "--processes", "1")
    type_("indexer", *build)
    said = type_("indexer", "remove", "0009000101-17-004512", "--index", "made", "--dry-run")
    assert "0009000101-17-004512" in said.out
    (corpus_of_two / "tessalune-2017-8-K.txt").unlink()
    assert type_("indexer", *build, "--prune", "--dry-run").code == 0
    assert "made holds 2 submissions" in type_("indexer", *build).out
    type_("search", "license", "--save", "licenses")
    type_("search", "--forget", "licenses", "--dry-run")
    assert type_("search", "--saved").out.startswith("licenses")


@pytest.mark.parametrize("width", [80, 100, 200])
@pytest.mark.parametrize("program", PROGRAMS)
def test_help_fits_the_terminal_and_begins_with_examples(
    type_: Type, program: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = type_(program, "--help").out.splitlines()
    assert max(map(len, lines)) <= width
    assert sum(line.startswith(f"  {program} ") for line in lines[:8]) == 3
    for command in indexer_commands.commands if program == "indexer" else ():
        assert max(map(len, type_("indexer", command, "--help").out.splitlines())) <= width, command


def test_help_cites_no_file_that_an_installed_package_lacks(type_: Type) -> None:
    assert "docs/" not in type_("search", "--help").out
    assert type_("search", "--help-query").out.startswith("# The query language")
    assert type_("search", "--help-output").out.startswith("# Output")


def test_paths_end_in_nul_when_asked(type_: Type) -> None:
    paths = type_("search", "license", "--files").out.splitlines()
    assert paths
    assert type_("search", "license", "-l0").out == "".join(f"{path}\0" for path in paths)
