"""Filters whose values stand in files, and groups of synonyms; `indexer.literals.watchlists` reads such files."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from indexer.errors import ListError
from indexer.literals.watchlists import read_lines, read_rows, read_text
from search.errors import SearchError
from search.lookups.lookup import Filter, Lookup, file_of, filter_tree
from search.terms.synonyms import check_group

_DIGITS = 10  # of a CIK
_TRADE = Path(__file__).with_name("trade_synonyms.txt")


def resolved(lookup: Lookup, synonyms: Path | None = None) -> Lookup:
    """Read the watchlists and phrases that a lookup names, and the synonyms that belong to it; SearchError."""
    return replace(
        lookup,
        filters=expanded(lookup.filters),
        phrases=tuple(map(read_phrase, lookup.phrases)),
        synonyms=read_groups(synonyms) if synonyms else (),
    )


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
    with _refusing():
        rows = read_rows(path, name)
    for line, value in rows:
        if name == "cik" and value.isascii() and value.isdecimal() and len(value) <= _DIGITS:
            continue  # of thousands of these none needs to be parsed here
        try:
            filter_tree(Filter(name, (value,)))
        except SearchError as error:
            raise SearchError(f"{path}, line {line}: {error}") from error
    return list(dict.fromkeys(value for _, value in rows))


def read_groups(path: Path) -> tuple[tuple[str, ...], ...]:
    """Read groups of synonyms, one a line, separated by commas, comments behind `#`; SearchError when there is none.

    A path whose name is `trade`, where no such file lies, stands for the table that comes with the program.
    """
    is_own = path.name == "trade" and not path.exists()
    groups = []
    with _refusing():
        lines = read_lines(_TRADE if is_own else path)
    for number, line in enumerate(lines, 1):
        members = tuple(member.strip() for member in line.split(",") if member.strip())
        if len(members) == 1:
            raise SearchError(f"{path}, line {number}: {members[0]} stands alone; separate synonyms by commas")
        if members:
            _check(members, path, number)
            groups.append(members)
    if not groups:
        raise SearchError(f"{path} holds no synonyms: write one group a line, separated by commas")
    return tuple(groups)


def read_phrase(value: str) -> str:
    """Read the phrase that is in a file, of `@FILE`; any other value is the phrase itself. SearchError."""
    named = file_of(value)
    if named is None:
        return value
    with _refusing():
        return read_text(Path(named[1]))


def read_query(word: str) -> str:
    """Read the query that `@FILE` stands for, or, of any other word, that of standard input; lines of `#` are left out.

    SearchError when there is none.
    """
    named = file_of(word)
    with _refusing():
        lines = read_lines(Path(named[1])) if named else sys.stdin.read().splitlines()
    query = " ".join(line for line in lines if not line.lstrip().startswith("#")).strip()
    if not query:
        raise SearchError(f"{named[1] if named else 'standard input'} holds no query")
    return query


def _check(members: tuple[str, ...], path: Path, number: int) -> None:
    try:
        check_group(members)
    except SearchError as error:
        raise SearchError(f"{path}, line {number}: {error}") from error


@contextmanager
def _refusing() -> Iterator[None]:
    """Raise what is wrong with a list as SearchError."""
    try:
        yield
    except ListError as error:
        raise SearchError(str(error)) from error
