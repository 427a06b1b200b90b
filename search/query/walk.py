"""Walk the query tree: what is below a node, and the parts, leaves and rewritings that uses of the tree ask for.

A new node is described here once, and every use of these functions knows it. No words, no text and no index: what a
node means is said in `search.query.matcher`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, assert_never

from search.query import nodes as q


class Clause(NamedTuple):
    """A leaf, phrase, Near or Same that a query asks for, and where it asks."""

    query: q.Leaf | q.Phrase | q.Near | q.Same
    field: str
    sections: q.Query | None = None
    """What is asked of the names of the sections that bound it; None: nothing bounds it."""


# Below a node


def children(query: q.Query) -> tuple[q.Query, ...]:
    """Return the parts right below a node, in order; what a `Within` asks of sections is not among them.

    >>> children(q.Not(q.Term("drug")))
    (Term(word='drug', exact=False),)
    """
    match query:
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Range() | q.Everything():
            return ()
        case q.And(parts) | q.Or(parts) | q.AtLeast(parts) | q.Phrase(parts) | q.Near(parts) | q.Same(parts):
            return parts
        case q.Not(part) | q.Boost(part) | q.Field(_, part) | q.Within(_, part) | q.Row(part):
            return (part,)
        case _:
            assert_never(query)


def asked_children(query: q.Query) -> tuple[q.Query, ...]:
    """Return the parts right below a node that the query asks for: none of a `Not`, nor of an `AtLeast` none."""
    is_spared = isinstance(query, q.Not) or (isinstance(query, q.AtLeast) and not query.least)
    return () if is_spared else children(query)


def field_below(query: q.Query, field: str) -> str:
    """Return the field that the children of a node ask, where the node itself asks `field`."""
    return query.name if isinstance(query, q.Field) else field


def rewrite(query: q.Query, change: Callable[[q.Query], q.Query]) -> q.Query:
    """Build the node anew with each of its children changed; a node without children is returned as it is.

    >>> rewrite(q.And((q.Term("a"), q.Term("b"))), q.Not)
    And(parts=(Not(part=Term(word='a', exact=False)), Not(part=Term(word='b', exact=False))))
    """
    match query:
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Range() | q.Everything():
            return query
        case q.And() | q.Or() | q.AtLeast() | q.Phrase() | q.Near() | q.Same():
            return replace(query, parts=tuple(map(change, query.parts)))
        case q.Not() | q.Boost():
            return replace(query, part=change(query.part))
        case q.Field() | q.Within() | q.Row():
            return replace(query, query=change(query.query))
        case _:
            assert_never(query)


def nodes(query: q.Query, field: str = "text", *, excluded: bool = True) -> Iterator[tuple[q.Query, str]]:
    """Yield the query and every node below it, depth first, each with the field it asks.

    With `excluded` False, nothing below a `Not`.
    """
    yield query, field
    if excluded or not isinstance(query, q.Not):
        for part in children(query):
            yield from nodes(part, field_below(query, field), excluded=excluded)


def leaves(query: q.Query) -> Iterator[q.Leaf]:
    """Yield every leaf, in order, whatever field it asks, those below a `Not` among them."""
    return (node for node, _ in nodes(query) if isinstance(node, q.Leaf))


# Parts


def conjuncts(query: q.Query) -> Iterator[q.Query]:
    """Yield the parts that must all match for the query to match, those of an `And` one by one; boosts are dropped.

    >>> list(conjuncts(q.And((q.Term("a"), q.Boost(q.Not(q.Term("b")), 2.0)))))
    [Term(word='a', exact=False), Not(part=Term(word='b', exact=False))]
    """
    if isinstance(query, q.And | q.Boost):
        for part in children(query):
            yield from conjuncts(part)
    else:
        yield query


def required(query: q.Query, field: str = "text") -> Iterator[tuple[q.Query, str]]:
    """Yield what every document that matches must have or fulfil, taken apart as far as it goes, with the field asked.

    That is leaves, also those of phrases, Nears and Sames, ranges, and each `Or` and `Not` as a whole.
    """
    match query:
        case q.And(parts) | q.Phrase(parts) | q.Near(parts) | q.Same(parts):
            for part in parts:
                yield from required(part, field)
        case q.Field() | q.Boost() | q.Within() | q.Row():
            for part in children(query):
                yield from required(part, field_below(query, field))
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Range() | q.Everything():
            yield query, field
        case q.Or() | q.AtLeast() | q.Not():
            yield query, field
        case _:
            assert_never(query)


def clauses(query: q.Query, field: str = "text", sections: q.Query | None = None) -> Iterator[Clause]:
    """Yield the leaves, phrases, Nears and Sames that a query asks for, in order, each whole; none below a `Not`.

    >>> [clause.field for clause in clauses(q.And((q.Term("drug"), q.Field("company", q.Term("acme")))))]
    ['text', 'company']
    """
    match query:
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Phrase() | q.Near() | q.Same():
            yield Clause(query, field, sections)
        case q.And() | q.Or() | q.AtLeast() | q.Not() | q.Boost() | q.Field() | q.Row() | q.Range() | q.Everything():
            for part in asked_children(query):
                yield from clauses(part, field_below(query, field), sections)
        case q.Within(names, part):
            yield from clauses(part, field, names)
        case _:
            assert_never(query)


def choice(query: q.Query) -> tuple[q.Leaf, ...] | None:
    """Return the leaves of which one is enough, when the query is a leaf or an `Or` of nothing else; None otherwise.

    >>> choice(q.Or((q.Term("1a"), q.Prefix("7")))), choice(q.Not(q.Term("1a")))
    ((Term(word='1a', exact=False), Prefix(prefix='7')), None)
    """
    if not isinstance(query, q.Or):
        return (query,) if isinstance(query, q.Leaf) else None
    found: list[q.Leaf] = []
    for part in query.parts:
        inner = choice(part)
        if inner is None:
            return None
        found += inner
    return tuple(found)


def can_be_near(query: q.Query) -> bool:
    """Tell whether the query may be a part of a `Phrase`, `Near` or `Same`: a leaf, a phrase, or an `Or` of these."""
    if isinstance(query, q.Or):
        return all(map(can_be_near, query.parts))
    return isinstance(query, q.Neighbour)


# Scores


def scoring_leaves(query: q.Query, field: str = "text", factor: float = 1.0) -> Iterator[tuple[q.Leaf, float]]:
    """Yield the leaves that score, in order, each with `factor` times the boosts above it.

    These ask the field `text` and stand below no `Not` (`search.query.scoring`).
    """
    match query:
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
            if field == "text":
                yield query, factor
        case q.And() | q.Or() | q.AtLeast() | q.Not() | q.Field() | q.Within() | q.Row() | q.Range() | q.Everything():
            for part in asked_children(query):
                yield from scoring_leaves(part, field_below(query, field), factor)
        case q.Phrase() | q.Near() | q.Same():
            for part in query.parts:
                yield from scoring_leaves(part, field, factor)
        case q.Boost(part, times):
            yield from scoring_leaves(part, field, factor * times)
        case _:
            assert_never(query)


def placed_words(query: q.Query) -> dict[q.Term, float]:
    """Return the words that count for where they stand, in order, with the boosts above each that scores, added up.

    Those of which the query asks nothing else (`AtLeast` none of them) have 0.

    >>> placed_words(q.And((q.Term("group"), q.AtLeast((q.Term("of"),), 0), q.Prefix("share"))))
    {Term(word='group', exact=False): 1.0, Term(word='of', exact=False): 0.0}
    """
    found: dict[q.Term, float] = {}
    for node, field in nodes(query, excluded=False):
        if isinstance(node, q.Term) and field == "text":
            found[node] = 0.0
    for leaf, factor in scoring_leaves(query):
        if isinstance(leaf, q.Term):
            found[leaf] += factor
    return found


def asks_field(query: q.Query, name: str) -> bool:
    """Tell whether any part of the query, exclusions aside, asks the field of that name."""
    return any(isinstance(node, q.Field) and node.name == name for node, _ in nodes(query, excluded=False))


def scores_by_part(query: q.Query) -> bool:
    """Tell whether each child of a node scores for itself where it matches, or all leaves below it at once."""
    match query:
        case q.And() | q.Or() | q.Boost() | q.Field():
            return True
        case q.AtLeast(_, least):
            return least > 0
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Range() | q.Everything():
            return False
        case q.Phrase() | q.Near() | q.Same() | q.Within() | q.Row() | q.Not():
            return False
        case _:
            assert_never(query)


# What is asked of the text, and of sections


def asks_text(query: q.Query, field: str = "text") -> bool:
    """Tell whether any part of a query asked of `field` asks for words of the text, excluded ones among them."""
    return any(asked == "text" and isinstance(node, q.Leaf | q.Range) for node, asked in nodes(query, field))


def text_part(query: q.Query) -> q.Query | None:
    """Return what of a query asks for words of the text, without boosts and exclusions; None when nothing does."""
    match query:
        case q.Boost(part) | q.Field("text", part):
            return text_part(part)
        case q.Within(names, part):
            inner = text_part(part)
            return inner and q.Within(names, inner)
        case q.And(parts):
            return joined(q.all_of, map(text_part, parts))
        case q.Or(parts):
            return joined(q.any_of, map(text_part, parts))
        case q.AtLeast(parts, least):
            asked = tuple(part for part in map(text_part, parts) if part is not None)
            return q.AtLeast(asked, max(1, least - len(parts) + len(asked))) if asked and least else None
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Phrase() | q.Near() | q.Same():
            return query
        case q.Field() | q.Row() | q.Not() | q.Range() | q.Everything():
            return None
        case _:
            assert_never(query)


def joined(join: Callable[[Iterable[q.Query]], q.Query], parts: Iterable[q.Query | None]) -> q.Query | None:
    """Join those of the parts that are something with `all_of` or `any_of`; None when none is."""
    present = [part for part in parts if part is not None]
    return join(present) if present else None


def is_bounded(query: q.Query) -> bool:
    """Tell whether the query asks anything of sections alone, exclusions aside."""
    return any(isinstance(node, q.Within) for node, _ in nodes(query, excluded=False))


def unbounded(query: q.Query) -> q.Query:
    """Return the query with what it asks of sections asked of whole texts.

    >>> unbounded(q.Within(q.Term("1a"), q.Term("climate")))
    Term(word='climate', exact=False)
    """
    return unbounded(query.query) if isinstance(query, q.Within) else rewrite(query, unbounded)


def relaxed(query: q.Query) -> q.Query:
    """Return a query that needs no positions and is matched by all that match this one, within any sections.

    >>> relaxed(q.Or((q.Phrase((q.Term("a"), q.Term("b"))), q.Not(q.Term("c")))))
    Or(parts=(And(parts=(Term(word='a', exact=False), Term(word='b', exact=False))), Everything()))
    """
    match query:
        case q.Phrase(parts) | q.Near(parts) | q.Same(parts):
            return q.And(tuple(map(relaxed, parts)))
        case q.Boost(part) | q.Row(part):
            return relaxed(part)
        case q.Not():
            return q.Everything()
        case q.And() | q.Or() | q.AtLeast() | q.Field():
            return rewrite(query, relaxed)
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy() | q.Range() | q.Within() | q.Everything():
            return query
        case _:
            assert_never(query)
