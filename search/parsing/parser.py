"""From the text of a query to its tree: a strict reading that raises, and a lenient one that takes note.

The language is described in docs/query-language.md; `search.parsing` holds its grammar. Pure: no index is asked, so a
form or a company that no document has is not an error here.
"""

from collections.abc import Mapping
from itertools import islice
from typing import NoReturn

from indexer.analysis.tokenizer import tokenize
from indexer.errors import clipped
from indexer.first_use import dataclass
from search.errors import QuerySyntaxError, UnknownFieldError
from search.parsing.asides import asides
from search.parsing.format import format_query
from search.parsing.grammar import Grammar
from search.parsing.lexer import spelled
from search.parsing.operands import Asked, WordRules, value
from search.query import nodes as q
from search.query.limits import MAX_LENGTH, MAX_WORDS
from search.query.spans import TextSpan
from search.terms.synonyms import NO_SYNONYMS, Synonyms
from search.terms.values import FIELD_NAMES, named

MAX_NOTES = 10


@dataclass(frozen=True, slots=True)
class TypedQuery:
    """A query's tree, how its parts were typed, and what is to be said of how they were read."""

    query: q.Query
    """Matches nothing (`Or(())`) when nothing could be read."""
    text: str
    spans: Mapping[int, TextSpan]
    """Where the parts that must all match stand in the text, by the identity of the part."""
    notes: tuple[str, ...] = ()
    """What could not be read, and what could have been meant otherwise, one line each."""

    def typed(self, part: q.Query) -> str:
        """Return a part of an And as it was typed; the query's own spelling of it when it was not."""
        span = self.spans.get(id(part))
        return self.text[slice(*span)] if span else format_query(part)


def parse_query(text: str, *, exact: bool = False, synonyms: Synonyms | None = None) -> q.Query:
    """Parse a query; raises QuerySyntaxError or UnknownFieldError, which draw what is wrong.

    `exact` takes every word as typed, as EDGAR full-text search does; otherwise bare words find their inflections.

    >>> parse_query('license -form:=8-K')
    And(parts=(Term(word='license', exact=False), Not(part=Field(name='form', query=Term(word='8-k', exact=True)))))
    """

    return parse_typed(text, exact=exact, synonyms=synonyms).query


def parse_typed(text: str, *, exact: bool = False, synonyms: Synonyms | None = None) -> TypedQuery:
    """Parse a query strictly, and keep how its parts were typed; raises as `parse_query` does.

    >>> found = parse_typed("license -form:4")
    >>> found.typed(found.query.parts[1])
    '-form:4'
    """

    def report(message: str, span: TextSpan, instead: str) -> NoReturn:
        raise QuerySyntaxError(message, text, span)

    def unknown_field(name: str, span: TextSpan, instead: str) -> NoReturn:
        raise UnknownFieldError(_unknown(name), text, span)

    if len(text) > MAX_LENGTH:
        rest = TextSpan(MAX_LENGTH, len(text))
        report(f"the query has {len(text)} characters; at most {MAX_LENGTH} can be read", rest, "")
    reading = WordRules(exact=exact, synonyms=synonyms or NO_SYNONYMS, capitals=text != text.upper())
    grammar = Grammar(text, reading, report=report, unknown_field=unknown_field)
    query = grammar.read()
    if query is None:
        report("there is nothing to search for", TextSpan(0, len(text)), "")
    return TypedQuery(query, text, grammar.spans, _noted(text, grammar, _Notes(text)))


def parse_query_lenient(text: str, *, exact: bool = False, synonyms: Synonyms | None = None) -> TypedQuery:
    """Parse a query with what cannot be read taken as words, or left out, and noted.

    QuerySyntaxError only for an operator of another system: as words it would ask something else.

    >>> parse_query_lenient('"orphan drug').notes
    ('this " is never closed; ignored',)
    """
    notes = _Notes(text)
    if len(text) > MAX_LENGTH:
        notes.add(f"only the first {MAX_LENGTH} characters were read")
    typed = text[:MAX_LENGTH]
    reading = WordRules(exact=exact, synonyms=synonyms or NO_SYNONYMS, capitals=text != text.upper())
    grammar = Grammar(typed, reading, report=notes.report, unknown_field=notes.unknown_field)
    query = grammar.read()
    if query is None:
        query = _words(typed, exact=exact)
        notes.add("read as words" if query else "there is nothing to search for")
    return TypedQuery(query or q.Or(()), typed, grammar.spans, _noted(typed, grammar, notes))


def _words(text: str, *, exact: bool) -> q.Query | None:
    """The words of a query in which nothing else can be read, as `OR` alone."""
    found = [q.Term(token.word, exact) for token in islice(tokenize(text), MAX_WORDS)]
    return q.all_of(found) if found else None


def _noted(text: str, grammar: Grammar, notes: "_Notes") -> tuple[str, ...]:
    for note in dict.fromkeys((*grammar.notes, *asides(text))):
        notes.add(note)
    return notes.taken()


class _Notes:
    """What is to be said of a reading: the first few lines, the rest as a number."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._notes: list[str] = []
        self._more = 0

    def report(self, message: str, span: TextSpan, instead: str) -> None:
        shown = self._text[span[0] : min(span[1], span[0] + 40)].strip()
        is_named = len(shown) < 2 or message.startswith(shown.rstrip(":"))
        self.add(f"{message}; {instead}" if is_named else f"{shown}: {message}; {instead}")

    def unknown_field(self, name: str, span: TextSpan, instead: str) -> None:
        self.add(f"{_unknown(name)}; {instead}" if len(self._notes) < MAX_NOTES else "")

    def add(self, note: str) -> None:
        if len(self._notes) < MAX_NOTES:
            self._notes.append(note)
        else:
            self._more += 1

    def taken(self) -> tuple[str, ...]:
        return (*self._notes, *([f"and {self._more} more"] if self._more else []))


def parse_value(name: str, text: str) -> q.Query:
    """Parse one value of a field, as `name:"value"` gives it, with no marks to take care of.

    `=` before the value takes it alone, without its family. Raises as `parse_query` does.

    >>> parse_value("form", "=SC 13D")
    Field(name='form', query=Term(word='sc 13d', exact=True))
    """
    field = named(name)
    if field is None:
        raise UnknownFieldError(_unknown(name), name, (0, len(name)))
    plain = spelled(text).strip()
    try:
        query = value(Asked(field, name.lower()), plain.removeprefix("="), exact=plain.startswith("="))
    except ValueError as wrong:
        raise QuerySyntaxError(str(wrong), text, (0, len(text))) from wrong
    if query is None:
        raise QuerySyntaxError(f"{name}: needs a value", text, (0, len(text)))
    return query if field.name == "text" else q.Field(field.name, query)


def _unknown(name: str) -> str:
    from search.suggestions import nearest  # noqa: PLC0415  (only of what is no field)

    meant = nearest(name, FIELD_NAMES)
    hint = f"did you mean {meant}:" if meant else "search --fields lists them"
    return f"there is no field {clipped(name)}; {hint}"
