"""Every hit of a query in one document: of each word, phrase and NEAR where it stands, in characters, as it is counted.

What an occurrence is says `search.lookups.term_counts`, so that what is marked are as many as `--counts` says.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.tokenizer import edges
from indexer.extracted import Section
from search.lookups.term_counts import counted, occurrences
from search.parsing.format import format_query
from search.passages.indexed import IndexedText
from search.passages.located_fields import LocatedFields
from search.query import nodes as q
from search.query.matcher import Fields
from search.query.spans import TextSpan
from search.query.walk import leaves


class TermHits(NamedTuple):
    """A part of a query, and where it stands in a document."""

    title: str
    """As the query language writes it."""
    spans: tuple[TextSpan, ...]
    """From its first word to its last, ascending."""


def term_hits(
    query: q.Query, text: str, sections: Sequence[Section] = (), *, located: Callable[[], IndexedText] | None = None
) -> tuple[TermHits, ...]:
    """Find all hits of what a query asks of the text, part by part; where it is indexed, by what the index knows.

    >>> term_hits(q.And((q.Term("drug"), q.Prefix("orph"))), "Orphan drugs: an orphan drug")
    ... # doctest: +NORMALIZE_WHITESPACE
    (TermHits(title='drug', spans=(TextSpan(start=7, end=12), TextSpan(start=24, end=28))),
     TermHits(title='orph*', spans=(TextSpan(start=0, end=6), TextSpan(start=17, end=23))))
    """
    parts = counted(query)
    if not parts:
        return ()
    asked = dict.fromkeys(leaf for part in parts for leaf in leaves(part))
    fields = LocatedFields(located(), asked) if located else Fields({"text": (text,)}, sections)
    words = edges(text)
    return tuple(TermHits(format_query(part), tuple(_spans(occurrences(part, fields), words))) for part in parts)


def _spans(found: Iterable[tuple[int, int]], edges: NDArray[np.int64]) -> Iterable[TextSpan]:
    """Find where stretches of words stand in characters; `edges` are those of all words."""
    places = sorted(found)
    if not places:
        return ()
    starts, ends = zip(*places, strict=True)
    firsts, lasts = edges[2 * np.array(starts)], edges[2 * np.array(ends) - 1]
    return map(TextSpan, firsts.tolist(), lasts.tolist())
