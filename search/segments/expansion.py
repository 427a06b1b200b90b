"""Which terms of an index a leaf of the query stands for: those that fit it, looked for where they can be."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeAlias, assert_never

from indexer.analysis import stem
from indexer.stacked import JOINED
from search.query import nodes as q
from search.query.words import fits

Terms: TypeAlias = Callable[[str], Iterable[str]]
"""The terms of a field that begin with `prefix`, in order."""

_CHANGED = {"i": "y", "e": "i", "l": "i", "y": "i"}
"""What may stand in a word where its stem ends in such a letter: suppli supply, close closing, disabl disability."""

_DYING = re.compile(".ie")
"""The stems of which a word differs sooner: die dying, vie vying."""

_CIK_DIGITS = 10
"""A CIK is found with its leading zeros and without (`indexer.numerals.value`)."""

_WILD = re.compile(r"[?*]")


def test(leaf: q.Leaf) -> Callable[[str], bool] | None:
    """Return the test of whether a term that begins as it must fits the leaf; None when it need not be tested."""
    return None if isinstance(leaf, q.Prefix) else cache(fits(leaf))


def beginnings(leaf: q.Leaf) -> tuple[str, ...]:
    """List what terms that fit the leaf begin with: every one with one of these, none of which begins with another.

    >>> beginnings(q.Term("supplies")), beginnings(q.Term("dies")), beginnings(q.Wildcard("lic*se"))
    (('suppli', 'supply', '-suppli', '-supply'), ('die', 'dii', 'dying', '-die', '-dii', '-dying'), ('lic',))
    """
    match leaf:
        case q.Term(word, exact=True):
            return (word,)
        case q.Term(word):
            return _of_stem(stem(word))
        case q.Prefix(prefix):
            return (prefix,)
        case q.Wildcard(pattern):
            return (_WILD.split(pattern)[0],)
        case q.Fuzzy():
            return ("",)
        case _:
            assert_never(leaf)


def _of_stem(root: str) -> tuple[str, ...]:
    if root.isdecimal():
        return (root,) if root[0] == "0" or len(root) >= _CIK_DIGITS else (root, root.zfill(_CIK_DIGITS))
    changed = _CHANGED.get(root[-1:])
    found = [root, root[:-1] + changed] if changed else [root]
    found += [f"{root[0]}ying"] if _DYING.fullmatch(root) else []
    return (*found, *(JOINED + each for each in found)) if root.isascii() and root.isalpha() else tuple(found)


def expanded(leaf: q.Leaf, terms: Terms) -> list[str]:
    """List the terms the leaf stands for, in order; of an exact Term the word itself, whether it is there or not."""
    if isinstance(leaf, q.Term) and leaf.exact:
        return [leaf.word]
    fitting = test(leaf)
    return [
        term for beginning in sorted(beginnings(leaf)) for term in terms(beginning) if fitting is None or fitting(term)
    ]
