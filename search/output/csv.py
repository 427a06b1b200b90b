"""Tables as CSV (RFC 4180, lines ended by a newline alone), and with tabs in place of commas.

Text that a spreadsheet would take for a formula gets an apostrophe before it: filings are strangers' text.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from search.output.table import Cell, Table, TablePrinter, text_of

_END = "\r\n"  # taken off again; a cell with either character in it is quoted
_RISKY = ("=", "+", "-", "@", "\t", "\r")


class CsvPrinter(TablePrinter):
    """Print tables as CSV."""

    def table(self, table: Table) -> None:
        """Print a line for the names of the columns, and one for each row."""
        self._sink.lines(as_csv(table))


class TsvPrinter(TablePrinter):
    """Print tables as values separated by tabs. No cell has a tab or a line break, so nothing is quoted."""

    def table(self, table: Table) -> None:
        """Print a line for the names of the columns, and one for each row."""
        self._sink.lines("\t".join(map(guarded, row)) for row in chain([table.columns], table.rows))


def as_csv(table: Table) -> Iterator[str]:
    """Write a table a line at a time, first the names of the columns; no line has its end."""
    yield _line(table.columns)
    for row in table.rows:
        yield _line([guarded(cell) for cell in row])


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=_END).writerow(cells)
    return buffer.getvalue().removesuffix(_END)


def guarded(cell: Cell) -> str:
    """Write a cell as text that no spreadsheet calculates; a date is YYYY-MM-DD, None is empty.

    >>> guarded("=1+1"), guarded("-"), guarded(-1.5), guarded(None)
    ("'=1+1", "'-", '-1.5', '')
    """
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_RISKY) else cell
    return text_of(cell)
