"""What can be seen of a document when its reader fails: its text without tags, by rules that cannot fail themselves.

Access codes are left out here as in the reader of XML forms.
"""

import re
from html import unescape

from indexer.extract.markup.marks import without_bad_references

_TAG = re.compile(r"<([/!?]?[A-Za-z][^<>]*+)>")
_UNSEEN = re.compile(r"(?:script|style)\b|[^\s<>/]*ccc", re.I)
"""How the tags of elements begin whose text is not to be seen."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]+")
_SNIFFED = 1 << 16
_NOISE = 0.05
"""Bytes that are no text, beyond which a document holds something else; in random bytes they are a tenth."""
_CODES = [bytes([code]) for code in {*range(1, 0x20), 0x7F} - {*b"\t\n\r\f"}]
_STRAY = 2
"""Control codes that do not count: in a damaged text one or two stand for a character, others hold all of them."""
_NULS = re.compile(rb"\0+")
"""What a disk that failed leaves in the middle of a text; it counts once."""


def visible_text(content: bytes) -> str:
    """Return the text of a document without its tags; empty where its bytes are no text.

    >>> visible_text(b"<p>Caf\\xc3\\xa9 &amp; more</p><filerCcc>abc$12ef</filerCcc>").split()
    ['Café', '&', 'more']
    """
    head = _NULS.sub(b"\0", content[:_SNIFFED])
    noise = head.count(b"\0") + sum(sorted(map(head.count, _CODES))[:-_STRAY])
    if noise > _NOISE * len(head) or head.lstrip().startswith((b"%PDF", b"begin ")):
        return ""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    first, *parts = _TAG.split(text)
    seen = " ".join(
        (first, *(part for tag, part in zip(parts[::2], parts[1::2], strict=True) if not _UNSEEN.match(tag)))
    )
    lines = (" ".join(line.split()) for line in _CONTROLS.sub(" ", unescape(without_bad_references(seen))).split("\n"))
    return "\n".join(filter(None, lines))
