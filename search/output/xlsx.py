"""Tables as an Excel workbook, written row by row. openpyxl is imported here only; it comes with the extra `xlsx`."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from indexer.errors import MissingExtraError
from search.output.table import Cell, Table, TablePrinter

ROWS = 1_048_575
"""Rows that a sheet takes under its heading; the rest goes on to the next sheet."""
_LONGEST = 32_767  # characters of a cell
_WIDTHS = {"passages": 80, "company": 36, "description": 36, "url": 24, "filing_url": 24, "source": 24}
_WIDTH = 14


class XlsxPrinter(TablePrinter):
    """Print tables into an Excel file."""

    def table(self, table: Table) -> None:
        """Write the table to the file that was named; SearchError when none was."""
        self._sink.file(lambda path: write_xlsx(table, path), "an Excel file", ".xlsx")


def write_xlsx(table: Table, path: Path) -> None:
    """Write the table to a file; MissingExtraError without openpyxl."""
    try:
        from openpyxl import Workbook  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("Excel files need openpyxl: pip install 'edgar-corpus-search[xlsx]'") from error
    book = Workbook(write_only=True)
    for number, rows in enumerate(_sheets(iter(table.rows)), 1):
        _write_sheet(book.create_sheet("results" if number == 1 else f"results {number}"), table.columns, rows)
    book.save(path)


def _sheets(rows: Iterator[Sequence[Cell]]) -> Iterator[Iterator[Sequence[Cell]]]:
    """Cut rows into parts that a sheet takes; one part, without rows, when there are none."""
    yield islice(rows, ROWS)
    for first in rows:
        yield chain((first,), islice(rows, ROWS - 1))


def _write_sheet(sheet: Any, columns: Sequence[str], rows: Iterator[Sequence[Cell]]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, _WIDTH)
    sheet.append(columns)
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])


def _cell(sheet: Any, cell: Cell) -> Any:
    """Keep text as text: without this, openpyxl takes what begins with `=` for a formula."""
    if not isinstance(cell, str):
        return cell
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    written = WriteOnlyCell(sheet, value=cell[:_LONGEST].encode("utf-8", "replace").decode())
    written.data_type = "s"
    return written
