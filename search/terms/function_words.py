"""Words that say how others belong together, and which of them a query can do without."""

from collections.abc import Sequence

from search.query import nodes as q
from search.query.walk import text_part

_WORDS = """
a an and are as at be been but by can did do does for from had has have how if in into is it its of on or than that the
their then there these they this those to was were what when where which who whose with would
"""
FUNCTION_WORDS = frozenset(_WORDS.split())
"""Lucene's stop words without `no`, `not`, `such` and `will`, which a contract means, and words that ask questions."""


def is_function_word(part: q.Query) -> bool:
    """Tell whether a query is one of `FUNCTION_WORDS`, not asked for exactly."""
    return isinstance(part, q.Term) and not part.exact and part.word in FUNCTION_WORDS


def can_spare(parts: Sequence[q.Query]) -> bool:
    """Tell whether a conjunction asks the text for more than function words.

    >>> can_spare((q.Term("the"), q.Term("mill"))), can_spare((q.Term("the"), q.Not(q.Term("mill"))))
    (True, False)
    """
    return any(text_part(part) is not None and not is_function_word(part) for part in parts)
