"""Groups of words and phrases that stand for one another; `search.lookups.lists` reads them from a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import chain
from typing import TypeAlias

from indexer.analysis.tokenizer import tokenize
from indexer.errors import clipped
from indexer.first_use import dataclass
from search.errors import SearchError
from search.query.limits import MAX_SYNONYM_WORDS, MAX_SYNONYMS

WordList: TypeAlias = tuple[str, ...]
"""Folded words that stand one after the other."""


class Groups(Mapping[WordList, tuple[WordList, ...]]):
    """Each member, and its whole group with itself first; a member of several groups joins them when it is asked."""

    def __init__(self, groups: Sequence[Sequence[WordList]]) -> None:
        self._groups = groups
        self._joined: dict[WordList, list[int]] = {}
        for number, group in enumerate(groups):
            for member in dict.fromkeys(group):
                self._joined.setdefault(member, []).append(number)

    def __getitem__(self, member: WordList) -> tuple[WordList, ...]:
        groups = (self._groups[number] for number in self._joined[member])
        return tuple(dict.fromkeys(chain([member], *groups)))

    def __iter__(self) -> Iterator[WordList]:
        return iter(self._joined)

    def __len__(self) -> int:
        return len(self._joined)


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What a word or phrase may also be called: groups, in each of which every member stands for all."""

    groups: Mapping[WordList, tuple[WordList, ...]]
    longest: int = 0
    """Words of the longest member."""
    own: Mapping[WordList, tuple[WordList, ...]] = field(default_factory=dict)
    """Groups that take the place of those of the same members."""

    @classmethod
    def of(cls, groups: Sequence[Sequence[str]]) -> "Synonyms":
        """Read synonyms from groups of words and phrases as people write them; SearchError for more than are read.

        >>> Synonyms.of([["Orphan Drug", "rare-disease drug"]]).groups[("orphan", "drug")]
        (('orphan', 'drug'), ('rare', 'disease', 'drug'))
        """
        for group in groups:
            check_group(group)
        found = Groups([[member for member in map(words_of, group) if member] for group in groups])
        return cls(found, max(map(len, found), default=0))

    def group(self, words: WordList) -> tuple[WordList, ...]:
        """Return the group of which these words are a member, themselves first; empty when there is none."""
        return self.own.get(words) or self.groups.get(words, ())


def check_group(group: Sequence[str]) -> None:
    """Raise SearchError for a group that has too many members, or too long ones."""
    if len(group) > MAX_SYNONYMS:
        raise SearchError(f"a group of {len(group):,} synonyms; it may have {MAX_SYNONYMS:,}")
    for member in group:
        if len(member) > MAX_SYNONYM_WORDS and len(words_of(member)) > MAX_SYNONYM_WORDS:
            raise SearchError(f"{clipped(member)} is a synonym of more than {MAX_SYNONYM_WORDS} words")


NO_SYNONYMS = Synonyms({})


def words_of(text: str) -> WordList:
    """Split a text into its words, folded."""
    return tuple(token.word for token in tokenize(text))
