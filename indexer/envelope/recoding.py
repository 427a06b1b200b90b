"""Submission files in UTF-16, which editors save and EDGAR never wrote, as the UTF-8 that the rest is read in."""

import codecs

_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BEGINNINGS = (("utf-16-le", (0, 2)), ("utf-16-be", (1, 3)))
"""Without a mark: where the first characters, which are ASCII, have their bytes."""


def utf16(content: bytes) -> str:
    """Tell which UTF-16 a file's bytes are in, by their mark or their first two characters; empty where in none.

    >>> utf16("<SEC-DOCUMENT>".encode("utf-16-be")), utf16(b"<SEC-DOCUMENT>")
    ('utf-16-be', '')
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    first = content[:4]
    for encoding, places in _BEGINNINGS:
        if len(first) == 4 and all((first[at] > 0) == (at in places) for at in range(4)):
            return encoding
    return ""


def in_utf8(content: bytes, encoding: str) -> bytes:
    """Recode the bytes as UTF-8, without their mark; a half of a character pair alone is a question mark."""
    return content.decode(encoding, "replace").removeprefix("\ufeff").encode("utf-8", "replace")
