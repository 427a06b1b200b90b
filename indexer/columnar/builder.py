"""Build a segment of documents, which are taken one after the other, and say what a document is made of."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.access.blocks import Weighing, group_numbers
from indexer.columnar.file import SegmentFile, SegmentFileWriter
from indexer.columnar.inversion import MarkField, ValueField, WordField, in_order
from indexer.columnar.packing import length_bytes
from indexer.columnar.postings import FieldWriter
from indexer.columnar.stored import ABSENT, RowsWriter, write_labels, write_numbers
from indexer.columnar.waiting import WaitingWords

_PARTS = ("values", "numbers", "keys", "facets", "labels", "stored", "marks")


@dataclass(frozen=True, slots=True)
class Layout:
    """Name the fields of a segment. A name may be both a field of numbers and a stored value."""

    words: tuple[str, ...] = ()
    """Fields of texts that are split into words, with positions and lengths."""
    values: tuple[str, ...] = ()
    """Fields of values that are compared whole."""
    numbers: tuple[str, ...] = ()
    """Fields of one number of 32 bits, which can be searched."""
    keys: tuple[str, ...] = ()
    """Numbers of 64 bits to group by."""
    facets: tuple[str, ...] = ()
    """Values to count by, as they are to be shown; Whoosh does not see them."""
    labels: tuple[str, ...] = ()
    """Short texts to sort by."""
    stored: tuple[str, ...] = ()
    """What is kept to be shown, in this order."""
    next_start: Callable[[int, int], int] = int.__add__
    """Where the next value of a field of words begins, of where one begins and how many words it has."""
    marks: tuple[str, ...] = ()
    """Fields of values that are compared whole and stand at positions of a text; they have no lengths."""


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """Hold one document, by the names of the layout; what is missing is empty."""

    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Of fields of values and of facets."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Of fields of numbers and of keys."""
    labels: Mapping[str, str] = field(default_factory=dict)
    stored: Sequence[Any] = ()
    marks: Mapping[str, Mapping[str, Sequence[int]]] = field(default_factory=dict)
    """By field: its values, and where each stands, ascending."""


class Builder:
    """Make one segment. Memory: four bytes a word while documents come, about twenty for a moment in `finish`."""

    def __init__(self, path: Path, layout: Layout) -> None:
        """Open the file to be written at `path`, which must not exist."""
        self._layout = layout
        self._file = SegmentFileWriter(path)
        self._words = {name: WordField() for name in layout.words}
        self._waiting = WaitingWords(self._words, layout.next_start)
        self._values = {name: ValueField() for name in (*layout.values, *layout.facets)}
        self._marks = {name: MarkField() for name in layout.marks}
        self._numbers = {name: array("q") for name in (*layout.numbers, *layout.keys)}
        self._labels: dict[str, list[str]] = {name: [] for name in layout.labels}
        self._rows = RowsWriter(self._file)
        self.documents = 0

    @property
    def size(self) -> int:
        """Count the words so far, the last of them by the length of their texts."""
        return self._waiting.size

    def add(self, row: SegmentRow) -> None:
        """Take one document."""
        self._waiting.add(self.documents, row.words)
        for name, values in row.values.items():
            self._values[name].add(self.documents, values)
        for name, marks in row.marks.items():
            self._marks[name].add(self.documents, marks)
        for name, numbers in self._numbers.items():
            numbers.append(row.numbers.get(name, ABSENT))
        for name, labels in self._labels.items():
            labels.append(row.labels.get(name, ""))
        self._rows.add(row.stored)
        self.documents += 1

    def finish(self) -> dict[str, int]:
        """Write the segment; return how many words each field has."""
        with self._file:
            groups = self._groups()
            totals = self._write_words(groups)
            for name, values in (self._values | self._marks).items():
                writer = FieldWriter(self._file, name, Weighing.of(None, groups))
                writer.add(values.inverted())
                writer.finish()
            for name, numbers in self._numbers.items():
                write_numbers(self._file, name, np.frombuffer(numbers, np.int64))
            for name, labels in self._labels.items():
                write_labels(self._file, name, labels)
            self._rows.finish()
            self._file.finish(about(self._layout, documents=self.documents, totals=totals))
        return totals

    def _groups(self) -> NDArray[np.int64]:
        """Number the groups of documents; each is one where there is nothing to group by."""
        if not self._layout.keys:
            return np.arange(self.documents)
        return group_numbers(np.frombuffer(self._numbers[self._layout.keys[0]], np.int64))

    def _write_words(self, groups: NDArray[np.int64]) -> dict[str, int]:
        self._waiting.look_up()
        ordered, totals = in_order(self._waiting.terms), {}
        del self._waiting  # the dictionary is large
        while self._words:
            name, words = self._words.popitem()
            lengths = words.lengths(self.documents)
            writer = FieldWriter(self._file, name, Weighing.of(length_bytes(lengths), groups))
            write_lengths(self._file, name, lengths)
            for block in words.inverted(ordered):
                writer.add(block)
            del words
            writer.finish()
            totals[name] = writer.words
        return totals

    def discard(self) -> None:
        """Give up: delete the file."""
        self._file.discard()


def write_lengths(file: SegmentFileWriter, name: str, lengths: NDArray[np.int64]) -> None:
    """Write the lengths of a field, rounded; nothing when it is empty everywhere."""
    if lengths.any():
        file.add(f"{name}/lengths", length_bytes(lengths))


def about(layout: Layout, *, documents: int, totals: Mapping[str, int]) -> dict[str, Any]:
    """Return what a segment's directory says of it."""
    return {
        "documents": documents,
        "words": {name: totals[name] for name in layout.words},
        **{part: getattr(layout, part) for part in _PARTS},
    }


def layout_of(file: SegmentFile) -> Layout:
    """Read the layout of a segment, without where values begin, which only a builder needs."""
    names: dict[str, Any] = {part: tuple(file.about[part]) for part in _PARTS}
    return Layout(tuple(file.about["words"]), **names)
