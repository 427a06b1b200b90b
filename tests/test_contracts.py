"""The import contracts of pyproject.toml see a forbidden import wherever it stands."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
CONTRACTS = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]

PLANTED = {
    "search may import indexer, never the reverse": ("indexer/texts/text_layout.py", "import search.urls"),
    "the floors of indexer": ("indexer/columnar/packing.py", "import indexer.manifest.manifest"),
    "the floors of analysis": ("indexer/analysis/folding.py", "import indexer.analysis.tokenizer"),
    "the floors of fields": ("indexer/fields/entries.py", "import indexer.fields.schema"),
    "the floors of search": ("search/query/matcher.py", "import search.searchers.memory"),
    "HTML and XML are read in extract only": ("indexer/envelope/header.py", "import lxml"),
    "the terminal is spoken to by the two commands only": ("search/passages/indexed.py", "import click"),
    "Whoosh is imported in whoosh_compat only": ("indexer/writers/segment_list.py", "import whoosh"),
    "an index is written and read back through engines.engine only": (
        "indexer/pipeline/update.py",
        "import indexer.writers.backup",
    ),
}
"""By contract: a module, and an import that breaks this contract there."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    for package in ("indexer", "search"):
        shutil.copytree(CHECKOUT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    return folder


def broken(folder: Path) -> list[str]:
    """The names of the contracts that are broken in a checkout."""
    program = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-P", "-c", program, "--no-cache"]
    said = subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False
    )
    assert "Contracts: " in said.stdout, said.stdout + said.stderr
    return re.findall(r"^(.+) BROKEN\b", said.stdout, re.MULTILINE)


def test_every_contract_has_an_import_that_breaks_it() -> None:
    assert [contract["name"] for contract in CONTRACTS] == list(PLANTED)


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_import_breaks_its_contract(copy: Path, contract: str) -> None:
    module, line = PLANTED[contract]
    path = copy / module
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n\ndef _planted() -> None:\n    {line}\n", "utf-8")
    try:
        assert broken(copy) == [contract]
    finally:
        path.write_text(before, "utf-8")


@pytest.mark.parametrize("package", ["indexer", "search"])
def test_a_module_on_no_floor_is_seen(copy: Path, package: str) -> None:
    path = copy / package / "planted.py"
    path.write_text('"""Nothing."""\n', "utf-8")
    try:
        assert broken(copy) == [f"the floors of {package}"]
    finally:
        path.unlink()
