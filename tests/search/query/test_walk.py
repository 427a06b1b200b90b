"""The walk over the query tree; and that a new kind of node breaks, at check time, all that tells nodes apart."""

import ast
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query import nodes as q
from search.query import walk
from search.query.matcher import match
from tests.test_contributing import steps

ROOT = Path(__file__).parents[3]

A, B, C = (q.Term(letter, exact=True) for letter in "abc")

leaf = st.sampled_from([A, B, C, q.Prefix("a"), q.Wildcard("?"), q.Fuzzy("ab", 1)])
nears = st.builds(q.Near, st.lists(leaf, min_size=1, max_size=3).map(tuple), st.integers(0, 2), st.booleans())
phrases = st.builds(q.Phrase, st.lists(leaf, min_size=1, max_size=3).map(tuple))
queries = st.recursive(
    st.one_of(leaf, nears, phrases, st.just(q.Everything()), st.just(q.Field("form", q.Range(1, None)))),
    lambda inner: st.one_of(
        st.builds(q.And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(q.Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(q.AtLeast, st.lists(inner, max_size=3).map(tuple), st.integers(0, 2)),
        st.builds(q.Not, inner),
        st.builds(q.Boost, inner, st.just(2.0)),
        st.builds(q.Field, st.sampled_from(["text", "company"]), inner),
        st.builds(q.Within, leaf, inner),
    ),
    max_leaves=6,
)
texts = st.lists(st.sampled_from(["a", "b", "c", "ab", "of"]), max_size=8).map(" ".join)


@given(queries)
def test_a_tree_rewritten_without_a_change_is_the_same(query: q.Query) -> None:
    assert walk.rewrite(query, lambda part: part) == query
    seen: list[q.Query] = []
    walk.rewrite(query, lambda part: seen.append(part) or part)  # type: ignore[func-returns-value]
    assert tuple(seen) == walk.children(query)


@given(queries)
def test_every_node_comes_once_with_the_field_it_asks(query: q.Query) -> None:
    count = 1 + sum(sum(1 for _ in walk.nodes(part)) for part in walk.children(query))
    assert sum(1 for _ in walk.nodes(query)) == count
    fields = [field for node, field in walk.nodes(q.And((A, q.Field("company", q.Or((B, C)))))) if node in (A, B, C)]
    assert fields == ["text", "company", "company"]


def test_what_is_excluded_can_be_passed_over() -> None:
    query = q.And((A, q.Not(B)))
    assert [node for node, _ in walk.nodes(query, excluded=False)] == [query, A, q.Not(B)]
    assert list(walk.leaves(query)) == [A, B]


@settings(deadline=None)
@given(queries, texts)
def test_what_matches_has_all_that_is_required(query: q.Query, text: str) -> None:
    document = {"text": (text,), "company": (text,), "form": ("8",)}
    unbounded = walk.unbounded(query)
    if match(unbounded, document) is not None:
        for part, field in walk.required(unbounded):
            assert match(q.Field(field, part), document) is not None
        for part in walk.conjuncts(unbounded):
            assert match(part, document) is not None
        assert match(walk.relaxed(unbounded), document) is not None


def test_what_is_required_is_taken_apart() -> None:
    query = q.And((q.Phrase((A, B)), q.Field("company", q.Boost(C, 2.0)), q.Or((A, B)), q.Not(C)))
    assert list(walk.required(query)) == [
        (A, "text"), (B, "text"), (C, "company"), (q.Or((A, B)), "text"), (q.Not(C), "text"),
    ]  # fmt: skip


def test_clauses_are_bounded_by_the_nearest_sections() -> None:
    near = q.Near((A, B), 1)
    query = q.Within(q.Term("1a"), q.And((near, q.Within(q.Term("7"), q.Boost(C, 2.0)), q.Not(B))))
    assert list(walk.clauses(query)) == [
        walk.Clause(near, "text", q.Term("1a")),
        walk.Clause(C, "text", q.Term("7")),
    ]


def test_the_leaves_that_score() -> None:
    query = q.Boost(q.Or((A, q.Boost(q.Prefix("b"), 3.0), q.Not(C))), 2.0)
    assert list(walk.scoring_leaves(query)) == [(A, 2.0), (q.Prefix("b"), 6.0)]
    assert not list(walk.scoring_leaves(query, "company"))


@pytest.mark.parametrize(
    ("query", "can"),
    [
        (A, True),
        (q.Phrase((A, B)), True),
        (q.Or((A, q.Phrase((A, B)))), True),
        (q.Or((A, q.Not(B))), False),
        (q.Near((A, B), 1), False),
        (q.And((A, B)), False),
    ],
)
def test_what_can_be_a_part_of_a_near(query: q.Query, can: bool) -> None:
    assert walk.can_be_near(query) is can


def test_what_asks_the_text() -> None:
    assert walk.asks_text(q.Not(A))
    assert not walk.asks_text(q.Field("company", A))
    assert not walk.asks_text(q.Everything())
    assert walk.asks_text(q.Field("company", q.Field("text", A)), "form")


def test_what_is_bounded_by_sections() -> None:
    bounded = q.Within(q.Term("1a"), A)
    assert walk.is_bounded(q.Or((B, q.Boost(bounded, 2.0))))
    assert not walk.is_bounded(q.Not(bounded))
    assert walk.unbounded(q.And((B, bounded))) == q.And((B, A))


# Closed at check time


def _matches(module: ast.Module) -> Iterator[ast.Match]:
    """The `match` statements of a module that tell nodes of the query tree apart."""
    for statement in ast.walk(module):
        if isinstance(statement, ast.Match) and any("q." in ast.unparse(each.pattern) for each in statement.cases):
            yield statement


def _over_nodes() -> dict[str, list[ast.Match]]:
    """By module, its matches over nodes."""
    found: dict[str, list[ast.Match]] = {}
    for path in sorted((ROOT / "search").rglob("*.py")):
        if matches := list(_matches(ast.parse(path.read_text()))):
            found[path.relative_to(ROOT).as_posix()] = matches
    return found


OVER_NODES = _over_nodes()


def test_every_match_over_nodes_ends_in_assert_never() -> None:
    assert len(OVER_NODES) >= 7
    for name, matches in OVER_NODES.items():
        for each in matches:
            *named, last = each.cases
            assert ast.unparse(last).startswith("case _:\n    assert_never("), (name, each.lineno)
            assert all(case.guard is not None or ast.unparse(case.pattern) != "_" for case in named)


_MADE_UP = '''
@dataclass(frozen=True, slots=True)
class MadeUp:
    """A node that nobody knows."""


{union}: TypeAlias = MadeUp |'''


def _named_by_the_checker(folder: Path, union: str) -> set[tuple[str, int]]:
    """The `assert_never`s, by module and line, that mypy finds open when the union has one more member."""
    for package in ("indexer", "search"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    nodes = folder / "search" / "query" / "nodes.py"
    nodes.write_text(nodes.read_text().replace(f"\n{union}: TypeAlias =", _MADE_UP.format(union=union)))
    command = [sys.executable, "-m", "mypy", "search", "--cache-dir", str(folder / "cache")]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    return {(name, int(line)) for name, line in re.findall(r'(\S+):(\d+): error: .* "assert_never" .*MadeUp', said)}


def test_a_made_up_leaf_breaks_every_match_at_check_time(tmp_path: Path) -> None:
    lines = {(name, each.end_lineno) for name, matches in OVER_NODES.items() for each in matches}
    assert _named_by_the_checker(tmp_path, "Leaf") == lines


def test_the_checker_names_what_the_recipe_of_an_operator_does(tmp_path: Path) -> None:
    named = Counter(name for name, _ in _named_by_the_checker(tmp_path, "Query"))
    recipe = [step for step in steps("A query operator") if step.kind == "cases of"]
    assert named == {step.path: len(re.findall("^# ", step.content, re.MULTILINE)) for step in recipe}
