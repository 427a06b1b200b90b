"""From the lines of a header to a tree of its tags, the same tree whichever dialect they are written in.

Containers are known by name, never by indentation: labels stand one tab shallower or deeper than they should in
many headers of 1996 to 2000, closing tags stand between labels, and raw tags among them. What the tree means is
`header`'s business.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from indexer.envelope.tags import NAME_OF_LABEL, TAGS, TOP, tag_name

_LINE_END = re.compile(r"\r\n|\r|\n")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9_-]*)>+")
_LABEL = re.compile(r"[A-Z][A-Z0-9 _/-]*+")
_LONGEST_LABEL = 80
STRAY = "#TEXT"
"""The name of a line that is neither tag nor label."""

DEPTH = 32
"""Containers within containers, at most; the deepest known chain has six."""


class Shape(Enum):
    """What a lexeme is."""

    FIELD = "a tag or label, with its value"
    CLOSE = "a closing tag"
    TEXT = "neither"


class Lexeme(NamedTuple):
    """One tag, label, or stray line."""

    shape: Shape
    name: str
    """In the tag dialect's spelling; `STRAY` for a line that has none."""
    value: str
    line: int
    """From 1."""


@dataclass(slots=True)
class Node:
    """A tag of the header with what stands in it."""

    name: str
    value: str
    line: int
    placed: bool = True
    """Whether it stands where the vocabulary says it may."""
    children: list["Node"] = field(default_factory=list)


def parse_tree(text: str) -> Node:
    """Parse a header into a tree without blanks and closing tags of known containers; the root has no name."""
    lexemes = list(lexemes_of(text))
    return _Builder(closed=frozenset(lexeme.name for lexeme in lexemes if lexeme.shape is Shape.CLOSE)).build(lexemes)


def lexemes_of(text: str) -> Iterator[Lexeme]:
    """Yield the tags and labels of a header, line by line; several tags may share a line, as in a one-line `.nc`."""
    held: Lexeme | None = None
    for number, line in enumerate(map(str.strip, _LINE_END.split(text) if "\r" in text else text.split("\n")), 1):
        for lexeme in _lexemes_of_line(line, number) if line else ():
            if held and lexeme.value == "]" and _closes_bracket(lexeme, held):
                held = held._replace(value=held.value + "]")
                continue
            if held:
                yield held
            held = lexeme
    if held:
        yield held


def _closes_bracket(lexeme: Lexeme, held: Lexeme) -> bool:
    """Whether this is the end of a classification cut in two: `[6331`, `]` on the next line (0000950150-00-000754)."""
    return lexeme.shape is Shape.TEXT and lexeme.value == "]" and held.value.rfind("[") > held.value.rfind("]")


def _lexemes_of_line(line: str, number: int) -> Iterable[Lexeme]:
    if line.startswith("]"):
        closing, rest = Lexeme(Shape.TEXT, STRAY, "]", number), line[1:].lstrip()
        return (closing, *(_tags_or_label(rest, number) if rest else ()))
    return _tags_or_label(line, number)


def _tags_or_label(line: str, number: int) -> Iterable[Lexeme]:
    return _tags_of_line(line, number) if line.startswith("<") else (_label(line, number),)


def _label(line: str, number: int) -> Lexeme:
    label, colon, value = line.partition(":")
    label = label.rstrip()
    name = _name_of_label(label) if colon and len(label) <= _LONGEST_LABEL else ""
    return Lexeme(Shape.FIELD, name, value.strip(), number) if name else Lexeme(Shape.TEXT, STRAY, line, number)


@lru_cache(maxsize=1024)
def _name_of_label(label: str) -> str:
    """The tag of a label; empty where it is none."""
    if not _LABEL.fullmatch(label):
        return ""
    return NAME_OF_LABEL.get(label) or tag_name(label.replace(" ", "-"))


def _tags_of_line(line: str, number: int) -> Iterator[Lexeme]:
    tags = [match for match in _TAG.finditer(line) if match.start() == 0 or tag_name(match[2]) in TAGS]
    if not tags or tags[0].start():
        tags = []
        yield Lexeme(Shape.TEXT, STRAY, line, number)
    ends = [*(match.start() for match in tags[1:]), len(line)]
    for match, end in zip(tags, ends, strict=False):
        shape = Shape.CLOSE if match[1] else Shape.FIELD
        value = line[match.end() : end].strip()
        yield Lexeme(shape, tag_name(match[2]), "" if match[1] else value, number)
        if match[1] and value:
            yield Lexeme(Shape.TEXT, STRAY, value, number)


class _Builder:
    """Hangs each lexeme into the innermost open container that may hold it."""

    def __init__(self, *, closed: frozenset[str]) -> None:
        self._closed = closed
        """The names that some closing tag closes: an unknown tag among them is a container."""
        self._root = Node("", "", 0)
        self._open = [self._root]

    def build(self, lexemes: Iterable[Lexeme]) -> Node:
        for lexeme in lexemes:
            match lexeme.shape:
                case Shape.FIELD:
                    self._add(lexeme)
                case Shape.CLOSE:
                    self._close(lexeme)
                case Shape.TEXT:
                    self._hang(lexeme, placed=False)
        return self._root

    def _add(self, lexeme: Lexeme) -> None:
        tag = TAGS.get(lexeme.name)
        depth = self._home(tag.inside) if tag else None
        if depth is not None:
            del self._open[depth + 1 :]
        node = self._hang(lexeme, placed=depth is not None)
        is_container = tag.container if tag else not lexeme.value and lexeme.name in self._closed
        if is_container and len(self._open) < DEPTH:
            self._open.append(node)

    def _home(self, inside: tuple[str, ...]) -> int | None:
        for depth in range(len(self._open) - 1, -1, -1):
            name = self._open[depth].name
            if name in inside:
                return depth
            if name != TOP and name not in TAGS:
                return None
        return None

    def _hang(self, lexeme: Lexeme, *, placed: bool) -> Node:
        node = Node(lexeme.name, lexeme.value, lexeme.line, placed)
        self._open[-1].children.append(node)
        return node

    def _close(self, lexeme: Lexeme) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].name == lexeme.name:
                del self._open[depth:]
                return
        if lexeme.name not in TAGS:
            self._hang(lexeme._replace(name=f"/{lexeme.name}"), placed=False)
