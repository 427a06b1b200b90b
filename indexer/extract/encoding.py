"""Bytes to text, document by document: a submission concatenates the output of many tools.

UTF-8 is tried first, then cp1252, of which latin-1 is what remains for the five bytes cp1252 does not define. What
lives here is the choice, and the removal of characters that are noise in every form of document: control
characters, byte order marks. Nothing about markup.
"""

import codecs
import re
from typing import NamedTuple

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\f\r") + b"\x7f"
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_C1 = re.compile("[\x80-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class DecodedText(NamedTuple):
    """A document's characters and the encoding they were in."""

    text: str
    """Line ends are `\\n`; no control characters but tab, newline and form feed."""
    encoding: str
    """`ascii`, `utf-8`, `cp1252`, `latin-1`, `utf-8+cp1252` (both in one document), `utf-16`, `utf-32`."""


def decode(content: bytes) -> DecodedText:
    """Never fails: some encoding fits any bytes.

    >>> decode("“naïve”".encode()), decode(b"\\x93na\\xefve\\x94")
    (DecodedText(text='“naïve”', encoding='utf-8'), DecodedText(text='“naïve”', encoding='cp1252'))
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark) and encoding != "utf-8":
            return DecodedText(_clean(content.decode(encoding, "replace")), encoding)
    content = content.removeprefix(codecs.BOM_UTF8).translate(None, _CONTROLS)
    if content.isascii():
        return DecodedText(_newlines(content.decode("ascii")), "ascii")
    text, encoding = _decode_high(content)
    return DecodedText(_newlines(cp1252_for_c1(text)), encoding)


def cp1252_for_c1(text: str) -> str:
    """The text with U+0080 to U+009F, which no one means, read as the cp1252 bytes they were.

    >>> cp1252_for_c1("it\\x92s")
    'it’s'
    """
    return _C1.sub(_from_cp1252, text) if _C1.search(text) else text


def _decode_high(content: bytes) -> tuple[str, str]:
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    whole = sum(len(sequence) for sequence in _MULTIBYTE.findall(content))
    stray = len(_HIGH.findall(content)) - whole
    if whole > 2 * stray:
        return content.decode("utf-8", "edgar-cp1252"), "utf-8+cp1252"
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "latin-1"


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    """Decode the bytes UTF-8 could not place as cp1252; a codec error handler."""
    assert isinstance(error, UnicodeDecodeError)
    stray = error.object[error.start : error.end]
    return cp1252_for_c1(stray.decode("latin-1")), error.end


codecs.register_error("edgar-cp1252", _stray_bytes)


def _from_cp1252(match: re.Match[str]) -> str:
    byte = match.group().encode("latin-1")
    return byte.decode("cp1252", "ignore") or " "


def _clean(text: str) -> str:
    text = text.removeprefix("\ufeff").translate(dict.fromkeys(_CONTROLS))
    return _newlines(cp1252_for_c1(_SURROGATES.sub("\ufffd", text)))


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
