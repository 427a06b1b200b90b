"""XML forms as a person reads them: labels and values, one to a line."""

import re
from typing import NamedTuple

_CHUNK = 1 << 18
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.S | re.I)
_LOOSE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


class XmlText(NamedTuple):
    """The text of an XML form, and what was wrong with its markup."""

    text: str
    damage: str = ""


class _Target:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self._names: list[str] = []
        self._pieces: list[str] = []

    def start(self, tag: str, _attributes: object) -> None:
        self._value()
        self._names.append(tag.rpartition("}")[2])

    def data(self, data: str) -> None:
        self._pieces.append(data)

    def end(self, _tag: str) -> None:
        self._value()
        self._names.pop()

    def close(self) -> str:
        return "\n".join(self.lines)

    def _value(self) -> None:
        text = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        if text:
            name = next((name for name in reversed(self._names) if name != "value"), "")
            self.lines.append(f"{label(name)}: {text}")


def label(name: str) -> str:
    """An element's name as words.

    >>> label("transactionPricePerShare")
    'Transaction price per share'
    """
    words = _WORDS.findall(name)
    text = " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words)
    return text[:1].upper() + text[1:]


def xml_text(source: str) -> XmlText:
    """The labelled values; entities a document declares are neither fetched nor expanded."""
    from lxml import etree  # noqa: PLC0415

    source, declared = _DOCTYPE.subn("", re.sub(r"^\s*<\?xml[^>]*\?>", "", source), count=1)
    source = _LOOSE_AMPERSAND.sub("&amp;", source)
    target = _Target()
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, recover=True, huge_tree=True)  # type: ignore[arg-type]
    try:
        for start in range(0, len(source), _CHUNK):
            parser.feed(source[start : start + _CHUNK].encode("utf-8", "replace"))
        parser.close()
    except (etree.LxmlError, ValueError) as error:
        return XmlText(target.close(), str(error))
    return XmlText(target.close(), "declares a document type, which is ignored" if declared else "")
