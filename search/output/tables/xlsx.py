"""Tables as an Excel workbook, written row by row. openpyxl is imported here only; it comes with the extra `xlsx`.

What the answer rests on is a sheet of its own, behind the rows, whether or not there are any.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from indexer.errors import importing
from search.output.table import Cell, Table, TablePrinter
from search.output.tables.coverage_table import coverage_table
from search.results import Hit, Results

if TYPE_CHECKING:
    from indexer.filings import Header
    from search.coverage.covered import CoverageReport

ROWS = 1_048_575
"""Rows that a sheet takes under its heading; the rest goes on to the next sheet."""
LINKS = 65_530
"""Links that Excel allows on a sheet; addresses beyond are text."""
_LONGEST = 32_767  # characters of a cell
_LONGEST_LINK = 2_079  # characters of an address that Excel opens
_WIDTHS = {"passages": 80, "value": 60, "line": 100, "document": 40, "accession": 22, "rank": 6, "score": 8}
_WIDTHS |= dict.fromkeys(("company", "entity_name", "description", "former_names", "detail", "what", "name"), 36)
_WIDTHS |= dict.fromkeys(("url", "filing_url", "filing_details_url", "filing_document_url", "source", "path"), 24)
_WIDTH = 14
_WRAPPED = frozenset({"passages", "company", "entity_name", "description", "value", "detail", "line", "former_names"})
"""Columns whose text takes as many lines as it needs."""


class XlsxPrinter(TablePrinter):
    """Print tables into an Excel file."""

    covers = True
    _coverage: "CoverageReport | None" = None

    def coverage(self, report: "CoverageReport") -> None:
        """Have the second sheet say in full what the answer rests on."""
        self._coverage = report

    def hits(self, results: Results, hits: Iterable[Hit], header: "Callable[[str], Header]") -> None:
        """Write the rows to one sheet and what they rest on to the next."""
        sheets = [Sheet("results", self._of(results, hits, header)), Sheet("coverage", self._about(results))]
        self._write(sheets)

    def _about(self, results: Results) -> Table:
        return coverage_table(results, self._coverage)

    def table(self, table: Table) -> None:
        """Write the table to the file that was named; SearchError when none was."""
        self._write([Sheet("results", table)])

    def _write(self, sheets: "Sequence[Sheet]") -> None:
        self._sink.file(lambda path: write_xlsx(sheets, path), "an Excel file", ".xlsx")


class Sheet(NamedTuple):
    """A table and what its sheet is called; where its rows are too many for one, others follow, numbered."""

    title: str
    table: Table


def write_xlsx(sheets: Sequence[Sheet], path: Path) -> None:
    """Write tables to a file; MissingExtraError without openpyxl."""
    with importing("xlsx", purpose="Excel files need"):
        from openpyxl import Workbook  # noqa: PLC0415
    book = Workbook(write_only=True)
    for title, table in sheets:
        for number, rows in enumerate(_parts(iter(table.rows)), 1):
            _SheetWriter(book.create_sheet(title if number == 1 else f"{title} {number}"), table.columns).write(rows)
    book.save(path)


def _parts(rows: Iterator[Sequence[Cell]]) -> Iterator[Iterator[Sequence[Cell]]]:
    """Cut rows into parts that a sheet takes; one part, without rows, when there are none."""
    yield islice(rows, ROWS)
    for first in rows:
        yield chain((first,), islice(rows, ROWS - 1))


class _SheetWriter:
    """Writes rows into one sheet: a heading that stays and filters, links, long text on several lines."""

    def __init__(self, sheet: Any, columns: Sequence[str]) -> None:
        from openpyxl.styles import Alignment, Font  # noqa: PLC0415
        from openpyxl.utils import get_column_letter  # noqa: PLC0415

        self._sheet, self._columns, self._links = sheet, columns, 0
        self._letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
        self._top, self._lines = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
        self._bold, self._blue = Font(bold=True), Font(color="0563C1", underline="single")
        sheet.freeze_panes = "A2"
        for letter, column in zip(self._letters, columns, strict=True):
            sheet.column_dimensions[letter].width = _WIDTHS.get(column, _WIDTH)

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write the heading and the rows, and the filter over all of them."""
        number = 1
        self._sheet.append([self._heading(column) for column in self._columns])
        for number, row in enumerate(rows, 2):  # noqa: B007  (the last is asked below)
            self._sheet.append([self._cell(*each) for each in zip(row, self._columns, self._letters, strict=True)])
        self._sheet.auto_filter.ref = f"A1:{self._letters[-1]}{number}"

    def _heading(self, column: str) -> Any:
        cell = self._made(column)
        cell.font = self._bold
        return cell

    def _cell(self, value: Cell, column: str, letter: str) -> Any:
        cell = self._made(value)
        cell.alignment = self._lines if column in _WRAPPED else self._top
        if isinstance(value, str) and self._links < LINKS and _is_address(value):
            cell.hyperlink = value
            cell.font = self._blue
            self._links += 1
        return cell

    def _made(self, value: Cell) -> Any:
        """Keep text as text: without this, openpyxl takes what begins with `=` for a formula."""
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

        if not isinstance(value, str):
            return WriteOnlyCell(self._sheet, value=value)
        cell = WriteOnlyCell(self._sheet, value=value[:_LONGEST].encode("utf-8", "replace").decode())
        cell.data_type = "s"
        return cell


def _is_address(text: str) -> bool:
    return text.startswith("https://") and len(text) <= _LONGEST_LINK and text.isascii() and " " not in text
