"""Where in the order of an index's terms those stand that a leaf may fit, and how many all leaves may stand for."""

from collections import Counter
from typing import assert_never

from indexer.analysis.stacked import JOINED
from indexer.analysis.stemming import stem
from indexer.first_use import regex
from search.errors import TooWideError
from search.parsing.format import format_query
from search.query import nodes as q
from search.query.limits import MAX_EXPANSIONS


class ExpansionBudget:
    """Counts the words that the leaves of a query stand for."""

    def __init__(self) -> None:
        self._left = MAX_EXPANSIONS
        self._spent: Counter[q.Leaf] = Counter()

    def spend(self, leaf: q.Leaf, count: int) -> None:
        """Count words of a leaf; TooWideError, which names the widest leaf, when there are more than there may be."""
        self._spent[leaf] += count
        self._left -= count
        if self._left < 0:
            [(widest, words)] = self._spent.most_common(1)
            raise TooWideError(
                f"{format_query(widest)} stands for {words:,} words or more, and all parts of a query may stand for "
                f"{MAX_EXPANSIONS:,} together: write more of it"
            )


_CHANGED = {"i": "y", "e": "i", "l": "i", "y": "i"}
"""What may stand in a word where its stem ends in such a letter: suppli supply, close closing, disabl disability."""

_DYING = regex(".ie")
"""The stems of which a word differs sooner: die dying, vie vying."""

_CIK_DIGITS = 10
"""A CIK is found with its leading zeros and without (`indexer.analysis.numerals.value`)."""

_WILD = regex(r"[?*]")


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
