"""What an answer rests on, as values: which filings the filters leave, and what of them could not be read.

It is found out in `search.coverage`.
"""

from datetime import date
from typing import NamedTuple


class KindCount(NamedTuple):
    """How many documents of a kind: `PDF`, `image`, `spreadsheet`."""

    kind: str
    documents: int


class Coverage(NamedTuple):
    """What an answer rests on: the filings its filters leave, and what of them could not be read."""

    filters: str
    """In the query language; empty when the whole index was searched."""
    filings: int
    """In the index and within the filters, whether or not they match the words."""
    documents: int
    first_filed: date | None
    last_filed: date | None
    unread: int
    """Documents left out of the text: those no reader could get at, and graphics, archives and spreadsheets."""
    unread_kinds: tuple[KindCount, ...]
    """Most frequent first; empty when there are too many to look at one by one."""
    incomplete: int | None
    """Filings that were read in part: cut short, damaged, or over a limit; None when there are too many to look at."""
    unreadable_files: int
    """Files of the corpus that could not be read at all; whose they are is not known."""
    missing: tuple[str, ...] = ()
    """Values asked for that no filing in the index has: `cik 0009999999`."""
    unlocated: int = 0
    """Documents in which an item that was looked for was not located, so that `section:` does not see it."""
