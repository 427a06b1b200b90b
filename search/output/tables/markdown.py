"""Tables in Markdown, as GitHub and most others read it (https://github.github.com/gfm/#tables-extension-).

Filings are strangers' text: whatever Markdown or HTML would read into it is escaped.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from search.output.table import Cell, Table, TablePrinter, text_of

_ACTIVE = re.compile(r"[\\`*\[\]<>|~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
"""What means something within a cell; `_` does not between letters, nor `&` where nothing is named."""
_ADDRESS = re.compile(r"https?://[!-~]+")
_COLUMNS = "rank,filed,form,company,accession,type,passages,url"


class MarkdownPrinter(TablePrinter):
    """Print tables in Markdown."""

    default = _COLUMNS

    def table(self, table: Table) -> None:
        """Print the names of the columns, a rule, and a line for each row."""
        self._sink.lines(as_markdown(table))


def as_markdown(table: Table) -> Iterator[str]:
    """Write a table a line at a time; numbers stand to the right where the first row has them."""
    rows = iter(table.rows)
    first = next(rows, None)
    yield _row(table.columns)
    numeric = [isinstance(cell, int | float) for cell in first or table.columns]
    yield f"|{'|'.join(' ---: ' if is_number else ' --- ' for is_number in numeric)}|"
    yield from (_row(row) for row in chain([first] if first else [], rows))


def _row(cells: Sequence[Cell]) -> str:
    return f"| {' | '.join(map(written, cells))} |"


def written(cell: Cell) -> str:
    r"""Write a cell so that it reads as it stands; addresses are links.

    >>> print(written("*A|B* <b>"), written("https://www.sec.gov/x_1"))
    \*A\|B\* \<b\> <https://www.sec.gov/x_1>
    """
    text = text_of(cell)
    if _ADDRESS.fullmatch(text) and not set(text) & set("<>|"):
        return f"<{text}>"
    return _ACTIVE.sub(r"\\\g<0>", text)
