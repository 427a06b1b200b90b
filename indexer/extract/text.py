"""Plain-text documents: EDGAR's own markers taken out, the layout kept, broken words mended.

The markers are those of the EDGAR Filer Manual for ASCII documents: `<PAGE>` starts a page, `<TABLE>`,
`<CAPTION>`, `<S>` and `<C>` lay out a table, `<FN>` its footnotes, `<F1>` refers to one. A bare `<` is less-than.
A financial data schedule (EX-27) is a table whose labels are tags; they become words. The rules for lines serve
other preformatted text too: `<PRE>` in HTML and the pages of a PDF.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

_PAGE = re.compile("<[Pp][Aa][Gg][Ee]>")
_MARKERS = "TABLE|CAPTION|S|C|FN|PAPER|TEXT|R"
_MARKER_LINE = re.compile(rf"\n[ \t]*</?(?:{_MARKERS})>(?:[ \t]*</?(?:{_MARKERS})>){{0,99}}[ \t]*(?=\n|\Z)", re.I)
"""With the line end before it, which is found ten times as fast as the beginning of a line."""
_MARKER = re.compile(rf"</?(?:{_MARKERS})>", re.I)
_FOOTNOTE = re.compile(r"<F(\d{1,2})>", re.I)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_SCHEDULE_TAG = re.compile(
    r"^[ \t]*<(?!/?(?:S|C|PAGE|TABLE|CAPTION|FN|F\d+)>)(/?)([A-Z][^<>\s]*)>[ \t]*(?=(.?))", re.I | re.M
)
_SCHEDULE = re.compile(r"\n[ \t]*<(?:ARTICLE|MULTIPLIER|PERIOD-TYPE|FISCAL-YEAR-END|TOTAL-ASSETS)>", re.I)
_SNIFFED = 1 << 13
_SCHEDULE_CAPITALS = frozenset({"CIK", "DAC", "EPS", "FIFO", "IPO", "LIFO", "NAV", "PP&E"})
_DASH_ESCAPE, _DASH = "\n- -", "\n-"
"""Privacy-enhanced mail put it before lines that begin with a dash (1993 to 2000)."""
_DENSE_LEADER = re.compile(r"\.{5,}")
_LOOSE_LEADER = re.compile(r"\. (?:\. ){3,500}\.?")
_BLANK_LINES = re.compile("\n\n\n+")
_SPACE_RUN = re.compile("  +")
_SPLIT_FIGURE = re.compile(r"\t(?:(?=[)%])|(?<=[$€£¥(]\t)(?=[-\d(.–—]))")
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_SIGNS = {"tm": "™", "sm": "℠"}
_BROKEN = re.compile(r"-\n[ ]*([a-z]+)(?![a-z-])([^\s\w]*)(?:([ ]*(?:\n|\Z))|[ ]*)")
_HEAD = re.compile(r"(?<![A-Za-z])[A-Za-z]+\Z")
_MENDED = 8 << 20
"""Characters of a document beyond which broken words are left: no document that is hyphenated is as long."""
_LINE = 200
"""Characters of a line that are looked at: lines of plain-text documents have at most 132."""
_LONGEST = 40
_ASKED = 20
"""Words that are looked for in a text before all its words are collected."""
_INDENT = re.compile("[ ]*")
_LETTERS = bytes(ord(c.lower()) if c.isalpha() or c == "-" else 32 for c in map(chr, range(128))).ljust(256)
_PREFIXES = frozenset({"anti", "cross", "ex", "mid", "multi", "non", "post", "pre", "self", "semi", "well"})
_NUMBERS = frozenset({
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety",
})  # fmt: skip
_TAILS = frozenset({
    "adjusted", "backed", "based", "bearing", "declining", "dimensional", "driven", "efficient", "existing",
    "financed", "fourth", "fourths", "free", "funded", "generated", "half", "insured", "known", "managed", "month",
    "months", "offs", "oriented", "owned", "producing", "quarter", "quarters", "rated", "referenced", "related",
    "resistant", "secured", "sharing", "sized", "specific", "sponsored", "term", "third", "thirds", "weighted",
    "wide", "year", "years",
})  # fmt: skip
"""Parts of compounds: where the document does not tell, a hyphen beside one of these is the word's own."""
_NO_HEADS = frozenset({"be", "cor", "de", "in", "inter", "mis", "out", "over", "re", "un", "under"})


