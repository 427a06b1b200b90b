"""HTML to text: what a person would copy from the page, with words neither split nor glued.

libxml2's event parser reads; inline markup adds nothing, block markup starts a line, table cells are a tab apart
and a table row is one line. BeautifulSoup reads what libxml2 refuses or cuts short. Both feed one target, so the
rules are the same. Scripts, styles, titles and the hidden part of inline XBRL are not on the page and stay out.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from indexer.extract.encoding import cp1252_for_c1
from indexer.extract.text import paged

# Marks in the running text for what the markup says. None is whitespace to str.split(), and decoding leaves no
# control characters, so none can come from a document (references such as `&#1;` are neutralised).
_BREAK, _CELL, _ROW, _PRE, _PRE_END, _SUP, _HIDE, _HIDE_END = "\x01\x02\x03\x04\x05\x06\x07\x0e"
_END = "\ufdd0end\ufdd0"
"""Fed after the document; a reader that does not hand it back at the very end did not get there."""
_CHUNK = 1 << 18
"""Characters fed at a time, so that the parser never holds the document twice."""
SOUP_LIMIT = 32 << 20
"""Characters BeautifulSoup is given at most: it needs some 60 bytes for each."""

_BLOCKS = """address article aside blockquote body br center dd dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html legend li listing main menu nav ol optgroup option p page section summary ul xmp"""
_ROWS = "caption colgroup table tbody tfoot thead tr"
_HIDDEN = "ix:header ix:hidden script style template title"
_UNCLOSED = (("<!--", "-->"), *((f"<{tag}", f"</{tag}") for tag in ("script", "style", "title", "textarea", "xmp")))

_STARTS = dict.fromkeys(_BLOCKS.split(), _BREAK) | dict.fromkeys(_ROWS.split(), _ROW)
_STARTS |= {"td": _CELL, "th": _CELL, "pre": _PRE, "sup": _SUP}
_ENDS = _STARTS | {"pre": _PRE_END} | dict.fromkeys(_HIDDEN.split(), _HIDE_END)
_STARTS |= dict.fromkeys(_HIDDEN.split(), _HIDE)
for _table in (_STARTS, _ENDS):
    del _table["html"]

_MARK_REFERENCE = re.compile(
    "&#(?:0*(?:[1-8]|1[1-9]|2[0-9]|3[01])(?![0-9])|[xX]0*(?:[1-8]|[bBeEfF]|1[0-9a-fA-F])(?![0-9a-fA-F]));?"
)
_INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u2060\ufeff\ufdd0"))
_INVISIBLE_CHARACTER = re.compile("[\xad\u200b\u2060\ufeff\ufdd0]")
_BROKEN_CELL = re.compile(
    f"{_CELL}[^{_BREAK}{_CELL}{_ROW}]{{1,80}}{_BREAK}[^{_CELL}{_ROW}]{{1,80}}(?=[{_CELL}{_ROW}])"
    f"|{_ROW}[^{_BREAK}{_CELL}{_ROW}]{{1,80}}{_BREAK}[^{_CELL}{_ROW}]{{1,80}}(?={_CELL})"
)
_SPLIT_FIGURE = re.compile(f"{_CELL}(?:(?=[)%])|(?<=[$€£¥(]{_CELL})(?=[-\\d(.–—]))")
_LEADER = re.compile(r"[ .]*(?:\.[ ]?){6,}")
_RAISED = re.compile(f"(\\w?){_SUP} ?([^{_SUP}{_BREAK}{_CELL}{_ROW}]{{1,8}}?) ?{_SUP}(\\w?)")
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_SIGNS = {"tm": "™", "sm": "℠"}


class HtmlText(NamedTuple):
    """The text of an HTML document, and how far the reader got."""

    text: str
    damage: str = ""
    """What was wrong with the markup, where something was; empty for a document read whole."""
    whole: bool = True
    """Whether the reader reached the end of the document."""


Reader = Callable[[str], str]


def html_text(source: str) -> HtmlText:
    """Read by libxml2; where that does not reach the end, with unclosed parts opened up, then by BeautifulSoup.

    >>> html_text("<P>Ex<FONT COLOR=red>hibit</FONT> 10.1<TABLE><TR><TD>Cash<TD>$<TD>12</TABLE>").text
    'Exhibit 10.1\\nCash\\t$12'
    """
    if "&#" in source:
        source = _MARK_REFERENCE.sub(" ", source)
    marked = _read(source, _libxml2)
    if marked is not None:
        return HtmlText(_layout(marked))
    opened = _open_unclosed(source)
    if opened != source and (marked := _read(opened, _libxml2)) is not None:
        return HtmlText(_layout(marked), "a comment, script, style or title is never closed; read as text")
    return _second_reading(source, opened)


def _second_reading(source: str, opened: str) -> HtmlText:
    """BeautifulSoup's reading, or what libxml2 could read, whichever got further."""
    partial = _layout(_libxml2(source)).removesuffix(_END)
    if len(opened) > SOUP_LIMIT:
        return HtmlText(partial, "the markup cannot be parsed to its end", whole=False)
    marked = _read(opened, _beautifulsoup)
    if marked is None or len(text := _layout(marked)) < len(partial):
        return HtmlText(partial, "the markup cannot be parsed to its end", whole=False)
    return HtmlText(text, "the markup is damaged; read by the tolerant parser")


def _read(source: str, reader: Reader) -> str | None:
    """The marked text of the document, or None where the reader did not reach its end."""
    marked, reached, rest = _without_hidden(reader(source)).rpartition(_END)
    if not reached or rest.strip(_BREAK + _CELL + _ROW + _PRE_END + _SUP) or marked.endswith("<p>"):
        return None
    return marked


