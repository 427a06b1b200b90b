"""From the tree back to text: as one line that parses to the same tree, and as an indented drawing."""

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import assert_never

from indexer.analysis.stacked import as_typed
from indexer.fields.schema import AMOUNT, BY_NAME, ROW_OWNER, SECTION, WHOLE_NAME, Kind
from indexer.first_use import regex
from indexer.literals.decimals import MILLION, decimal
from search.query import nodes as q
from search.query.walk import asks_text, children
from search.terms.function_words import can_spare, is_function_word
from search.terms.identifiers import TYPED, spellings
from search.terms.money import written
from search.terms.names import READ_AS_NAMES
from search.terms.values import PROSE, value

_PLAIN_VALUE = regex(r"[^\s()\"=<>~^,:-][^\s()\"^,:]*")
_BEGINNING = regex(r"(?<![\w.])[\w(+]")
"""Where a word, and so an identifier, may begin."""
_IDENTIFIER = 24
"""Characters of an identifier with blanks in it, at most."""

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


def format_query(query: q.Query) -> str:
    """Write a query as text; `parse_query` of it gives the same tree, for every tree that it can give.

    >>> format_query(q.And((q.Term("license"), q.Not(q.Field("form", q.Term("8-k", exact=True))))))
    'license -form:=8-k'
    """
    return _line(query, "text", Binding.OR)


def _line(query: q.Query, field: str, least: Binding) -> str:
    """The text, in parentheses where it holds less tightly than `least`."""
    if field == SECTION and (name := _section(query)):
        return name
    binding, text = _written(query, field)
    return text if binding >= least else f"({text})"


def _written(query: q.Query, field: str) -> tuple[Binding, str]:
    match query:
        case q.Within() | q.Row():
            return _scoped(query, field)
        case q.And() | q.Or() | q.AtLeast():
            return _several(query, field)
        case q.Not(part):
            return Binding.NOT, "-" + _line(part, field, Binding.NOT)
        case q.Near(parts) | q.Same(parts):
            return Binding.NEAR, f" {_operator(query)} ".join(_line(part, field, Binding.ATOM) for part in parts)
        case q.Field():
            return _field(query)
        case q.Boost(part, factor):
            return Binding.BOOST, f"{_line(part, field, Binding.FIELD)}**{_decimal(factor)}"
        case q.Phrase(parts):
            # before a blank a question mark would be punctuation
            text = " ".join(map(_pattern, parts)).replace("? ", "?/")
            return Binding.ATOM, f'="{text}"' if spellings(text) else f'"{text}"'
        case q.Everything():
            return Binding.FIELD, "*:*"
        case q.Range() | q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
            return Binding.ATOM, _value(query, field)
        case _:
            assert_never(query)


def _value(query: q.Range | q.Leaf, field: str) -> str:
    return _range(query.low, query.high, field) if isinstance(query, q.Range) else _leaf(query, field)


def _scoped(query: q.Within | q.Row, field: str) -> tuple[Binding, str]:
    if isinstance(query, q.Within):
        return Binding.AND, _within(query, field)
    return (Binding.ATOM, f'"{query.said}"') if query.said else _written(query.query, field)


def _field(query: q.Field) -> tuple[Binding, str]:
    name, part = query.name, query.query
    if name == WHOLE_NAME and isinstance(part, q.Term):
        return Binding.ATOM, f'="{part.word.partition(" ")[2]}"'
    return Binding.FIELD, f"{'owner' if name == ROW_OWNER else name}:{_line(part, name, Binding.ATOM)}"


def _several(query: q.And | q.Or | q.AtLeast, field: str) -> tuple[Binding, str]:
    if isinstance(query, q.Or):
        return Binding.OR, " OR ".join(_line(part, field, Binding.AND) for part in query.parts)
    if isinstance(query, q.And):
        return Binding.AND, _side_by_side(_conjunct(part, query.parts, field) for part in query.parts)
    words = _side_by_side(_line(part, field, Binding.NOT) for part in query.parts)
    return (Binding.AND, f"{query.least} of ({words})") if query.least else (Binding.NOT, words)


def _conjunct(part: q.Query, parts: Sequence[q.Query], field: str) -> str:
    """One of the parts of an And; a word like `of` stands in parentheses where it must occur beside others."""
    line = _line(part, field, Binding.NOT)
    return f"({line})" if field == "text" and is_function_word(part) and can_spare(parts) else line


def _side_by_side(lines: Iterable[str]) -> str:
    """Put parts one behind the other; one that ends what would be an identifier (`2017oror 2`) in parentheses."""
    text = ""
    for line in lines:
        beside = f"{text} {line}" if text else line
        starts = (found.start() for found in _BEGINNING.finditer(beside, max(0, len(text) - _IDENTIFIER), len(text)))
        typed = (found for start in starts if (found := TYPED.match(beside, start)) and found.end() > len(text))
        text = f"{text} ({line})" if any(spellings(found.group()) for found in typed) else beside
    return text


def _operator(query: q.Near | q.Same) -> str:
    if isinstance(query, q.Same):
        return f"{'+' if query.ordered else '/'}{query.unit[0]}"
    return f"{'BEFORE' if query.ordered else 'NEAR'}({query.distance})"


def _within(query: q.Within, field: str) -> str:
    part = query.query
    is_bounded = isinstance(part, q.And) and all(asks_text(each, field) for each in part.parts)
    parts = part.parts if isinstance(part, q.And) and is_bounded else (part,)
    return _side_by_side([_clause(query.sections), *(_conjunct(each, parts, field) for each in parts)])


def _clause(names: q.Query) -> str:
    return _line(q.Field(SECTION, names), "text", Binding.FIELD)


