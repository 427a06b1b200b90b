"""How often each part of a query occurs in each filing found. The matcher says what an occurrence is."""

from collections.abc import Iterator, Sequence

from indexer.vocabulary import Section
from search.parsing.format import format_query
from search.query import nodes as q
from search.query.matcher import Fields


def counted(query: q.Query, field: str = "text") -> list[q.Query]:
    """The words, phrases and NEARs that a query asks of the text, each once, without those it excludes.

    Those that it asks of a section alone are each a `Within`.

    >>> [format_query(part) for part in counted(q.And((q.Term("license"), Not(q.Term("patent")))))]
    ['license']
    """
    return list(dict.fromkeys(_counted(query, field)))


def _counted(query: q.Query, field: str) -> Iterator[q.Query]:
    match query:
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Phrase() | q.Near():
            if field == "text":
                yield query
        case q.And(parts) | q.Or(parts):
            for part in parts:
                yield from _counted(part, field)
        case q.Field(name, part):
            yield from _counted(part, name)
        case q.Boost(part):
            yield from _counted(part, field)
        case q.Within(names, part):
            yield from (each if isinstance(each, q.Within) else q.Within(names, each) for each in _counted(part, field))
        case _:
            return


def titles(parts: Sequence[q.Query]) -> list[str]:
    """What the parts are called: as the query language writes them."""
    return [format_query(part) for part in parts]


def tally(
    parts: Sequence[q.Query], texts: Sequence[str], sections: Sequence[Sequence[Section]] = ()
) -> tuple[int, ...]:
    """How often each part occurs in some texts; of a NEAR, how often its first part stands near the others.

    `sections` are those of each text.

    >>> tally([q.Term("drug"), q.Prefix("orph")], ["Orphan drugs: an orphan drug", "No drug"])
    (3, 2)
    """
    split = [Fields({"text": (text,)}, own) for text, own in zip(texts, sections or [()] * len(texts), strict=True)]
    return tuple(sum(_occurrences(part, fields) for fields in split) for part in parts)


def _occurrences(part: q.Query, fields: Fields) -> int:
    asked, bounds = (part.query, fields.bounds(part.sections)) if isinstance(part, q.Within) else (part, None)
    found = fields.occurrences(asked, bounds=bounds)
    if isinstance(asked, q.Near):
        found &= fields.occurrences(asked.parts[0], bounds=bounds)
    return len(found)
