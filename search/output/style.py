"""How text is marked and drawn: with colour and links on a terminal, plainly elsewhere."""

from collections.abc import Callable
from typing import NamedTuple

Mark = Callable[[str], str]


class Signs(NamedTuple):
    """Characters that stand for something, in one encoding."""

    more: str
    """There is more text."""
    dot: str
    """Between facts."""
    bars: str
    """From an eighth of a full one to a full one."""


UNICODE = Signs("…", "·", "▁▂▃▄▅▆▇█")
ASCII = Signs("...", "|", ".:-=+*#@")


class Style(NamedTuple):
    """How to mark things: each takes a text and gives it marked."""

    match: Mark
    title: Mark
    name: Mark
    quiet: Mark
    link: Callable[[str, str], str]
    """Of a text and an address."""
    width: int | None = None
    """Columns of the terminal; None: lines are not broken."""
    signs: Signs = UNICODE


def _sgr(code: str) -> Mark:
    return lambda text: f"\x1b[{code}m{text}\x1b[0m" if text else ""


def _as_is(text: str) -> str:
    return text


def _unlinked(text: str, _: str) -> str:
    return text


def _linked(text: str, url: str) -> str:
    return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if url else text


PLAIN = Style(lambda text: f"*{text}*", _as_is, _as_is, _as_is, _unlinked)
COLOURED = Style(_sgr("1;33"), _sgr("1"), _sgr("36"), _sgr("2"), _unlinked)


def style(*, coloured: bool, links: bool = False, width: int | None = None, unicode: bool = True) -> Style:
    """Choose the style for where the text goes; `width` is the terminal's, in columns, None: lines are not broken."""
    base = COLOURED if coloured else PLAIN
    return base._replace(link=_linked if links else _unlinked, width=width, signs=UNICODE if unicode else ASCII)
