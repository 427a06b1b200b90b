"""What a query means on one document: the definition that every engine is held to. No index, no scores.

A document is a mapping from field names to the field's values, as `field_values` of `indexer.fields.schema` gives them,
and where the sections of its text are, in characters.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property
from typing import NamedTuple, TypeAlias, assert_never

from indexer.extracted import Section
from indexer.fields.row_values import ROW_BITS
from indexer.fields.schema import BY_NAME, Kind
from indexer.fields.section_words import Stretch, stretches
from indexer.fields.sentences import UnitStarts
from search.query import nodes as q
from search.query import walk
from search.query.occurrences import Words, no_units
from search.query.spans import WordSpan
from search.query.words import any_fits, decimal_ends, is_between

Document: TypeAlias = Mapping[str, tuple[str, ...]]


class Bounds(NamedTuple):
    """What alone is looked at: sections of the text, and a row of every other field."""

    text: tuple[WordSpan, ...] | None = None
    """The stretches of the field `text`; None: anywhere in it."""
    row: int | None = None
    """The row, in other fields; None: in any."""


ANYWHERE = Bounds()


class Match(NamedTuple):
    """That a document matches, and where."""

    spans: tuple[tuple[int, int], ...]
    """Each word of the field `text` that made it match, as (start, end) in characters, ascending, each once.

    These are leaves, the words of phrases, and the words that stand together for a Near or a Same, in the parts of the
    query that match, as far as they lie in the sections asked; nothing under a Not.
    """


def match(query: q.Query, document: Document, sections: Sequence[Section] = ()) -> Match | None:
    """Tell where the query matches the document; None when it does not.

    >>> match(q.Term("license"), {"text": ("The licensing agreement",)})
    Match(spans=((4, 13),))
    """
    fields = Fields(document, sections)
    if not fields.matches(query):
        return None
    return Match(tuple(fields["text"].offsets(fields.places_matched(query))))


class Fields:
    """The fields of one document, split into words when first asked for."""

    def __init__(self, document: Document, sections: Sequence[Section] = ()) -> None:
        self._document = document
        self._sections = sections
        self._words: dict[str, Words] = {}

    def __getitem__(self, name: str) -> Words:
        if name not in self._words:
            starts = self._unit_starts if name == "text" else no_units
            self._words[name] = Words(self._document.get(name, ()), BY_NAME[name].kind, starts)
        return self._words[name]

    @cached_property
    def _stretches(self) -> Sequence[Stretch]:
        return stretches(self._text, self._sections)

    @property
    def _text(self) -> str:
        return "".join(self._document.get("text", ()))

    def _unit_starts(self, unit: q.Unit) -> Sequence[int]:
        return self._units.paragraphs if unit == "paragraph" else self._units.sentences

    @cached_property
    def _units(self) -> UnitStarts:
        from indexer.fields.unit_places import unit_starts  # noqa: PLC0415  (numpy: few questions need it)

        return unit_starts(self._text)

    def bounds(self, names: q.Query) -> tuple[WordSpan, ...]:
        """Find the sections whose names fit, in words."""
        fits = any_fits(names)
        return tuple(WordSpan(start, end) for name, start, end in self._stretches if fits(name))

    def rows(self, query: q.Query, field: str) -> Iterable[int]:
        """List the rows in which a field that is asked has a value."""
        asked = asked_of_rows(query, field)
        return sorted({place >> ROW_BITS for name in asked for at in self[name].places.values() for place in at})

    def matches(self, query: q.Query, field: str = "text", bounds: Bounds = ANYWHERE) -> bool:
        """Tell whether the document matches the query asked of `field`."""
        match query:
            case q.Field(name, part):
                return self.matches(part, name, bounds)
            case q.Within(names, part):
                sections = self.bounds(names)
                return bool(sections) and self.matches(part, field, bounds._replace(text=sections))
            case q.Row(part):
                rows = self.rows(part, field) if bounds.row is None else (bounds.row,)
                return any(self.matches(part, field, bounds._replace(row=row)) for row in rows)
            case q.And(parts):
                return all(self.matches(part, field, bounds) for part in parts)
            case q.Or(parts):
                return any(self.matches(part, field, bounds) for part in parts)
            case q.AtLeast(parts, least):
                return sum(self.matches(part, field, bounds) for part in parts) >= least
            case q.Not(part):
                return not self.matches(part, field, bounds)
            case q.Boost(part):
                return self.matches(part, field, bounds)
            case q.Everything():
                return True
            case q.Range():
                return any(_within(query, value, field) for value in self._values(field, bounds.row))
            case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Phrase() | q.Near() | q.Same():
                return bool(self.occurrences(query, field, bounds))
            case _:
                assert_never(query)

    def _values(self, field: str, row: int | None) -> Sequence[str]:
        values = self[field].values
        return values if row is None else values[row : row + 1]

    def occurrences(self, query: q.Query, field: str = "text", bounds: Bounds = ANYWHERE) -> set[WordSpan]:
        """Find every occurrence in the field, where it counts; see `Positions.occurrences`."""
        if field != "text":
            found = self[field].occurrences(query)
            return found if bounds.row is None else {span for span in found if span.start >> ROW_BITS == bounds.row}
        if bounds.text is None:
            return self[field].occurrences(query)
        return {span for section in bounds.text for span in self[field].occurrences(query, section)}

    def places_matched(self, query: q.Query, field: str = "text", bounds: Bounds = ANYWHERE) -> Iterable[int]:
        """Return the places, in the field `text`, of the words that make the document match, in any order."""
        if not self.matches(query, field, bounds):
            return ()
        match query:
            case q.Field(name, part):
                return self.places_matched(part, name, bounds)
            case q.Within(names, part):
                return self.places_matched(part, field, bounds._replace(text=self.bounds(names)))
            case q.Boost(part):
                return self.places_matched(part, field, bounds)
            case q.And(parts) | q.Or(parts):
                return [place for part in parts for place in self.places_matched(part, field, bounds)]
            case q.AtLeast(parts, least):
                asked = parts if least else ()
                return [place for part in asked for place in self.places_matched(part, field, bounds)]
            case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Phrase() | q.Near() | q.Same():
                found = self.occurrences(query, "text", bounds) if field == "text" else ()
                return [place for span in found for place in range(*span)]
            case q.Not() | q.Row() | q.Range() | q.Everything():
                return ()
            case _:
                assert_never(query)


def asked_of_rows(query: q.Query, field: str) -> Set[str]:
    """Return the fields that what is below a `Row` asks; TypeError where it asks for more than a row has."""
    below = list(walk.nodes(query, field))
    asked = {name for node, name in below if isinstance(node, q.Leaf | q.Range)}
    refused = [name for name in asked if not _has_rows(name)]
    if refused or any(isinstance(node, q.Within) for node, _ in below):
        raise TypeError(f"a row has no {', '.join(sorted(refused)) or 'sections'}")
    return asked


def _has_rows(field: str) -> bool:
    return BY_NAME[field].of_rows or (BY_NAME[field].kind is Kind.TEXT and field != "text")


def _within(span: q.Range, value: str, field: str) -> bool:
    if BY_NAME[field].kind is Kind.DECIMAL:
        low, high = decimal_ends(span)
        return low <= value <= high
    return is_between(span, value)
