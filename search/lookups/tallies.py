"""How often each part of a query occurs in each filing found. The matcher says what an occurrence is."""

from collections.abc import Iterator, Sequence

from indexer.schema import Kind
from search.parsing.written import format_query
from search.places import Words
from search.query import And, Boost, Field, Fuzzy, Near, Or, Phrase, Prefix, Query, Term, Wildcard


def counted(query: Query, field: str = "text") -> list[Query]:
    """The words, phrases and NEARs that a query asks of the text, each once, without those it excludes.

    >>> from search.query import Not
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
        case _:
            return


def titles(parts: Sequence[Query]) -> list[str]:
    """What the parts are called: as the query language writes them."""
    return [format_query(part) for part in parts]


def tally(parts: Sequence[Query], texts: Sequence[str]) -> tuple[int, ...]:
    """How often each part occurs in some texts; of a NEAR, how often its first part stands near the others.

    >>> tally([Term("drug"), Prefix("orph")], ["Orphan drugs: an orphan drug", "No drug"])
    (3, 2)
    """
    split = [Words((text,), Kind.TEXT) for text in texts]
    return tuple(sum(_occurrences(part, words) for words in split) for part in parts)


def _occurrences(part: Query, words: Words) -> int:
    found = words.occurrences(part)
    if isinstance(part, Near):
        found &= words.occurrences(part.parts[0])
    return len(found)
