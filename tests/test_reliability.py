"""The page on reliability lists every bound, every command, every kind of finding, and every event of a log."""

import ast
import re
from dataclasses import fields
from pathlib import Path

from indexer import limits
from indexer.cli import commands
from indexer.limits import Limits
from indexer.verify.findings import Fault

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = (CHECKOUT / "docs" / "reliability.md").read_text("utf-8")


def bounds() -> str:
    """The table of bounds, from the names, defaults and docstrings of `Limits`."""
    tree = ast.parse(Path(limits.__file__).read_text("utf-8"))
    [body] = [node.body for node in tree.body if isinstance(node, ast.ClassDef)]
    said = {}
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            documented = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            said[node.target.id] = " ".join(str(after.value.value).split()) if documented else ""
    rows = [f"| `{each.name}` | {each.default:,} | {said[each.name]} |\n" for each in fields(Limits)]
    return "| name | default | of what |\n|---|---|---|\n" + "".join(rows)


def test_every_bound_is_in_the_table() -> None:
    found = re.search(r"<!-- bounds -->\n(.*?)<!-- /bounds -->", PAGE, re.DOTALL)
    assert found and found[1] == bounds()


def test_every_bound_says_what_it_bounds() -> None:
    assert " |  |\n" not in bounds()


def first_column(heading: str) -> set[str]:
    """The names in the first column of the table with that heading."""
    table = PAGE[PAGE.index(f"| {heading} |") :]
    rows = table[: table.index("\n\n")].splitlines()[2:]
    return {name for row in rows for name in re.findall(r"`([a-z-]+)`", row.split("|")[1])}


def test_every_finding_is_explained() -> None:
    assert first_column("finding") == {fault.value for fault in Fault}


def test_every_command_that_changes_an_index_is_shown() -> None:
    shown = set(re.findall(r"^indexer ([a-z]+) ", PAGE, re.MULTILINE))
    assert shown == commands.commands.keys() - {"show", "export", "fetch", "compare"}  # these have pages of their own


def test_every_event_is_explained() -> None:
    source = "".join(path.read_text("utf-8") for path in (CHECKOUT / "indexer").rglob("*.py"))
    events = set(re.findall(r"\blog\(\s*\"([a-z]+)\"", source)) | set(re.findall(r"\bself\(\s*\"([a-z]+)\"", source))
    events |= set(re.findall(r"\b_log\(\s*\"([a-z]+)\"", source))
    assert events == first_column("event")
