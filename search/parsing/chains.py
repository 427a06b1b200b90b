"""Chains of NEAR, BEFORE and their like: what they join, what is wrong with one, and its tree."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from indexer.fields.schema import Kind, SchemaField
from indexer.first_use import regex
from search.parsing.lexer import QueryToken, TokenKind, spelled
from search.query import nodes as q
from search.query.limits import MAX_BEFORE_PARTS, MAX_DISTANCE, MAX_NEAR_PARTS
from search.query.spans import TextSpan
from search.query.walk import can_be_near

PROXIMITY = {TokenKind.NEAR, TokenKind.BEFORE, TokenKind.SAME, TokenKind.SAME_BEFORE}
_SAME = {TokenKind.SAME, TokenKind.SAME_BEFORE}
_ORDERED = {TokenKind.BEFORE, TokenKind.SAME_BEFORE}
_UNITS: Mapping[str, q.Unit] = {"s": "sentence", "p": "paragraph"}

_WITHIN = "5"
"""Words between, where nobody has said how many."""
_LONGEST = 100
"""Characters of a query that is written out in a message."""

_OPENED = regex(r" ?\( *(\d{1,3})(?=\s|$)", re.ASCII)
_LOOSE = regex(r"\s+(\d{1,3})(?=\s+[^\s)])", re.ASCII)
"""A bare number where one between parentheses belongs."""


class Chain(NamedTuple):
    """Parts in the order of the query, the operators between them, one fewer, and the field that they ask."""

    parts: Sequence[q.Query | None]
    """None: nothing stands there."""
    operators: Sequence[QueryToken]
    field: SchemaField

    def pairs(self) -> list["Chain"]:
        """Take each operator with the part before and the part behind it."""
        pairs = zip(self.operators, self.parts[:-1], self.parts[1:], strict=True)
        return [Chain((left, right), (operator,), self.field) for operator, left, right in pairs]

    def tree(self) -> q.Query:
        """Join the parts by one proximity; only where nothing is `wrong`."""
        operator, present = self.operators[0], tuple(part for part in self.parts if part is not None)
        ordered = operator.kind in _ORDERED
        if operator.kind in _SAME:
            return q.Same(present, _UNITS[operator.text.lower()], ordered)
        return q.Near(present, int(operator.text), ordered)

    def wrong(self, source: str) -> tuple[str, TextSpan] | None:
        """Say what is wrong with the chain, and where in the `source` of the query; None when nothing is."""
        for operator in self.operators:
            if wrong := _never_closed(source, operator):
                return wrong, operator.span
        for operator, left, right in zip(self.operators, self.parts[:-1], self.parts[1:], strict=True):
            if wrong := _wrong_operator(operator, left, right, self.field):
                return wrong, operator.span
        if loose := next((operator for operator in self.operators if not operator.text), None):
            return _without_distance(source, loose.kind.name, self.operators), loose.span
        last = self.operators[-1]
        most = MAX_BEFORE_PARTS if last.kind in _ORDERED else MAX_NEAR_PARTS
        if len({(operator.kind, operator.text.lower().lstrip("0")) for operator in self.operators}) > 1:
            return "NEARs and BEFOREs in a row must be the same; join different ones with AND", last.span
        if len(self.parts) > most:
            return f"{_spelled(last)} takes at most {most} parts", last.span
        return None


def _wrong_operator(operator: QueryToken, left: q.Query | None, right: q.Query | None, field: SchemaField) -> str:
    name = _spelled(operator)
    if left is None or right is None:
        return f"{name} needs something on both sides"
    if operator.text.isdecimal() and (len(operator.text) > 6 or int(operator.text) > MAX_DISTANCE):
        return f"{name} allows at most {MAX_DISTANCE} words between"
    if field.kind is not Kind.TEXT:
        return f"{name} needs words; {field.name} is compared whole"
    if operator.kind in _SAME and field.name != "text":
        return f"{name} asks the text; {field.name} has no sentences"
    if not (can_be_near(left) and can_be_near(right)):
        return f"{name} joins words, phrases and ORs of them"
    return ""


def _never_closed(source: str, operator: QueryToken) -> str:
    """Say what is wrong where the parenthesis of a number of words is left open."""
    opened, rest = _OPENED.match(source, operator.end), source[operator.end :]
    if operator.text or not opened or rest.count("(") <= rest.count(")"):
        return ""
    name = operator.kind.name
    return f"{name}({opened[1]} is never closed; write {name}({opened[1]})"


def _spelled(operator: QueryToken) -> str:
    if operator.kind not in _SAME:
        return operator.kind.name
    return f"{'+' if operator.kind in _ORDERED else '/'}{operator.text.lower()}"


def _without_distance(source: str, name: str, operators: Sequence[QueryToken]) -> str:
    better = _with_distances(source, operators)
    hint = f": {better}" if better else f", as in {name}(5)"
    return f'{name} needs a number of words{hint}; the word itself is written "{name.lower()}"'


def _with_distances(source: str, operators: Sequence[QueryToken]) -> str:
    """Write the query with a number of words for each NEAR and BEFORE of a chain; empty when it is too long to show.

    >>> from search.parsing.lexer import tokens
    >>> _with_distances("orphan NEAR 9 drug", list(tokens("orphan NEAR 9 drug"))[1:2])
    'orphan NEAR(9) drug'
    """
    text = spelled(source)
    number = next((operator.text for operator in operators if operator.text), _WITHIN)
    for operator in reversed(operators):
        if operator.text:
            continue
        loose = _LOOSE.match(text, operator.end)
        rest = text[loose.end() if loose else operator.end :]
        said = f"{operator.kind.name}({loose[1] if loose else number})"
        text = f"{text[: operator.start]}{said}{' ' if rest.startswith('(') else ''}{rest}"
    return " ".join(text.split()) if len(text) <= _LONGEST else ""