def _section(query: q.Query) -> str:
    """The name of a section that is read as this query; empty when none is."""
    first = query.parts[0] if isinstance(query, q.Or) and query.parts else query
    if not isinstance(first, q.Term | q.Prefix | q.Wildcard):
        return ""
    name = _pattern(first)
    try:
        return name if value(BY_NAME[SECTION], name) == query and _PLAIN_VALUE.fullmatch(name) else ""
    except ValueError:
        return ""


def _leaf(leaf: q.Leaf, field: str) -> str:
    is_value = BY_NAME[field].kind is not Kind.TEXT
    text = leaf.word if is_value and isinstance(leaf, q.Term) else _pattern(leaf)
    is_exact = isinstance(leaf, q.Term) and leaf.exact
    if field in READ_AS_NAMES and is_exact:
        return f'"{text}"' if text.isdecimal() else text
    if field == AMOUNT and text.isdecimal():
        return written(int(text))
    if is_value:
        return f"={_quoted(text)}" if is_exact else _quoted(text)
    return f"={text}" if is_exact and (field in PROSE or text.isdecimal() or spellings(text)) else text


def _pattern(part: q.Query) -> str:
    if not isinstance(part, q.Leaf):
        return f"({_line(part, 'text', Binding.OR)})"  # in a phrase; no text gives such a tree
    match part:
        case q.Term(word):
            return as_typed(word)
        case q.Prefix(prefix):
            return f"{prefix}*"
        case q.Wildcard(pattern):
            return pattern
        case q.Fuzzy(word, edits):
            return f"{word}~{edits}"
        case _:
            assert_never(part)


def _quoted(value: str) -> str:
    return value if _PLAIN_VALUE.fullmatch(value) else f'"{value}"'


def _range(low: int | None, high: int | None, field: str) -> str:
    kind, print_end = BY_NAME[field].kind, written if field == AMOUNT else str
    if kind is Kind.DECIMAL and high is None and low is not None and low % MILLION == 1:
        return f">{decimal(low - 1)}"
    if kind is Kind.DECIMAL and low is None and high is not None and high % MILLION == MILLION - 1:
        return f"<{decimal(high + 1)}"
    spelled = {Kind.DATE: _day, Kind.DECIMAL: decimal}.get(kind, print_end)
    ends = ["" if end is None else spelled(end) for end in (low, high)]
    if low is None and high is None:
        return ".." if kind is Kind.KEYWORD else "*"
    return ends[0] if low == high and kind is not Kind.KEYWORD else "..".join(ends)


def _day(number: int) -> str:
    digits = f"{number:08}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _decimal(factor: float) -> str:
    from decimal import Decimal  # noqa: PLC0415  (only for what is boosted)

    return f"{Decimal(repr(factor)):f}".removesuffix(".0")


def draw(query: q.Query, *, field: str = "text", depth: int = 0) -> Iterator[tuple[str, q.Query, str]]:
    """Draw the tree a line a node, what is below indented: the line, the node, and the field it asks."""
    yield "  " * depth + _title(query, field), query, field
    if isinstance(query, q.Within) and not isinstance(query.query, q.Leaf | q.Phrase):  # what is below is bounded, too
        for line, part, asked in draw(query.query, field=field, depth=depth + 1):
            yield line, part if isinstance(part, q.Within) else q.Within(query.sections, part), asked
    for part, asked in _below(query, field):
        yield from draw(part, field=asked, depth=depth + 1)


def _below(query: q.Query, field: str) -> Iterator[tuple[q.Query, str]]:
    match query:
        case q.And() | q.AtLeast() | q.Near() | q.Same() | q.Not() | q.Boost():
            yield from ((part, field) for part in children(query))
        case q.Or(parts):
            yield from () if _is_list(query, field) else ((part, field) for part in parts)
        case q.Field(name, part):
            yield from [(part, name)] if any(True for _ in _below(part, name)) else ()
        case (
            q.Term()
            | q.Prefix()
            | q.Wildcard()
            | q.Fuzzy()
            | q.Phrase()
            | q.Within()
            | q.Row()
            | q.Range()
            | q.Everything()
        ):
            return
        case _:
            assert_never(query)


def _is_list(query: q.Query, field: str) -> bool:
    """Whether this is a choice between values, as a family of forms is, which goes on one line."""
    return isinstance(query, q.Or) and BY_NAME[field].kind is not Kind.TEXT and all(map(_is_leaf, query.parts))


def _is_leaf(query: q.Query) -> bool:
    return isinstance(query, q.Leaf)


def _title(query: q.Query, field: str) -> str:
    match query:
        case q.And():
            return "all of"
        case q.Or():
            return _one_line(query, field) if _is_list(query, field) else "any of"
        case q.Within(names, part):
            is_short = isinstance(part, q.Leaf | q.Phrase)
            return _one_line(query, field) if is_short else f"within {_clause(names)}"
        case q.AtLeast(_, least):
            return f"at least {least} of" if least else "need not be there; counts beside the others"
        case q.Not():
            return "not"
        case q.Boost(factor=factor):
            return f"times {_decimal(factor)}"
        case q.Near(distance=distance, ordered=ordered):
            return f"at most {distance} words between" + (", in this order" if ordered else "")
        case q.Same(unit=unit, ordered=ordered):
            return f"in one {unit}" + (", in this order" if ordered else "")
        case q.Field(name, part):
            return f"{name}:" if any(True for _ in _below(part, name)) else _one_line(query, field)
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Phrase() | q.Row() | q.Range() | q.Everything():
            return _one_line(query, field)
        case _:
            assert_never(query)


def _one_line(query: q.Query, field: str) -> str:
    line = _line(query, field, Binding.OR)
    return line if len(line) <= MAX_LINE else f"{line[:MAX_LINE].rpartition(' ')[0]} …"
