"""What a conjunction means that asks for sections: its `section:` clauses bound the words beside them.

`section:1A climate` asks for climate within item 1A. Every part of the same group that asks the text is bounded, also
what is left out of it; other fields are not. Each of several clauses bounds them all: `section:1A section:7 climate`
asks for climate in both, `section:(1A OR 7) climate` in either. A clause that is alone, under a NOT, or beside
fields other than the text asks only whether there is such a section.
"""

from collections.abc import Iterator, Sequence

from indexer.schema import SECTION
from search.query import nodes as q


def scoped(parts: Sequence[q.Query], field: str = "text") -> tuple[q.Query, ...]:
    """The parts of a conjunction asked of `field`, with what asks the text bounded by the sections asked for.

    >>> scoped((q.Field("section", q.Term("7a", exact=True)), q.Term("swap")))
    (Within(sections=Term(word='7a', exact=True), query=Term(word='swap', exact=False)),)
    """
    clauses = [names for part in parts for names in _names(part)]
    asking = tuple(part for part in parts if asks_text(part, field))
    if not (clauses and asking):
        return tuple(parts)
    inner = asking[0] if len(asking) == 1 else q.And(asking)
    others = (part for part in parts if not asks_text(part, field) and not any(True for _ in _names(part)))
    return (*(q.Within(names, inner) for names in clauses), *others)


def _names(part: q.Query) -> Iterator[q.Query]:
    """What a part asks of the names of sections, once for each clause; nothing when it asks anything else."""
    match part:
        case q.Field(name, names) if name == SECTION and _is_choice(names):
            yield names
        case q.Field(name, q.And(several)) if name == SECTION and all(map(_is_choice, several)):
            yield from several
        case q.Boost(inner):
            yield from _names(inner)
        case q.Or(several):
            choices = [list(_names(each)) for each in several]
            if choices and all(len(each) == 1 for each in choices):
                yield q.Or(tuple(each for (each,) in choices))


def _is_choice(names: q.Query) -> bool:
    match names:
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
            return True
        case q.Or(parts):
            return bool(parts) and all(map(_is_choice, parts))
        case _:
            return False


def asks_text(query: q.Query, field: str = "text") -> bool:
    """Whether any part of the query asks for words of the text."""
    match query:
        case q.Field(name, part):
            return asks_text(part, name)
        case q.And(parts) | q.Or(parts):
            return any(asks_text(part, field) for part in parts)
        case q.Not(part) | q.Boost(part) | q.Within(_, part):
            return asks_text(part, field)
        case q.Everything():
            return False
        case _:
            return field == "text"
