"""What a query means on one document: the definition that every engine is held to. No index, no scores.

A document is a mapping from field names to the field's values, as `indexer.schema.field_values` gives them.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias, assert_never

from indexer.schema import BY_NAME
from search.places import Words
from search.query import (
    And,
    Boost,
    Everything,
    Field,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Wildcard,
)

Document: TypeAlias = Mapping[str, tuple[str, ...]]


class Match(NamedTuple):
    """That a document matches, and where."""

    spans: tuple[tuple[int, int], ...]
    """Each word of the field `text` that made it match, as (start, end) in characters, ascending, each once.

    These are leaves, the words of phrases, and the words that stand together for a Near, in the parts of the query that
    match; nothing under a Not.
    """


def match(query: Query, document: Document) -> Match | None:
    """Where the query matches the document, or None when it does not.

    >>> match(Term("license"), {"text": ("The licensing agreement",)})
    Match(spans=((4, 13),))
    """
    fields = Fields(document)
    if not fields.matches(query):
        return None
    return Match(tuple(fields["text"].offsets(fields.places_matched(query))))


class Fields:
    """The fields of one document, split into words when first asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._words: dict[str, Words] = {}

    def __getitem__(self, name: str) -> Words:
        if name not in self._words:
            self._words[name] = Words(self._document.get(name, ()), BY_NAME[name].kind)
        return self._words[name]

    def matches(self, query: Query, field: str = "text") -> bool:
        """Whether the document matches the query asked of `field`."""
        match query:
            case Field(name, part):
                return self.matches(part, name)
            case And(parts):
                return all(self.matches(part, field) for part in parts)
            case Or(parts):
                return any(self.matches(part, field) for part in parts)
            case Not(part):
                return not self.matches(part, field)
            case Boost(part):
                return self.matches(part, field)
            case Everything():
                return True
            case Range():
                return any(_within(query, value) for value in self[field].values)
            case Term() | Prefix() | Wildcard() | Fuzzy() | Phrase() | Near():
                return bool(self[field].occurrences(query))
        assert_never(query)

    def places_matched(self, query: Query, field: str = "text") -> Iterable[int]:
        """The places, in the field `text`, of the words that make the document match."""
        match query:
            case _ if not self.matches(query, field):
                return ()
            case Field(name, part):
                return self.places_matched(part, name)
            case Boost(part):
                return self.places_matched(part, field)
            case And(parts) | Or(parts):
                return [place for part in parts for place in self.places_matched(part, field)]
            case Term() | Prefix() | Wildcard() | Fuzzy() | Phrase() | Near() if field == "text":
                return [place for span in self["text"].occurrences(query) for place in range(*span)]
            case _:
                return ()


def _within(span: Range, value: str) -> bool:
    if not (value.isascii() and value.isdecimal()):
        return False
    return (span.low is None or span.low <= int(value)) and (span.high is None or int(value) <= span.high)
