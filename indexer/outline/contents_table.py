"""Which of the lines that may be headings are lines of a table of contents.

A table is a run of lines with nothing between them but more such lines: short ones, of which many end in page numbers.
A line that says an item of the run again ends it, for that is the heading itself. What the table lists is kept: its
items must be in the document.
"""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.edgar.headings import Numbering, fits
from indexer.outline.candidates import Candidate
from indexer.outline.wording import ends_in_page, runs_on

_NEAR = 220
"""Characters from one line to the next within which nothing is looked at."""
_LAST = 300
"""Characters before a line in which the one above it ends in a page number, if any does."""
_PAGED_LINE = re.compile(r"[\s.…](?:[A-Za-z]{1,3}-)?\d{1,3}[^\S\n]{0,9}\n")
_FAR = 6000
"""Characters beyond which two lines are in no table together."""
_LEADS_ON = 1500
"""Characters from a line to a table that it belongs to, with subheadings between them."""
_MUCH = 400
"""Characters of text that follow a heading and no line of a table."""
_LONG_LINE = 320
_FEWEST = 3
_PAGED = 0.4
"""Share of the lines between two of a table that end in page numbers."""


class Tables(NamedTuple):
    """The lines of the tables of contents, and what they list."""

    starts: frozenset[int]
    """Where the lines begin that are no headings."""
    titles: dict[str, str]
    """The titles that the longest gives to the items it lists, by their names, in its order."""


def tables_of_contents(text: str, lines: Sequence[Candidate], lookup: Numbering) -> Tables:
    """Find the tables among the candidates: first those with page numbers, then those whose items stand again."""
    names = [_name(lookup, line) for line in lines]
    paged = _tables(text, lines, names, _has_pages)
    rest = [at for at, line in enumerate(lines) if line.start not in paged.starts]
    unpaged = _tables(text, [lines[at] for at in rest], [names[at] for at in rest], _is_said_elsewhere)
    longest = max(paged, unpaged, key=lambda tables: len(tables.titles))
    return Tables(frozenset(_with_beginnings(lines, names, paged.starts | unpaged.starts, longest)), longest.titles)


def _name(lookup: Numbering, line: Candidate) -> str:
    """Name the item of a line's first number: of several, the one that its title or its part speaks for."""
    headings = lookup.by_number[line.numbers[0]]
    return min(headings, key=lambda each: (not fits(each, line.words), each.name.partition(".")[0] != line.part)).name


def _with_beginnings(
    lines: Sequence[Candidate], names: Sequence[str], starts: frozenset[int], longest: Tables
) -> Iterator[int]:
    """The lines of the tables with those that lead on to the longest, which lists them not: each is said again behind
    it and stands close before."""
    inside, below = False, 0
    lacking = set(names) - set(longest.titles) if len(longest.titles) > _FEWEST else set()
    after: set[str] = set()
    for line, name in zip(reversed(lines), reversed(names), strict=True):
        inside = line.start in starts or (inside and below - line.start < _LEADS_ON and name in lacking & after)
        below = line.start
        if inside:
            yield line.start
        else:
            after.add(name)


def _tables(text: str, lines: Sequence[Candidate], names: Sequence[str], is_table: "_Test") -> Tables:
    said = _Said(text, lines, names)
    starts, listed = set[int](), set[str]()
    longest: dict[str, str] = {}
    for run in _runs(text, lines, said.names, listed):
        begin, end = _without_heading(lines, run, said)
        if not is_table(lines, (begin, end), said):
            continue
        starts.update(line.start for line in lines[begin:end])
        listed.update(said.names[begin:end])
        if end - begin > len(longest):
            longest = {name: line.title for name, line in zip(said.names[begin:end], lines[begin:end], strict=True)}
    return Tables(frozenset(starts), longest)


def _runs(
    text: str, lines: Sequence[Candidate], names: Sequence[str], listed: Container[str]
) -> Iterator[tuple[int, int]]:
    """The runs as pairs of indexes, the second past the last; `listed` grows as runs are found to be tables.

    A running head, which says that it goes on, and a reference are in no table: with a heading they look like one.
    """
    begin, seen = 0, set[str]()
    for at, (name, line) in enumerate(zip(names, lines, strict=True)):
        again = name in seen or (name in listed and not line.has_page_number)
        is_none = line.is_continued or (runs_on(line.title) and not line.has_page_number)
        if at > begin and (again or is_none or not _adjoin(text, lines[at - 1], line)):
            yield begin, at
            begin, seen = at, set()
        begin += is_none
        seen.add(name)
    if lines:
        yield begin, len(lines)


def _adjoin(text: str, one: Candidate, other: Candidate) -> bool:
    """Whether there is nothing between two lines but lines such as a table has."""
    distance = other.start - one.start
    if distance < _NEAR:
        return True
    if distance > _FAR:
        return False
    if not _PAGED_LINE.search(text, max(one.start, other.start - _LAST), other.start):
        return text.count("\n", one.start, other.start) <= _FEWEST and distance < _LONG_LINE
    between = [line for line in text[one.start : other.start].split("\n")[1:] if line and not line.isspace()]
    if max(map(len, between), default=0) > _LONG_LINE:
        return False
    return len(between) < _FEWEST or sum(map(ends_in_page, between)) >= _PAGED * len(between)


class _Said:
    """Measure how much text stands under each line, and under which the item of each has most."""

    def __init__(self, text: str, lines: Sequence[Candidate], names: Sequence[str]) -> None:
        starts = [*(line.start for line in lines), len(text)]
        self.follows = [after - start for start, after in pairwise(starts)]
        self.names = names
        self._fullest: dict[str, int] = {}
        for at, name in enumerate(names):
            if self.follows[at] > self.follows[self._fullest.setdefault(name, at)]:
                self._fullest[name] = at

    def elsewhere(self, at: int, run: tuple[int, int]) -> int:
        """Measure the text under the line outside the run that says the same item; 0 where none has as much."""
        fullest = self._fullest[self.names[at]]
        return 0 if run[0] <= fullest < run[1] else self.follows[fullest]


_Test = Callable[[Sequence[Candidate], tuple[int, int], _Said], bool]


def _without_heading(lines: Sequence[Candidate], run: tuple[int, int], said: _Said) -> tuple[int, int]:
    """The run without its last line where that is followed by much text, and is said nowhere else."""
    begin, end = run
    last = lines[end - 1]
    if end - begin < 2 or said.follows[end - 1] <= _MUCH or last.has_page_number or said.elsewhere(end - 1, run):
        return run
    adjoins = last.start - lines[end - 2].start < _NEAR and _has_pages(lines, run, said)
    return run if adjoins else (begin, end - 1)


def _has_pages(lines: Sequence[Candidate], run: tuple[int, int], _said: _Said) -> bool:
    """Whether more than half of its lines end in page numbers."""
    length = run[1] - run[0]
    return length >= _FEWEST and sum(line.has_page_number for line in lines[slice(*run)]) > length / 2


def _is_said_elsewhere(_lines: Sequence[Candidate], run: tuple[int, int], said: _Said) -> bool:
    """Whether most of its items are said elsewhere too, all of a few, with far more text under them."""
    begin, end = run
    here = sum(said.follows[begin:end])
    there = [said.elsewhere(at, run) for at in range(begin, end)]
    share = sum(map(bool, there)) / max(1, len(there))
    return share > (0.6 if len(there) > _FEWEST else 0.99) and len(there) > 1 and sum(there) > 2 * here
