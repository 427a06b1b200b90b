"""Bytes to text, document by document: a submission concatenates the output of many tools.

UTF-8 is tried first, then the charset that the document declares, then cp1252, of which latin-1 is what remains for the
five bytes cp1252 does not define. What lives here is the choice, and the removal of characters that are noise in every
form of document: control characters, byte order marks. Nothing else about markup.
"""

import codecs
import re
from typing import NamedTuple

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\f\r") + b"\x7f"
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_C1 = re.compile("[\x80-\x9f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BEYOND = re.compile("[^\x00-\x7f]")
_ALONE = re.compile("(?<![^\x00-\x7f])[^\x00-\x7f](?![^\x00-\x7f])")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^<>]*?\b(?:charset|encoding)\s*=\s*["']?([\w.:-]{3,24})""", re.I)
_HEAD = 4096
"""Bytes in which a charset is declared."""
_USUAL = frozenset({"ascii", "us-ascii", "utf-8", "utf8", "cp1252", "windows-1252", "latin-1", "latin1", "iso-8859-1",
    "iso8859-1", "iso_8859-1"})  # fmt: skip
"""What everybody declares, right or wrong: the bytes decide."""
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932",
    "big5": "big5hkscs", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874", "tis-620": "cp874"}  # fmt: skip
"""Charsets by the names they are declared by, where what is meant is a charset that holds them."""
_SHIFTED = "iso-2022"
_TWICE = re.compile("[\xc2-\xf4][€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\x80-\xbf]{1,3}")
"""What UTF-8 looks like that was taken for cp1252 and made UTF-8 again."""
_SURE = ("Ã", "Â", "â€")


class DecodedText(NamedTuple):
    """A document's characters and the encoding they were in."""

    text: str
    """Line ends are `\\n`; no control characters but tab, newline and form feed."""
    encoding: str
    """`ascii`, `utf-8`, `cp1252`, `latin-1`, `utf-8+cp1252` (both in one document), `utf-16`, `utf-32`; a charset that
    was declared, by the name it was declared by."""
    remark: str = ""
    """What a reader should know of it: that it was read as declared, or not; that it was repaired."""


def decode(content: bytes) -> DecodedText:
    """Decode a document; this never fails, since some encoding fits any bytes.

    >>> decode("“naïve”".encode())[:2], decode(b"\\x93na\\xefve\\x94")[:2]
    (('“naïve”', 'utf-8'), ('“naïve”', 'cp1252'))
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark) and encoding != "utf-8":
            return DecodedText(_clean(content.decode(encoding, "replace")), encoding)
    declared = _declared(content)
    if declared.startswith(_SHIFTED) and (text := _as_declared(content, declared)):
        return DecodedText(_clean(text), declared, f"declared as {declared}, and read as such")
    content = content.removeprefix(codecs.BOM_UTF8).translate(None, _CONTROLS)
    if content.isascii():
        return DecodedText(_newlines(content.decode("ascii")), "ascii")
    text, encoding, remark = _decode_high(content, declared)
    return DecodedText(_newlines(cp1252_for_c1(text)), encoding, remark)


def _declared(content: bytes) -> str:
    """The charset a document declares in its first tags, in small letters; empty for one that everybody declares."""
    found = _DECLARED.search(content, 0, _HEAD)
    name = found[1].decode("ascii").lower() if found else ""
    return "" if name in _USUAL else name


def cp1252_for_c1(text: str) -> str:
    """Read U+0080 to U+009F, which no one means, as the cp1252 bytes they were.

    >>> cp1252_for_c1("it\\x92s")
    'it’s'
    """
    return _C1.sub(_from_cp1252, text) if _C1.search(text) else text


def _decode_high(content: bytes, declared: str) -> tuple[str, str, str]:
    """The text, its encoding, and what is to be said of it."""
    try:
        return _undoubled(content.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    remark = ""
    if declared:
        if text := _as_declared(content, declared):
            return text, declared, f"declared as {declared}, and read as such"
        remark = f"declared as {declared}, which it is not; "
    text, encoding = _by_bytes(content)
    return text, encoding, f"{remark}read as {encoding}" if remark else ""


def _by_bytes(content: bytes) -> tuple[str, str]:
    whole = sum(len(sequence) for sequence in _MULTIBYTE.findall(content))
    stray = len(_HIGH.findall(content)) - whole
    if whole > 2 * stray:
        return content.decode("utf-8", "edgar-cp1252"), "utf-8+cp1252"
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "latin-1"


def _as_declared(content: bytes, declared: str) -> str:
    """The text in its declared charset; empty where its bytes are not that: a character that none means, or stray ones.

    Text in a charset of many bytes comes in runs; a lone such character is a quotation mark of another charset.
    """
    try:
        text = content.decode(_WIDER.get(declared, declared))
    except (LookupError, UnicodeDecodeError, ValueError):
        return ""
    if _C1.search(text) or _PRIVATE.search(text):
        return ""
    high = len(_BEYOND.findall(text))
    alone = len(_ALONE.findall(text))
    is_wide = any(character > "\u2e7f" for character in set(text))
    return "" if is_wide and 2 * alone > high else text


def _undoubled(text: str) -> tuple[str, str, str]:
    """Text that was made UTF-8 twice as it was before, where most of what looks so can be nothing else."""
    found = [doubled.group() for doubled in _TWICE.finditer(text)] if any(sign in text for sign in _SURE) else []
    sure = sum(each.startswith(_SURE) for each in found)
    if sure < 2 or 2 * sure < len(found):
        return text, "utf-8", ""
    repaired, times = _TWICE.subn(_once, text)
    return repaired, "utf-8", f"UTF-8 made of UTF-8 in {times:,} places; repaired"


def _once(doubled: re.Match[str]) -> str:
    said = doubled.group()
    for end in range(len(said), 1, -1):
        try:
            return _cp1252_bytes(said[:end]).decode("utf-8") + said[end:]
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
    return "”" + said[2:] if said.startswith("â€") else said


def _cp1252_bytes(text: str) -> bytes:
    """The bytes that were taken for this text: those that cp1252 does not define stand for themselves."""
    return b"".join(c.encode("latin-1" if c <= "\xff" else "cp1252") for c in text)


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
