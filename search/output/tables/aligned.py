"""Tables for people: columns aligned, numbers to the right, cells broken between words where a terminal is narrow."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING

from indexer.printing import columns, wrapped

if TYPE_CHECKING:
    from search.output.table import Cell, Table

FIRST_ROWS = 100
"""Rows that decide how wide the columns are."""
_GAP = "  "
_LONGEST_WORD = 24
"""Columns of a word that a column is kept wide for."""


def as_aligned(
    table: "Table", longest: Mapping[str, int] = MappingProxyType({}), *, width: int | None = None
) -> Iterator[str]:
    """Align the columns of a table, numbers to the right; each as wide as its first rows need.

    `longest` is how many characters are shown of a cell of a column, where not all are. Where the whole is wider than
    `width`, the widest columns are narrowed as far as their words allow, and their cells take several lines.
    """
    most = [longest.get(name) for name in table.columns]
    rows = (
        [each[:end] if isinstance(each, str) else each for each, end in zip(row, most, strict=True)]
        for row in table.rows
    )
    first = list(islice(rows, FIRST_ROWS))
    cells = list(zip(table.columns, *map(_texts, first), strict=True))
    widths = [max(map(columns, column)) for column in cells]
    numeric = [bool(first) and all(isinstance(row[at], int | float) for row in first) for at in range(len(widths))]
    widths = narrowed(widths, list(map(_longest_word, cells)), width) if width else widths
    yield from _aligned(table.columns, widths, numeric, breaks=width is not None)
    for row in chain(first, rows):
        yield from _aligned(_texts(row), widths, numeric, breaks=width is not None)


def narrowed(widths: Sequence[int], least: Sequence[int], whole: int) -> list[int]:
    """Narrow the widest columns, each to its `least` at most, until all and the gaps between them fit.

    >>> narrowed([20, 30, 6], [20, 10, 6], 50)
    [20, 20, 6]
    """
    narrow = list(widths)
    for _ in range(sum(narrow) + len(_GAP) * (len(narrow) - 1) - whole):
        at = max(range(len(narrow)), key=lambda at: narrow[at] if narrow[at] > least[at] else 0)
        if narrow[at] <= least[at]:
            break
        narrow[at] -= 1
    return narrow


def _longest_word(cells: Sequence[str]) -> int:
    return min(_LONGEST_WORD, max((columns(word) for cell in cells for word in cell.split()), default=0))


def _texts(row: "Sequence[Cell]") -> list[str]:
    return [f"{cell:,}" if isinstance(cell, int) else "" if cell is None else str(cell) for cell in row]


def _aligned(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool], *, breaks: bool) -> Iterator[str]:
    """Write a row, on as many lines as its cells are broken into."""
    cells = [_broken(text, width if breaks else None) for text, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        yield _GAP.join(map(_padded, parts, widths, numeric)).rstrip()


def _broken(text: str, width: int | None) -> list[str]:
    if width is None or columns(text) <= width:
        return [text]
    return [text[start:end] for start, end in wrapped(text, width)]


def _padded(text: str, width: int, is_number: bool) -> str:
    space = " " * (width - columns(text))
    return space + text if is_number else text + space
