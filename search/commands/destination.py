"""Where an answer is printed: the terminal, a pipe, or a file written whole. The formats are in `search.output`."""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from indexer.storage.durable import replacing
from search.commands.request import Printing
from search.errors import SearchError
from search.output.style import Style, style
from search.records.files import write_lines

if TYPE_CHECKING:
    from search.output.table import Table

SUFFIXES = {".txt": "text", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".xlsx": "xlsx"}


def print_lines(lines: Iterable[str], printing: Printing) -> None:
    """Print lines to where they are wanted."""
    if printing.output:
        write_lines(printing.output, lines)
        say(f"written to {printing.output}")
        return
    for line in lines:
        sys.stdout.write(f"{line}\n")


def print_table(table: "Table", printing: Printing) -> None:
    """Print a table as CSV, as an Excel workbook, as JSON lines or as aligned text."""
    from search.output.csv import as_aligned, as_csv  # noqa: PLC0415

    match printing.format:
        case "xlsx":
            _write_book(table, printing)
        case "json" | "jsonl":
            print_lines(_objects(table), printing)
        case "csv":
            print_lines(as_csv(table), printing)
        case _:
            print_lines(as_aligned(table), printing)


def _write_book(table: "Table", printing: Printing) -> None:
    from search.output.xlsx import write_xlsx  # noqa: PLC0415

    if not printing.output:
        raise SearchError("an Excel file is not printed: name it with --output FILE.xlsx")
    with replacing(printing.output) as beside:
        write_xlsx(table, beside)
    say(f"written to {printing.output}")


def _objects(table: "Table") -> Iterator[str]:
    from indexer.printing import plain  # noqa: PLC0415
    from search.output.json import dumped  # noqa: PLC0415

    for row in table.rows:
        yield dumped(dict(zip(table.columns, map(plain, row), strict=True)))


def say(line: str) -> None:
    """Tell the user something that is not part of the answer."""
    sys.stdout.flush()
    sys.stderr.write(f"{line}\n")


def styled(printing: Printing) -> Style:
    """The style for standard output: colour, links and broken lines on a terminal only."""
    on_terminal = sys.stdout.isatty() and not printing.output
    allowed = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    coloured = printing.color == "always" or (printing.color == "auto" and on_terminal and allowed)
    return style(
        coloured=coloured and not printing.output,
        links=coloured and on_terminal,
        width=_columns() if on_terminal else None,
        unicode=bool(printing.output) or (sys.stdout.encoding or "").lower().startswith("utf"),
    )


def _columns() -> int:
    from shutil import get_terminal_size  # noqa: PLC0415  (a pipe need not wait for it)

    return get_terminal_size().columns
