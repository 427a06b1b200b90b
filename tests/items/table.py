"""The table of items made by reading (`tests/data/items.tsv`; its columns are explained in `items.md` beside it).

Only the table is read here; `judge` holds what the project locates against it.
"""

import re
from collections import defaultdict
from csv import DictReader
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parents[1] / "data" / "items.tsv"

_FAMILIES = (
    (re.compile("10-?K"), "10-K"),
    (re.compile("10-?Q"), "10-Q"),
    (re.compile("8-K"), "8-K"),
    (re.compile("S.* 13D"), "13D"),
    (re.compile("S.* 13G"), "13G"),
    (re.compile("N-(?:CSR|Q)"), "N-CSR"),
)


class Key(NamedTuple):
    """A document of the table."""

    path: str
    form: str
    ordinal: int


class Row(NamedTuple):
    """An item of a document, and where it stands in the submission's file."""

    item: str
    """As the SEC numbers it: `1A`, `5.02`, `II.1A`; `-` in the one row of a document that has none."""
    offset: int
    """Of the heading's first character, in bytes."""
    lengths: tuple[int, int]
    """In bytes, the shortest and the longest that a careful reader would accept."""
    must: bool
    """Else it may be located or not."""


def read_table() -> dict[Key, list[Row]]:
    """Read every row, under the document that it stands in."""
    tables = defaultdict[Key, list[Row]](list)
    with TABLE.open(encoding="utf-8", newline="") as file:
        for line in DictReader(file, delimiter="\t"):
            tables[Key(line["path"], line["form"], int(line["ordinal"]))].append(_row(line))
    return dict(tables)


def _row(line: dict[str, str]) -> Row:
    shortest = int(line["length"] or 0)
    lengths = shortest, int(line["longest"] or shortest)
    return Row(line["item"], int(line["offset"] or 0), lengths, line["must"] == "yes")


def family(form: str) -> str:
    """Name the forms that share a set of items.

    >>> family("10-K405/A"), family("SC 13G"), family("NT 10-K")
    ('10-K', '13G', 'others')
    """
    return next((name for pattern, name in _FAMILIES if pattern.match(form)), "others")
