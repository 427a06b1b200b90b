"""The map of marks beside a text: stops to click, each as high as a finger needs, and a tick for each mark."""

from typing import NamedTuple

from search.web.views.marks import KINDS, TextMarks

STOPS = 24
"""Of the map, from the text's beginning to its end; each is 24 pixels high at least."""
_TICKS = 600
"""Of which a screen can show one beside another."""


class MapStop(NamedTuple):
    """A part of the text, and the marks in it that are gone through."""

    percent: int
    """How far into the text it begins."""
    numbers: tuple[int, ...]
    ticks: tuple[float, ...]
    """Where in it they stand, from 0 to 1, as far as a screen can tell them apart."""


def stops(marks: TextMarks, length: int) -> tuple[MapStop, ...]:
    """Divide a text of some length into stops, in order, each with its marks."""
    found: list[list[tuple[int, float]]] = [[] for _ in range(STOPS)]
    scale, last = STOPS / max(1, length), STOPS - 1
    for each in marks.spans:
        if each.kind in KINDS[:2]:
            at = each.start * scale
            found[int(at) if at < last else last].append((each.number, at % 1))
    return tuple(
        MapStop(100 * place // STOPS, tuple(number for number, _ in each), _apart([at for _, at in each]))
        for place, each in enumerate(found)
    )


def _apart(places: list[float]) -> tuple[float, ...]:
    fine = _TICKS // STOPS
    return tuple(round(tick / fine, 3) for tick in dict.fromkeys(int(at * fine) for at in places))
