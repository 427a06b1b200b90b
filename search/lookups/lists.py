"""Lists in files: watchlists of companies and CIKs, and groups of synonyms."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from search.errors import SearchError
from search.lookups.lookup import Filter

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


def expanded(filters: Iterable[Filter], *, folder: Path | None = None) -> tuple[Filter, ...]:
    """The filters, each value `@FILE` (or `-@FILE`, all excluded) replaced by the values in that file.

    Relative paths are looked for in `folder`. Raises SearchError for a file that cannot be read or names nothing.
    """
    return tuple(Filter(name, tuple(_values(values, folder))) for name, values in filters)


def _values(values: Iterable[str], folder: Path | None) -> Iterator[str]:
    for value in values:
        sign, at, path = value.partition("@")
        if at and sign in ("", "-"):
            yield from (sign + each for each in read_values((folder or Path()) / path))
        else:
            yield value


def read_values(path: Path) -> list[str]:
    """The values of a list: one a line, or the first column of a CSV file; comments begin with `#`."""
    try:
        rows = list(csv.reader(_lines(path), skipinitialspace=True))
    except csv.Error as error:
        raise SearchError(f"{path} cannot be read as a list: {error}") from error
    values = [row[0].strip() for row in rows if row and row[0].strip()]
    if values and values[0].lower() in _TITLES:
        values = values[1:]
    if not values:
        raise SearchError(f"{path} names nothing: write one value a line")
    return list(dict.fromkeys(values))


def read_groups(path: Path) -> tuple[tuple[str, ...], ...]:
    """Groups of synonyms, one a line, separated by commas; comments begin with `#`."""
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
    """The lines of a text file as people save them (UTF-8 with or without a mark, or cp1252); comments left empty."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SearchError(f"{path}: {error.strerror}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return ["" if line.lstrip().startswith("#") else line for line in text.splitlines()]
