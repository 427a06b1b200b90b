"""The parameters of EDGAR full-text search as a question to the index. Nothing is answered here."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import unquote

from indexer.edgar.accession import accession_number
from indexer.edgar.form_types import canonical
from search.errors import SearchError
from search.lookups.lookup import Filter, Lookup, filter_tree, joined, reading
from search.query import nodes as q

PAGE = 100
"""Hits of an answer, whatever `size` asks for, as that service has it."""
DEEPEST = 100_000
"""How far `from` may go; that service ends at 10,000."""
BLANK = "Blank search not valid.  Either entity, keywords, location, or filing types must be submitted."
"""What that service says of a search for nothing, with its two blanks."""
_LONGEST = 4_000
_MOST_VALUES = 1_000
"""Values of a list; a watchlist of companies has some hundreds."""
_DAYS = {"10y": 3652, "5y": 1826, "1y": 365, "30d": 30}
_DOUBLY = re.compile(r"%(?:2[0289A-F]|3[0-9A-F]|5[BCDE]|7[BCDE])", re.IGNORECASE)
"""Signs that a browser encodes: the page of that service encodes its keywords twice."""
_CIK = 10
_NOTHING = frozenset({"", "all", "custom"})
Parameters = Mapping[str, str]


class FullTextRequest(NamedTuple):
    """What is asked of the index, and which of its hits are wanted."""

    query: q.Query
    """All of the following."""
    keywords: q.Query | None
    """Where there are some documents are asked for, best first; else filings, newest first."""
    filters: tuple[q.Query, ...]
    """All but the days."""
    filed: tuple[str, str]
    """The first day and the last, YYYY-MM-DD; empty where it is open."""
    start: int
    """Of the hits, from 0."""
    location: str
    """The field that filings are counted by: `state`, or `incorporated`."""


def full_text_request(given: Parameters, today: date) -> FullTextRequest:
    """Read the parameters of a search; SearchError for what cannot be asked, in that service's words where it has some.

    >>> full_text_request({"q": "0009000101-17-004512"}, date(2026, 1, 31)).query
    Field(name='accession', query=Term(word='0009000101-17-004512', exact=True))
    """
    location = "incorporated" if given.get("locationType", "").startswith("inc") else "state"
    keywords = _keywords(given.get("q", ""))
    filters = (*_forms(given), *_filers(given), *_places(given, location))
    if not (keywords or filters):
        raise SearchError(BLANK)
    filters += tuple(_others(given))
    filed = _days(given, today)
    parts = [*([keywords] if keywords else []), *filters, *_between(*filed)]
    return FullTextRequest(joined(parts), keywords, filters, filed, _start(given.get("from", "")), location)


def _keywords(typed: str) -> q.Query | None:
    """Read the keywords exactly as typed: a word is no other form of it. An accession number alone is looked up."""
    text = (unquote(typed) if _DOUBLY.search(typed) else typed).strip()
    if len(text) > _LONGEST:
        raise SearchError(f"q: more than {_LONGEST:,} characters")
    if not text:
        return None
    bare = text.strip('"').strip()
    if accession_number(bare) == bare:
        return q.Field("accession", q.Term(bare.lower(), exact=True))
    return reading(Lookup("".join(each if each.isprintable() else " " for each in text), exact=True)).query


def _forms(given: Parameters) -> Iterator[q.Query]:
    """Read the form types asked for, or those of a category; then what the page's own counts were clicked for."""
    forms, category = given.get("forms", "").strip(" ,"), given.get("category", "").strip()
    if forms:
        yield form_list(forms)
    elif category not in _NOTHING:
        yield filter_tree(Filter("form", (category,)))
    if clicked := _values(given, "filter_forms"):
        yield filter_tree(Filter("form", clicked))


