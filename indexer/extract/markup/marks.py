"""What tags say of the text between them, as one character each in the text; every reader of HTML writes the same.

No mark is whitespace to `str.split()`, and decoding leaves no control characters, so that none comes from a document
(references such as `&#1;` are neutralised here). What becomes of the marks is `layout`'s business.
"""

import re

BREAK, CELL, ROW, PRE, PRE_END, SUP, HIDE, HIDE_END = "\x01\x02\x03\x04\x05\x06\x07\x0e"
SUP_END, VEIL, VEIL_END, LINE = "\x08\x0f\x10\x11"
"""`HIDE` opens what is no text of the page, `VEIL` what a style hides; `LINE` ends a line within a paragraph."""
END = "\ufdd0end\ufdd0"
"""Fed after the document; a reader that does not hand it back at the very end did not get there."""

_BLOCKS = """address article aside blockquote body center dd dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html legend li listing main menu nav ol optgroup option p page section summary ul xmp"""
_ROWS = "caption colgroup table tbody tfoot thead tr"
_HIDDEN = "ix:header ix:hidden script style template title"

STARTS = dict.fromkeys(_BLOCKS.split(), BREAK) | dict.fromkeys(_ROWS.split(), ROW)
STARTS |= {"br": LINE, "td": CELL, "th": CELL, "pre": PRE, "sup": SUP}
ENDS = STARTS | {"pre": PRE_END, "sup": SUP_END} | dict.fromkeys(_HIDDEN.split(), HIDE_END)
STARTS |= dict.fromkeys(_HIDDEN.split(), HIDE)
ENDS["title"] += BREAK
for _table in (STARTS, ENDS):
    del _table["html"]

VOID = frozenset({
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
"""Elements that hold nothing and are never closed."""

NO_TEXT = BREAK + CELL + ROW + PRE_END + SUP + SUP_END + VEIL_END + LINE
"""What may stand behind the last word of a document."""

_BAD_REFERENCE = re.compile(
    "&#(?![1-9][0-9]{2,5};)(?:0*+(?:[1-8]|1[1-9]|2[0-9]|3[01])(?![0-9])|[xX]0*+(?:[1-8]|[bBeEfF]|1[0-9a-fA-F])(?![0-9a-fA-F])"
    "|(?P<number>0*+[0-9]{8,}|[xX]0*+[0-9a-fA-F]{7,}|0{4,}[0-9]*|[xX]0{4,}[0-9a-fA-F]*));?"
)


def without_bad_references(source: str) -> str:
    """Drop references to control characters, and cut numbers that are longer than a character's.

    >>> without_bad_references("a&#1;b &#000000000000065; &#99999999999;")
    'a b &#65; \\ufffd'
    """
    return _BAD_REFERENCE.sub(_instead, source) if "&#" in source else source


def _instead(reference: re.Match[str]) -> str:
    number = reference["number"]
    if number is None:
        return " "
    base, digits = ("x", number[1:]) if number[0] in "xX" else ("", number)
    digits = digits.lstrip("0")
    return f"&#{base}{digits};" if 0 < len(digits) < 7 else "\ufffd"


def visible(marked: str, opener: str = HIDE, closer: str = HIDE_END) -> str:
    """Return the text outside all pairs of two marks, however deep these stand in each other.

    >>> visible("a\\x07b\\x07c\\x0ed\\x0ee")
    'ae'
    """
    if opener not in marked:
        return marked
    pieces: list[str] = []
    depth, at, start, end = 0, 0, marked.find(opener), marked.find(closer)
    while start >= 0 or end >= 0:
        opens = 0 <= start < end or end < 0
        mark = start if opens else end
        if depth == 0:
            pieces.append(marked[at:mark])
        depth = max(0, depth + (1 if opens else -1))
        at = mark + 1
        if opens:
            start = marked.find(opener, at)
        else:
            end = marked.find(closer, at)
    return "".join(pieces) if depth else "".join((*pieces, marked[at:]))
