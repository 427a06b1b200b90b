"""What is marked in a text: hits, words found in it now, a watchlist's, a cited passage, numbered in order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from search.lookups.term_hits import TermHits
from search.query.spans import TextSpan

KINDS = ("hit", "find", "watch", "cited")
"""Of what was searched, of what is looked for in this document, of the watchlist, of the address.

The first two are gone through one after another."""


class MarkedSpan(NamedTuple):
    """A stretch of the text that is marked."""

    start: int
    end: int
    kind: str
    term: int
    """Which of the terms of all kinds, from 0."""
    number: int = -1
    """Its place among all marks."""


class MarkedPiece(NamedTuple):
    """A stretch that the same marks cover from its beginning to its end."""

    start: int
    end: int
    marks: tuple[MarkedSpan, ...]


class MarkedTerm(NamedTuple):
    """What was asked of the text, and where it stands."""

    title: str
    kind: str
    numbers: tuple[int, ...]
    """Of its marks, ascending."""


class TextMarks(NamedTuple):
    """All marks of a text in the order in which they begin, and what they are of."""

    spans: tuple[MarkedSpan, ...]
    terms: tuple[MarkedTerm, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """List the numbers of those that are gone through one after another."""
        return tuple(each.number for each in self.spans if each.kind in KINDS[:2])


def marks(found: Mapping[str, Sequence[TermHits]], cited: TextSpan | None = None) -> TextMarks:
    """Number what was found, of each kind (`KINDS`), and a passage that is cited, by where it begins."""
    named = [(kind, each) for kind in KINDS for each in found.get(kind, ())]
    spans = [(start, end, kind, at) for at, (kind, each) in enumerate(named) for start, end in each.spans]
    spans += [(*cited, "cited", -1)] if cited else []
    ordered = tuple(MarkedSpan(*each, number) for number, each in enumerate(sorted(spans)))
    numbers: dict[int, list[int]] = {}
    for each in ordered:
        numbers.setdefault(each.term, []).append(each.number)
    terms = (MarkedTerm(each.title, kind, tuple(numbers.get(at, ()))) for at, (kind, each) in enumerate(named))
    return TextMarks(ordered, tuple(terms))


def runs(numbers: Iterable[int]) -> str:
    """Write ascending numbers, those that follow one another as the first and the last.

    >>> runs([0, 1, 2, 5, 7, 8])
    '0-2 5 7-8'
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1][1:] = [number]
        else:
            found.append([number])
    return " ".join("-".join(map(str, each)) for each in found)


def apart(spans: Iterable[MarkedSpan]) -> Iterator[MarkedPiece]:
    """Cut marks where others begin or end within them, so that no two pieces overlap; spans come as they begin.

    >>> [piece[:2] for piece in apart([MarkedSpan(0, 9, "hit", 0), MarkedSpan(4, 6, "hit", 1)])]
    [(0, 4), (4, 6), (6, 9)]
    """
    covering: list[MarkedSpan] = []
    at = 0
    for span in spans:
        yield from _until(span.start, covering, at)
        covering = [each for each in covering if each.end > span.start]
        covering.append(span)
        at = span.start
    yield from _until(max((each.end for each in covering), default=0), covering, at)


def _until(end: int, covering: Sequence[MarkedSpan], at: int) -> Iterator[MarkedPiece]:
    """Yield the pieces from one place to another that these spans cover."""
    for cut in sorted({each.end for each in covering if at < each.end < end} | {end}):
        over = tuple(each for each in covering if each.end > at)
        if over and cut > at:
            yield MarkedPiece(at, cut, over)
        at = cut
