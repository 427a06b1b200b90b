"""The pages: every command of the README runs and finds something, and every link leads somewhere."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
PAGES = sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/*.md"), *CHECKOUT.glob("corpus/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#([^)\s]+))?\)|\]\(#([^)\s]+)\)")
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def shown(page: Path) -> list[str]:
    """The commands in a page's shell blocks, comments left out."""
    lines = [line for block in BLOCK.findall(page.read_text(encoding="utf-8")) for line in block.splitlines()]
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("docs") / "index"


def test_the_commands_of_the_readme_run_and_find(index: Path) -> None:
    commands = shown(CHECKOUT / "README.md")
    assert any(command.startswith("indexer build") for command in commands)
    assert any(command.startswith("search") for command in commands)
    setup, activate, *commands = commands
    assert setup.split()[:2] == ["make", ".venv/run"]
    assert activate.split()[:2] == [".", ".venv/bin/activate"]
    for command in commands:
        program, *arguments = shlex.split(command, comments=True)
        done = subprocess.run(
            [str(Path(sys.executable).with_name(program)), *arguments],
            cwd=CHECKOUT,
            env={**os.environ, "EDGAR_INDEX": str(index)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), command
        assert done.stdout.strip(), command


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone that `make .venv/run` has set up, where the two commands are on no path but its own."""
    said = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True)
    for name in filter(None, said.stdout.decode().split("\0")):
        if (CHECKOUT / name).is_file() and not name.startswith(("tests/", "bench/")):
            target = tmp_path / "clone" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((CHECKOUT / name).read_bytes())
    commands = tmp_path / "clone" / ".venv" / "bin"
    commands.mkdir(parents=True)
    for program in ("indexer", "search"):
        (commands / program).symlink_to(Path(sys.executable).with_name(program))
    (commands / "pip").symlink_to("/bin/false")
    (commands / "activate").write_text('PATH="$PWD/.venv/bin:$PATH"\n')
    (commands.parent / "run").touch()
    return tmp_path / "clone"


def typed(line: str, folder: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    """Type lines into a shell as a stranger would: nothing is set, and only what the system has is on the path."""
    told = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
    command = ["sh", "-e", "-c", line]
    return subprocess.run(command, cwd=folder, env=told, capture_output=True, text=True, check=False)


def test_the_second_block_of_the_readme_works_as_typed_in_a_fresh_clone(clone: Path, tmp_path: Path) -> None:
    block = BLOCK.findall((CHECKOUT / "README.md").read_text(encoding="utf-8"))[0]
    done = typed(block, clone, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "index holds 52 submissions" in done.stdout
    assert "WREXLEY" in done.stdout


def test_make_run_and_search_ask_one_index(clone: Path, tmp_path: Path) -> None:
    done = typed("make run", clone, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "these problems are meant so" in done.stdout
    assert typed(". .venv/bin/activate; search license --count", clone, tmp_path).stdout.startswith("5 filings")


def test_the_picture_of_the_readme_is_what_the_program_prints(sample_index: Path) -> None:
    picture = re.search(r"ends with:\n\n```\n(.*?)```", (CHECKOUT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert picture
    command = [str(Path(sys.executable).with_name("search")), "orphan drug license", "--index", str(sample_index)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert without_time(picture[1]) == without_time(printed)


def without_time(printed: str) -> str:
    return re.sub(r" in \d+\.\d\d s$", "", printed, flags=re.MULTILINE)


@pytest.mark.parametrize("page", ["README.md", "docs/output.md"])
def test_the_python_of_the_pages_runs(page: str, sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sample_index.parent)
    assert sample_index.name == "index"
    [block] = PYTHON.findall((CHECKOUT / page).read_text(encoding="utf-8"))
    said: dict[str, Any] = {}
    exec(block, said)
    results = said["results"]
    rows = said["rows"] if page == "README.md" else list(said["table"].itertuples(index=False))
    assert results.filings > 0
    assert len(rows) == sum(len(hit.documents) for hit in results) > 0
    assert rows[0]._fields[:4] == ("rank", "accession", "form", "filed")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor, own in LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith("http"):
            continue
        goal = (page.parent / target) if target else page
        assert goal.exists(), f"{page.name}: {target}"
        if anchor or own:
            assert (anchor or own) in anchors(goal), f"{page.name}: #{anchor or own}"


@pytest.mark.parametrize("package", ["indexer", "search"])
def test_the_architecture_has_a_heading_for_every_room_and_module(package: str) -> None:
    page = (CHECKOUT / "docs" / "architecture.md").read_text("utf-8")
    part = page.partition(f"# {package}, from the top floor down\n")[2].partition("\n# ")[0]
    headings = [name.strip() for line in part.splitlines() if line.startswith("## ") for name in line[3:].split(",")]
    rooms = [path.parent.name for path in (CHECKOUT / package).glob("*/__init__.py")]
    assert sorted(headings) == sorted([*rooms, *(path.stem for path in (CHECKOUT / package).glob("[a-z]*.py"))])
