"""HTML split at its tags, where every one of them is plain to see: nearly all filings, twice as fast as a parser.

`split_at_tags` gives nothing where it is not plain what is markup; `cut_at_tags` takes the same tags out whatever
stands around them, for documents that no parser gets to the end of.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from indexer.extract.markup.marks import (
    ENDS,
    HIDE,
    HIDE_END,
    PRE,
    PRE_END,
    STARTS,
    VOID,
    visible,
    without_bad_references,
)
from indexer.extract.markup.pairing import Pairing, name_of
from indexer.extract.markup.styles import Effect, Styles

_FIRST_BLOCK, _BLOCK = 1 << 14, 1 << 22
"""Characters that are split at once, so that memory does not grow with the number of tags; few at first, for what is
not markup stands at the beginning, if anywhere."""
_COMMENT, _COMMENT_END = "<!--", "-->"
_RAW = re.compile(r"<(script|style)\b[^<>]*>", re.I)
_TAG = re.compile(r"<([/!?]?[A-Za-z][^>]*+)>")
_LOOSE_TAG = re.compile(r"<([/!?]?[A-Za-z][^<>]*+)>")
_LOOSE_NAME = re.compile(r"<(/?[A-Za-z][^\s/<>]*+)[^<>]*+>")
_REFERENCE = re.compile(r"(&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?))")
"""As `html.unescape` finds them."""
_NO_SIGNS = bytes({*range(256)} - {*b"<>"})
_OPAQUE = frozenset({
    "iframe", "listing", "noembed", "noframes", "plaintext", "script", "style", "textarea", "xmp",
})  # fmt: skip
"""Elements whose content is not markup, or not always."""


_UNNESTED = VOID | {"body", "dd", "dt", "html", "li", "option", "p", "tbody", "td", "th", "thead", "tr"}


class _Marked(NamedTuple):
    """A block's text with marks, and whether something in it is no markup though it looks like it."""

    text: str
    opaque: bool


class _Marks(dict[str, str]):
    """The mark of each tag of a block, by what stands between its `<` and `>`; an empty string for inline markup.

    Most tags are met many times, so that each is read once.
    """

    def __init__(self, styles: Styles) -> None:
        super().__init__()
        self.styled: dict[str, Effect] = {}
        self.opaque = False
        self._effect = styles.of_tag

    def __missing__(self, tag: str) -> str:
        name = name_of(tag)
        if name[:1] == "/":
            mark = ENDS.get(name[1:], "")
        else:
            mark = STARTS.get(name, "")
            if ("=" in tag or "idden" in tag) and (effect := self._effect(name, tag)):
                self.styled[tag] = effect
        if not name or name in _OPAQUE:
            self.opaque = True
        self[tag] = mark
        return mark


class _References(dict[str, str]):
    """The characters of each reference of a document, by the reference; most are met many times."""

    def __missing__(self, reference: str) -> str:
        self[reference] = characters = html.unescape(without_bad_references(reference))
        return characters


def split_at_tags(source: str) -> str | None:
    """Mark the text; None where it is not plain what is markup: comments that never end, raw text elements."""
    shown = _without_comments(source)
    marked = None if shown is None else _marked(shown, Styles())
    if marked is not None or shown is None:
        return marked
    without_raw = _without_raw(shown)
    if without_raw is None or len(without_raw) == len(shown):
        return None
    return _marked(without_raw, Styles(source))


def cut_at_tags(source: str) -> str:
    """Mark whatever looks like a tag, and the text between; any other `<` and `>` is a sign."""
    shown = _without_comments(source) or source
    styles, pairing = Styles(shown), Pairing()
    blocks = [_with_marks(_LOOSE_TAG.split(block), styles, pairing).text for block in _blocks(shown)]
    return visible(html.unescape(without_bad_references("".join((*blocks, pairing.rest())))))


