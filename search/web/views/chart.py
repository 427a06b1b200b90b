"""Filings over time as bars to click: where each stands, in the units of an SVG drawing, and how it is written."""

from typing import NamedTuple

from markupsafe import Markup, escape

from indexer.printing import count
from search.results import FacetCount, Timeline
from search.web.search_state import SearchState

WIDTH, HEIGHT, FOOT = 960, 84, 18
"""Of the drawing; the foot, below its height, bears the years."""
_FEW_YEARS = 3
"""Years that are better shown by month."""
_WIDEST = 56
_LABEL = 44  # what a year needs


class Bar(NamedTuple):
    """A year or month."""

    period: str
    filings: int
    x: float
    """Of its place, which is as high as the drawing, so that a small one can be hit."""
    width: float
    height: float
    label: str
    """Below it; empty where there is no room."""
    address: str


class Chart(NamedTuple):
    """Bars in the order of time."""

    unit: str
    bars: tuple[Bar, ...]
    most: int
    undated: int

    @property
    def drawn(self) -> Markup:
        """Write the bars as SVG: a place of the drawing's height to click, the bar in it, and what stands below."""
        return Markup("\n".join(map(_drawn, self.bars)))


def unit_of(years: Timeline) -> str:
    """Tell what few years are better counted by.

    >>> unit_of(Timeline("year", (FacetCount("2017", 3), FacetCount("2018", 1))))
    'month'
    """
    return "month" if 0 < len(years.counts) <= _FEW_YEARS else "year"


def chart(timeline: Timeline, state: SearchState) -> Chart:
    """Place the bars of a timeline; each leads to the filings of its time."""
    counts = timeline.counts
    most = max((each.filings for each in counts), default=1)
    step = min(_WIDEST, WIDTH / max(1, len(counts)))
    every = max(1, -(-_LABEL // int(step or 1)))
    base = state.adding("filed", "").address()  # written once, not for each bar
    bars = (
        _bar(each, at, step=step, most=most, base=base)._replace(label=_label(each, at, every))
        for at, each in enumerate(counts)
    )
    return Chart(timeline.unit, tuple(bars), most, timeline.undated)


def _bar(each: FacetCount, at: int, *, step: float, most: int, base: str) -> Bar:
    height = max(2.0, (HEIGHT - 4) * each.filings / most) if each.filings else 0.0
    return Bar(each.value, each.filings, round(at * step, 2), round(step, 2), round(height, 2), "", base + each.value)


def _drawn(bar: Bar) -> str:
    told = f"{escape(bar.period)}: {count(bar.filings, 'filing')}"
    link = (
        f'<a href="{escape(bar.address)}" aria-label="{told}"><title>{told}</title>'
        f'<rect class="room" x="{bar.x}" y="0" width="{bar.width}" height="{HEIGHT + FOOT}"/>'
        f'<rect class="bar" x="{bar.x + 1}" y="{HEIGHT - bar.height}" width="{max(bar.width - 2, 1)}" '
        f'height="{bar.height}"/></a>'
    )
    label = f'<text x="{bar.x + 1}" y="{HEIGHT + FOOT - 3}" aria-hidden="true">{escape(bar.label)}</text>'
    return link * bool(bar.filings) + label * bool(bar.label)


def _label(each: FacetCount, at: int, every: int) -> str:
    """Label every so many years, or each January and the first month."""
    year, _, month = each.value.partition("-")
    if month:
        return year if at == 0 or month == "01" else ""
    return year if at % every == 0 else ""
