"""Which quotation marks of a query belong together: where its phrases begin and end.

Within straight marks curly ones are punctuation. A straight mark within a phrase opens another one where a blank or a
bracket stands before it and none behind; the phrase then goes on to the mark that closes both, which is the longest
reading. So a passage can be pasted between quotation marks whatever it quotes itself.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

_STRAIGHT = frozenset('"＂')
_OPENING = frozenset("“«〝")
MARKS = _STRAIGHT | _OPENING | frozenset("”»″〞„‟")
"""Every quotation mark."""
_BEFORE = frozenset(" ([{-=:/")
_BEHIND = frozenset(" )]}.,;:!?*^~") | MARKS


class Quoted(NamedTuple):
    """A phrase of a query."""

    end: int
    """The offset of the mark that closes it."""
    is_nested: bool = False
    """Whether it goes on behind the first mark that could have closed it."""
    is_balanced: bool = True
    """False where as many marks do not close as open."""


def quoted(text: str) -> Mapping[int, Quoted]:
    """Find the phrases of a query, by the offset of the mark that opens each; other marks are of no phrase.

    >>> quoted('"the “Act” and" "a "b" c"')
    {0: Quoted(end=14, is_nested=False, is_balanced=True), 16: Quoted(end=24, is_nested=True, is_balanced=True)}
    """
    marks = [] if MARKS.isdisjoint(text) else [_mark(text, at) for at, each in enumerate(text) if each in MARKS]
    first, last = len(text) - len(text.lstrip()), len(text.rstrip()) - 1
    found, after, unclosed = dict[int, Quoted](), 0, set[bool]()
    for number, mark in enumerate(marks):
        if mark.at < after or mark.is_straight in unclosed:
            continue
        if mark.is_straight and mark.closes and not mark.opens:
            if mark.at == last and next(iter(found), -1) == first:
                return {first: Quoted(last, is_nested=True, is_balanced=False)}
            continue
        phrase = _phrase(marks, number)
        if phrase is None:  # then no such mark behind it is closed either
            unclosed.add(mark.is_straight)
        else:
            found[mark.at], after = phrase, phrase.end + 1
    return found


class _Mark(NamedTuple):
    at: int
    is_straight: bool
    opens: bool
    """Whether it stands where a mark may open a phrase."""
    closes: bool


def _mark(text: str, at: int) -> _Mark:
    before, behind = text[at - 1 : at] if at else " ", text[at + 1 : at + 2] or " "
    before, behind = (" " if each.isspace() else each for each in (before, behind))
    if text[at] not in _STRAIGHT:
        return _Mark(at, is_straight=False, opens=text[at] in _OPENING, closes=text[at] not in _OPENING)
    return _Mark(
        at,
        is_straight=True,
        opens=(before in _BEFORE or before in MARKS) and behind not in _BEHIND,
        closes=before not in _BEFORE and behind in _BEHIND,
    )


def _phrase(marks: Sequence[_Mark], first: int) -> Quoted | None:
    """Find where the phrase ends that the mark of this number opens; None when no mark closes it."""
    depth, last, other = 1, None, None
    for number in range(first + 1, len(marks)):
        mark = marks[number]
        if mark.is_straight is not marks[first].is_straight:
            other = other or (mark if mark.closes else None)
            continue
        nests = mark.opens and not mark.closes and (mark.is_straight or marks[first].opens)
        depth += 1 if nests else -1
        last = last if nests else mark
        if depth == 0:
            return Quoted(mark.at, is_nested=_is_nested(marks, first, number))
    if last is not None:
        return Quoted(last.at, is_nested=True, is_balanced=False)
    return Quoted(other.at) if other else None


def _is_nested(marks: Sequence[_Mark], first: int, last: int) -> bool:
    return marks[first].is_straight and any(marks[number].is_straight for number in range(first + 1, last))
