"""HTML to text: what a person would copy from the page, with words neither split nor glued.

Inline markup adds nothing, block markup starts a line, table cells are a tab apart and a table row is one line.
Scripts, styles, titles and the hidden part of inline XBRL are not on the page and stay out. There are three readers,
which give the same marks for the same tags: the text is split at its tags where every one of them is plain to see
(nearly all filings, twice as fast as a parser); libxml2's event parser reads the rest; BeautifulSoup reads what
libxml2 refuses or cuts short.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from indexer.extract.text import paged, raised, tidy_rows

# Marks in the running text for what the markup says. None is whitespace to str.split(), and decoding leaves no
# control characters, so none can come from a document (references such as `&#1;` are neutralised).
_BREAK, _CELL, _ROW, _PRE, _PRE_END, _SUP, _HIDE, _HIDE_END = "\x01\x02\x03\x04\x05\x06\x07\x0e"
_END = "\ufdd0end\ufdd0"
"""Fed after the document; a reader that does not hand it back at the very end did not get there."""
_CHUNK = 1 << 18
"""Characters fed at a time, so that the parser never holds the document twice."""
_BLOCK = 1 << 22
"""Characters that are split at once, so that memory does not grow with the number of tags."""
SOUP_LIMIT = 4 << 20
"""Characters BeautifulSoup is given at most: it takes about a second and 60 MB for a million."""

_BLOCKS = """address article aside blockquote body br center dd dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html legend li listing main menu nav ol optgroup option p page section summary ul xmp"""
_ROWS = "caption colgroup table tbody tfoot thead tr"
_HIDDEN = "ix:header ix:hidden script style template title"
_UNCLOSED = [(re.compile("<!--"), re.compile("-->"))] + [
    (re.compile(rf"<{tag}\b[^<>]*>?", re.I), re.compile(f"</{tag}", re.I))
    for tag in ("script", "style", "title", "textarea", "xmp", "ix:header", "ix:hidden", "template")
]

_STARTS = dict.fromkeys(_BLOCKS.split(), _BREAK) | dict.fromkeys(_ROWS.split(), _ROW)
_STARTS |= {"td": _CELL, "th": _CELL, "pre": _PRE, "sup": _SUP}
_ENDS = _STARTS | {"pre": _PRE_END} | dict.fromkeys(_HIDDEN.split(), _HIDE_END)
_STARTS |= dict.fromkeys(_HIDDEN.split(), _HIDE)
_ENDS["title"] += _BREAK
for _table in (_STARTS, _ENDS):
    del _table["html"]

_MARK_REFERENCE = re.compile(
    "&#(?:0*(?:[1-8]|1[1-9]|2[0-9]|3[01])(?![0-9])|[xX]0*(?:[1-8]|[bBeEfF]|1[0-9a-fA-F])(?![0-9a-fA-F]));?"
)
_CHARACTER_REFERENCE = re.compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
"""What `html.unescape` looks at."""
_LONGEST_REFERENCE = 64
"""Characters of a reference by number; a longer one stands for no character, and Python refuses to read the number."""
_INVISIBLE = "\xad\u200b\u2060\ufeff\ufdd0"
_SPACES = "".join(c for c in map(chr, range(0x3001)) if c.isspace() and c != " ")
_LONG_CELL = 200
"""Characters of a cell beyond which it holds paragraphs, not a figure or a label, and keeps its lines."""
_RAISED = re.compile(f"{_SUP}(\\s*)([^{_SUP}{_BREAK}{_CELL}{_ROW}]{{1,8}}?)(\\s*){_SUP}(?=([^\\W_]?))")

_COMMENT = re.compile("<!--(?!-?>)")
_RAW = re.compile(r"<(script|style)\b[^<>]*>", re.I)
_TAG = re.compile(r"<([/!?]?[A-Za-z][^\s/>]*+)[^>]*+>")
_LOOSE_TAG = re.compile(r"<(/?[A-Za-z][^\s/<>]*)[^<>]{0,2000}>")
_OPAQUE = frozenset({
    "iframe", "listing", "noembed", "noframes", "plaintext", "script", "style", "textarea", "xmp",
})  # fmt: skip
"""Elements whose content is not markup, or not always."""


class HtmlText(NamedTuple):
    """The text of an HTML document."""

    text: str
    damage: str = ""
    """What was wrong with the markup, where something was."""


def html_text(source: str) -> HtmlText:
    """Read by the first reader that reaches the end; damage is what only the later ones could read.

    >>> html_text("<P>Ex<FONT COLOR=red>hibit</FONT> 10.1<TABLE><TR><TD>Cash<TD>$<TD>12</TABLE>").text
    'Exhibit 10.1\\nCash\\t$12'
    """
    if (marked := _split_at_tags(source)) is not None:
        return HtmlText(_layout(marked))
    source = _MARK_REFERENCE.sub(" ", source)
    if (marked := _read(source, _libxml2)) is not None:
        return HtmlText(_layout(marked))
    opened = _open_unclosed(source)
    if opened != source and (marked := _read(opened, _libxml2)) is not None:
        return HtmlText(_layout(marked), "a comment, script, style or title is never closed; read as text")
    return _tolerant_reading(opened)


def _tolerant_reading(opened: str) -> HtmlText:
    """BeautifulSoup's reading; where that does not reach the end either, what is left when all tags are cut out."""
    if len(opened) <= SOUP_LIMIT and (marked := _read(opened, _beautifulsoup)) is not None:
        return HtmlText(_layout(marked), "the markup is damaged; read by the tolerant parser")
    cut = html.unescape(_LOOSE_TAG.sub(lambda tag: _Marks()[tag[1]], opened))
    readings = (_layout(_without_hidden(marked)) for marked in (cut, _libxml2(opened).replace(_END, "")))
    return HtmlText(
        max(readings, key=len), "the markup cannot be parsed to its end; read as far as its tags can be told"
    )