def nesting(source: str) -> int:
    """Count how deep elements stand in each other, of those that have to be closed.

    >>> nesting("<div><p><b>a</i></b><p><b>b</div>")
    2
    """
    opened = Counter[str]()
    depth = deepest = 0
    for tag in _LOOSE_NAME.finditer(source):
        name = tag[1].lower()
        step = -1 if name[0] == "/" else 1
        name = name.removeprefix("/")
        if name in _UNNESTED or opened[name] + step < 0:
            continue
        opened[name] += step
        depth += step
        deepest = max(deepest, depth)
    return deepest


def _marked(source: str, styles: Styles) -> str | None:
    """The text of markup without comments, or None where an element is opaque or a `<` or `>` belongs to no tag."""
    pairing = Pairing()
    blocks: list[str] = []
    for block in _blocks(source):
        read = None if block.rfind("<") > block.rfind(">") else _with_marks(_split(block), styles, pairing)
        if read is None or read.opaque:
            return None
        blocks.append(read.text)
    marked = "".join((*blocks, pairing.rest()))
    if "<" in marked or ">" in marked or _is_unbalanced(marked, HIDE, HIDE_END) or _is_unbalanced(marked, PRE, PRE_END):
        return None
    if "&" in marked:
        marked = _unescaped(marked.replace("&nbsp;", " ").replace("&#160;", " "))
    return visible(marked)


def _is_unbalanced(marked: str, start: str, end: str) -> bool:
    return (start in marked or end in marked) and marked.count(start) != marked.count(end)


def _unescaped(marked: str) -> str:
    """The text with characters for references, as `html.unescape` gives it, which asks anew for each."""
    parts = _REFERENCE.split(marked)
    parts[1::2] = map(_References().__getitem__, parts[1::2])
    return "".join(parts)


def _with_marks(parts: list[str], styles: Styles, pairing: Pairing) -> _Marked:
    """Text and marks of text, tag, text, ..."""
    found = parts[1::2]
    marks = _Marks(styles)
    parts[1::2] = map(marks.__getitem__, found)
    pairing.put(parts, found, marks.styled)
    return _Marked("".join(parts), marks.opaque)


def _split(block: str) -> list[str]:
    """Text, tag, text, ... without `<` and `>`; where these alternate, as nearly always, no pattern is needed."""
    signs = block.encode("utf-8", "replace").translate(None, _NO_SIGNS)
    if signs == b"<>" * (len(signs) // 2):
        return block.replace(">", "<").split("<")
    return _TAG.split(block)


def _without_comments(source: str) -> str | None:
    """What stands outside comments; None where one never ends."""
    pieces, at = [], 0
    while (start := _comment(source, at)) >= 0:
        end = source.find(_COMMENT_END, start + len(_COMMENT))
        if end < 0:
            return None
        pieces.append(source[at:start])
        at = end + len(_COMMENT_END)
    return "".join((*pieces, source[at:])) if at else source


def _comment(source: str, at: int) -> int:
    """Where the next comment begins that holds something, -1 where none does; looked for by its rarest character."""
    mark = source.find("!", at)
    while mark >= 0:
        start, inside = mark - 1, mark + len(_COMMENT) - 1
        if start >= at and source.startswith(_COMMENT, start) and not source.startswith((">", "->"), inside):
            return start
        mark = source.find("!", mark + 1)
    return -1


def _without_raw(source: str) -> str | None:
    """What stands outside scripts and styles; None where one never ends."""
    pieces, at = [], 0
    while opened := _RAW.search(source, at):
        closed = re.compile(f"</{opened[1]}", re.I).search(source, opened.end())
        end = source.find(">", closed.end() - 1) + 1 if closed else 0
        if not end:
            return None
        pieces.append(source[at : opened.start()])
        at = end
    return "".join((*pieces, source[at:]))


def _blocks(source: str) -> Iterator[str]:
    """The source in pieces that begin with a tag, so that no more than one is ever in small parts."""
    start, size = 0, _FIRST_BLOCK
    while start < len(source):
        closed = source.find(">", start + size)  # lest a tag is cut in two that has a `<` in it
        end = source.find("<", closed) if closed >= 0 else -1
        end = len(source) if end < 0 else end
        yield source[start:end]
        start, size = end, _BLOCK
