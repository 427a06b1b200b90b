"""Which terms of the index a leaf of the query stands for: those that fit it, looked for where they can be."""

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from indexer.analysis import stem
from search.leaves import fits
from search.query import Fuzzy, Leaf, Prefix, Term, Wildcard

Terms: TypeAlias = Callable[[str], Iterable[str]]
"""The terms of a field that begin so, in order."""

_SHORTENED = {"die": "d", "lie": "l", "tie": "t"}
"""The stems of dying, lying, tying: the only words that differ from their stem before its last character."""

_WILD = re.compile(r"[?*]")


def expanded(leaf: Leaf, terms: Terms) -> list[str]:
    """The terms the leaf stands for, in order; a Term that is exact is looked up without the lexicon."""
    if isinstance(leaf, Term) and leaf.exact:
        return [leaf.word]
    test = fits(leaf)
    return [term for term in terms(beginning(leaf)) if test(term)]


def beginning(leaf: Leaf) -> str:
    """What every term that fits the leaf begins with."""
    match leaf:
        case Term(word, exact=True):
            return word
        case Term(word):
            root = stem(word)
            return _SHORTENED.get(root, root[:-1])
        case Prefix(prefix):
            return prefix
        case Wildcard(pattern):
            return _WILD.split(pattern)[0]
        case Fuzzy():
            return ""
