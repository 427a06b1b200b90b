"""Plain-text documents: EDGAR's own markers taken out, the layout kept.

The markers are those of the EDGAR Filer Manual for ASCII documents: `<PAGE>` starts a page, `<TABLE>`,
`<CAPTION>`, `<S>` and `<C>` lay out a table, `<FN>` its footnotes, `<F1>` refers to one. A bare `<` is less-than.
A financial data schedule (EX-27) is a table whose labels are tags; they become words.
"""

import html
import re
from typing import NamedTuple

from indexer.extract.lines import tidy_lines

_PAGE = re.compile(r"<PAGE>|\f", re.I)
_MARKER_LINE = re.compile(r"^[ \t]*(?:</?(?:TABLE|CAPTION|S|C|FN|PAPER|TEXT|R)>[ \t]*)+$\n?", re.I | re.M)
_MARKER = re.compile(r"</?(?:TABLE|CAPTION|S|C|FN|PAPER|TEXT|R)>", re.I)
_FOOTNOTE = re.compile(r"<F(\d{1,2})>", re.I)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_SCHEDULE_TAG = re.compile(r"^[ \t]*</?([A-Z][A-Z0-9&.,()/'_-]*)>[ \t]*(?=(.?))", re.I | re.M)
_SCHEDULE_CAPITALS = frozenset(["EPS", "PP&E", "CIK", "NAV", "IPO", "UPPS", "LIFO", "FIFO", "DAC"])


class PlainText(NamedTuple):
    """The text, and the offset of each page's first character where the document marks its pages."""

    text: str
    pages: tuple[int, ...] = ()


def plain_text(source: str, *, schedule: bool = False) -> PlainText:
    """`schedule` says that the document is a financial data schedule.

    >>> plain_text("one <F1>\\n<PAGE>\\n<TABLE>\\n<S>   <C>\\na < b   2\\n</TABLE>")
    PlainText(text='one (1)\\n\\na < b   2', pages=(0, 9))
    """
    if schedule:
        source = _SCHEDULE_TAG.sub(_label, source)
    pages = [text for page in _PAGE.split(source) if (text := _page(page))]
    offsets, at = [], 0
    for page in pages:
        offsets.append(at)
        at += len(page) + 2
    return PlainText("\n\n".join(pages), tuple(offsets) if len(offsets) > 1 else ())


def _page(source: str) -> str:
    if "<" in source:
        source = _MARKER.sub("", _MARKER_LINE.sub("", source))
        source = _FOOTNOTE.sub(r"(\1)", source)
    if "&" in source:
        source = _REFERENCE.sub(lambda reference: html.unescape(reference.group()), source)
    return tidy_lines(source)


def _label(match: re.Match[str]) -> str:
    """`<TOTAL-REVENUES>  1,234` as `Total revenues: 1,234`."""
    tag, value = match.groups()
    if tag.upper() in ("S", "C", "PAGE", "TABLE", "CAPTION", "FN"):
        return match.group()
    words = [word if word.upper() in _SCHEDULE_CAPITALS else word.lower() for word in tag.split("-")]
    label = " ".join(words)
    return f"{label[:1].upper()}{label[1:]}{': ' if value else ''}"
