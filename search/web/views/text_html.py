"""A document's text as HTML, in pieces: lines as paragraphs, lines with tabs as rows of tables, marks where they stand.

Every line says where it begins in the text (`data-o`), so that a selection in the browser is a pair of offsets.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from search.web.views.marks import MarkedPiece, MarkedSpan

PIECE = 12_000
"""Characters of a piece, about; the browser lays out those that are in sight."""
_LOOKED_AT = 200_000
_ALIGNED = 0.04
_FIT = 3
"""Cells of a row that a small screen has room for."""


class Line(NamedTuple):
    """A line of a text, without its line break."""

    start: int
    end: int
    cells: int
    """One more than it has tabs."""


def is_typeset(text: str) -> bool:
    """Tell whether the columns of a text are aligned by spaces, as in filings before HTML.

    >>> is_typeset("Net income      1.20      .54\\n  to average     7.93      .07"), is_typeset("Net income\\t1.20")
    (True, False)
    """
    lines = [line for line in text[:_LOOKED_AT].splitlines() if line.strip()]
    aligned = sum("   " in line.strip() for line in lines)
    return aligned > _ALIGNED * len(lines)


def lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text."""
    start = 0
    while start < len(text):
        found = text.find("\n", start)
        end = len(text) if found < 0 else found
        yield Line(start, end, text.count("\t", start, end) + 1)
        start = end + 1


def text_html(text: str, pieces: Iterable[MarkedPiece], anchors: Collection[int] = ()) -> Iterator[Markup]:
    """Yield the text as HTML, piece by piece; `anchors` are offsets whose line is to have an address, `#s120`."""
    written = _Writer(text, pieces, frozenset(anchors))
    block: list[str] = []
    size, wide, aligned = 0, False, is_typeset(text)
    for run in _runs(lines(text), aligned=aligned):
        block.append(written.run(run))
        size += run[-1].end - run[0].start
        wide = wide or aligned or run[0].cells > _FIT
        if size >= PIECE:
            yield _piece(block, wide=wide)
            block, size, wide = [], 0, False
    if block:
        yield _piece(block, wide=wide)


def _piece(block: Sequence[str], *, wide: bool) -> Markup:
    """Join what a piece holds; one that may be wider than the screen can be scrolled by the keyboard, too."""
    scrolls = Markup(' tabindex="0" role="group" aria-label="Text in columns"' if wide else "")
    return Markup('<div class="piece"{}>{}</div>\n').format(scrolls, Markup("").join(map(Markup, block)))


def _runs(of: Iterable[Line], *, aligned: bool) -> Iterator[list[Line]]:
    """Group lines that follow one another and have tabs, up to a hundred; every other line is by itself."""
    run: list[Line] = []
    for line in of:
        if run and (line.cells == 1 or aligned or len(run) == 100):
            yield run
            run = []
        if line.cells > 1 and not aligned:
            run.append(line)
        else:
            yield [line]
    if run:
        yield run


class _Writer:
    """Writes lines in the order of the text, with the marks that stand in them."""

    def __init__(self, text: str, pieces: Iterable[MarkedPiece], anchors: frozenset[int]) -> None:
        self._text, self._anchors = text, anchors
        self._coming = iter(pieces)
        self._next = next(self._coming, None)

    def run(self, run: Sequence[Line]) -> str:
        if run[0].cells == 1 or len(run) == 1:
            return "".join(map(self._line, run))
        widest = max(line.cells for line in run)
        rows = []
        seen = False
        for line in run:
            seen = seen or line.cells == widest
            rows.append(self._row(line, before=0 if seen else widest - line.cells))
        return f'<table role="presentation">{"".join(rows)}</table>'

    def _line(self, line: Line) -> str:
        return f"<p{self._place(line)}>{self._between(line.start, line.end) or '<br>'}</p>"

    def _row(self, line: Line, *, before: int) -> str:
        """Write a row; of headings, which have no cell over the labels, the empty cells come first."""
        cells, at = [], line.start
        for cell in self._text[line.start : line.end].split("\t"):
            cells.append(f"<td>{self._between(at, at + len(cell))}</td>")
            at += len(cell) + 1
        empty = '<td class="shift"></td>' * before
        return f"<tr{self._place(line)}>{empty}{''.join(cells)}</tr>"

    def _place(self, line: Line) -> str:
        anchor = f' id="s{line.start}"' if line.start in self._anchors else ""
        return f' data-o="{line.start}"{anchor}'

    def _between(self, start: int, end: int) -> str:
        """Write the text from one place to another, which no piece before it reached."""
        written, at = [], start
        while (piece := self._next) and piece.start < end:
            low, high = max(piece.start, at), min(piece.end, end)
            if low < high:
                written += [_escaped(self._text[at:low]), _mark(piece, low, self._text[low:high])]
                at = high
            if piece.end > end:
                break
            self._next = next(self._coming, None)
        written.append(_escaped(self._text[at:end]))
        return "".join(written)


def _escaped(text: str) -> str:
    return str(escape(text))


def _mark(piece: MarkedPiece, at: int, text: str) -> str:
    """Write marked text; where marks begin, they have their numbers for addresses."""
    kinds = " ".join(dict.fromkeys(each.kind for each in piece.marks))
    numbers = " ".join(str(each.number) for each in piece.marks)
    beginning = [each for each in piece.marks if each.start == at]
    more = "".join(f'<i id="{_id(each)}"></i>' for each in beginning[1:])
    first = f' id="{_id(beginning[0])}"' if beginning else ""
    return f'{more}<mark class="{kinds}" data-m="{numbers}"{first}>{_escaped(text)}</mark>'


def _id(mark: MarkedSpan) -> str:
    return "at" if mark.kind == "cited" else f"m{mark.number}"