def _read(source: str, reader: Callable[[str], str]) -> str | None:
    """The marked text of the document, or None where the reader did not reach its end."""
    marked, reached, rest = _without_hidden(reader(source)).rpartition(_END)
    if not reached or rest.strip(_BREAK + _CELL + _ROW + _PRE_END + _SUP) or marked.endswith("<p>"):
        return None
    return marked


class _Marks(dict[str, str]):
    """The mark of each tag met, by what follows its `<`; an empty string for inline markup."""

    def __missing__(self, tag: str) -> str:
        name = tag.lower().lstrip("/")
        self[tag] = mark = (_ENDS if tag[0] == "/" else _STARTS).get(name, "")
        return mark


def _split_at_tags(source: str) -> str | None:
    """The marked text, or None where it is not plain what is markup: comments that never end, raw text elements."""
    marked = None if "<!--" in source else _marked(source)
    if marked is not None:
        return marked
    visible = _outside(source, _COMMENT, lambda _: "-->")
    if visible is not None:
        visible = _outside(visible, _RAW, lambda opener: f"</{opener[1]}")
    return None if visible is None else _marked(visible)


def _marked(source: str) -> str | None:
    """The text of markup without comments, or None where an element is opaque or a `<` or `>` belongs to no tag."""
    blocks = list(map(_with_marks, _blocks(source)))
    marked = "".join(filter(None, blocks))
    unbalanced = any(marked.count(start) != marked.count(end) for start, end in ((_HIDE, _HIDE_END), (_PRE, _PRE_END)))
    if None in blocks or "<" in marked or ">" in marked or unbalanced:
        return None
    if "&" in marked:
        marked = marked.replace("&nbsp;", " ").replace("&#160;", " ")
        marked = _unescaped(marked)
    return _without_hidden(marked)


class _Characters(dict[str, str]):
    """The character of each reference met, by what follows its `&`; a space for those that stand for our marks."""

    def __missing__(self, reference: str) -> str:
        said = f"&{reference}"
        if len(reference) > _LONGEST_REFERENCE:
            character = "\ufffd" if reference[0] == "#" else html.unescape(said)
        else:
            character = " " if _MARK_REFERENCE.fullmatch(said) else html.unescape(said)
        self[reference] = character
        return character


