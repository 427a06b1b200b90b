import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

import indexer
import search
from indexer.first_use import LatePattern, _unassignable, dataclass, regex
from search.query import nodes as q


@dataclass(frozen=True, slots=True)
class Late:
    word: str
    places: list[int] = dataclasses.field(default_factory=list)
    aside: str = dataclasses.field(default="x", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LateOptions:
    depth: int
    name: str = ""


def as_the_library_makes_it(late: type) -> type:
    """The dataclass that `dataclasses` makes of the same fields."""
    fields = dataclasses.fields(late)
    body: dict[str, Any] = {"__annotations__": {field.name: field.type for field in fields}}
    for each in fields:
        if each.default is not dataclasses.MISSING:
            body[each.name] = dataclasses.field(default=each.default, compare=each.compare, repr=each.repr)
        elif each.default_factory is not dataclasses.MISSING:
            body[each.name] = dataclasses.field(default_factory=each.default_factory)
    return dataclasses.dataclass(frozen=True, kw_only=any(each.kw_only for each in fields))(
        type(late.__name__, (), body | {"__module__": late.__module__})
    )


def taken(made: Any) -> list[tuple[str, Any, bool]]:
    """The parameters of an `__init__`: name, kind, whether there is a default."""
    parameters = inspect.signature(made.__init__).parameters.values()
    return [(each.name, each.kind, each.default is not each.empty) for each in parameters]


def late_classes() -> Iterator[type]:
    yield from (Late, LateOptions)
    for package in (indexer, search):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if info.name.endswith("__main__"):
                continue
            module = importlib.import_module(info.name)
            own = (each for each in vars(module).values() if getattr(each, "__module__", "") == module.__name__)
            yield from (each for each in own if getattr(each, "__setattr__", None) is _unassignable)


def test_late_classes_are_as_the_library_makes_them() -> None:
    seen = 0
    for late in late_classes():
        library = as_the_library_makes_it(late)
        fields = dataclasses.fields(late)
        values = {field.name: f"value of {field.name}" for field in fields}
        made: Any = late(**values)
        expected: Any = library(**values)
        assert taken(late) == taken(library), late
        if vars(late).get("__repr__"):
            assert repr(made) == repr(expected)
        if vars(late).get("__eq__"):
            assert made == late(**values)
            assert hash(made) == hash(expected)
            assert (made == expected) is False
        assert [getattr(made, field.name) for field in fields] == list(values.values())
        assert late.__match_args__ == library.__match_args__  # type: ignore[attr-defined]
        seen += 1
    assert seen > 25


def test_a_late_value_is_like_any() -> None:
    one, other = Late("a"), Late("a")
    assert one == other
    assert one != Late("b")
    assert one.places is not other.places
    assert Late("a", aside="y") == one
    assert repr(one) == "Late(word='a', places=[])"
    assert dataclasses.replace(one, word="b") == Late("b")
    assert copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one
    assert one != ("a", [], "x")


def test_a_late_value_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError, match="word"):
        Late("a").word = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="word"):
        del Late("a").word
    with pytest.raises((AttributeError, TypeError)):
        Late("a").other = "b"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("placed", "named"), [((), {}), (("a", [], "x", 1), {}), (("a",), {"none": 1}), (("a",), {"word": "b"})]
)
def test_a_late_value_is_refused_what_it_has_no_field_for(placed: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Late(*placed, **named)


def test_options_are_named_only() -> None:
    assert LateOptions(depth=1).name == ""
    assert LateOptions(depth=1) != LateOptions(depth=1)
    with pytest.raises(TypeError):
        LateOptions(1)  # type: ignore[misc]


def test_a_late_pattern_is_like_any() -> None:
    late, pattern = regex("(a+)b", re.IGNORECASE), re.compile("(a+)b", re.IGNORECASE)
    assert isinstance(late, LatePattern)
    assert late.pattern == "(a+)b"
    for text in ("xAAb", "aab", "none"):
        assert late.sub("c", text) == pattern.sub("c", text)
        assert late.findall(text) == pattern.findall(text)
        assert bool(late.match(text)) == bool(pattern.match(text))
    assert (late.flags, late.groups) == (pattern.flags, pattern.groups)
    assert copy.copy(late).fullmatch("ab")
    assert pickle.loads(pickle.dumps(late)).fullmatch("ab")
    assert regex(rb"\d").findall(b"1a2") == [b"1", b"2"]
    with pytest.raises(AttributeError):
        late.none  # noqa: B018  # type: ignore[attr-defined]


def test_nothing_is_compiled_before_it_is_used() -> None:
    code = (
        "import re\n"
        "from indexer.first_use import regex\n"
        "compiled = []\n"
        "made = re.compile\n"
        "re.compile = lambda *given: compiled.append(given) or made(*given)\n"
        "late = regex('a.c')\n"
        "assert not compiled\n"
        "assert late.match('abc') and late.search('xabc') and late.match('abc')\n"
        "assert len(compiled) == 2  # one for each method, the second from `re`'s own store\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_node_is_matched_by_its_fields() -> None:
    match q.Term("a", exact=True):
        case q.Term(word, exact):
            assert (word, exact) == ("a", True)
