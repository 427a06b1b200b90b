"""A question as a person asks it, and the tree it stands for. No index and no files here."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from indexer.edgar.form_types import category
from indexer.fields.schema import BY_NAME, DATE_BOUNDS, Kind
from indexer.first_use import dataclass, regex
from indexer.literals.dates import absolute
from search.errors import FilterError, QuerySyntaxError, SearchError
from search.parsing.parser import TypedQuery, parse_query, parse_query_lenient, parse_typed
from search.parsing.quotes import quoted
from search.parsing.section_scope import scoped
from search.query import nodes as q
from search.query.limits import MAX_WORDS
from search.query.walk import asks_text, leaves
from search.terms import typed_words
from search.terms.names import may_be_ticker
from search.terms.synonyms import NO_SYNONYMS, Synonyms

FILTERS = ("form", "company", "cik", "ticker", "filed", "exhibit", "item")
"""The fields that have an option of their own; any other is asked in the query (`sic:2834`)."""
_CIK = regex(r"(?i:cik)?0*\d{1,10}", re.ASCII)
_LISTED = ("form", "cik", "ticker", "exhibit", "item")
_READINGS = 256
"""Queries of which the reading is kept: an answer needs it several times, alerts ask hundreds."""
_NO_VALUE = "there is no value to look for"
_NO_PATTERNS = str.maketrans("*?", "  ")
MOST_SAID = 8
"""Values of a filter that are named one by one."""


class Filter(NamedTuple):
    """A field and the values it may have; a value that begins with `-` is excluded."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A query and its filters; all must match."""

    query: str = ""
    filters: tuple[Filter, ...] = ()
    exact: bool = False
    """No inflections: every word as typed."""
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups of words and phrases, in each of which every member stands for all."""
    like: str = ""
    """`ACCESSION` or `ACCESSION:FILENAME`: filings like this one."""
    phrases: tuple[str, ...] = ()
    """Texts that must stand in a document as they are, each one phrase; nothing in them is an operator."""
    strict: bool = False
    """Refuse a query that cannot be read, where otherwise it is words and noted; changes nothing else."""


def file_of(value: str) -> tuple[str, str] | None:
    """Split a filter's value that names a file of values into its sign and the file's path; None for any other value.

    >>> file_of("@watchlist.csv"), file_of("-@watchlist.csv"), file_of("10-K")
    (('', 'watchlist.csv'), ('-', 'watchlist.csv'), None)
    """
    sign, at, path = value.partition("@")
    return (sign, path) if at and sign in ("", "-") else None


FilterValue: TypeAlias = str | int | date
"""A value as it is typed, or, from Python, the number or the day it is: a CIK, a year."""


def filters_of(filters: Mapping[str, FilterValue | Iterable[FilterValue]]) -> tuple[Filter, ...]:
    """Make filters of keyword arguments: one value or several each; codes may also be separated by commas.

    >>> filters_of({"form": "10-K,-10-K/A", "cik": 417})
    (Filter(field='form', values=('10-K', '-10-K/A')), Filter(field='cik', values=('417',)))
    """
    several = {name: (values,) if isinstance(values, FilterValue) else values for name, values in filters.items()}
    return tuple(
        Filter(name, tuple(each for value in values for each in _listed(name, str(value))))
        for name, values in several.items()
    )


def _listed(name: str, value: str) -> list[str]:
    """The values of a list; a title, a category of forms, and the name of a file may have commas in them."""
    is_whole = value.lstrip("-").startswith("@") or category(value.lstrip("-=")) or (name == "item" and " " in value)
    if name not in _LISTED or is_whole:
        return [value]
    return [each.strip() for each in value.split(",") if each.strip()] or [value]


def tree(lookup: Lookup) -> q.Query:
    """Parse the query and the filters into one tree, without `like`; QuerySyntaxError, and SearchError for a filter.

    >>> tree(Lookup("license", (Filter("cik", ("417", "12704")),))).parts[1]
    Field(name='cik', query=Or(parts=(Term(word='0000000417', exact=True), Term(word='0000012704', exact=True))))
    """
    parts = [*(_phrase(each, lookup) for each in lookup.phrases), *(filter_tree(each) for each in lookup.filters)]
    if lookup.query.strip() or not (parts or lookup.like):
        parts.insert(0, reading(lookup).query)
    return joined(parts)


def dated(lookup: Lookup, today: date | None = None) -> Lookup:
    """Write what the query and the filters say from today on (`30d..`, `last-year`) as dates, for it is of one day."""
    phrases = quoted(lookup.query)

    def written(found: re.Match[str]) -> str:
        is_quoted = any(start < found.start() < phrase.end for start, phrase in phrases.items())
        return found[0] if is_quoted else _dated(found, today)

    query = _DATED.sub(written, lookup.query) if ":" in lookup.query else lookup.query
    filters = tuple(_dated_filter(each, today) if each.field in DATES else each for each in lookup.filters)
    return replace(lookup, query=query, filters=filters)


def _dated(found: re.Match[str], today: date | None) -> str:
    """A field and its date; `before:30d` has no spelling by dates but that of the field itself."""
    name, value = found.groups()
    asked = DATE_BOUNDS.get(name.lower(), "") + value
    written = absolute(asked, today=today)
    return found[0] if written == asked else f"{BY_NAME[name.lower()].name}:{written}"


def _dated_filter(wanted: Filter, today: date | None) -> Filter:
    bound = DATE_BOUNDS.get(wanted.field, "")
    values = (re.sub("^-?", rf"\g<0>{bound}", value) for value in wanted.values)
    return Filter(BY_NAME[wanted.field].name, tuple(absolute(value, today=today) for value in values))


DATES = frozenset(name for name, field in BY_NAME.items() if field.kind is Kind.DATE)
"""The names of fields that hold dates."""
_DATED = regex(rf"\b({'|'.join(sorted(DATES))}):([^\s()\"]+)", re.IGNORECASE)


def reading(lookup: Lookup) -> TypedQuery:
    """Read the query of a lookup, with notes on what could be misread; QuerySyntaxError."""
    return _reading(lookup.query, lookup.exact, lookup.strict, lookup.synonyms)


@lru_cache(_READINGS)
def _reading(query: str, exact: bool, strict: bool, synonyms: tuple[tuple[str, ...], ...]) -> TypedQuery:
    read = parse_query_lenient if query.strip() and not strict else parse_typed  # nothing typed is no query
    return read(query, exact=exact, synonyms=Synonyms.of(synonyms) if synonyms else None)


def _phrase(text: str, lookup: Lookup) -> q.Query:
    """Take a text as one phrase of exact words, whatever marks it has; SearchError when it has no word, or too many."""
    synonyms = Synonyms.of(lookup.synonyms) if lookup.synonyms else NO_SYNONYMS
    found = typed_words.phrase(text.translate(_NO_PATTERNS), synonyms=synonyms)
    if found is None:
        raise SearchError("--phrase: there is no word in it")
    if sum(1 for _ in leaves(found)) > MAX_WORDS:
        raise SearchError(f"--phrase: more than {MAX_WORDS} words")
    return found


def joined(parts: Iterable[q.Query]) -> q.Query:
    """Join parts into one that asks all of them; every document when there is none. Sections bound the text."""
    several = scoped([each for part in parts for each in (part.parts if isinstance(part, q.And) else (part,))])
    return q.all_of(several) if several else q.Everything()


def filter_tree(wanted: Filter) -> q.Query:
    """Parse one filter: its values are alternatives, and those that begin with `-` are excluded."""
    if not wanted.values:
        raise FilterError(wanted.field, "", _NO_VALUE)
    included = [_asked(wanted.field, value) for value in wanted.values if not value.startswith("-")]
    excluded = [_asked(wanted.field, value[1:]) for value in wanted.values if value.startswith("-")]
    return joined([*([_any(included)] if included else []), *([q.Not(_any(excluded))] if excluded else [])])


def _any(parts: list[q.Query]) -> q.Query:
    """The alternatives; those that ask one field, under one `Field`, so that a thousand of them stay one question."""
    names = {part.name for part in parts if isinstance(part, q.Field)}
    if len(parts) == 1 or len(names) != 1 or not all(isinstance(part, q.Field) for part in parts):
        return q.any_of(parts)
    inner = [part.query for part in parts if isinstance(part, q.Field)]
    flat = [each for part in inner for each in (part.parts if isinstance(part, q.Or) else (part,))]
    return q.Field(names.pop(), q.Or(tuple(dict.fromkeys(flat))))


def _asked(name: str, value: str) -> q.Query:
    """The tree of one value."""
    if name == "accession":  # written whole: alerts ask for thousands
        return q.Field(name, q.Term(value.lower(), exact=True))
    try:
        return parse_query(_written(name, value))
    except QuerySyntaxError as error:
        raise FilterError(name, value, error.message) from error


def _written(name: str, value: str) -> str:
    """The value as the query language has it."""
    plain = value.replace('"', " ").strip()
    if name == "filed":
        return f"{name}:{''.join(plain.split())}"
    if not plain.strip("-="):
        raise FilterError(name, "", _NO_VALUE)
    if name == "company" and (plain.isdecimal() or may_be_ticker(name, plain)):
        return f"{name}:{plain}"  # a CIK or a ticker, too; between quotes it would be words of the name alone
    if name == "cik" and not _CIK.fullmatch(plain):
        raise FilterError(name, value, "a CIK is a number of at most ten digits; names are asked for as a company")
    return f'{name}:="{plain[1:].strip()}"' if plain.startswith("=") else f'{name}:"{plain}"'


def filters_said(lookup: Lookup) -> str:
    """Say the filters as they were typed, those in the query among them; empty when there is none.

    >>> filters_said(Lookup("license sic:2834", (Filter("form", ("8-K", "10-K")), Filter("filed", ("2017",)))))
    'sic:2834 form:(8-K OR 10-K) filed:2017'
    """
    return " ".join([*_typed(lookup), *(_filter_said(each) for each in lookup.filters)])


def _typed(lookup: Lookup) -> Iterator[str]:
    """The filters of the query itself."""
    if lookup.query.strip():
        typed = reading(lookup)
        within = scope(typed.query)
        parts = within.parts if isinstance(within, q.And) else () if isinstance(within, q.Everything) else (within,)
        yield from map(typed.typed, parts)


def _filter_said(wanted: Filter) -> str:
    included = [value for value in wanted.values if not value.startswith("-")]
    excluded = [value[1:] for value in wanted.values if value.startswith("-")]
    said = ((sign, _choice(values)) for sign, values in (("", included), ("-", excluded)) if values)
    return " ".join(f"{sign}{wanted.field}:{choice}" for sign, choice in said)


def _choice(values: list[str]) -> str:
    if len(values) > MOST_SAID:
        return f"({len(values):,} values)"
    quoted = [f'"{value}"' if " " in value else value for value in values]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def is_filtered(lookup: Lookup, tree_of: Callable[[Lookup], q.Query] = tree) -> bool:
    """Tell whether a lookup has filters: then its answer says what part of the index it rests on."""
    asks = bool(lookup.query or lookup.filters)
    return asks and not isinstance(scope(tree_of(replace(lookup, like=""))), q.Everything)


def scope(query: q.Query) -> q.Query:
    """Keep the filters of a query: what it asks of fields other than the text, where all of it must match.

    >>> scope(q.And((q.Term("license"), q.Field("form", q.Term("8-k", exact=True)))))
    Field(name='form', query=Term(word='8-k', exact=True))
    """
    parts = query.parts if isinstance(query, q.And) else (query,)
    nested = [scope(part) if isinstance(part, q.And) else part for part in parts]
    return joined(part for part in nested if part not in _NO_FILTERS and not asks_text(part))


_NO_FILTERS = (q.Everything(), q.any_of([]))
"""Every document, and what is left of a query without a word: `***` finds nothing, and says nothing of filings."""
