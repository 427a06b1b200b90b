"""Lists in files as people keep them: watchlists of companies and CIKs. What the values mean is said elsewhere."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from indexer.errors import ListError

_COLUMNS = {
    "cik": {
        "cik",
        "cik number",
        "cik str",
        "central index key",
        "company cik",
        "entity cik",
        "filer cik",
        "issuer cik",
    },
    "company": {
        "company",
        "company name",
        "conformed name",
        "entity",
        "entity name",
        "filer",
        "issuer",
        "name",
        "registrant",
    },
    "ticker": {"symbol", "ticker", "ticker symbol", "tickers", "trading symbol"},
    "form": {"form", "form type", "root form"},
    "item": {"item", "items"},
    "accession": {"accession", "accession number", "adsh"},
}
"""What columns are called that hold the values of a field, in lower case, `_` as a blank."""
_TITLES = {"value"}.union(*_COLUMNS.values())
_DELIMITERS = (",", ";", "\t")
_BYTES = 16 << 20
"""Of a list; a million companies."""


class ListedValue(NamedTuple):
    """A value of a list, and the line it ends on."""

    line: int
    value: str


def read_rows(path: Path, field: str = "") -> list[ListedValue]:
    """Read the values of a list: one a line, or a column of a table; comments begin with `#`.

    The column is the one whose heading names `field` (`cik`, `company`, `ticker`, ...), in any place; without a heading
    the first. Cells are parted by commas, semicolons or tabs. Raises ListError for a file that cannot be read, names
    nothing, or has other columns.
    """
    import csv  # noqa: PLC0415  (few questions name a list)

    lines = read_lines(path)
    reader = csv.reader(lines, delimiter=_delimiter(lines), skipinitialspace=True)
    try:
        cells = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise ListError(f"{path}, line {reader.line_num}, cannot be read as a list: {error}") from error
    column = _column(cells[0][1], field, path) if cells else None
    listed = cells if column is None else cells[1:]
    values = ((line, row[column or 0].strip()) for line, row in listed if len(row) > (column or 0))
    rows = [ListedValue(line, value) for line, value in values if value]
    if not rows:
        raise ListError(f"{path} names nothing: write one value a line")
    return rows


def _delimiter(lines: Sequence[str]) -> str:
    """Choose what parts the cells: of a heading, what makes the most names of it; else what stands in every line."""
    filled = [line for line in lines if line.strip()]
    titled = {each: sum(map(_is_title, filled[0].split(each))) for each in _DELIMITERS} if filled else {",": 0}
    best = max(titled, key=lambda each: titled[each])
    if titled[best]:
        return best
    return next((each for each in (";", "\t") if filled and all(each in line for line in filled)), ",")


def _column(heading: Sequence[str], field: str, path: Path) -> int | None:
    """Find the column of a field in what may be a heading; None when it is none; ListError when it has others."""
    names = [_plain(cell) for cell in heading]
    wanted = next((at for at, name in enumerate(names) if name in _COLUMNS.get(field, {field})), None)
    if wanted is not None or not any(map(_is_title, heading)):
        return wanted
    if field in _COLUMNS and len(names) > 1:
        raise ListError(f"{path} has no column {field}; it has {', '.join(filter(None, map(str.strip, heading)))}")
    return 0 if _is_title(heading[0]) else None


def _is_title(cell: str) -> bool:
    return _plain(cell) in _TITLES


def _plain(cell: str) -> str:
    return " ".join(cell.strip(' "\t').lower().replace("_", " ").split())


def read_lines(path: Path) -> list[str]:
    """Read the lines of a text file (see `read_text`), comments left empty; ListError."""
    return ["" if line.lstrip().startswith("#") else line for line in read_text(path).splitlines()]


def read_text(path: Path) -> str:
    """Read a text file as people save them: UTF-8 with or without a mark, or cp1252; ListError."""
    try:
        with path.open("rb") as file:
            content = file.read(_BYTES + 1)
    except OSError as error:
        raise ListError(f"{path}: {error.strerror}") from error
    if len(content) > _BYTES:
        raise ListError(f"{path} is larger than a list may be ({_BYTES >> 20} MB)")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
