"""How often each part of a query occurs in each filing found. The matcher says what an occurrence is."""

from collections.abc import Iterator, Sequence

from indexer.extracted import Section
from search.parsing.format import format_query
from search.query.matcher import Fields
from search.query.nodes import And, Boost, Field, Fuzzy, Near, Or, Phrase, Prefix, Query, Term, Wildcard, Within


def counted(query: Query, field: str = "text") -> list[Query]:
    """The words, phrases and NEARs that a query asks of the text, each once, without those it excludes.

    Those that it asks of a section alone are each a `Within`.

    >>> from search.query.nodes import Not
    >>> [format_query(part) for part in counted(And((Term("license"), Not(Term("patent")))))]
    ['license']
    """
    return list(dict.fromkeys(_counted(query, field)))


def _counted(query: Query, field: str) -> Iterator[Query]:
    match query:
        case Term() | Prefix() | Wildcard() | Fuzzy() | Phrase() | Near():
            if field == "text":
                yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from _counted(part, field)
        case Field(name, part):
            yield from _counted(part, name)
        case Boost(part):
            yield from _counted(part, field)
        case Within(names, part):
            yield from (each if isinstance(each, Within) else Within(names, each) for each in _counted(part, field))
        case _:
            return


def titles(parts: Sequence[Query]) -> list[str]:
    """What the parts are called: as the query language writes them."""
    return [format_query(part) for part in parts]


def tally(parts: Sequence[Query], texts: Sequence[str], sections: Sequence[Sequence[Section]] = ()) -> tuple[int, ...]:
    """How often each part occurs in some texts; of a NEAR, how often its first part stands near the others.

    `sections` are those of each text.

    >>> tally([Term("drug"), Prefix("orph")], ["Orphan drugs: an orphan drug", "No drug"])
    (3, 2)
    """
    split = [Fields({"text": (text,)}, own) for text, own in zip(texts, sections or [()] * len(texts), strict=True)]
    return tuple(sum(_occurrences(part, fields) for fields in split) for part in parts)


def _occurrences(part: Query, fields: Fields) -> int:
    asked, bounds = (part.query, fields.bounds(part.sections)) if isinstance(part, Within) else (part, None)
    found = fields.occurrences(asked, bounds=bounds)
    if isinstance(asked, Near):
        found &= fields.occurrences(asked.parts[0], bounds=bounds)
    return len(found)
