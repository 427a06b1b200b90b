"""Look up the words of many texts at once: texts of all fields wait until there are enough of them.

What numpy does once for a hundred short texts takes little longer than for one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.together import JoinedTexts
from indexer.analysis.tokenizer import TOGETHER, TakenApart, kept_apart, taken_apart
from indexer.columnar.inversion import Runs, WordField
from indexer.columnar.packing import Numbers, ranges, starts
from indexer.columnar.stacked_ids import StackedNumbers
from indexer.columnar.word_ids import Dictionary

_CHARACTERS = 6
"""Of a word, with what parts it from the next: by this the words of what waits are estimated."""


@dataclass(slots=True)
class _Entry:
    """Hold the values of a field in one document, or in several one after the other."""

    values: Sequence[str]
    document: int
    past: int
    """Past the last of the documents."""


class _Runs(NamedTuple):
    """List values of a field, in three lists that run parallel."""

    rows: list[int]
    """Of the text of each."""
    documents: list[int]
    starts: list[int]
    """Where each starts in its document."""


class _Texts(NamedTuple):
    """Hold the words of texts, one text after the other, and what is stacked on them."""

    words: NDArray[np.int32]
    """By their numbers."""
    starts: Numbers
    """Of each text: where its words start."""
    counts: Numbers
    stacked: NDArray[np.int32]
    """The numbers of the terms that stand on words."""
    on: Numbers
    """Of each of these: on which word of its text."""
    stacked_starts: Numbers
    stacked_counts: Numbers


class WaitingWords:
    """Take the texts of documents, and give their words to the fields."""

    def __init__(self, fields: Mapping[str, WordField], next_start: Callable[[int, int], int]) -> None:
        """Begin; `next_start`: where the next value begins, of where one begins and how many words it has."""
        self._fields, self._next_start = fields, next_start
        self._dictionary = Dictionary()
        self._stacked = StackedNumbers(self._dictionary)
        self._waiting: dict[str, list[_Entry]] = {}
        self._taken: dict[int, list[TakenApart | None]] = {}
        """Of values, by identity: their texts as they were taken apart already."""
        self._characters = self._counted = 0

    @property
    def terms(self) -> list[bytes]:
        """List the terms by their numbers."""
        return self._dictionary.terms

    @property
    def size(self) -> int:
        """Count the words so far; those of what waits by its length."""
        return self._counted + self._characters // _CHARACTERS

    def add(self, document: int, words: Mapping[str, Sequence[str]]) -> None:
        """Take a document's values, by field. Values that several documents have in common are looked at once."""
        more_come = False  # of what was taken apart with these
        for field, values in words.items():
            entries = self._waiting.setdefault(field, [])
            if entries and entries[-1].values is values and entries[-1].past == document:
                entries[-1].past += 1
                continue
            entries.append(_Entry(values, document, document + 1))
            if id(values) not in self._taken:
                self._taken[id(values)] = taken = list(map(kept_apart, values))
                self._characters += sum(map(len, values))
                more_come = more_come or (any(taken) and any(each and not each.is_last for each in taken))
        if self._characters >= TOGETHER and not more_come:
            self.look_up()

    def look_up(self) -> None:
        """Look up the words of all that waits."""
        firsts, taken = self._taken_apart()
        if taken:
            self._give(firsts, taken)
        self._waiting, self._taken, self._characters = {}, {}, 0

    def _give(self, firsts: Mapping[int, int], taken: Sequence[TakenApart]) -> None:
        """Look up the words of texts, and give them to the fields."""
        together = {id(each.together): each.together for each in taken}
        before = dict(zip(together, accumulate((len(each) for each in together.values()), initial=0), strict=False))
        texts = self._looked_up(list(together.values()))
        rows = [before[id(each.together)] + each.number for each in taken]
        counts = texts.counts.tolist()
        for field, entries in self._waiting.items():
            runs = self._runs(entries, firsts, rows, counts=counts)
            if runs.rows:
                self._counted += self._fields[field].add(_numbered(runs, texts))

    def _looked_up(self, groups: Sequence[JoinedTexts]) -> _Texts:
        """Look up the words of texts that were taken apart together, one group after the other."""
        words, on, stacked, counts, stacked_counts = [], [], [], [], []
        for group in groups:
            numbers = self._dictionary.numbers(group.placed())
            found = self._stacked.of(group.marks(), numbers)
            bounds = found.places.searchsorted(group.bounds)
            words.append(numbers)
            on.append(found.places - np.repeat(group.bounds[:-1], np.diff(bounds)))
            stacked.append(found.numbers)
            counts.append(np.diff(group.bounds))
            stacked_counts.append(np.diff(bounds))
        each, on_each = np.concatenate(counts), np.concatenate(stacked_counts)
        return _Texts(
            words=np.concatenate(words),
            starts=starts(each)[:-1],
            counts=each,
            stacked=np.concatenate(stacked),
            on=np.concatenate(on),
            stacked_starts=starts(on_each)[:-1],
            stacked_counts=on_each,
        )

    def _taken_apart(self) -> tuple[dict[int, int], list[TakenApart]]:
        """Take apart what has not been; return the texts, and by the identity of values, which is the first of them."""
        firsts, texts, found = dict[int, int](), list[str](), list[TakenApart | None]()
        for entry in chain.from_iterable(self._waiting.values()):
            if id(entry.values) not in firsts:
                firsts[id(entry.values)] = len(texts)
                texts += entry.values
                found += self._taken[id(entry.values)]
        new = iter(taken_apart([text for text, each in zip(texts, found, strict=True) if each is None]))
        return firsts, [each or next(new) for each in found]

    def _runs(
        self, entries: Iterable[_Entry], firsts: Mapping[int, int], rows: list[int], *, counts: Sequence[int]
    ) -> _Runs:
        """List the values of a field; `firsts`: by their identity, which of the texts in `rows` are theirs."""
        runs = _Runs([], [], [])
        for entry in entries:
            start, first, times = 0, firsts[id(entry.values)], entry.past - entry.document
            own, begins = rows[first : first + len(entry.values)], list[int]()
            for row in own:
                begins.append(start)
                start = self._next_start(start, counts[row])
            runs.rows.extend(own * times)
            runs.starts.extend(begins * times)
            for document in range(entry.document, entry.past):
                runs.documents.extend([document] * len(own))
        return runs


def _numbered(runs: _Runs, texts: _Texts) -> Runs:
    """Put texts together as runs of words."""
    rows, documents, begins = (np.array(each, np.int64) for each in runs)
    counts, stacked = texts.counts[rows], texts.stacked_counts[rows]
    which = _places(texts.stacked_starts[rows], stacked)
    return Runs(
        documents=documents,
        starts=begins,
        counts=counts,
        words=texts.words[_places(texts.starts[rows], counts)],
        stacked=texts.stacked[which],
        stacked_documents=np.repeat(documents, stacked),
        stacked_positions=texts.on[which] + np.repeat(begins, stacked),
    )


def _places(firsts: Numbers, counts: Numbers) -> slice | Numbers:
    """Tell where runs lie of which each begins at one of `firsts`: in one piece, mostly, which takes no memory."""
    ends = firsts + counts
    is_one_piece = (firsts[1:] == ends[:-1]).all()
    return slice(int(firsts[0]), int(ends[-1])) if is_one_piece else ranges(firsts, counts)
