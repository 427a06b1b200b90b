"""Every hit of a question, in constant memory: asked for page by page. The searcher stays at one commit meanwhile."""

from collections.abc import Iterator

from search.results import Hit, Question
from search.searchers.searcher import Searcher

FIRST_PAGE, PAGE = 100, 2_000
"""Filings asked for at once: few at first, so that something is seen soon; then so many that ordering costs little."""


def every(searcher: Searcher, question: Question) -> Iterator[Hit]:
    """Find the hits from the question's offset on, up to its limit, in order."""
    at, size = question.offset, FIRST_PAGE
    end = None if question.limit is None else question.offset + question.limit
    while end is None or at < end:
        wanted = size if end is None else min(size, end - at)
        hits = searcher.search(question._replace(limit=wanted, offset=at)).hits
        yield from hits
        if len(hits) < wanted:
            return
        at, size = at + len(hits), PAGE
