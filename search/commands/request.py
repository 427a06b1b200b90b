"""What was asked for at the command line, as one value. No click and no index here."""

import re
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from search.ask import Wanted
from search.errors import SearchError
from search.lookups.lists import expanded, read_groups
from search.lookups.lookup import Lookup
from search.results import Sort

SORTS = ("relevance", "filed", "period", "company")
_DIRECTIONS = {"asc": False, "desc": True}


class Printing(NamedTuple):
    """How the answer is printed, and where."""

    format: str = "text"
    """`text`, `json`, `jsonl`, `csv` or `xlsx`."""
    output: Path | None = None
    """A file, instead of standard output."""
    columns: str = ""
    """Of CSV, Excel and JSON lines, separated by commas."""
    color: str = "auto"
    """`auto`, `always` or `never`."""


class Request(NamedTuple):
    """A command line, read."""

    folder: Path
    words: tuple[str, ...]
    """What stands on the command line besides options: the query, or names of saved searches."""
    lookup: Lookup
    """With watchlists still as `@FILE` and without synonyms: what a saved search keeps."""
    synonyms: Path | None = None
    sort: str = "relevance"
    wanted: Wanted = Wanted()
    printing: Printing = Printing()
    evidence: Path | None = None
    """A file to write evidence to, besides the answer."""
    save: str = ""
    """A name to keep the search under, besides answering it."""
    forget: str = ""
    """The saved search to keep no longer."""
    repeat: Path | None = None
    """The evidence to repeat."""
    rank: int = 0
    """The hit to open, from 1."""
    as_text: bool = False
    """Open its text, and not its page."""

    def resolved(self) -> Lookup:
        """The lookup with its watchlists and synonyms read from their files."""
        groups = read_groups(self.synonyms) if self.synonyms else ()
        return replace(self.lookup, filters=expanded(self.lookup.filters), synonyms=groups)


def sort_named(name: str) -> Sort:
    """The order named `filed`, `filed:asc`, ...; SearchError when there is none.

    Best, newest, or first in the alphabet come first unless the direction is given.

    >>> sort_named("filed"), sort_named("company")
    (Sort(by='filed', descending=True), Sort(by='company', descending=False))
    """
    by, colon, direction = name.partition(":")
    if by not in SORTS or (colon and direction not in _DIRECTIONS):
        raise SearchError(f"--sort {name}: sort by {', '.join(SORTS)}, and :asc or :desc after it")
    return Sort(by, descending=_DIRECTIONS[direction] if colon else by != "company")


def query_of(words: tuple[str, ...]) -> str:
    """The query as one text: a shell user may leave its outer quotes away."""
    return re.sub(r"[\x00-\x1f]+", " ", " ".join(word.strip() for word in words)).strip()
