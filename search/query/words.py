"""Which words a leaf of the query stands for. Asks one word at a time; knows no text and no index."""

import re
from collections.abc import Callable
from typing import assert_never

from indexer.analysis import stem
from search.query import nodes as q
from search.query import walk


def fits(leaf: q.Leaf) -> Callable[[str], bool]:
    """The test of whether a word, as the index has it, is one that the leaf stands for.

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
            return lambda other: fitting.fullmatch(other) is not None
        case q.Fuzzy(word, edits):
            return lambda other: within_edits(word, other, edits)
        case _:
            assert_never(leaf)


def any_fits(query: q.Query) -> Callable[[str], bool]:
    """The same for a leaf or an Or of these; TypeError for what asks more of a value than that it fits."""
    tests = [fits(leaf) for leaf in alternatives(query)]
    return lambda word: any(test(word) for test in tests)


def alternatives(query: q.Query) -> tuple[q.Leaf, ...]:
    """Return the leaves of which any must fit; TypeError as for `any_fits`."""
    leaves = walk.choice(query)
    if leaves is None:
        raise TypeError(f"{type(query).__name__} is no choice of values")
    return leaves


def expression(pattern: str) -> re.Pattern[str]:
    """The wildcard pattern as a regular expression for whole words.

    What stands between two `*` is taken at its first place and never again, so that a pattern with many `*` costs no
    more than its length times the word's.
    """
    pieces = [re.escape(piece).replace(r"\?", ".") for piece in re.split(r"\*+", pattern)]
    if len(pieces) == 1:
        return re.compile(pieces[0], re.DOTALL)
    first, *between, last = pieces
    return re.compile(first + "".join(f"(?>.*?{piece})" for piece in between) + ".*" + last, re.DOTALL)


def within_edits(word: str, other: str, edits: int) -> bool:
    """Whether the optimal string alignment distance of two words is at most `edits`.

    >>> within_edits("license", "licnese", 1), within_edits("license", "licence", 1), within_edits("ca", "abc", 2)
    (True, True, False)
    """
    if abs(len(word) - len(other)) > edits:
        return False
    before_last, last = list[int](), list(range(len(other) + 1))
    for i, a in enumerate(word, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and word[i - 2] == b:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        before_last, last = last, row
    return last[-1] <= edits
