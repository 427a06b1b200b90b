"""What a typed word asks of the header of a filing: its parties, form, dates and items. No index is asked here."""

import re
from collections.abc import Iterator
from functools import lru_cache

from indexer.analysis.stemming import stem
from indexer.analysis.tokenizer import tokenize
from indexer.edgar.form_titles import TITLES
from indexer.edgar.form_types import KNOWN, canonical
from search.errors import QuerySyntaxError
from search.parsing.parser import parse_value
from search.query import nodes as q

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_LETTERS = 4
"""Of a word that is looked for in the titles of forms and items, at least."""


def in_header(typed: str) -> q.Query:
    """Return the query for filings whose header has a typed word.

    These are filings of a party that has it in its name, present or former; of a form of that type, or called by that
    word; filed in that year or about it; with an item of that code, or called by that word.

    >>> in_header("2019").parts[1]
    Field(name='filed', query=Range(low=20190101, high=20191231))
    """
    return q.Or(tuple(_places(typed.strip(' "'))))


def _places(typed: str) -> Iterator[q.Query]:
    yield parse_value("company", typed)
    if _YEAR.fullmatch(typed):
        year = q.Range(int(typed) * 10_000 + 101, int(typed) * 10_000 + 1231)
        yield from (q.Field("filed", year), q.Field("period", year))
    if canonical(typed) in KNOWN:
        yield parse_value("form", typed)
    elif len(typed) >= _LETTERS:
        yield from (parse_value("form", form) for form in _called().get(stem(typed.lower()), ()))
    if "." in typed or len(typed) >= _LETTERS:
        yield from _item(typed)


def _item(typed: str) -> Iterator[q.Query]:
    try:
        found = parse_value("item", typed)
    except (QuerySyntaxError, ValueError):
        return
    if found != q.Field("item", q.Or(())):
        yield found


@lru_cache(maxsize=1)
def _called() -> dict[str, list[str]]:
    """Map the stem of each word of the titles of forms to these forms."""
    found: dict[str, list[str]] = {}
    for form, title in TITLES.items():
        for word in {stem(token.word) for token in tokenize(title) if len(token.word) >= _LETTERS}:
            found.setdefault(word, []).append(form)
    return found
