"""What a conjunction means that asks for sections: its `section:` clauses bound the words beside them.

`section:1A climate` asks for climate within item 1A. Every part of the same group that asks the text is bounded, also
what is left out of it; other fields are not. Each of several clauses bounds them all: `section:1A section:7 climate`
asks for climate in both, `section:(1A OR 7) climate` in either. A clause that is alone, under a NOT, or beside
fields other than the text asks only whether there is such a section.
"""

from collections.abc import Iterator, Sequence

from indexer.fields.schema import SECTION
from search.query import nodes as q
from search.query import walk
from search.query.walk import asks_text, conjuncts


def scoped(parts: Sequence[q.Query], field: str = "text") -> tuple[q.Query, ...]:
    """Bound what asks the text, among the parts of a conjunction asked of `field`, by the sections asked for.

    >>> scoped((q.Field("section", q.Term("7a", exact=True)), q.Term("swap")))
    (Within(sections=Term(word='7a', exact=True), query=Term(word='swap', exact=False)),)
    """
    clauses = [names for part in parts for names in _names(part)]
    asking = tuple(part for part in parts if asks_text(part, field))
    if not (clauses and asking):
        return tuple(parts)
    inner = q.all_of(asking)
    others = (part for part in parts if not asks_text(part, field) and not _names(part))
    return (*(q.Within(names, inner) for names in clauses), *others)


def _names(part: q.Query) -> list[q.Query]:
    """What a part asks of the names of sections, once for each clause; nothing when it asks anything else."""
    if isinstance(part, q.Boost):
        return _names(part.part)
    if isinstance(part, q.Field) and part.name == SECTION:
        several = part.query.parts if isinstance(part.query, q.And) else (part.query,)
        return list(several) if all(map(walk.choice, several)) else []
    if isinstance(part, q.Or):
        choices = [_names(each) for each in part.parts]
        return [q.Or(tuple(each for (each,) in choices))] if choices and all(len(each) == 1 for each in choices) else []
    return []


def asked_sections(query: q.Query) -> Iterator[q.Query]:
    """Yield what is asked of the names of sections that documents must have."""
    for part in conjuncts(query):
        if isinstance(part, q.Within):
            yield part.sections
            yield from asked_sections(part.query)
        elif isinstance(part, q.Field) and part.name == SECTION:
            yield part.query
