"""Tables for people: columns aligned, numbers to the right, cells broken between words where a terminal is narrow."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from indexer.printing import broken, columns, wrapped

if TYPE_CHECKING:
    from search.output.table import Cell, Table

FIRST_ROWS = 100
"""Rows that decide how wide the columns are."""
_GAP = 2
_LONGEST_WORD = 24
"""Columns of a word that a column is kept wide for."""


def as_aligned(
    table: "Table", longest: Mapping[str, int] = MappingProxyType({}), *, width: int | None = None
) -> Iterator[str]:
    """Align the columns of a table, numbers to the right; each as wide as its first rows need.

    `longest` is how many characters are shown of a cell of a column, where not all are. Where the whole is wider than
    `width`, the widest columns are narrowed as far as their words allow, and their cells take several lines; where that
    is not enough, each cell has a line of its own, behind the name of its column.
    """
    most = [longest.get(name) for name in table.columns]
    rows = (
        [each[:end] if isinstance(each, str) else each for each, end in zip(row, most, strict=True)]
        for row in table.rows
    )
    first = list(islice(rows, FIRST_ROWS))
    cells = list(zip(table.columns, *map(_texts, first), strict=True))
    layout = _layout(cells, first, width)
    if layout is None:
        for row in chain(first, rows):
            yield from _record(table.columns, _texts(row), width or 0)
        return
    yield from _aligned(table.columns, layout)
    for row in chain(first, rows):
        yield from _aligned(_texts(row), layout)


class _Layout(NamedTuple):
    """How wide columns are, which of them are numbers, what is between them, and whether cells are broken."""

    widths: Sequence[int]
    numeric: Sequence[bool]
    gap: int
    breaks: bool


def _layout(cells: "Sequence[Sequence[str]]", first: "Sequence[Sequence[Cell]]", whole: int | None) -> _Layout | None:
    """Lay columns out, the gaps between them smaller where it must be; None where they do not fit side by side."""
    widths, least = [max(map(columns, column)) for column in cells], list(map(_longest_word, cells))
    numeric = [bool(first) and all(isinstance(row[at], int | float) for row in first) for at in range(len(widths))]
    if whole is None:
        return _Layout(widths, numeric, _GAP, breaks=False)
    gap = next((gap for gap in (_GAP, 1) if sum(least) + gap * (len(least) - 1) <= whole), None)
    return _Layout(narrowed(widths, least, whole, gap=gap), numeric, gap, breaks=True) if gap else None


def _record(names: Sequence[str], texts: Sequence[str], width: int) -> Iterator[str]:
    """Write a row as lines, each the name of a column and what the cell has."""
    widest = min(width // 2, max(map(columns, names)))
    for name, text in zip(names, texts, strict=True):
        yield from broken(f"{name}{' ' * (widest - columns(name))}  {text}".rstrip(), width, widest + 2)
    yield ""


def narrowed(widths: Sequence[int], least: Sequence[int], whole: int, *, gap: int = _GAP) -> list[int]:
    """Narrow the widest columns, each to its `least` at most, until all and the gaps between them fit.

    >>> narrowed([20, 30, 6], [20, 10, 6], 50)
    [20, 20, 6]
    """
    narrow = list(widths)
    for _ in range(sum(narrow) + gap * (len(narrow) - 1) - whole):
        at = max(range(len(narrow)), key=lambda at: narrow[at] if narrow[at] > least[at] else 0)
        if narrow[at] <= least[at]:
            break
        narrow[at] -= 1
    return narrow


def _longest_word(cells: Sequence[str]) -> int:
    return min(_LONGEST_WORD, max((columns(word) for cell in cells for word in cell.split()), default=0))


def _texts(row: "Sequence[Cell]") -> list[str]:
    return [f"{cell:,}" if isinstance(cell, int) else "" if cell is None else str(cell) for cell in row]


def _aligned(row: Sequence[str], layout: _Layout) -> Iterator[str]:
    """Write a row, on as many lines as its cells are broken into."""
    cells = [_broken(text, width if layout.breaks else None) for text, width in zip(row, layout.widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        yield (" " * layout.gap).join(map(_padded, parts, layout.widths, layout.numeric)).rstrip()


def _broken(text: str, width: int | None) -> list[str]:
    if width is None or columns(text) <= width:
        return [text]
    return [text[start:end] for start, end in wrapped(text, width)]


def _padded(text: str, width: int, is_number: bool) -> str:
    space = " " * (width - columns(text))
    return space + text if is_number else text + space
