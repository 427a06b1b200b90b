"""From the tree back to text: as one line that parses to the same tree, and as an indented drawing."""

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import assert_never

from indexer.schema import BY_NAME, SECTION, Kind
from search.parsing.section_scope import asks_text
from search.query.nodes import (
    And,
    Boost,
    Everything,
    Field,
    Fuzzy,
    Leaf,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Wildcard,
    Within,
)
from search.terms.values import PROSE, value

_PLAIN_VALUE = re.compile(r"[^\s()\"=<>~^,:-][^\s()\"^,:]*")

MAX_LINE = 100
"""Characters of a value in a drawing."""


class Binding(IntEnum):
    """How tightly the parts of a line hold together, loosest first."""

    OR = 0
    AND = 1
    NOT = 2
    NEAR = 3
    BOOST = 4
    FIELD = 5
    ATOM = 6


def format_query(query: Query) -> str:
    """The query as text; `parse_query` of it gives the same tree, for every tree that it can give.

    >>> format_query(And((Term("license"), Not(Field("form", Term("8-k", exact=True))))))
    'license -form:=8-k'
    """
    return _line(query, "text", Binding.OR)


def _line(query: Query, field: str, least: Binding) -> str:
    """The text, in parentheses where it holds less tightly than `least`."""
    binding, text = _written(query, field)
    return text if binding >= least else f"({text})"


def _written(query: Query, field: str) -> tuple[Binding, str]:
    match query:
        case _ if field == SECTION and (name := _section(query)):
            return Binding.ATOM, name
        case Within(names, part):
            is_bounded = isinstance(part, And) and all(asks_text(each, field) for each in part.parts)
            parts = part.parts if isinstance(part, And) and is_bounded else (part,)
            return Binding.AND, " ".join([_clause(names), *(_line(each, field, Binding.NOT) for each in parts)])
        case Or(parts):
            return Binding.OR, " OR ".join(_line(part, field, Binding.AND) for part in parts)
        case And(parts):
            return Binding.AND, " ".join(_line(part, field, Binding.NOT) for part in parts)
        case Not(part):
            return Binding.NOT, "-" + _line(part, field, Binding.NOT)
        case Near(parts, distance, ordered):
            joint = f" {'BEFORE' if ordered else 'NEAR'}({distance}) "
            return Binding.NEAR, joint.join(_line(part, field, Binding.ATOM) for part in parts)
        case Field(name, part):
            return Binding.FIELD, f"{name}:{_line(part, name, Binding.ATOM)}"
        case Boost(part, factor):
            return Binding.BOOST, f"{_line(part, field, Binding.FIELD)}**{_decimal(factor)}"
        case Phrase(parts):
            return Binding.ATOM, '"' + " ".join(_pattern(part) for part in parts) + '"'
        case Everything():
            return Binding.FIELD, "*:*"
        case Range(low, high):
            return Binding.ATOM, _range(low, high, BY_NAME[field].kind)
        case Term() | Prefix() | Wildcard() | Fuzzy():
            return Binding.ATOM, _leaf(query, field)
    assert_never(query)


def _clause(names: Query) -> str:
    return _line(Field(SECTION, names), "text", Binding.FIELD)


def _section(query: Query) -> str:
    """The name of a section that is read as this query; empty when none is."""
    first = query.parts[0] if isinstance(query, Or) and query.parts else query
    if not isinstance(first, Term | Prefix | Wildcard):
        return ""
    name = _pattern(first)
    try:
        return name if value(BY_NAME[SECTION], name) == query and _PLAIN_VALUE.fullmatch(name) else ""
    except ValueError:
        return ""


def _leaf(leaf: Leaf, field: str) -> str:
    text = _pattern(leaf)
    is_exact = isinstance(leaf, Term) and leaf.exact
    if BY_NAME[field].kind is not Kind.TEXT:
        return f"={_quoted(text)}" if is_exact else _quoted(text)
    return f"={text}" if is_exact and (field in PROSE or text.isdecimal()) else text


def _pattern(part: Query) -> str:
    match part:
        case Term(word):
            return word
        case Prefix(prefix):
            return f"{prefix}*"
        case Wildcard(pattern):
            return pattern
        case Fuzzy(word, edits):
            return f"{word}~{edits}"
        case _:
            return f"({_line(part, 'text', Binding.OR)})"  # in a phrase; no text gives such a tree


def _quoted(value: str) -> str:
    return value if _PLAIN_VALUE.fullmatch(value) else f'"{value}"'


def _range(low: int | None, high: int | None, kind: Kind) -> str:
    ends = ["" if end is None else _day(end) if kind is Kind.DATE else str(end) for end in (low, high)]
    if low is None and high is None:
        return ".." if kind is Kind.KEYWORD else "*"
    return ends[0] if low == high and kind is not Kind.KEYWORD else "..".join(ends)


def _day(number: int) -> str:
    digits = f"{number:08}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _decimal(factor: float) -> str:
    from decimal import Decimal  # noqa: PLC0415  (only for what is boosted)

    return f"{Decimal(repr(factor)):f}".removesuffix(".0")


def draw(query: Query, *, field: str = "text", depth: int = 0) -> Iterator[tuple[str, Query, str]]:
    """The tree a line a node, what is below indented: the line, the node, and the field it asks."""
    yield "  " * depth + _title(query, field), query, field
    if isinstance(query, Within) and not isinstance(query.query, Leaf | Phrase):  # what is below is bounded, too
        for line, part, asked in draw(query.query, field=field, depth=depth + 1):
            yield line, part if isinstance(part, Within) else Within(query.sections, part), asked
    for part, asked in _below(query, field):
        yield from draw(part, field=asked, depth=depth + 1)


def _below(query: Query, field: str) -> Iterator[tuple[Query, str]]:
    match query:
        case And(parts) | Or(parts) | Near(parts) if not _is_list(query, field):
            yield from ((part, field) for part in parts)
        case Not(part) | Boost(part):
            yield part, field
        case Field(name, part) if any(True for _ in _below(part, name)):
            yield part, name
        case _:
            return


def _is_list(query: Query, field: str) -> bool:
    """Whether this is a choice between values, as a family of forms is, which goes on one line."""
    return isinstance(query, Or) and BY_NAME[field].kind is not Kind.TEXT and all(map(_is_leaf, query.parts))


def _is_leaf(query: Query) -> bool:
    return isinstance(query, Leaf)


def _title(query: Query, field: str) -> str:
    match query:
        case And():
            return "all of"
        case Or() if not _is_list(query, field):
            return "any of"
        case Within(names, part) if not isinstance(part, Leaf | Phrase):
            return f"within {_clause(names)}"
        case Not():
            return "not"
        case Boost(factor=factor):
            return f"times {_decimal(factor)}"
        case Near(distance=distance, ordered=ordered):
            return f"at most {distance} words between" + (", in this order" if ordered else "")
        case Field(name, part) if any(True for _ in _below(part, name)):
            return f"{name}:"
        case _:
            return _cut(_line(query, field, Binding.OR))


def _cut(line: str) -> str:
    return line if len(line) <= MAX_LINE else f"{line[:MAX_LINE].rpartition(' ')[0]} …"
