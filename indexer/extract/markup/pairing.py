"""Where an element ends, told from the tags behind it alone: for the few whose style says something."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import compress, count

from indexer.extract.markup.marks import STARTS, VOID
from indexer.extract.markup.styles import Effect

_ENDED_BY = {
    "p": frozenset(STARTS) - {"br", "sup"},
    "li": frozenset({"li"}),
    "td": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "th": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "tr": frozenset({"tr", "tbody", "tfoot"}),
}
"""The tags that end an element which needs no closing tag, where they do not stand in a list or table within it."""
_NAME = re.compile(r"[/!?]?[A-Za-z][^\s/>]*+")
_HOLDERS = ("table", "ul", "ol")


class _Element:
    """An open element, and what is open within it."""

    def __init__(self, name: str, closer: str) -> None:
        self.name, self.closer = name, closer
        self._within: list[str] = []
        self._count: dict[str, int] = {}

    def end(self, tags: Sequence[str], place: int) -> int:
        """Find the first tag from a place on before which it is over, or how many there are; the others are noted."""
        within, count = self._within, self._count
        for at in range(place, len(tags)):
            name = name_of(tags[at])
            if within and name[:1] == "/" and within[-1] == name[1:]:  # as most do; the rest of the rules takes longer
                count[within.pop()] -= 1
            elif self._ends_before(name):
                return at
        return len(tags)

    def _ends_before(self, tag: str) -> bool:
        """Whether it is over before a tag of this name, which is otherwise taken note of."""
        if tag.startswith("/"):
            return self._closes(tag[1:])
        if tag in _ENDED_BY.get(self.name, ()) and not any(self._count.get(holder) for holder in _HOLDERS):
            return True
        if tag not in VOID:
            self._within.append(tag)
            self._count[tag] = self._count.get(tag, 0) + 1
        return False

    def _closes(self, name: str) -> bool:
        if not self._count.get(name):
            return name == self.name or (name in STARTS and name not in ("p", "br", "sup"))
        while (inner := self._within.pop()) != name:
            self._count[inner] -= 1
        self._count[name] -= 1
        return False


def name_of(tag: str) -> str:
    """Read the name of a tag from what stands between `<` and `>`: small letters, a closing one's with its `/`.

    Empty where that is no tag.

    >>> name_of("FONT COLOR=red"), name_of("/p"), name_of("br/"), name_of(" 3 ")
    ('font', '/p', 'br', '')
    """
    return _name(tag.partition(" ")[0])


@lru_cache(maxsize=4096)
def _name(first: str) -> str:
    found = _NAME.match(first)
    return found.group().lower() if found else ""


def _is_empty(parts: Sequence[str], place: int, tags: Sequence[str]) -> bool:
    """Whether the tag at a place follows one at once and ends it, as that of a hidden cell without text does."""
    return place < len(tags) and not parts[2 * place] and tags[place] == f"/{tags[place - 1].partition(' ')[0]}"


class Pairing:
    """Puts an effect's marks around the content of its element, over as many blocks of a document as that takes.

    What stands within an element that has an effect has none of its own.
    """

    def __init__(self) -> None:
        self._open: _Element | None = None

    def put(self, parts: list[str], tags: Sequence[str], styled: Mapping[str, Effect]) -> None:
        """Add to a block's parts: text, mark of a tag, text, ..."""
        openers = [*compress(count(), map(styled.__contains__, tags))] if styled else []
        place = 0
        while True:
            if self._open is None:
                at = bisect_left(openers, place)
                if at == len(openers):
                    return
                place = openers[at] + 1
                if not _is_empty(parts, place, tags):
                    self._open = self._opened(parts, place - 1, name_of(tags[place - 1]), styled[tags[place - 1]])
            else:
                place = self._open.end(tags, place)
                if place == len(tags):
                    return
                parts[2 * place + 1] = self._open.closer + parts[2 * place + 1]
                self._open = None

    def _opened(self, parts: list[str], place: int, name: str, effect: Effect) -> _Element:
        parts[2 * place + 1] += effect.opener
        return _Element(name, effect.closer)

    def rest(self) -> str:
        """Return the marks that end what is still open."""
        return self._open.closer if self._open else ""