def form_list(text: str) -> q.Query:
    """Read a list of forms: `10-K,8-K`, `-3,-4,-5`, `10-K,-10-K/A`; SearchError when there is none in it.

    Forms without `-` are alternatives, and those with it are left out. A form stands for its amendments, too, and for
    no other form of its family; `-0` leaves out all but main documents.

    >>> form_list("-0")
    Field(name='sequence', query=Range(low=1, high=1))
    """
    forms = [form.strip() for form in text.split(",") if form.strip(" -")]
    if not forms or len(forms) > _MOST_VALUES:
        raise SearchError(f"forms: 1 to {_MOST_VALUES:,} form types are needed, separated by commas")
    wanted = tuple(_form(form) for form in forms if not form.startswith("-"))
    unwanted = tuple(q.Not(_form(form[1:])) for form in forms if form.startswith("-") and form != "-0")
    main = (q.Field("sequence", q.Range(1, 1)),) if "-0" in forms else ()
    return joined([*([q.any_of(wanted)] if wanted else []), *unwanted, *main])


def _form(text: str) -> q.Query:
    form = canonical(text)
    return q.Field("form" if "/" in form else "root_form", q.Term(form.lower(), exact=True))


def _filers(given: Parameters) -> Iterator[q.Query]:
    for name in ("ciks", "filter_ciks"):
        if ciks := _values(given, name):
            yield filter_tree(Filter("cik", tuple(_cik(each, name) for each in ciks)))
    if entity := _plain(given.get("entityName", "")):
        yield filter_tree(Filter("company", (entity,)))


def _cik(text: str, name: str) -> str:
    if not (text.isascii() and text.isdecimal() and len(text) <= _CIK):
        raise SearchError(f"{name}={text[:20]}: a CIK has at most ten digits; entityName takes names")
    return text


def _places(given: Parameters, location: str) -> Iterator[q.Query]:
    for name in ("locationCodes", "locationCode"):
        if codes := _values(given, name):
            yield filter_tree(Filter(location, codes))
            break
    if clicked := _values(given, "filter_location"):
        yield filter_tree(Filter(location, clicked))


def _others(given: Parameters) -> Iterator[q.Query]:
    for name, field in (("sics", "sic"), ("items", "item")):
        if values := _values(given, name):
            yield filter_tree(Filter(field, values))


def _values(given: Parameters, name: str) -> tuple[str, ...]:
    """Return the values of a list; what would name a file or exclude something is a plain value."""
    values = tuple(plain for value in given.get(name, "").split(",") if (plain := _plain(value)) not in _NOTHING)
    if len(values) > _MOST_VALUES:
        raise SearchError(f"{name}: more than {_MOST_VALUES:,} values")
    return values


def _plain(value: str) -> str:
    return " ".join(value.replace('"', " ").split()).lstrip("-=@ ")


def _days(given: Parameters, today: date) -> tuple[str, str]:
    """Read both ends, each for itself, with or without `dateRange`; `all` is all, whatever stands beside it."""
    asked = given.get("dateRange", "").strip()
    if asked in _DAYS:
        return f"{today - timedelta(_DAYS[asked])}", f"{today}"
    if asked not in _NOTHING:
        raise SearchError(f"dateRange={asked[:20]}: all, 10y, 5y, 1y, 30d or custom")
    first, last = (_date(given, name) for name in ("startdt", "enddt"))
    return ("", "") if asked == "all" else (first, last)


def _between(first: str, last: str) -> Iterator[q.Query]:
    """Ask for the days between two; none where the first comes after the last."""
    if first or last:
        low, high = (int(day.replace("-", "")) if day else None for day in (first, last))
        yield q.Field("filed", q.Range(low, high))


def _date(given: Parameters, name: str) -> str:
    text = given.get(name, "").strip()
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise SearchError(f"{name}={text[:20]}: a day is written YYYY-MM-DD") from error


def _start(text: str) -> int:
    if not text.strip():
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise SearchError(f"from={text[:20]}: a number of hits is needed")
    if int(text) > DEEPEST:
        raise SearchError(f"from={text}: hits can be reached up to {DEEPEST:,}; ask for a shorter time")
    return int(text)