def _unescaped(marked: str) -> str:
    """What `html.unescape` makes of it, at twice its speed: each reference is looked up once."""
    parts, characters = _CHARACTER_REFERENCE.split(marked), _Characters()
    parts[1::2] = map(characters.__getitem__, parts[1::2])
    return "".join(parts)


def _outside(source: str, opener: re.Pattern[str], closer: Callable[[re.Match[str]], str]) -> str | None:
    """What stands outside comments, or outside scripts and styles; None where one never ends."""
    pieces, at = [], 0
    while opened := opener.search(source, at):
        closed = re.compile(re.escape(closer(opened)), re.I).search(source, opened.end())
        end = source.find(">", closed.end() - 1) + 1 if closed else 0
        if not end:
            return None
        pieces.append(source[at : opened.start()])
        at = end
    return "".join((*pieces, source[at:]))


def _blocks(source: str) -> Iterator[str]:
    """The source in pieces that begin with a tag, so that no more than one is ever in small parts."""
    start = 0
    while start < len(source):
        end = source.find("<", start + _BLOCK)
        end = len(source) if end < 0 else end
        yield source[start:end]
        start = end


def _with_marks(block: str) -> str | None:
    if block.rfind("<") > block.rfind(">"):
        return None
    parts, marks = _TAG.split(block), _Marks()
    parts[1::2] = map(marks.__getitem__, parts[1::2])
    return "".join(parts) if _OPAQUE.isdisjoint(map(str.lower, marks)) else None


class _Target:
    """Collects text and marks; a parser calls `start`, `end` and `data`."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.data = self.pieces.append

    def start(self, tag: str, _attributes: object) -> None:
        self.data(_STARTS.get(tag, ""))

    def end(self, tag: str) -> None:
        self.data(_ENDS.get(tag, ""))

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
    """The source without the openers that swallow the rest of it, because no closer follows."""
    for opener, closer in _UNCLOSED:
        closed = max((match.end() for match in closer.finditer(source)), default=0)
        if opener.search(source, closed):
            source = source[:closed] + opener.sub(" ", source[closed:])
    return source


def _without_hidden(marked: str) -> str:
    if _HIDE not in marked:
        return marked
    visible: list[str] = []
    depth = 1
    for piece in f"{_HIDE_END}{marked}".split(_HIDE):
        _, *outside = piece.split(_HIDE_END)
        visible += outside[depth - 1 :]
        depth = max(0, depth - len(outside)) + 1
    return "".join(visible)


def _layout(marked: str) -> str:
    """Marks to lines and tabs: flowing text reflowed, preformatted text as it stands."""
    for character in _INVISIBLE:
        if character in marked:
            marked = marked.replace(character, "")
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
    for space in _SPACES:
        if space in marked:
            marked = marked.replace(space, " ")
    if _SUP in marked:
        marked = _RAISED.sub(_raise, marked).replace(_SUP, "")
    lines: list[str] = []
    for chunk in marked.split(_ROW):
        if _CELL in chunk:
            lines += _row(chunk)
        elif chunk:
            lines += _trimmed(chunk.split(_BREAK))
    return tidy_rows("\n".join(lines))


def _trimmed(pieces: Iterable[str]) -> Iterator[str]:
    return filter(None, map(str.strip, pieces))


def _row(chunk: str) -> Iterable[str]:
    """A table row as one line, its cells a tab apart; a row of one cell is text that happens to stand in a table."""
    if _BREAK not in chunk:
        row = "\t".join(_trimmed(chunk.split(_CELL)))
        return (row,) if row else ()
    cells = list(_trimmed(chunk.replace(_BREAK, " ").split(_CELL)))
    if len(cells) > 1 and max(map(len, cells)) < _LONG_CELL:
        return ("\t".join(cells),)
    paragraphs = ("\n".join(_trimmed(cell.split(_BREAK))) for cell in chunk.split(_CELL))
    return filter(None, "\t".join(filter(None, paragraphs)).split("\n"))


def _raise(match: re.Match[str]) -> str:
    space, content, end, after = match.groups()
    before = "" if space else match.string[match.start() - 1 : match.start()]
    return space + raised(content, before, "" if end else after) + end
