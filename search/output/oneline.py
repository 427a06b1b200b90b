"""A line for each filing: date, form, company, accession number, and the best passage, cut to the terminal's width."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from indexer.printing import columns, one_line, unmarked
from search.output.printer import NewHits
from search.output.style import Style
from search.output.summary import exact_total, summary_lines
from search.output.text import Flat, TextPrinter, flat, lacking, marked
from search.results import Hit, Results

if TYPE_CHECKING:
    from indexer.filings import Header

_GAP = "  "
_DAY = 10
_FIRST = 100
"""Filings that decide how wide the columns are."""
_MOST = {"form": 12, "company": 40}
"""Columns of a form and of a company at most."""
_SHARE = 5
"""A company takes one part in so many of a terminal's width."""
_BEFORE = 24
"""Characters of a passage before its first match, where it has to be cut."""


class OneLinePrinter(TextPrinter):
    """Print a line for each filing."""

    def hits(self, results: Results, hits: Iterable[Hit], header: "Callable[[str], Header]") -> None:
        """Print a line for each hit, and the totals under them."""
        self._sink.lines(self._lines(results, hits))

    def _lines(self, results: Results, hits: Iterable[Hit]) -> Iterator[str]:
        style = self._sink.style
        if results.words:
            yield style.quiet(exact_total(results))
        shown = 0
        for hit, line in hit_lines(hits, style, words=results.words):
            yield line
            shown += not (hit.lacks or hit.in_header)
        yield from self._broken(summary_lines(results, style, shown=shown))

    def alerts(self, alerts: Iterable[NewHits]) -> None:
        """Print the new hits, a line each, under the name of each search."""
        style = self._sink.style
        self._sink.lines(chain.from_iterable(_alert_lines(alert, style) for alert in alerts))


def _alert_lines(alert: NewHits, style: Style) -> Iterator[str]:
    yield style.title(f"{alert.name}: {alert.results.filings:,} new")
    yield from (line for _, line in hit_lines(alert.hits, style))


def hit_lines(hits: Iterable[Hit], style: Style, *, words: tuple[str, ...] = ()) -> Iterator[tuple[Hit, str]]:
    """Write each hit on a line, as wide as the style's; the first hits say how wide the columns are."""
    rest = iter(hits)
    first = list(islice(rest, _FIRST))
    form = min(_MOST["form"], max((columns(one_line(hit.form)) for hit in first), default=0))
    has_passages = any(document.snippets for hit in first for document in hit.documents)
    share = style.width // _SHARE if style.width and has_passages else _MOST["company"]
    company = min(_MOST["company"], share, max((columns(_company(hit)) for hit in first), default=0))
    for hit in chain(first, rest):
        head = _head(hit, style, form=form, company=company)
        said = f"({lacking(hit, words)}) " if hit.lacks or hit.in_header else ""
        used = _DAY + form + company + len(hit.accession) + 4 * len(_GAP)
        yield hit, f"{head}{_GAP}{_passage(hit, style, said, used=used)}".rstrip()


def _head(hit: Hit, style: Style, *, form: int, company: int) -> str:
    cells = (
        f"{hit.filed or ''!s:<{_DAY}}",
        style.name(_fitted(one_line(hit.form), form, style)),
        style.title(_fitted(_company(hit), company, style)),
        style.link(one_line(hit.accession), hit.url),
    )
    return _GAP.join(cells)


def _company(hit: Hit) -> str:
    return one_line(hit.by_importance[0].name) if hit.parties else ""


def _fitted(text: str, width: int, style: Style) -> str:
    """Fill a text with spaces, or cut it, to so many columns."""
    if columns(text) > width:
        text = _cut(text, width - len(style.signs.more)).rstrip() + style.signs.more
    return text + " " * (width - columns(text))


def _cut(text: str, width: int) -> str:
    end = min(len(text), max(0, width))
    while end and columns(text[:end]) > width:
        end -= 1
    return text[:end]


def _passage(hit: Hit, style: Style, said: str, *, used: int) -> str:
    """Write the best passage, from a little before what matched, cut to what the terminal leaves of the line."""
    snippets = hit.documents[0].snippets if hit.documents else ()
    if not snippets:
        return said
    passage = flat(snippets[0])
    if not style.width:
        return said + marked(passage, style)
    marks = columns(unmarked(marked(passage, style))) - columns(passage.line)  # that are no colour
    room = max(0, style.width - used - len(said))
    return said + marked(_cut_to(passage, room - min(marks, room // 4), style), style)


def _cut_to(passage: Flat, room: int, style: Style) -> Flat:
    """Cut a passage to so many columns, with a sign where there is more."""
    if columns(passage.line) <= room:
        return passage
    start = _start(passage, min(_BEFORE, room // 4))
    line = _cut(passage.line[start:], room - len(style.signs.more))
    end = start + len(line)
    marks = tuple((a - start, min(b, end) - start) for a, b in passage.marks if start <= a < end)
    return Flat(line + style.signs.more, marks)


def _start(passage: Flat, before: int) -> int:
    """Find the beginning of a word, at most so many characters before the first match."""
    first = passage.marks[0][0] if passage.marks else 0
    space = passage.line.find(" ", max(0, first - before), first)
    return 0 if first <= before else space + 1 if space >= 0 else first