class _Target:
    """Collects text and marks; the parser calls `start`, `end` and `data`."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.data = self.pieces.append

    def start(self, tag: str, _attributes: object) -> None:
        mark = _STARTS.get(tag)
        if mark is not None:
            self.data(mark)

    def end(self, tag: str) -> None:
        mark = _ENDS.get(tag)
        if mark is not None:
            self.data(mark)

    def close(self) -> str:
        return "".join(self.pieces)


def _libxml2(source: str) -> str:
    from lxml import etree  # noqa: PLC0415  (a build of plain-text submissions starts without it)

    target = _Target()
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)  # type: ignore[arg-type]
    try:
        for start in range(0, len(source), _CHUNK):
            parser.feed(source[start : start + _CHUNK].encode("utf-8", "replace"))
        parser.feed(f"<p>{_END}".encode())
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        pass  # the end was not reached, which _read sees
    return target.close()


def _beautifulsoup(source: str) -> str:
    from bs4 import BeautifulSoup  # noqa: PLC0415  (rarely needed, slow to import)
    from bs4.element import NavigableString, PreformattedString, Tag  # noqa: PLC0415

    target = _Target()
    pending: list[object] = [BeautifulSoup(f"{source}<p>{_END}", "html.parser")]
    while pending:
        match pending.pop():
            case str() as ended if type(ended) is str:
                target.end(ended)
            case Tag() as tag:
                target.start(tag.name, None)
                pending.append(str(tag.name))
                pending.extend(reversed(tag.contents))
            case NavigableString() as text if not isinstance(text, PreformattedString):
                target.data(str(text))
    return target.close()


def _open_unclosed(source: str) -> str:
    """The source with the last opener of each swallowing construct made harmless, where no closer follows."""
    lower = source.lower() if source.isascii() else source
    for opener, closer in _UNCLOSED:
        start = lower.rfind(opener)
        if start >= 0 and lower.find(closer, start) < 0:
            end = start + len(opener)
            source = source[:start] + " " * len(opener) + source[end:]
            lower = lower[:start] + " " * len(opener) + lower[end:]
    return source


def _without_hidden(marked: str) -> str:
    if _HIDE not in marked:
        return marked
    kept, depth = [], 0
    for piece in re.split(f"([{_HIDE}{_HIDE_END}])", marked):
        if piece == _HIDE:
            depth += 1
        elif piece == _HIDE_END:
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(piece)
    return "".join(kept)


def _layout(marked: str) -> str:
    """Marks to lines and tabs: flowing text reflowed, preformatted text as it stands."""
    if _INVISIBLE_CHARACTER.search(marked):
        marked = marked.translate(_INVISIBLE)
    marked = cp1252_for_c1(marked)
    if _PRE not in marked:
        return _flow(marked)
    flowing, *preformatted = marked.split(_PRE)
    parts = [_flow(flowing)]
    for piece in preformatted:
        inside, _, after = piece.partition(_PRE_END)
        parts += [_as_it_stands(inside), _flow(after.replace(_PRE_END, ""))]
    return "\n".join(filter(None, parts))


def _as_it_stands(marked: str) -> str:
    for mark, character in ((_BREAK, "\n"), (_ROW, "\n"), (_CELL, "\t"), (_SUP, "")):
        marked = marked.replace(mark, character)
    return paged([marked]).text


def _flow(marked: str) -> str:
    marked = " ".join(marked.split())
    if _SUP in marked:
        marked = _RAISED.sub(_raise, marked).replace(_SUP, "")
    for mark in (_BREAK, _CELL, _ROW):
        marked = marked.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    marked = _once(marked, _BREAK)
    if _CELL in marked or _ROW in marked:
        marked = _rows(f"{_ROW}{marked}{_ROW}")
    if "......" in marked or ". . . ." in marked:
        marked = _LEADER.sub(_CELL, marked)
    marked = marked.replace(_ROW, "\n").replace(_BREAK, "\n").replace(_CELL, "\t")
    return "\n".join(filter(None, map(str.strip, marked.split("\n"))))


def _rows(marked: str) -> str:
    """Marks in and around tables: a row one line, cells one tab apart, a figure and its signs one cell."""
    marked = _absorb(marked, _CELL, _BREAK)
    marked = _BROKEN_CELL.sub(lambda cell: cell.group().replace(_BREAK, " "), marked)
    marked = _absorb(_absorb(marked, _ROW, _CELL), _ROW, _BREAK)
    return _SPLIT_FIGURE.sub("", marked)


def _absorb(marked: str, strong: str, weak: str) -> str:
    """Every run of the two marks with a strong one in it as that one mark."""
    marked = _once(_once(marked, weak), strong)
    marked = marked.replace(weak + strong, strong).replace(strong + weak, strong)
    return _once(marked, strong)


def _once(marked: str, mark: str) -> str:
    while mark + mark in marked:
        marked = marked.replace(mark + mark, mark)
    return marked


def _raise(match: re.Match[str]) -> str:
    """A superscript as a reader sees it: a footnote mark or trademark ends the word before it.

    `20th` and a raised letter within a word stay one word; `Revenue¹` and `Humira™` are the words alone.
    """
    before, raised, after = match.groups()
    if not before:
        return raised + after
    if sign := _RAISED_SIGNS.get(raised.lower()):
        return before + sign + after
    if raised[0].isdecimal():
        return before + raised.translate(_RAISED_DIGITS) + after
    separator = " " if len(raised) == 1 and raised.isalpha() and not after else ""
    return before + separator + raised + after
