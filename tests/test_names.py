"""One name, one thing: modules within a package, public classes over both, and the names that were given up."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
PACKAGES = ("indexer", "search")
GIVEN_UP = {
    "about", "arrays", "current", "finding", "grafting", "keeping", "kept", "locating", "lost", "narrow", "numbering",
    "opening", "orphans", "places", "showing", "tallies", "told", "verifying", "vocabulary", "watching", "worth",
    "written",
}  # fmt: skip
"""Module names that said nothing to a reader who did not know them."""


def modules(package: str) -> list[Path]:
    return sorted(path for path in (CHECKOUT / package).rglob("*.py") if not path.stem.startswith("__"))


@pytest.mark.parametrize("package", PACKAGES)
def test_a_module_name_stands_once_in_a_package(package: str) -> None:
    """A command may bear the name of what it commands, and a room's protocol that of the room."""
    found = defaultdict(list)
    for path in modules(package):
        if path.parent.name != "commands":
            found[path.stem].append(str(path.relative_to(CHECKOUT)))
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def test_what_the_docstring_of_a_room_names_exists() -> None:
    """A word in backticks there is a module or a room."""
    rooms = {path for package in PACKAGES for path in (CHECKOUT / package).rglob("__init__.py")}
    known = {path.stem for package in PACKAGES for path in modules(package)} | {path.parent.name for path in rooms}
    said = {path: ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "" for path in rooms}
    assert [path.parent.name for path in rooms if not said[path]] == []
    named = [(path.parent.name, name) for path in rooms for name in re.findall(r"`([a-z_]+)`", said[path])]
    assert [each for each in named if each[1] not in known] == []


def test_what_prose_names_in_full_exists() -> None:
    """A dotted name in backticks that begins with a package is a module, or stands in one."""
    paths = [path for package in PACKAGES for path in (CHECKOUT / package).rglob("*.py")]
    texts = {".".join(path.relative_to(CHECKOUT).with_suffix("").parts): path.read_text("utf-8") for path in paths}
    known = {name.removesuffix(".__init__"): text for name, text in texts.items()}
    pages = [*(CHECKOUT / "docs").rglob("*.md"), *CHECKOUT.glob("*.md")]
    said = [*texts.values(), *(page.read_text("utf-8") for page in pages)]
    named = {name for text in said for name in re.findall(r"`((?:indexer|search)(?:\.\w+)+)", text)}
    assert len(named) > 50
    assert [name for name in named if name not in known and not _stands_in(name, known)] == []


def _stands_in(name: str, known: dict[str, str]) -> bool:
    module, _, inner = name.rpartition(".")
    while module and module not in known:
        module, _, inner = module.rpartition(".")
    return re.search(rf"\b{inner}\b", known.get(module, "")) is not None


def test_no_name_that_was_given_up_comes_back() -> None:
    names = {path.stem: path for package in PACKAGES for path in modules(package)}
    rooms = {path.parent.name: path.parent for package in PACKAGES for path in modules(package)}
    assert sorted(GIVEN_UP & (set(names) | set(rooms))) == []


def test_a_public_class_name_stands_once() -> None:
    found = defaultdict(list)
    for path in (path for package in PACKAGES for path in modules(package)):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path.relative_to(CHECKOUT)))
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_room_holds_few_modules(package: str) -> None:
    """From three to nine, or ten with the one that is being made; a command, or a table of EDGAR's, is a module."""
    rooms = defaultdict(int)
    for path in modules(package):
        rooms[path.parent.relative_to(CHECKOUT)] += path.stem != "cli"
    large = {str(room): size for room, size in rooms.items() if size > 10}
    assert {room for room in large if not room.endswith(("commands", "edgar"))} == set()
