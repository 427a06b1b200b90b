"""How functions are written: what their docstrings begin with, and how long they are."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).resolve().parents[1]
NO_VERBS = {
    "A", "All", "An", "Any", "As", "At", "Both", "Each", "Every", "For", "From", "How", "If", "In", "Its", "Never",
    "No", "None", "Of", "On", "One", "Only", "Other", "Several", "Some", "That", "The", "There", "These", "This",
    "Those", "What", "When", "Where", "Whether", "Which", "Who", "Whose", "Why", "With", "Within", "Without",
}  # fmt: skip
"""What a docstring may begin with that names a thing, where a verb is due."""
LONGEST = 30
"""Lines of a body, at most; nine in ten have fewer than 25, and half of them no more than 7."""


class Function(NamedTuple):
    """A function of the program: where it stands, whether its name is a public one, and its lines."""

    place: str
    is_public: bool
    said: str
    lines: int


def functions(node: ast.AST, path: str, *, public: bool = True) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        inner = public and (isinstance(child, ast.ClassDef) or not getattr(child, "name", "").startswith("_"))
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            said = ast.get_docstring(child)
            body = child.body[said is not None :]
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            yield Function(f"{path}:{child.lineno} {child.name}", inner, said or "", lines)
            inner = False
        yield from functions(child, path, public=inner)


EVERY = [
    function
    for package in ("indexer", "search")
    for path in sorted((CHECKOUT / package).rglob("*.py"))
    for function in functions(ast.parse(path.read_text("utf-8")), str(path.relative_to(CHECKOUT)))
]


def test_docstrings_of_functions_begin_with_a_verb() -> None:
    said = [(each.place, each.said.splitlines()[0]) for each in EVERY if each.is_public and each.said]
    assert len(said) > 1000
    assert [(place, line) for place, line in said if line.split()[0] in NO_VERBS or not line[0].isupper()] == []


def test_functions_are_short() -> None:
    lengths = sorted(each.lines for each in EVERY)
    assert [each.place for each in EVERY if each.lines > LONGEST] == []
    assert lengths[len(lengths) * 9 // 10] < 25
    assert lengths[len(lengths) // 2] <= 7
