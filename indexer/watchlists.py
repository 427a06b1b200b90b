"""Lists in files as people keep them: watchlists of companies and CIKs. What the values mean is said elsewhere."""

from pathlib import Path
from typing import NamedTuple

from indexer.errors import ListError

_TITLES = {
    "accession",
    "cik",
    "company",
    "company name",
    "entity",
    "entity name",
    "filer",
    "form",
    "issuer",
    "item",
    "name",
    "symbol",
    "ticker",
    "value",
}
"""What a first line says that is a heading and no value, in lower case."""
_BYTES = 16 << 20
"""Of a list; a million companies."""


_BYTES = 16 << 20
"""Of a list; a million companies."""


class ListedValue(NamedTuple):
    """A value of a list, and the line it ends on."""

    line: int
    value: str


def read_rows(path: Path) -> list[ListedValue]:
    """Read the values of a list: one a line, or the first column of a CSV file; comments begin with `#`.

    Raises ListError for a file that cannot be read, or names nothing.
    """
    import csv  # noqa: PLC0415  (few questions name a list)

    reader = csv.reader(read_lines(path), skipinitialspace=True)
    try:
        rows = [ListedValue(reader.line_num, row[0].strip()) for row in reader if row and row[0].strip()]
    except csv.Error as error:
        raise ListError(f"{path}, line {reader.line_num}, cannot be read as a list: {error}") from error
    if rows and rows[0].value.lower() in _TITLES:
        rows = rows[1:]
    if not rows:
        raise ListError(f"{path} names nothing: write one value a line")
    return rows


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
