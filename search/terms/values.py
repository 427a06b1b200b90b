"""What the value of a field means: families of forms, padded numbers, names for codes. One value in, a tree out.

The tree asks for values as they are indexed (lower case) and does not say of which field; the caller puts it under a
`Field`. Whether a value occurs in any index is not known here.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from indexer.fields.schema import AMOUNT, BY_NAME, DATE_BOUNDS, SECTION, Kind, SchemaField
from indexer.first_use import regex
from indexer.literals.dates import days, decimals, numbers
from search.query import nodes as q

# What the values of one field need is imported when one is asked for: few questions have any.
# ruff: noqa: PLC0415

FIELD_NAMES = tuple(name.replace("_", "-") for name, field in BY_NAME.items() if not field.hidden)
"""Every name and alias, as people write them."""
PROSE = frozenset({"text", "title", "description", "industry"})
"""Text fields whose bare words find their inflections; names, addresses and identifiers are taken as typed."""
CIK_FIELDS = frozenset(
    {"filer", "subject", "filed_by", "filed_for", "owner", "issuer", "serial_company", "depositor"}
    | {"securitizer", "underwriter", "issuing_entity"}
)
"""Text fields that hold names and CIKs."""

_ACT = regex(r"(?:19)?(\d\d)(?: act)?", re.ASCII)
_CIK = regex(r"(?:cik)?0*(\d{1,10})", re.ASCII)
_DIGIT_RANGE = regex(r"\d{0,9}\.\.\d{0,9}|[<>]=?\d{1,9}", re.ASCII)
_EXHIBIT = regex(r"ex(?:hibit)?[- ]?(?=\d|filing)(.*)", re.DOTALL)
_EXHIBIT_NUMBER = regex(r"\d{1,3}(?:[.(].*)?|filing fees", re.DOTALL)
_ITEM = regex(r"(?:item )?(\d{1,2}(?:\.\d{1,2})?|\d{1,2}[a-z](?:\.\d{1,2})?)", re.ASCII)
_ZIP = regex(r"\d{5}", re.ASCII)


def named(name: str) -> SchemaField | None:
    """Find the field of that name or alias, hyphens and underscores alike, in any case; None when there is none."""
    lower = name.lower()
    spellings = (lower, lower.replace("-", "_"), lower.replace("_", "-"))
    found = next((BY_NAME[spelling] for spelling in spellings if spelling in BY_NAME), None)
    return None if found is None or found.hidden else found


def value(field: SchemaField, text: str, *, alias: str = "", exact: bool = False) -> q.Query:
    """Read a value of a keyword, date or number field.

    `alias` is the field's name as typed (`exhibit` reads more into a value than `type`); `exact` takes the value for
    itself alone, without its family. ValueError says what is wrong with a date or a number.

    >>> value(BY_NAME["cik"], "320193")
    Term(word='0000320193', exact=True)
    >>> value(BY_NAME["filed"], "2017-Q1")
    Range(low=20170101, high=20170331)
    """
    if field.kind is Kind.DATE:
        return q.Range(*days(DATE_BOUNDS.get(alias, "") + text))
    if field.kind is Kind.NUMBER:
        return q.Range(*numbers(text))
    if field.kind is Kind.DECIMAL:
        return q.Range(*decimals(text))
    plain = " ".join(text.lower().split())
    if field.name == AMOUNT and plain != "*":
        from search.terms.money import amount

        return amount(plain)
    if plain == "*":
        return q.Prefix("ex-" if alias == "exhibit" else "")
    if field.name == SECTION:
        return _section(plain, exact=exact)
    if _DIGIT_RANGE.fullmatch(plain):
        return q.Range(*numbers(plain))
    if "*" in plain or "?" in plain:
        return _pattern(_one(field.name, plain, alias))
    single = _one(field.name, plain, alias)
    return _term(single) if exact else _READINGS.get(field.name, _term)(single)


def name_or_cik(field: SchemaField, text: str) -> q.Query | None:
    """Read a number in a field of names, which may also be a CIK; None where it is not both.

    >>> name_or_cik(BY_NAME["owner"], "9000417")
    Or(parts=(Term(word='0009000417', exact=True), Term(word='9000417', exact=True)))
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        return None
    if field.name in CIK_FIELDS:
        return _any((text.zfill(10), text))
    if field.name == "company":
        return q.Or((_term(text), q.Field("cik", _term(text.zfill(10)))))
    return None


def _term(text: str) -> q.Query:
    return q.Term(text, exact=True)


def _any(values: Iterable[str], prefixes: Iterable[str] = ()) -> q.Query:
    return q.any_of([*map(_term, dict.fromkeys(values)), *map(q.Prefix, prefixes)])


def _pattern(text: str) -> q.Query:
    shorter = re.sub(r"\*+", "*", text)
    stem = shorter[:-1]
    is_prefix = shorter.endswith("*") and "*" not in stem and "?" not in stem
    return q.Prefix(stem) if is_prefix else q.Wildcard(shorter)


def _one(name: str, text: str, alias: str) -> str:
    """The value in the spelling that the index has."""
    match name:
        case "cik":
            found = _CIK.fullmatch(text)
            return found[1].zfill(10) if found else text
        case "accession":
            from indexer.edgar.accession import accession_number

            return accession_number(text) or text
        case "type":
            return _document_type(text, alias)
        case "form" | "root_form":
            from indexer.edgar.form_types import canonical

            return canonical(text).lower()
        case "item":
            found = _ITEM.fullmatch(text)
            return found[1] if found else text
        case "irs" | "fiscal_year_end":
            return re.sub(r"[-/]", "", text)
        case "sic" if text.isdecimal():
            return text.zfill(4)
        case "act":
            found = _ACT.fullmatch(text)
            return found[1] if found else text
        case _:
            return text


def _document_type(text: str, alias: str) -> str:
    if exhibit := _EXHIBIT.fullmatch(text):
        return f"ex-{exhibit[1]}"
    return f"ex-{text}" if alias == "exhibit" and _EXHIBIT_NUMBER.fullmatch(text) else text


def _form(text: str) -> q.Query:
    from indexer.edgar import form_types

    if form_types.is_except_section_16(text):
        return q.Not(_any(form_types.category("section 16") or ()))
    return _any(form_types.category(text) or form_types.family(text))


def _type(text: str) -> q.Query:
    if not text.startswith("ex-"):
        return _term(text)
    return _any((text,), (text + mark for mark in "./-( _"))


def _item(text: str) -> q.Query:
    from search.terms import item_titles

    return _any((text,) if _ITEM.fullmatch(text) else item_titles.codes(text) or (text,))


def _section(text: str, *, exact: bool) -> q.Query:
    """Of an item by its number, in any part; `=` takes the name alone."""
    from search.terms.section_names import family, item

    is_pattern = "*" in text or "?" in text
    name = text if is_pattern else item(text)
    names = (name,) if exact else family(name)
    return q.any_of(_pattern(name) if is_pattern else _term(name) for name in names)


def _state(text: str) -> q.Query:
    from indexer.edgar import states

    return _any(states.codes(text) or (text,))


def _zip(text: str) -> q.Query:
    return _any((text,), (f"{text}-",) if _ZIP.fullmatch(text) else ())


def _transaction(text: str) -> q.Query:
    from indexer.edgar.xml_labels import transaction_codes as codes_of

    return _any(codes_of(text) or (text,))


_READINGS: Mapping[str, Callable[[str], q.Query]] = {
    "form": _form,
    "type": _type,
    "item": _item,
    "state": _state,
    "incorporated": _state,
    "transaction": _transaction,
    "zip": _zip,
}
