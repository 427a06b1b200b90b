"""The items that no heading with their number was found for: where links and titles say that they are.

A link of the table of contents leads to the heading, whether or not that says `Item`; a line that is the item's title,
in capitals, where the form's order wants it, is its heading too. Neither is as sure as a number.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from indexer.edgar.item_titles import Heading
from indexer.outline.wording import ends_in_page, is_continued

_LONGEST = 150
_FIGURES, _LETTERS = "0123456789", "ABCDEFGHIJK"
_NUMBERED = re.compile(r"\n[^A-Za-z0-9\n]{0,80}+([0-9]{1,2})[.\s]?\(?([A-Ka-k])(?=\W)")
"""Written with ranges, which take half of the time that `\\w` does."""
_WORDS = 2
"""Words of a title below which it may be a subheading of anything."""


class Found(NamedTuple):
    """Where an item is that has no heading with its number."""

    heading: Heading
    start: int
    title: str
    by_link: bool = False
    """Whether the table of contents leads there."""
    by_number: bool = False
    """Whether its number and its title stand there; else its title alone."""


class Known(NamedTuple):
    """What is known of a document's items."""

    located: Mapping[str, int]
    """Where those begin that were found by their numbers."""
    linked: Mapping[str, int]
    """Where the links of the contents lead, by the names of the items."""
    wanted: Container[str]
    """Those that must be somewhere."""


def missing_items(text: str, items: Sequence[Heading], known: Known) -> Iterator[Found]:
    """Yield the items that are not among the located ones, each in its place between its neighbours.

    Only those wanted are looked for by their titles.
    """
    located = known.located
    order = [heading.name for heading in items]
    is_lettered = any(name[-1] in _LETTERS and name not in located for name in order)
    numbered = _numbered(text) if located and is_lettered else frozenset()
    for at, heading in enumerate(items):
        if heading.name in located:
            continue
        low = max((located[name] for name in order[:at] if name in located), default=0)
        high = min((located[name] for name in order[at + 1 :] if name in located), default=len(text))
        if low >= high:
            continue
        start = known.linked.get(heading.name)
        by_number = _by_number(text, heading, low, high) if heading.name in numbered else None
        if by_number is not None:
            yield by_number
        elif start is not None and low < start < high:
            yield Found(heading, start, text[start : start + _LONGEST].partition("\n")[0].strip(), by_link=True)
        elif located and heading.name in known.wanted and (titled := _by_title(text, heading, low, high)) is not None:
            yield titled


def _by_number(text: str, heading: Heading, low: int, high: int) -> Found | None:
    """Find the line of its number without the word `Item`, and its title: `16A. Audit Committee Financial Expert`."""
    figures, letter = heading.name.rstrip(_LETTERS), heading.name.lstrip(_FIGURES)
    if not heading.titles:
        return None
    titles = "|".join(r"\W{1,3}".join(map(_spelled, title.split())) for title in heading.titles)
    line = rf"[^\w\n]{{0,80}}+{figures}[.\s]?\(?{letter}\W{{1,9}}(?:{titles})(?!\w)[^\n]{{0,{_LONGEST}}}"
    for found in re.compile(rf"\n(?P<line>{line})(?=\n)", re.I).finditer(text, low, high):
        if not (is_continued(found["line"]) or ends_in_page(found["line"])):
            return Found(heading, found.start("line"), found["line"].strip(), by_number=True)
    return None


def _numbered(text: str) -> frozenset[str]:
    """The numbers with a letter that begin lines, `16A`: as a rule none that is missing, which is told in one pass."""
    return frozenset(f"{found[1]}{found[2].upper()}" for found in _NUMBERED.finditer(text))


def _by_title(text: str, heading: Heading, low: int, high: int) -> Found | None:
    titles = [title for title in heading.titles if title.count(" ") + 1 >= _WORDS]
    if not titles:
        return None
    known = "|".join(r"\W{1,3}".join(map(_spelled, title.upper().split())) for title in titles)
    pattern = re.compile(rf"\n(?P<line>[^\w\n]{{0,80}}+(?:{known})(?!\w)[^\n]{{0,{_LONGEST}}})(?=\n)")
    for found in pattern.finditer(text, low, high):
        line = found["line"].strip()
        if not (is_continued(line) or ends_in_page(line) or any(map(str.islower, line.split("(")[0]))):
            return Found(heading, found.start("line"), line)
    return None


def _spelled(word: str) -> str:
    """A word of a plain title as it is spelled, with its apostrophe."""
    return rf"{word[:-1]}['’`]?{word[-1]}['’]?" if word.endswith("S") else word
