"""CONTRIBUTING.md: what its recipes name exists, and those that are given in code work in a copy of the program."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

import pytest

from search.commands.arguments import FIND, MODES
from search.commands.options import Mode
from search.output.printer import PRINTERS, Printer

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
STEP = re.compile(
    r"^ *`([^`\n]+)`, (new|cases of|below `([^`\n]+)`):\n\n( *)```(?:python|html)\n(.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)


class Step(NamedTuple):
    """A new file; lines to be put below the one that holds `anchor`; or cases, each below the name of its function."""

    path: str
    kind: str
    anchor: str
    content: str


def steps(title: str) -> list[Step]:
    found = STEP.findall(RECIPES[title])
    return [
        Step(path, kind, anchor, re.sub(f"^{indent}", "", content, flags=re.MULTILINE))
        for path, kind, anchor, indent, content in found
    ]


def follow(step: Step, folder: Path) -> None:
    path = folder / step.path
    if step.kind == "cases of":
        for function, cases in re.findall(r"^# (\w+)\n(.*?)(?=^# |\Z)", step.content, re.MULTILINE | re.DOTALL):
            put_case(path, function, cases)
        return
    if not step.anchor:
        assert not path.exists()
        path.write_text(step.content, encoding="utf-8")
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = (number for number, line in enumerate(lines) if step.anchor in line)
    path.write_text("".join((*lines[: at + 1], step.content, *lines[at + 1 :])), encoding="utf-8")


def put_case(path: Path, function: str, cases: str) -> None:
    """Put cases into the closed `match` of a function, before what closes it."""
    text = path.read_text(encoding="utf-8")
    functions = [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.FunctionDef)]
    (closing,) = (
        each.cases[-1].pattern
        for of_name in functions
        if of_name.name == function
        for each in ast.walk(of_name)
        if isinstance(each, ast.Match)
        if ast.unparse(each.cases[-1].pattern) == "_"
    )
    lines = text.splitlines(keepends=True)
    at, margin = closing.lineno - 1, " " * (closing.col_offset - len("case "))
    assert lines[at] == f"{margin}case _:\n"
    path.write_text("".join((*lines[:at], indent(cases, margin), *lines[at:])), encoding="utf-8")


Search = Callable[..., str]


@pytest.fixture
def follow_recipe(tmp_path: Path, sample_index: Path) -> Callable[[str], Search]:
    """Follow a recipe in a copy; gives what `search` prints there."""

    def followed(title: str) -> Search:
        for package in ("indexer", "search"):
            shutil.copytree(CHECKOUT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
        for step in steps(title):
            follow(step, tmp_path)
        return searched

    def searched(*arguments: str) -> str:
        command = [sys.executable, "-P", "-m", "search", *arguments]
        command += [] if "--index" in arguments else ["--index", str(sample_index)]
        told = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(command, cwd=tmp_path, env=told, capture_output=True, text=True, check=False)
        assert done.returncode in {0, 1}, done.stderr
        return done.stdout

    return followed


def test_the_recipes_and_how_many_files_they_change() -> None:
    changed = {title: len({step.path for step in steps(title)}) for title in RECIPES if steps(title)}
    assert changed == {
        "A form type": 2, "A query operator": 9, "An output format": 2, "A command": 2, "An engine": 4, "A page": 3
    }  # fmt: skip
    assert set(RECIPES) == set(changed)
    for title in ("An output format", "A command", "An engine"):
        assert {len(step.content.splitlines()) for step in steps(title) if step.anchor} == {1}


@pytest.mark.parametrize("title", RECIPES)
def test_what_a_recipe_names_exists(title: str) -> None:
    new = set(re.findall(r"`([^`\n]+)`, new", RECIPES[title]))
    named = {each for each in re.findall(r"`([\w./-]+)`", RECIPES[title]) if "/" in each} - new
    assert named
    assert [each for each in named if not (CHECKOUT / each).exists()] == []
    assert [each for each in new if (CHECKOUT / each).exists()] == []


OPERATES = """
from indexer.cluster.address import parse as address
from search.parsing.format import draw, format_query
from search.parsing.parser import parse_query
from search.query.matcher import match
from search.searchers.cluster.clauses import Matching

