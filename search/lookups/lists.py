"""Lists in files: watchlists of companies and CIKs, and groups of synonyms."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from search.errors import SearchError
from search.lookups.lookup import Filter, file_of, filter_tree

_TITLES = {
    "cik",
    "company",
    "company name",
    "entity",
    "entity name",
    "filer",
    "issuer",
    "name",
    "form",
    "item",
    "value",
}
"""What a first line says that is a heading and no value, in lower case."""


_DIGITS = 10  # of a CIK


class _Row(NamedTuple):
    """A value of a list, and the line it ends on."""

    line: int
    value: str


def expanded(filters: Iterable[Filter], *, folder: Path | None = None) -> tuple[Filter, ...]:
    """Replace each value `@FILE` of the filters (or `-@FILE`, all excluded) by the values in that file.

    Relative paths are looked for in `folder`. Raises SearchError for a file that cannot be read or names nothing, and
    for a line that the filter cannot take.
    """
    return tuple(Filter(name, tuple(_values(name, values, folder))) for name, values in filters)


def _values(name: str, values: Iterable[str], folder: Path | None) -> Iterator[str]:
    for value in values:
        if named := file_of(value):
            sign, path = named
            yield from (sign + each for each in _fitting(name, (folder or Path()) / path))
        else:
            yield value


def _fitting(name: str, path: Path) -> list[str]:
    """Read the values of a list; SearchError for a line that the filter cannot take."""
    rows = _rows(path)
    for line, value in rows:
        if name == "cik" and value.isascii() and value.isdecimal() and len(value) <= _DIGITS:
            continue  # of thousands of these none needs to be parsed here
        try:
            filter_tree(Filter(name, (value,)))
        except SearchError as error:
            raise SearchError(f"{path}, line {line}: {error}") from error
    return list(dict.fromkeys(value for _, value in rows))


def _rows(path: Path) -> list[_Row]:
    """Read a list: one value a line, or the first column of a CSV file; comments begin with `#`."""
    import csv  # noqa: PLC0415  (few questions name a list)

    reader = csv.reader(_lines(path), skipinitialspace=True)
    try:
        rows = [_Row(reader.line_num, row[0].strip()) for row in reader if row and row[0].strip()]
    except csv.Error as error:
        raise SearchError(f"{path}, line {reader.line_num}, cannot be read as a list: {error}") from error
    if rows and rows[0].value.lower() in _TITLES:
        rows = rows[1:]
    if not rows:
        raise SearchError(f"{path} names nothing: write one value a line")
    return rows


def read_groups(path: Path) -> tuple[tuple[str, ...], ...]:
    """Read groups of synonyms, one a line, separated by commas, comments behind `#`; SearchError when there is none."""
    groups = []
    for number, line in enumerate(_lines(path), 1):
        members = tuple(member.strip() for member in line.split(",") if member.strip())
        if len(members) == 1:
            raise SearchError(f"{path}, line {number}: {members[0]} stands alone; separate synonyms by commas")
        if members:
            groups.append(members)
    if not groups:
        raise SearchError(f"{path} holds no synonyms: write one group a line, separated by commas")
    return tuple(groups)


def _lines(path: Path) -> list[str]:
    """Read lines as people save them (UTF-8 with or without a mark, or cp1252); those of comments are empty."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SearchError(f"{path}: {error.strerror}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return ["" if line.lstrip().startswith("#") else line for line in text.splitlines()]
