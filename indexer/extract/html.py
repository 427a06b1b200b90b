"""HTML to text: what a person would copy from the page, with words neither split nor glued.

Inline markup adds nothing, block markup starts a line, table cells are a tab apart and a table row is one line.
Scripts, styles, titles, the hidden part of inline XBRL and what a style hides are not on the page and stay out. The
readers in `markup` are tried in turn: splitting at the tags, libxml2, BeautifulSoup, and cutting out whatever looks
like a tag.
"""

import re
from typing import NamedTuple

from indexer.extract.markup.layout import LaidOut, layout
from indexer.extract.markup.marks import END, visible, without_bad_references
from indexer.extract.markup.parsers import SOUP_LIMIT, beautifulsoup, libxml2, read
from indexer.extract.markup.tag_splitting import cut_at_tags, nesting, split_at_tags

_UNCLOSED = [(re.compile("<!--"), re.compile("-->"))] + [
    (re.compile(rf"<{tag}\b[^<>]*+>?", re.I), re.compile(f"</{tag}", re.I))
    for tag in ("script", "style", "title", "textarea", "xmp", "ix:header", "ix:hidden", "template")
]
_DEEPEST = 1000
"""Elements within elements that libxml2 is given: it looks through all that are open for each tag that closes none."""


class HtmlText(NamedTuple):
    """The text of an HTML document."""

    text: str
    damage: str = ""
    """What was wrong with the markup, where something was."""
    unseen: int = 0
    """Words that a style hides."""
    kept: bool = False
    """Whether these are in the text, because they are more than half of it."""


def html_text(source: str) -> HtmlText:
    """Read by the first reader that reaches the end; damage is what only the later ones could read.

    >>> html_text("<P>Ex<FONT COLOR=red>hibit</FONT> 10.1<TABLE><TR><TD>Cash<TD>$<TD>12</TABLE>").text
    'Exhibit 10.1\\nCash\\t$12'
    """
    if (marked := split_at_tags(source)) is not None:
        return _html_text(layout(marked))
    source = without_bad_references(source)
    if nesting(source) > _DEEPEST:
        return _html_text(layout(cut_at_tags(source)), "tags within tags beyond all measure; read as text between tags")
    if (marked := read(source, libxml2)) is not None:
        return _html_text(layout(marked))
    opened = _open_unclosed(source)
    if opened != source and (marked := read(opened, libxml2)) is not None:
        return _html_text(layout(marked), "a comment, script, style or title is never closed; read as text")
    return _tolerant_reading(opened)


def _html_text(laid_out: LaidOut, damage: str = "") -> HtmlText:
    return HtmlText(laid_out.text, damage, laid_out.unseen, laid_out.kept)


def _tolerant_reading(opened: str) -> HtmlText:
    """BeautifulSoup's reading; where that does not reach the end either, what is left when all tags are cut out."""
    if len(opened) <= SOUP_LIMIT and (marked := read(opened, beautifulsoup)) is not None:
        return _html_text(layout(marked), "the markup is damaged; read by the tolerant parser")
    readings = map(layout, (cut_at_tags(opened), visible(libxml2(opened).replace(END, ""))))
    longest = max(readings, key=lambda each: len(each.text))
    return _html_text(longest, "the markup cannot be parsed to its end; read as far as its tags can be told")


def _open_unclosed(source: str) -> str:
    """The source without the openers that swallow the rest of it, because no closer follows."""
    for opener, closer in _UNCLOSED:
        closed = max((match.end() for match in closer.finditer(source)), default=0)
        if opener.search(source, closed):
            source = source[:closed] + opener.sub(" ", source[closed:])
    return source
