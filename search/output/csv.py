"""Tables as CSV (RFC 4180, lines ended by a newline alone), and as aligned text.

Text that a spreadsheet would take for a formula gets an apostrophe before it: filings are strangers' text.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice

from indexer.printing import columns
from search.output.table import Cell, Table

FIRST_ROWS = 100
"""Rows that decide how wide an aligned table's columns are."""
_END = "\r\n"  # taken off again; a cell with either character in it is quoted
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: Table) -> Iterator[str]:
    """The table, a line at a time, first the names of the columns."""
    yield _line(table.columns)
    for row in table.rows:
        yield _line([guarded(cell) for cell in row])


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=_END).writerow(cells)
    return buffer.getvalue().removesuffix(_END)


def guarded(cell: Cell) -> str:
    """The cell as text that no spreadsheet calculates.

    >>> guarded("=1+1"), guarded("-"), guarded(-1.5), guarded(None)
    ("'=1+1", "'-", '-1.5', '')
    """
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_RISKY) else cell
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def as_aligned(table: Table) -> Iterator[str]:
    """The table with its columns aligned, numbers to the right; as wide as its first rows need."""
    rows = iter(table.rows)
    first = list(islice(rows, FIRST_ROWS))
    widths = [max(map(columns, column)) for column in zip(table.columns, *map(_said, first), strict=True)]
    numeric = [bool(first) and all(isinstance(row[at], int | float) for row in first) for at in range(len(widths))]
    yield _aligned(table.columns, widths, numeric)
    for row in chain(first, rows):
        yield _aligned(_said(row), widths, numeric)


def _said(row: Sequence[Cell]) -> list[str]:
    return [f"{cell:,}" if isinstance(cell, int) else "" if cell is None else str(cell) for cell in row]


def _aligned(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    cells = []
    for text, width, is_number in zip(row, widths, numeric, strict=True):
        space = " " * (width - columns(text))
        cells.append(space + text if is_number else text + space)
    return "  ".join(cells).rstrip()
