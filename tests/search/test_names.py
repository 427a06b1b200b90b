"""A class of `search` has a name that no other class has, here or in `indexer`."""

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]

SHARED = {"Field"}
"""A field of the schema, and the node of a query that asks one: what is meant is said by `q.Field`."""


def _classes(package: str) -> list[str]:
    trees = (ast.parse(path.read_text()) for path in sorted((ROOT / package).rglob("*.py")))
    found = (node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef))
    return [name for name in found if not name.startswith("_")]


def test_no_public_class_of_search_has_the_name_of_another() -> None:
    counts = Counter([*_classes("search"), *set(_classes("indexer"))])
    assert {name for name in _classes("search") if counts[name] > 1} == SHARED