query = parse_query("ONE (drug OR device OR sponsor*) -(ONE (waiver OR consent))")
assert parse_query(format_query(query)) == query, format_query(query)
assert [line.strip() for line, _, _ in draw(query)][:2] == ["all of", "exactly one of"]
texts = ["a drug", "a device of sponsors", "a drug with consent", "a drug, by consent and waiver", "nothing"]
print([bool(match(query, {"text": (text,)})) for text in texts])
assert Matching(None).asked(parse_query("ONE (form:4 OR form:8-K)")).is_exact
"""
"""A program that asks what `ONE` means, and puts it for a cluster."""


def test_a_query_operator(follow_recipe: Callable[[str], Search], tmp_path: Path) -> None:
    search = follow_recipe("A query operator")
    command = [sys.executable, "-P", "-c", OPERATES]
    told = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=told, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[True, False, False, True, False]\n", "")
    counted = [search(query, "--count") for query in ("ONE (drug OR license)", "(drug OR license) -(drug license)")]
    assert counted[0] == counted[1] != search("drug OR license", "--count")
    assert "exactly one of" in search("ONE (drug OR license)", "--explain")
    assert search("ONE (drug OR license)", "--csv", "--columns", "passages").splitlines()[1:]


def test_a_form_type(follow_recipe: Callable[[str], Search]) -> None:
    search = follow_recipe("A form type")
    assert "=19-kt" in search("--form", "19-K", "--explain").lower()
    assert "=19-kt" not in search("--form", "=19-K", "--explain").lower()


def test_an_output_format(follow_recipe: Callable[[str], Search]) -> None:
    search = follow_recipe("An output format")
    assert "--psv" in search("--help")
    head, *rows = search("orphan drug license", "--format", "psv", "--columns", "rank,form").splitlines()
    assert head == "rank|form"
    assert [row.split("|")[0] for row in rows] == ["1", "2"]
    search("license", "--output", "answer.psv")


def test_a_command(follow_recipe: Callable[[str], Search]) -> None:
    search = follow_recipe("A command")
    assert "--generation" in search("--help")
    assert search("--generation").startswith("generation ")
    assert search("--generation", "--jsonl").startswith('{"type": "report", "version": 1, "generation": ')


def test_an_engine(follow_recipe: Callable[[str], Search], corpus: Path, sample_index: Path, tmp_path: Path) -> None:
    search = follow_recipe("An engine")
    address = f"file://{tmp_path / 'index'}"
    builds = [sys.executable, "-P", "-m", "indexer", "build", str(corpus / "filings"), "--index", address]
    told = {**os.environ, "PYTHONPATH": str(tmp_path)}
    built = subprocess.run(builds, cwd=tmp_path, env=told, capture_output=True, text=True, check=True)
    assert "holds" in built.stdout
    asked = ("license", "--csv", "--columns", "rank,accession,form,document,score,passages", "--sort", "filed")
    answers = [search(*asked, "--index", each).splitlines() for each in (address, str(tmp_path / "index"))]
    assert answers[0] == answers[1]
    assert len(answers[0]) > 2
    said = []
    for where in (address, str(tmp_path / "index")):
        verified = [sys.executable, "-P", "-m", "indexer", "verify", "--index", where]
        sound = subprocess.run(verified, cwd=tmp_path, env=told, capture_output=True, text=True, check=True).stdout
        assert sound.endswith("checked, sound.\n")
        command = [sys.executable, "-P", "-m", "indexer", "status", "--json", "--index", where]
        done = subprocess.run(command, cwd=tmp_path, env=told, capture_output=True, text=True, check=True)
        said.append({name: json.loads(done.stdout)[name] for name in ("submissions", "documents", "forms", "identity")})
    assert said[0] == said[1]


ASKS = """
import sys
from pathlib import Path
from starlette.testclient import TestClient
from search.web.app import create_app
from search.web.web_settings import WebSettings

app = create_app(WebSettings(index=Path(sys.argv[1])))
print(*(TestClient(app, base_url="http://127.0.0.1").get(address).text for address in sys.argv[2:]), sep="\\0")
"""
"""A program that prints what is at some addresses of the application."""


def test_a_page(follow_recipe: Callable[[str], Search], sample_index: Path, tmp_path: Path) -> None:
    follow_recipe("A page")
    command = [sys.executable, "-P", "-c", ASKS, str(sample_index), "/commit", "/commit.json"]
    told = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=told, capture_output=True, text=True, check=True)
    shown, written = done.stdout.split("\0")
    assert "<h1>Commit 1</h1>" in shown and 'href="/search"' in shown
    assert json.loads(written) == {"version": 1, "generation": 1}


@pytest.mark.parametrize("name", PRINTERS)
def test_every_printer_in_the_table_is_one(name: str) -> None:
    assert Printer in PRINTERS[name].load().__mro__
    assert PRINTERS[name].suffixes or issubclass(PRINTERS[name].load(), PRINTERS["text"].load())


def test_no_two_formats_have_a_suffix_in_common() -> None:
    suffixes = [suffix for each in PRINTERS.values() for suffix in each.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize("mode", [FIND, *MODES.values()], ids=lambda mode: mode.command)
def test_every_mode_has_a_function(mode: Mode) -> None:
    assert callable(mode.load())
