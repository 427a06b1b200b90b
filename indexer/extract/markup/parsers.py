"""HTML read by a parser: libxml2's events, or BeautifulSoup's tree where libxml2 refuses a document or cuts it short.

Both write the marks that splitting at the tags writes. A parser proves that it got to the end of a document by handing
back what was fed behind it.
"""

import re
from collections.abc import Callable, Mapping

from indexer.extract.markup.marks import END, ENDS, NO_TEXT, STARTS, visible
from indexer.extract.markup.styles import Styles

_CHUNK = 1 << 18
"""Characters fed at a time, so that the parser never holds the document twice."""
_PARAGRAPH_END = re.compile(r"</p\s*+>", re.I)
SOUP_LIMIT = 4 << 20
"""Characters BeautifulSoup is given at most: it takes about a second and 60 MB for a million."""


def read(source: str, parser: Callable[[str], str]) -> str | None:
    """Return the marked text of the document, or None where the parser did not reach its end."""
    marked, reached, rest = visible(parser(source)).rpartition(END)
    if not reached or rest.strip(NO_TEXT) or marked.endswith("<p>"):
        return None
    return marked


class _Target:
    """Collects text and marks; a parser calls `start`, `end` and `data`."""

    def __init__(self, styles: Styles) -> None:
        self.pieces: list[str] = []
        self.data = self.pieces.append
        self._styles = styles
        self._closers: list[str | None] = []
        self._styled = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.data(STARTS.get(tag, ""))
        effect = self._styles.of(tag, attributes) if attributes and not self._styled else None
        self._closers.append(effect.closer if effect else None)
        if effect:
            self._styled += 1
            self.data(effect.opener)

    def end(self, tag: str) -> None:
        if self._closers and (closer := self._closers.pop()):
            self._styled -= 1
            self.data(closer)
        if tag != "br":  # which ends one line, not two
            self.data(ENDS.get(tag, ""))

    def close(self) -> str:
        return "".join(self.pieces)


def libxml2(source: str) -> str:
    """Read the document by libxml2's events, as far as it gets; they say nothing of a `</p>` that closes none."""
    from lxml import etree  # noqa: PLC0415  (a build of plain-text submissions starts without it)

    target = _Target(Styles(source))
    source = _PARAGRAPH_END.sub(r"\g<0><br>", source)
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)  # type: ignore[arg-type]
    try:
        for start in range(0, len(source), _CHUNK):
            parser.feed(source[start : start + _CHUNK].encode("utf-8", "replace"))
        parser.feed(f"<p>{END}".encode())
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        pass  # the end was not reached, which `read` sees
    return target.close()


def beautifulsoup(source: str) -> str:
    """Read the document by BeautifulSoup's tree, which is slow and gets to the end of most; `<![x` it refuses."""
    from bs4 import BeautifulSoup  # noqa: PLC0415  (rarely needed, slow to import)
    from bs4.builder import ParserRejectedMarkup  # noqa: PLC0415
    from bs4.element import NavigableString, PreformattedString, Tag  # noqa: PLC0415

    target = _Target(Styles(source))
    try:
        pending: list[object] = [BeautifulSoup(f"{source}<p>{END}", "html.parser")]
    except ParserRejectedMarkup:
        return target.close()
    while pending:
        match pending.pop():
            case str() as ended if type(ended) is str:
                target.end(ended)
            case Tag() as tag:
                target.start(tag.name, {name: _joined(value) for name, value in tag.attrs.items()})
                pending.append(str(tag.name))
                pending.extend(reversed(tag.contents))
            case NavigableString() as text if not isinstance(text, PreformattedString):
                target.data(str(text))
    return target.close()


def _joined(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
