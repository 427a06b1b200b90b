"""The trading symbols a document gives for its issuer, from the cover page's facts in XBRL and from XML forms.

A cover page of Forms 8-K, 10-K, 10-Q, 20-F and others says them as `dei:TradingSymbol`, inline since 2019, in the
instance document before. What is no symbol (`N/A`, a dash) is left out; an exchange before one is taken off.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape

_FACT = re.compile(
    rb"""<(?:ix:)?non(?:numeric|numericContent)\b[^>]*?\bname\s*=\s*["']dei:TradingSymbol["'][^>]*>(.{0,600}?)</ix:non"""
    rb"""|<dei:TradingSymbol\b[^>]*>([^<]{0,200})<""",
    re.I | re.S,
)
_MARK = b"TradingSymbol"
_BEFORE = 1 << 12
"""Bytes of a tag before the name of its fact."""
_SIGNS = (b"xbrl", b"dei:")
"""One of which is at the beginning of a document in XBRL."""
_HEAD = 1 << 12
_TAG = re.compile(r"<[^<>]*>")
_EXCHANGE = re.compile(r"\b[A-Z ]{2,20}:\s*")
_APART = re.compile(r"\s*(?:[,;/|]|\band\b|\s)\s*", re.I)
_SYMBOL = re.compile(r"[A-Z0-9]{1,6}(?:[.-][A-Z0-9]{1,4})?")
_NONE = frozenset({"NA", "NONE", "NOT", "TBD", "NULL", "NIL", "APPLICABLE", "LISTED", "TRADED"})
_NOT_APPLICABLE = ["N", "A"]


def symbols_of(values: Iterable[str]) -> tuple[str, ...]:
    """Return the symbols among values as filers write them, each once, in capitals.

    >>> symbols_of(["NYSE: wrxl", "TSLN, TSLNW", "N/A", "\u2014"])
    ('WRXL', 'TSLN', 'TSLNW')
    """
    found: dict[str, None] = {}
    for value in values:
        plain = _EXCHANGE.sub(" ", value.upper().strip("()[] .\"'"))
        parts = [part.strip("()[].\"'") for part in _APART.split(plain)]
        if parts != _NOT_APPLICABLE:
            found |= dict.fromkeys(part for part in parts if _SYMBOL.fullmatch(part) and part not in _NONE)
    return tuple(found)


def cover_symbols(content: bytes) -> tuple[str, ...]:
    """Return the symbols that the facts of a document in XBRL, inline or not, give for its issuer.

    >>> cover_symbols(b'<p><ix:nonNumeric contextRef="c" name="dei:TradingSymbol">TSLN</ix:nonNumeric></p>')
    ('TSLN',)
    """
    if all(content.find(sign, 0, _HEAD) < 0 for sign in _SIGNS):
        return ()
    facts = (found[1] or found[2] or b"" for found in _facts(content))
    return symbols_of(unescape(_TAG.sub("", fact.decode("utf-8", "replace"))) for fact in facts)


def _facts(content: bytes) -> Iterator[re.Match[bytes]]:
    """The facts, looked for by their name, as looking at each tag takes longer."""
    at = content.find(_MARK)
    while at >= 0:
        found = _FACT.match(content, max(0, content.rfind(b"<", max(0, at - _BEFORE), at)))
        if found:
            yield found
        at = content.find(_MARK, max(at + 1, found.end() if found else 0))
