"""What follows when few filings have all the words: those that have some in the header, then those that have most.

A query is relaxed that has two words and more, phrases among them, and no operator. Its filters, and what it excludes
of fields, hold in every group. No group is counted in the totals of an answer.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from search.alternatives.header_words import in_header
from search.lookups.lookup import Lookup, filter_tree, reading
from search.parsing.lexer import is_bare
from search.query import nodes as q
from search.query.walk import is_bounded, text_part
from search.results import Hit, Question
from search.searchers.searcher import Searcher


class AskedWord(NamedTuple):
    """A word or phrase of a query that a filing may lack."""

    typed: str
    query: q.Query


class BareWords(NamedTuple):
    """A query without operators."""

    words: tuple[AskedWord, ...]
    rest: tuple[q.Query, ...]
    """Filters, and words that need not be there anyhow."""

    @property
    def any_word(self) -> q.Query:
        """Ask for any of the words in the text: what passages of a filing that lacks some are cut by."""
        return q.AtLeast(tuple(word.query for word in self.words), 1)


class RelaxedGroup(NamedTuple):
    """Filings that come together, after those that have all the words."""

    query: q.Query
    by_header: bool
    """Whether what the text lacks is in the header."""


def bare_words(lookup: Lookup) -> BareWords | None:
    """Take the words of a lookup apart; None when it has an operator, asks exactly, or has no two words."""
    if lookup.exact or lookup.like or lookup.phrases or not lookup.query.strip() or not is_bare(lookup.query):
        return None
    typed = reading(lookup)
    parts = typed.query.parts if isinstance(typed.query, q.And) else (typed.query,)
    asked = [part for part in parts if text_part(part) is not None]
    if is_bounded(typed.query) or len(asked) < 2:
        return None
    words = dict.fromkeys(AskedWord(typed.typed(part), part) for part in asked)
    rest = [part for part in parts if text_part(part) is None]
    return BareWords(tuple(words), (*rest, *map(filter_tree, lookup.filters)))


def groups(asked: BareWords) -> Iterator[RelaxedGroup]:
    """Yield the groups that follow, in order; a filing belongs to the first that it matches."""
    words = tuple(word.query for word in asked.words)
    anywhere = tuple(q.Or((word.query, in_header(word.typed))) for word in asked.words)
    yield RelaxedGroup(q.And((*anywhere, asked.any_word, *asked.rest)), by_header=True)
    for count in range(len(words) - 1, 0, -1):
        yield RelaxedGroup(q.And((q.AtLeast(words, count), *asked.rest)), by_header=False)


def relaxed(question: Question, asked: BareWords, searcher: Searcher, *, filings: int) -> Iterator[Hit]:
    """Yield the hits that follow all `filings` that have all the words, up to the question's limit."""
    told = {hit.accession for hit in searcher.search(question._replace(limit=filings, offset=0)).hits}
    rank, end = filings, question.offset + (question.limit or 0)
    for group in groups(asked):
        if rank >= end:
            return
        for hit in _fresh(question, group, searcher, told, wanted=end - rank):
            rank += 1
            told.add(hit.accession)
            if rank > question.offset:
                yield _labelled(hit._replace(rank=rank), group, asked, searcher)


def _fresh(
    question: Question, group: RelaxedGroup, searcher: Searcher, told: Iterable[str], *, wanted: int
) -> list[Hit]:
    """Find the first filings of a group that were not told of before."""
    known = set(told)
    every = question._replace(
        query=group.query, limit=wanted + len(known), offset=0, documents=max(1, question.documents)
    )
    return [hit for hit in searcher.search(every).hits if hit.accession not in known][:wanted]


def _labelled(hit: Hit, group: RelaxedGroup, asked: BareWords, searcher: Searcher) -> Hit:
    """Say which of the words the text of the filing's best document lacks."""
    best = hit.documents[0].handle
    lacking = tuple(word.typed for word in asked.words if not searcher.matches(word.query, best))
    return hit._replace(in_header=lacking) if group.by_header else hit._replace(lacks=lacking)
