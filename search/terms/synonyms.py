"""Groups of words and phrases that stand for one another; `search.lookups.lists` reads them from a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from indexer.analysis import tokenize

WordList: TypeAlias = tuple[str, ...]
"""Folded words that stand one after the other."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What a word or phrase may also be called: groups, in each of which every member stands for all."""

    groups: Mapping[WordList, tuple[WordList, ...]]
    """Each member, and its whole group with itself first."""

    @classmethod
    def of(cls, groups: Sequence[Sequence[str]]) -> "Synonyms":
        """Synonyms from groups of words and phrases as people write them; a member of several groups joins them.

        >>> Synonyms.of([["Orphan Drug", "rare-disease drug"]]).groups[("orphan", "drug")]
        (('orphan', 'drug'), ('rare', 'disease', 'drug'))
        """
        found: dict[WordList, dict[WordList, None]] = {}
        for group in groups:
            members = [member for member in map(words_of, group) if member]
            for member in members:
                found.setdefault(member, {member: None}).update(dict.fromkeys(members))
        return cls({member: tuple(group) for member, group in found.items()})

    @property
    def longest(self) -> int:
        """Words of the longest member."""
        return max(map(len, self.groups), default=0)


NO_SYNONYMS = Synonyms({})


def words_of(text: str) -> WordList:
    """The words of a text, folded."""
    return tuple(token.word for token in tokenize(text))
