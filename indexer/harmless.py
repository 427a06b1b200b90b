"""Strangers' text made fit for a terminal, by one rule for both commands: header values, texts, messages, JSON."""

from indexer.first_use import regex

_DRIVING = regex(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
"""Control characters but the tab and the line feed, what Unicode calls format characters, separators of lines and
paragraphs, surrogates."""


def harmless(text: str) -> str:
    """Put a space for each character of some lines that would drive a terminal or hides; the others stay in place.

    >>> harmless("a\\x1b[2J\\tb\\u202e\\nc")
    'a [2J\\tb \\nc'
    """
    return text if text.replace("\n", "").replace("\t", "").isprintable() else _DRIVING.sub(" ", text)


def harmless_json(json: str) -> str:
    """Write those characters of JSON as `\\uXXXX`, so that it means the same.

    >>> harmless_json('"a\\u202eb"')
    '"a\\\\u202eb"'
    """
    return _DRIVING.sub(lambda found: _unit_escapes(found[0]), json)


def _unit_escapes(character: str) -> str:
    """A character as JSON escapes it: in UTF-16, which takes two of those beyond U+FFFF."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
