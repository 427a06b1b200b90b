"""A search as an address says it: from its fields to a lookup and back. Every state of a page is one. Nothing is asked.

A form sends empty fields, too; they mean nothing.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple, Self
from urllib.parse import urlencode

from indexer.errors import clipped
from search.ask import Wanted
from search.errors import SearchError
from search.lookups.lookup import Filter, Lookup, filters_of
from search.results import SORTS, Sort
from search.web.web_settings import DEEPEST, LONGEST_QUERY

FILTERS = (
    *("form", "entity", "cik", "item", "exhibit", "state", "incorporated", "sic", "section"),
    *("accession", "party", "filed", "from", "to", "role"),
)
"""The fields of an address that say which filings are asked."""
WITHOUT_FILTER = ("q", "like", "saved", "since")
"""Those that ask for something without being one."""
_FIELD_OF = {"entity": "company"}
PERIODS = {"30d": 30, "1y": 365, "5y": 1826, "10y": 3652}
"""Days of the presets of `filed`, as EDGAR's page has them."""
ROLES = ("filer", "subject", "filed_by", "owner", "issuer")
"""Whom `entity` may be restricted to; a field of the query language each."""
SIZES = (10, 25, 50, 100)
"""Filings of a page."""
_MOST_FIELDS = 200
_LONGEST_NUMBER = 9
"""Digits of a number that are looked at: it is far too large by then."""
_ALL = 200
"""Documents that are shown of a filing that was asked for by its number, at most."""
MORE = "more"
"""The field of an address that names the list beside the hits that is shown at length."""
FACETS = ("form", "company", "sic", "state", "item", "exhibit")
"""What filings are counted by beside the hits."""


class SearchState(NamedTuple):
    """What an address asks, in the order it has it."""

    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, fields: Iterable[tuple[str, str]]) -> Self:
        """Read the fields of an address; SearchError for more than make sense."""
        kept = tuple((name, value.strip()) for name, value in fields if value.strip())
        if len(kept) > _MOST_FIELDS:
            raise SearchError(f"the address has more than {_MOST_FIELDS} fields")
        return cls(kept)

    # What it says

    def get(self, name: str, default: str = "") -> str:
        """Return the last value of a field."""
        return next((value for field, value in reversed(self.fields) if field == name), default)

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field."""
        return tuple(value for field, value in self.fields if field == name)

    def first(self, name: str) -> str:
        """Return the first value of a field: what the form shows of it."""
        return next(iter(self.all(name)), "")

    @property
    def query(self) -> str:
        """Return what was typed."""
        return self.get("q")

    @property
    def asks(self) -> bool:
        """Tell whether anything is asked for."""
        return any(name in {*WITHOUT_FILTER, *FILTERS[:-1]} for name, _ in self.fields)

    @property
    def further(self) -> tuple[tuple[str, str], ...]:
        """List the filters that the form has no place for: all but the first of a field, and those of two codes."""
        firsts = {name: next(value for each, value in self.fields if each == name) for name, _ in self.fields}
        return tuple((name, value) for name, value in self.filters if firsts[name] != value)

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """List the filters that hold."""
        return tuple(each for each in self.fields if each[0] in FILTERS)

    @property
    def size(self) -> int:
        """Return how many filings a page has; SearchError when it is no number."""
        return min(_number("size", self.get("size", str(SIZES[0]))), SIZES[-1])

    @property
    def page(self) -> int:
        """Return the page, from 1; SearchError for one that is none or too deep."""
        page = _number("page", self.get("page", "1"))
        if page * self.size > DEEPEST:
            last = DEEPEST // self.size
            said = clipped(self.get("page"))
            raise SearchError(f"page {said}: pages go as far as {last:,}: ask for less, or download what was found")
        return page

    def lookup(self, today: date) -> Lookup:
        """Say what is asked; SearchError for what cannot be."""
        if len(self.query) > LONGEST_QUERY:
            raise SearchError(f"the query is longer than {LONGEST_QUERY:,} characters")
        query = "".join(each if each.isprintable() else " " for each in self.query)
        like, exact = self.get("like"), bool(self.get("exact"))
        return Lookup(query, tuple(self._filters(today)), exact, like=like, strict=bool(self.get("strict")))

    def _filters(self, today: date) -> Iterator[Filter]:
        """Make each value a filter of its own, for all must hold; codes separated by commas are alternatives."""
        for name, value in self.filters:
            if name == "filed":
                yield from _filed(value, today)
            elif name not in {"from", "to", "role", "party"}:
                yield from filters_of({self._field(name): _not_a_file(name, value)})
        if self.get("from") or self.get("to"):
            yield Filter("filed", (f"{self.get('from')}..{self.get('to')}",))

    def _field(self, name: str) -> str:
        role = self.get("role")
        return role if name == "entity" and role in ROLES else _FIELD_OF.get(name, name)

    def wanted(self) -> Wanted:
        """Say how the answer is to be; SearchError for an order or a page there is none of."""
        return Wanted(
            limit=self.size,
            offset=(self.page - 1) * self.size,
            documents=_ALL if self.get("accession") else Wanted().documents,
            sort=self.sort,
            relaxed=not self.get("all_words") and self.sort.by == "relevance",
        )

    @property
    def sort(self) -> Sort:
        """Return the order; SearchError when there is none of that name."""
        by, _, way = self.get("sort", "relevance").partition(":")
        if by not in SORTS or way not in {"", "asc", "desc"}:
            raise SearchError(f"sort={self.get('sort')}: sort by {', '.join(SORTS)}, and :asc or :desc after it")
        return Sort(by, descending=way == "desc" if way else by != "company")

    # Other addresses

    def address(self, path: str = "/search") -> str:
        """Write the address."""
        return f"{path}?{urlencode(self.fields)}" if self.fields else path

    def adding(self, name: str, value: str) -> Self:
        """Return the search with one more value of a field, from its first page on."""
        kept = self.without("page").fields
        return type(self)(kept if (name, value) in kept else (*kept, (name, value)))

    def setting(self, name: str, value: object) -> Self:
        """Return the search with this value of a field alone; from the first page on, where the answer is another."""
        dropped = (name,) if name in {"page", MORE} else (name, "page")
        return type(self)((*self.without(*dropped).fields, (name, str(value))))

    def dropping(self, name: str, value: str | None = None) -> Self:
        """Return the search without a field, or without one value of it, from its first page on."""
        kept = self.without("page").fields
        return type(self)(tuple(each for each in kept if each[0] != name or value not in {None, each[1]}))

    def without(self, *names: str) -> Self:
        """Return the search without some fields, on the page it is on."""
        return type(self)(tuple(each for each in self.fields if each[0] not in names))


def _filed(value: str, today: date) -> Iterator[Filter]:
    if value != "all":
        yield Filter("filed", (f"{today - timedelta(PERIODS[value])}.." if value in PERIODS else value,))


def _number(name: str, text: str) -> int:
    digits = text.lstrip("0")[:_LONGEST_NUMBER]
    if not (text.isascii() and text.isdecimal() and digits):
        raise SearchError(f"{name} “{text[:20]}”: a number from 1 on is needed")
    return int(digits)


def _not_a_file(name: str, value: str) -> str:
    """Refuse what the command line takes for the name of a file: files of the server are not read for a browser."""
    if value.lstrip("-").startswith("@"):
        raise SearchError(f"{name}={value[:40]}: lists are read on the command line only")
    return value
