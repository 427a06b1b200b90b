"""What is typed becomes values of the declared types, and each option is declared once."""

from dataclasses import fields
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from search.cli import commands
from search.commands.arguments import MODES, Arguments
from search.commands.options import Operands, options_of
from search.commands.request import request_of
from search.lookups.lookup import FILTERS

TYPED = {
    "form": ["10-K"], "company": ["Merriwick"], "cik": ["1"], "ticker": ["T"], "filed": "2017",
    "exhibit": ["EX-10"], "item": ["7.01"], "synonyms": "f", "like": "a", "phrase": ["a b"], "limit": "3",
    "offset": "1", "sort": "filed", "documents": "4", "snippets": "2",
    "width": "99", "context": "sentence", "explain": "3",
    "facets": "form", "over_time": "year", "open": "2", "format": "csv",
    "output": "o.csv", "columns": "rank", "color": "never", "pager": "less", "evidence": "e", "report": "p", "by": "me",
    "sign": "k", "verify_evidence": "v", "signers": "a", "repeat": "r", "save": "s", "run": "r",
    "forget": "f", "completion": "zsh", "port": "80",
    "host": "::1", "name": ["a", "b"], "corpus": ["c", "d"], "workers": "2",
}  # fmt: skip


def parsed(*words: str) -> dict[str, Any]:
    with commands.make_context("search", list(words)) as context:
        return context.params


def line() -> list[str]:
    words = ["license", "--json"]
    for option in options_of(Arguments):
        values = TYPED.get(str(option.name), [])
        if option.is_flag and option.is_bool_flag:
            words.append(option.opts[-1])
        for value in [values] if isinstance(values, str) else values:
            words += [option.opts[-1], value]
    return words


def is_of(value: object, kind: Any) -> bool:
    if get_origin(kind) is tuple:
        return isinstance(value, tuple) and all(isinstance(each, get_args(kind)[0]) for each in value)
    return isinstance(value, get_args(kind) if isinstance(kind, UnionType) else kind)


@pytest.mark.parametrize("words", [[], line()], ids=["nothing", "everything"])
def test_values_are_of_the_types_that_the_fields_declare(words: list[str]) -> None:
    typed = Arguments(**parsed(*words))
    for name, kind in get_type_hints(Arguments).items():
        value = getattr(typed, name)
        assert type(value) is not bool or kind is bool, name
        assert is_of(value, kind), name
        if words and name != "folder":
            assert value not in (None, False, ()), name


def test_what_is_not_typed_has_the_default_of_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDGAR_INDEX", raising=False)
    typed, plain = Arguments(**parsed()), Arguments()
    assert {each.name: getattr(typed, each.name) for each in fields(Arguments)} == {
        each.name: getattr(plain, each.name) for each in fields(Arguments)
    }


def test_every_filter_that_is_typed_is_asked() -> None:
    words = [word for name in FILTERS for word in (f"--{name}", "".join(TYPED[name]))]
    asked = request_of(Arguments(**parsed("license", *words))).lookup.filters
    assert [each.field for each in asked] == list(FILTERS)


def test_no_option_is_declared_twice() -> None:
    names = [name for each in commands.params for name in (*each.opts, *each.secondary_opts)]
    assert len(names) == len(set(names))


def test_what_answers_needs_something_to_look_for() -> None:
    assert all(mode.words is Operands.REQUIRED for mode in MODES.values() if mode.answers)


def test_a_path_is_a_path() -> None:
    assert parsed("--index", "here")["folder"] == Path("here")
    assert NoneType in get_args(get_type_hints(Arguments)["output"])
