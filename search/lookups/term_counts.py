"""How often each part of a query occurs in each filing found. The matcher says what an occurrence is."""

from collections.abc import Sequence
from typing import Protocol

from indexer.extracted import Section
from search.parsing.format import format_query
from search.query import nodes as q
from search.query.matcher import ANYWHERE, Bounds, Fields
from search.query.spans import WordSpan
from search.query.walk import can_be_near, children, clauses


def counted(query: q.Query) -> list[q.Query]:
    """List the words, phrases and NEARs, `/s` and `/p` that a query asks of the text, each once, none that it excludes.

    Those that it asks of a section alone are each a `Within`.

    >>> [format_query(part) for part in counted(q.And((q.Term("license"), q.Not(q.Term("patent")))))]
    ['license']
    """
    asked = (clause for clause in clauses(query) if clause.field == "text")
    bounded = (each.query if each.sections is None else q.Within(each.sections, each.query) for each in asked)
    return list(dict.fromkeys(bounded))


def titles(parts: Sequence[q.Query]) -> list[str]:
    """Name the parts as the query language writes them."""
    return [format_query(part) for part in parts]


def tally(
    parts: Sequence[q.Query], texts: Sequence[str], sections: Sequence[Sequence[Section]] = ()
) -> tuple[int, ...]:
    """Count how often each part occurs in some texts; of a NEAR, how often its first part stands near the others.

    `sections` are those of each text.

    >>> tally([q.Term("drug"), q.Prefix("orph")], ["Orphan drugs: an orphan drug", "No drug"])
    (3, 2)
    """
    split = [Fields({"text": (text,)}, own) for text, own in zip(texts, sections or [()] * len(texts), strict=True)]
    return tuple(sum(len(occurrences(part, fields)) for fields in split) for part in parts)


class Occurring(Protocol):
    """Say where words stand in a document's text: `Fields`, or what an index knows."""

    def occurrences(self, query: q.Query, *, bounds: Bounds) -> set[WordSpan]:
        """Find every occurrence in the text, where it counts."""

    def bounds(self, names: q.Query) -> tuple[WordSpan, ...]:
        """Find the sections whose names fit, in words."""


def occurrences(part: q.Query, fields: Occurring) -> set[WordSpan]:
    """Find where one of the `counted` parts occurs in a document, in words: each is one of its count."""
    asked, bounds = part, ANYWHERE
    if isinstance(part, q.Within):
        asked, bounds = part.query, Bounds(fields.bounds(part.sections))
    found = fields.occurrences(asked, bounds=bounds)
    if not can_be_near(asked):  # what was found are occurrences of its parts
        found &= fields.occurrences(children(asked)[0], bounds=bounds)
    return found