class PlainText(NamedTuple):
    """The text, and the offset of each page's first character where the document marks its pages."""

    text: str
    pages: tuple[int, ...] = ()


def plain_text(source: str) -> PlainText:
    """The document as it is printed, page by page.

    >>> plain_text("one <F1>\\n<PAGE>\\n<TABLE>\\n<S>   <C>\\na < b   2\\n</TABLE>")
    PlainText(text='one (1)\\n\\na < b   2', pages=(0, 9))
    """
    if _SCHEDULE.search(f"\n{source[:_SNIFFED]}"):
        source = _SCHEDULE_TAG.sub(_label, source)
    return paged(map(_without_markers, _PAGE.split(source.replace("\f", "<PAGE>"))))


def paged(pages: Iterable[str]) -> PlainText:
    """Pages as one text, a blank line between them; empty pages are left out."""
    texts = mend([tidy(page) for page in pages])
    offsets, kept, end = [], [], 0
    for text in filter(None, texts):
        offsets.append(end)
        kept.append(text)
        end += len(text) + 2
    return PlainText("\n\n".join(kept), tuple(offsets) if len(offsets) > 1 else ())


def tidy(text: str) -> str:
    """Trailing space off, tabs to columns of eight, dot leaders to blanks, at most one blank line in a row.

    >>> tidy("  Sales ......... 12  \\n\\n\\n\\n  Costs\\t3\\n")
    '  Sales           12\\n\\n  Costs 3'
    """
    if "\t" in text:
        text = text.expandtabs(8) if text.count("\t") < len(text) / 4 else text.replace("\t", " ")
    text = text.replace("\xa0", " ").replace("\f", "\n")
    text = _without_leaders(text, lambda dots: " " * len(dots.group()))
    if not text.isascii() or " \n" in text or text.endswith(" "):
        text = "\n".join(map(str.rstrip, text.split("\n")))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def tidy_rows(text: str) -> str:
    """Lines whose cells are a tab apart: runs of spaces to one, leaders to a tab, a figure and its signs one cell.

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
    if "....." in text:
        text = _DENSE_LEADER.sub(instead, text)
    if ". . . ." in text:
        text = _LOOSE_LEADER.sub(instead, text)
    return text


def mend(pages: Sequence[str]) -> list[str]:
    """Words broken at line ends made whole, the rest of the word drawn up to the line it began on.

    Whether the hyphen was the word's own, the document itself tells: by the word elsewhere in one piece or with its
    hyphen, or by its parts being words. Lines set in columns are left alone.

    >>> mend(["an acqui-\\nsition of long-\\nterm debt; a term as long as any\\n"])
    ['an acquisition\\nof long-term\\ndebt; a term as long as any\\n']
    """
    broken = [page for page in pages if _BROKEN.search(page)]
    if not broken or sum(map(len, pages)) > _MENDED:
        return list(pages)
    known = _Words("".join(part for page in pages for part in _unbroken(page)))
    return [_BROKEN.sub(lambda found: _mended(found, known), page) for page in pages]


class _Words:
    """The words of a text in lower case, those with hyphens whole, in their parts, and in pairs of parts.

    The first questions are answered by looking through the text: most documents have few broken words, and collecting
    all words takes as long as looking for twenty.
    """

    def __init__(self, text: str) -> None:
        letters = text.encode("ascii", "replace").translate(_LETTERS).decode("ascii")
        self._letters = f" {letters} "
        self._parts = self._letters.replace("-", " ")
        self._asked = 0

    def __contains__(self, word: str) -> bool:
        self._asked += 1
        if self._asked > _ASKED:
            return word in self._all
        if "-" not in word:
            return f" {word} " in self._parts
        at = self._letters.find(word)
        while at >= 0 and (self._letters[at - 1].isalpha() or self._letters[at + len(word)].isalpha()):
            at = self._letters.find(word, at + 1)
        return at >= 0

    @cached_property
    def _all(self) -> set[str]:
        known = set(self._letters.split())
        for word in [word for word in known if "-" in word]:
            parts = word.split("-")
            known.update(parts, map("-".join, pairwise(parts)))
        return known


def _head(broken: re.Match[str]) -> str:
    """The part of a broken word on the line it begins on; empty where the hyphen follows no word."""
    head = _HEAD.search(broken.string[max(0, broken.start() - _LONGEST) : broken.start()])
    return head.group() if head else ""


def _unbroken(page: str) -> Iterator[str]:
    """The page without its broken words, whose parts are not words."""
    at = 0
    for broken in _BROKEN.finditer(page):
        yield page[at : broken.start() - len(_head(broken))]
        at = broken.end(1)
    yield page[at:]


def _mended(broken: re.Match[str], known: _Words) -> str:
    """What takes the place of the hyphen, the line end and the rest of the word."""
    second, after, last = broken.groups()
    text, head = broken.string, _head(broken)
    start = broken.start() - len(head)
    if not head or _in_columns(text, start, broken.end()):
        return broken.group()
    compound = text[start - 1 : start] == "-"
    rest = ("-" if compound or _hyphenated(head.lower(), second, known) else "") + second + after
    if last is not None:
        return rest + last
    indent = _INDENT.match(text, broken.start() + 2)
    return f"{rest}\n{indent.group() if indent else ''}"


def _hyphenated(first: str, second: str, known: _Words) -> bool:
    """Whether the word is written with its hyphen, by what else the document holds."""
    if first + second in known:
        return False
    if f"{first}-{second}" in known or first in _PREFIXES | _NUMBERS:
        return True
    if first.endswith("ly") and second.endswith("ed"):
        return True
    if second in _TAILS:
        return first not in _NO_HEADS
    return first in known and second in known


def _in_columns(text: str, start: int, end: int) -> bool:
    """Whether the lines around a break are set in columns, so that the next line does not continue the word."""
    line = text[max(0, start - _LINE, text.rfind("\n", max(0, start - _LINE), start) + 1) : end]
    rest = text[end : end + _LINE].partition("\n")[0]
    return any("   " in part.strip() for part in (*line.split("\n"), rest))


def _without_markers(page: str) -> str:
    page = f"\n{page}".replace(_DASH_ESCAPE, _DASH)
    if "<" in page:
        page = _MARKER.sub("", _MARKER_LINE.sub("", page))
        page = _FOOTNOTE.sub(r"(\1)", page)
    if "&" in page:
        page = _REFERENCE.sub(lambda reference: html.unescape(reference.group()), page)
    return page[1:]


def _label(match: re.Match[str]) -> str:
    """`<TOTAL-REVENUES>  1,234` as `Total revenues: 1,234`."""
    closing, tag, value = match.groups()
    if closing:
        return ""
    words = [word if word.upper() in _SCHEDULE_CAPITALS else word.lower() for word in tag.split("-")]
    label = " ".join(words)
    return f"{label[:1].upper()}{label[1:]}{': ' if value else ''}"


def raised(content: str, before: str, after: str) -> str:
    """A superscript as a reader sees it, given the characters that touch it: a mark or trademark ends the word.

    `20th` and a raised letter within a word stay one word; `Revenue¹` and `Zentrol™` are the words alone.

    >>> raised("1", "e", ""), raised("TM", "l", ""), raised("th", "0", " "), raised("a", "d", "")
    ('¹', '™', 'th', ' a')
    """
    if before.isalnum() and content.lower() in _RAISED_SIGNS:
        return _RAISED_SIGNS[content.lower()]
    if content[0].isdecimal() and (before.isalnum() or after.isalnum()):
        return content.translate(_RAISED_DIGITS)
    if len(content) == 1 and content.isalpha() and before.isalnum() and not after.isalnum():
        return f" {content}"
    return content
