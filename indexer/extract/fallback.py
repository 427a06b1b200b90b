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
_NULS = re.compile(rb"\0+")
"""What a disk that failed leaves in the middle of a text; it counts once."""
_SNIFFED = 1 << 16
_NOISE = 0.1
"""Bytes that are no text, beyond which a document holds something else."""
_TEXT_BYTES = bytes({*range(0x20, 0x7F), *b"\t\n\r\f", *range(0x80, 0x100)})


def visible_text(content: bytes) -> str:
    """The text of a document without its tags; empty where its bytes are no text.

    >>> visible_text(b"<p>Caf\\xc3\\xa9 &amp; more</p><filerCcc>abc$12ef</filerCcc>").split()
    ['Café', '&', 'more']
    """
    head = _NULS.sub(b"\0", content[:_SNIFFED])
    if len(head.translate(None, _TEXT_BYTES)) > _NOISE * len(head) or head.lstrip().startswith((b"%PDF", b"begin ")):
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
