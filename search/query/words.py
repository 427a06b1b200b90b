"""Which words a leaf of the query stands for. Asks one word at a time; knows no text and no index."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import assert_never

from indexer.analysis.stacked import is_stacked
from indexer.analysis.stemming import stem
from indexer.literals.decimals import decimal_term
from search.query import nodes as q
from search.query import walk


def fits(leaf: q.Leaf) -> Callable[[str], bool]:
    """Return the test of whether a word, as the index has it, is one that the leaf stands for.

    >>> [word for word in ("license", "licensing", "licit") if fits(q.Term("licenses"))(word)]
    ['license', 'licensing']
    """
    match leaf:
        case q.Term(word, exact=True):
            return word.__eq__
        case q.Term(word):
            root = stem(word)
            return lambda other: stem(other) == root
        case q.Prefix(prefix):
            return lambda other: other.startswith(prefix)
        case q.Wildcard(pattern):
            fitting = expression(pattern)
            return lambda other: fitting.fullmatch(other) is not None and not is_stacked(other)
        case q.Fuzzy(word, edits):
            return within_edits(word, edits)
        case _:
            assert_never(leaf)


def any_fits(query: q.Query) -> Callable[[str], bool]:
    """Return the same test for a leaf or an Or of these; TypeError for what asks more of a value than that it fits."""
    tests = [fits(leaf) for leaf in alternatives(query)]
    return lambda word: any(test(word) for test in tests)


def alternatives(query: q.Query) -> tuple[q.Leaf, ...]:
    """Return the leaves of which any must fit; TypeError as for `any_fits`."""
    leaves = walk.choice(query)
    if leaves is None:
        raise TypeError(f"{type(query).__name__} is no choice of values")
    return leaves


def is_between(span: q.Range, value: str) -> bool:
    """Tell whether a value is a number in digits that lies in a range, its ends included.

    >>> is_between(q.Range(10, None), "10"), is_between(q.Range(None, 9), "10"), is_between(q.Range(1, 99), "1a")
    (True, False, False)
    """
    if not (value.isascii() and value.isdecimal()):
        return False
    return (span.low is None or span.low <= int(value)) and (span.high is None or int(value) <= span.high)


def decimal_ends(span: q.Range) -> tuple[str, str]:
    """Return the first and the last term that a range of a decimal field may have.

    >>> decimal_ends(q.Range(10_500_000, None))
    ('i105', '~')
    """
    low = "a" if span.low is None else decimal_term(max(0, span.low))
    if span.high is None:
        return low, "~"
    return low, decimal_term(span.high) if span.high >= 0 else ""


@lru_cache(2048)
def expression(pattern: str) -> re.Pattern[str]:
    """Return the wildcard pattern as a regular expression for whole words.

    What stands between two `*` is taken at its first place and never again, so that a pattern with many `*` costs no
    more than its length times the word's. Those of a query are kept, however many: each text shown asks for them.
    """
    pieces = [re.escape(piece).replace(r"\?", ".") for piece in re.split(r"\*+", pattern)]
    if len(pieces) == 1:
        return re.compile(pieces[0], re.DOTALL)
    first, *between, last = pieces
    return re.compile(first + "".join(f"(?>.*?{piece})" for piece in between) + ".*" + last, re.DOTALL)


def within_edits(word: str, edits: int) -> Callable[[str], bool]:
    """Return the test of whether another word's optimal string alignment distance to `word` is at most `edits`.

    >>> test = within_edits("license", 1)
    >>> test("licnese"), test("licence"), test("licenses"), test("licit")
    (True, True, True, False)
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415  (only for fuzzy words)

    distance = OSA.distance
    return lambda other: distance(word, other, score_cutoff=edits) <= edits and not is_stacked(other)
