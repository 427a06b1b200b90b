"""Plain-text documents: EDGAR's own markers taken out, the layout kept, broken words mended.

The markers are those of the EDGAR Filer Manual for ASCII documents: `<PAGE>` starts a page, `<TABLE>`,
`<CAPTION>`, `<S>` and `<C>` lay out a table, `<FN>` its footnotes, `<F1>` refers to one. A bare `<` is less-than.
A financial data schedule (EX-27) is a table whose labels are tags; they become words. The rules for lines serve
other preformatted text too: `<PRE>` in HTML and the pages of a PDF.
"""

import html
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from indexer.extract.mending import mend

_PAGE = re.compile("<[Pp][Aa][Gg][Ee]>")
_MARKERS = "TABLE|CAPTION|S|C|FN|PAPER|TEXT|R|PAGE"
_UNCLOSED = re.compile(r"</(?:TABLE|CAPTION|TEXT|PAGE)(?=[ \t]*(?:\n|\Z))", re.I)
"""Closing markers that lack their `>`."""
_MARKER_LINE = re.compile(rf"\n[ \t]*</?(?:{_MARKERS})>(?:[ \t]*</?(?:{_MARKERS})>){{0,99}}[ \t]*(?=\n|\Z)", re.I)
"""With the line end before it, which is found ten times as fast as the beginning of a line."""
_MARKER = re.compile(rf"</?(?:{_MARKERS})>", re.I)
_FOOTNOTE = re.compile(r"<F(\d{1,2})>", re.I)
_REFERENCE = re.compile(r"&(?:amp;(?=#?\w{2,8};))?(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
"""One that was escaped twice, `&amp;#167;`, is taken for the character it was meant to be."""
_SCHEDULE_TAG = re.compile(
    r"^[ \t]*<(?!/?(?:S|C|PAGE|TABLE|CAPTION|FN|F\d+)>)(/?)([A-Z][^<>\s]*)>[ \t]*(?=(.?))", re.I | re.M
)
_SCHEDULE = re.compile(r"\n[ \t]*<(?:ARTICLE|MULTIPLIER|PERIOD-TYPE|FISCAL-YEAR-END|TOTAL-ASSETS)>", re.I)
_SNIFFED = 1 << 13
_SCHEDULE_CAPITALS = frozenset({"CIK", "DAC", "EPS", "FIFO", "IPO", "LIFO", "NAV", "PP&E"})
_DASH_ESCAPE = re.compile("-(?<![^\n]-) (?=-)")
"""Privacy-enhanced mail put it before lines that begin with a dash (1993 to 2000)."""
_DOTS = re.compile(r"\.[ .]\.")
"""In every leader, and in few texts besides."""
_DENSE_LEADER = re.compile(r"\.\.{4,}")
"""Of five dots or more; what begins with one character, and not with a repetition, is looked for by that."""
_LOOSE_LEADER = re.compile(r"\. (?:\. ){3,500}\.?")
_TRAILING_SPACE = re.compile("\n(?<= \n)")
"""Found by line ends, of which there are fewer than spaces."""
_BLANK_LINES = re.compile("\n\n\n+")
_SPACE_RUN = re.compile("   *")
_SPLIT_FIGURE = re.compile(r"\t(?:(?=[)%])|(?<=[$€£¥(]\t)(?=[-\d(.–—]))")


class PlainText(NamedTuple):
    """The text, and the offset of each page's first character where the document marks its pages."""

    text: str
    pages: tuple[int, ...] = ()


def plain_text(source: str) -> PlainText:
    """Read the document as it is printed, page by page.

    >>> plain_text("one <F1>\\n<PAGE>\\n<TABLE>\\n<S>   <C>\\na < b   2\\n</TABLE>")
    PlainText(text='one (1)\\n\\na < b   2', pages=(0, 9))
    """
    if _SCHEDULE.search(f"\n{source[:_SNIFFED]}"):
        source = _SCHEDULE_TAG.sub(_label, source)
    return paged(map(_without_markers, _PAGE.split(source.replace("\f", "<PAGE>"))))


def paged(pages: Iterable[str]) -> PlainText:
    """Join pages as one text, a blank line between them; empty pages are left out."""
    texts = mend([tidy(page) for page in pages])
    offsets, kept, end = [], [], 0
    for text in filter(None, texts):
        offsets.append(end)
        kept.append(text)
        end += len(text) + 2
    return PlainText("\n\n".join(kept), tuple(offsets) if len(offsets) > 1 else ())


def tidy(text: str) -> str:
    """Trim lines: trailing space off, tabs to columns of eight, dot leaders to blanks, one blank line in a row at most.

    >>> tidy("  Sales ......... 12  \\n\\n\\n\\n  Costs\\t3\\n")
    '  Sales           12\\n\\n  Costs 3'
    """
    if "\t" in text:
        text = text.expandtabs(8) if text.count("\t") < len(text) / 4 else text.replace("\t", " ")
    text = text.replace("\xa0", " ").replace("\f", "\n")
    text = _without_leaders(text, lambda dots: " " * len(dots.group()))
    if not text.isascii() or text.endswith(" ") or _TRAILING_SPACE.search(text):
        text = "\n".join(map(str.rstrip, text.split("\n")))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def tidy_rows(text: str) -> str:
    """Trim lines whose cells are a tab apart: runs of spaces to one, leaders to a tab, a figure and its signs one cell.

    >>> tidy_rows("Sales ........ $\\t1,234\\t(5\\t)\\t6\\t%")
    'Sales\\t$1,234\\t(5)\\t6%'
    """
    if "  " in text:
        text = _SPACE_RUN.sub(" ", text)
    led = _without_leaders(text, lambda _: "\t")
    if led is not text:
        text = led.replace(" \t", "\t").replace("\t ", "\t")
    return _SPLIT_FIGURE.sub("", text)


def _without_leaders(text: str, instead: Callable[[re.Match[str]], str]) -> str:
    if _DOTS.search(text):
        text = _LOOSE_LEADER.sub(instead, _DENSE_LEADER.sub(instead, text))
    return text


def _without_markers(page: str) -> str:
    page = _DASH_ESCAPE.sub("", page)
    if "<" in page:
        page = _UNCLOSED.sub(r"\g<0>>", f"\n{page}")
        page = _MARKER_LINE.sub("", page)
        if "<" in page:  # as a rule all of them stood on lines of their own
            page = _FOOTNOTE.sub(r"(\1)", _MARKER.sub("", page))
        page = page[1:]
    if "&" in page:
        page = _REFERENCE.sub(lambda reference: html.unescape(html.unescape(reference.group())), page)
    return page


def _label(match: re.Match[str]) -> str:
    """`<TOTAL-REVENUES>  1,234` as `Total revenues: 1,234`."""
    closing, tag, value = match.groups()
    if closing:
        return ""
    words = [word if word.upper() in _SCHEDULE_CAPITALS else word.lower() for word in tag.split("-")]
    label = " ".join(words)
    return f"{label[:1].upper()}{label[1:]}{': ' if value else ''}"
