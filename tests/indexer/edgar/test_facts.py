"""A fact of EDGAR stands in one table: no item, form, place or role has its title or its code in two."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.edgar.form_titles import TITLES
from indexer.edgar.industries import INDUSTRIES
from indexer.edgar.item_titles import SCHEDULE_13D, SCHEDULE_13G
from indexer.edgar.items import NEW, OLD
from indexer.edgar.roles import Role
from indexer.edgar.states import STATES

CHECKOUT = Path(__file__).resolve().parents[3]
ROOM = CHECKOUT / "indexer" / "edgar"
MODULES = sorted(path for package in ("indexer", "search") for path in (CHECKOUT / package).rglob("*.py"))
FEW = 4
"""Codes of one kind in one literal make it a table; fewer are a rule that names some."""

CODES = {
    "item": frozenset(NEW),
    "form": frozenset(form for form in TITLES if len(form) > 2),
    "place": frozenset(code for code in STATES if not code.isdecimal()) | {code.upper() for code in STATES},
    "role": frozenset(role.value for role in Role),
}
FACTS = {
    "item": [title for titles in (*NEW.values(), *OLD.values()) for title in titles[:1]],
    "form": list(TITLES.values()),
    "place": [name for name in STATES.values() if len(name) > 5],
    "industry": [name for name in INDUSTRIES.values() if len(name) > 20],
    "heading": [title for titles in (SCHEDULE_13D, SCHEDULE_13G) for title in titles.values() if len(title) > 12],
}


def literals(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every literal collection of a module, or table in a string, with the texts that its keys or elements are."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Dict(keys=keys):
                yield node.lineno, [each.value for each in keys if isinstance(each, ast.Constant)]
            case ast.Set(elts=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
                yield node.lineno, [each.value for each in parts if isinstance(each, ast.Constant)]
            case ast.Constant(value=str(text)) if text.count("|") >= FEW:
                yield node.lineno, re.split(r"[|\n]", text)


@pytest.mark.parametrize("kind", CODES)
def test_tables_of_codes_stand_in_one_room(kind: str) -> None:
    codes = CODES[kind]
    found = [
        f"{path.relative_to(CHECKOUT)}:{line}"
        for path in MODULES
        if not path.is_relative_to(ROOM)
        for line, values in literals(path)
        if len({value for value in values if value in codes}) >= FEW
    ]
    assert not found


@pytest.mark.parametrize("kind", FACTS)
def test_a_title_stands_in_one_module(kind: str) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        text = path.read_text("utf-8")
        for title in dict.fromkeys(FACTS[kind]):
            if re.search(rf'[">| ]{re.escape(title)}["|\n]', text):
                found[title].append(str(path.relative_to(CHECKOUT)))
    assert {title: places for title, places in found.items() if len(places) > 1} == {}
    assert set(found) > set(), "the titles are looked for as the tables write them"
