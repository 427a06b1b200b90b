"""Headings without a number: `RISK FACTORS` of a prospectus, `Election of Directors` of a proxy statement.

A caption is a line that is nothing but a known title, or a title that the table of contents lists, which ends the
caption before it. Where most are in capitals, those that are not are subheadings. A caption said again with others
between begins another stretch of its name: a supplement and the prospectus behind it have their own risk factors.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from indexer.edgar.item_titles import Heading, plain_title
from indexer.outline.ends import last_end
from indexer.outline.wording import ends_in_page, is_continued, without_page

_LONGEST = 130
_PART_OF_TITLE = 70
_BROKEN = " \v"
"""What stands between the halves of a title."""
_IN_BRACKETS = re.compile(r"\s?\([^()]{1,60}\)\W{0,3}\Z")
_LEAST_TEXT = 90
"""Characters that a caption is followed by; fewer are a table of contents or a list."""
_CAPITALS = 3
"""Captions in capitals from which on the others are taken for subheadings."""
_CONTENTS = 60_000
"""Characters at the beginning in which the table of contents stands."""
_PROPOSAL = re.compile(
    r"(?:(?:proposal|item)(?: (?:no|number))?[\W_]{1,3}(?:\d{1,2}[a-z]?|one|two|three|four|five|six)[\W_]{1,9})?", re.I
)
_PREFIX = re.compile(rf"(?:(?:table of contents|part i{{1,3}})[\W_]{{1,9}})?{_PROPOSAL.pattern}", re.I)
_BEGINNING = 3
"""Letters by which a line is told that is no title."""
_COLUMN = 14
"""Characters at the end of a line in which a column of page numbers stands."""
_PAGE_COLUMN = re.compile(r"(?:\t| {2,3})(?:[A-Za-z]{1,2}-)?(?:\d{1,3}|[ivx]{1,5})\Z")
_LONG_TITLE = 3
"""Spaces in a title from which on a line that begins with it is one."""
_MOST = 4000


class Caption(NamedTuple):
    """A caption and the text under it."""

    name: str
    title: str
    start: int
    end: int


class _Line(NamedTuple):
    """A line that is a title: of a caption that is looked for, or of another, which has no name."""

    start: int
    name: str
    title: str
    in_capitals: bool


def captions(text: str, headings: Sequence[Heading], end: int, *, wrapped: bool) -> list[Caption]:
    """Find the captions of these headings in the text before `end`, where numbered items begin or the text ends.

    `wrapped` says whether lines end where the page does, so that only what empty lines set apart is a caption.
    """
    units = _blocks(text[:end]) if wrapped else _whole_lines(text[:end])
    found = _apart(_top(list(_titled(units, headings))), end)
    if not found:
        return []
    ends = [*(line.start for line in found[1:]), end]
    return [
        Caption(line.name, line.title, line.start, last_end(text[:after], line.start + 1, statements=True))
        for line, after in zip(found, ends, strict=True)
        if line.name
    ]


def _whole_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with where they begin; of short lines in a row two together, too, for a title may be broken in two."""
    at, before = 0, ""
    for line in text.split("\n"):
        if before and 0 < len(line) <= _PART_OF_TITLE:
            yield at - len(before) - 1, f"{before}{_BROKEN}{line}"
        yield at, line
        at += len(line) + 1
        before = line if 0 < len(line) <= _PART_OF_TITLE else ""


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """What stands between empty lines, short blocks as one line, and of the table of contents every line."""
    at = 0
    for block in text.split("\n\n"):
        if len(block) <= 2 * _LONGEST:
            yield at + len(block) - len(block.lstrip("\n")), " ".join(block.split())
        if at < _CONTENTS:
            yield from ((at, line) for line in block.split("\n") if _lists(line))
        at += len(block) + 2


def _lists(line: str) -> bool:
    """Whether it is a line of a table of contents: a page number stands in a column at its end."""
    return _PAGE_COLUMN.search(line[-_COLUMN:]) is not None


class _Known(NamedTuple):
    """The titles that are looked for."""

    names: Mapping[str, str]
    long: tuple[str, ...]
    """Those long enough that a line which begins with one says nothing else."""
    beginnings: frozenset[str]
    """Of all of them."""


@lru_cache(maxsize=64)
def _known(headings: tuple[Heading, ...]) -> _Known:
    names = {title: heading.name for heading in reversed(headings) for title in heading.titles}
    long = tuple(title for title in names if title.count(" ") >= _LONG_TITLE)
    return _Known(names, long, frozenset(title[:_BEGINNING] for title in names))


def _titled(units: Iterator[tuple[int, str]], headings: Sequence[Heading]) -> Iterator[_Line]:
    known, listed, beginnings, past = _known(tuple(headings)), set[str](), set[str](), 0
    for start, line in units:
        if start < past or not 3 < len(line) <= 2 * _LONGEST or len(said := line.strip()) > _LONGEST:
            continue
        if start < _CONTENTS and _lists(said):
            listed.add(words := plain_title(without_page(said)))
            beginnings.add(words[:_BEGINNING])
        elif _may_be_heading(said) and any(_may_be_title(said, each) for each in (known.beginnings, beginnings)):
            for title in _line(start, said, known, listed):
                past = start + len(line) if _BROKEN in line else past
                yield title


def _may_be_heading(said: str) -> bool:
    return said[:1].isupper() and said[-1] not in ",;" and "\t" not in said and not ends_in_page(said)


def _may_be_title(said: str, beginnings: Container[str]) -> bool:
    """Whether a line may be a title that begins so, without looking at all of it: most are none."""
    first = said[:_BEGINNING]
    return first[0] in "PTI" or not (first.isalpha() and first.isascii()) or first.lower() in beginnings


def _line(start: int, said: str, known: _Known, listed: set[str]) -> Iterator[_Line]:
    is_broken = _BROKEN in said
    prefix = _PROPOSAL.match(said) if is_broken else _PREFIX.match(said)
    title = said[prefix.end() :] if prefix else said
    words = plain_title(title)
    name = known.names.get(words, "") or known.names.get(plain_title(_IN_BRACKETS.sub("", title)), "")
    if not name and not is_broken and words.startswith(known.long):
        name = next(known.names[title] for title in known.long if words.startswith(title))
    if (name or words in listed) and not is_continued(said):
        yield _Line(start, name, said.replace(_BROKEN, " "), said.isupper())


def _top(lines: Sequence[_Line]) -> list[_Line]:
    """Without those that are subheadings, as they are not in capitals and the others are."""
    capitals = [line for line in lines if line.in_capitals]
    named = {line.name for line in capitals if line.name}
    return capitals if len(named) >= _CAPITALS else list(lines)


def _apart(lines: Sequence[_Line], end: int) -> list[_Line]:
    """The first of each run of lines of one title, those with text under them."""
    runs = [next(run) for _, run in groupby(lines, key=lambda line: line.name or line.title)]
    starts = [*(line.start for line in runs), end]
    followed = [line for line, (here, after) in zip(runs, pairwise(starts), strict=True) if after - here >= _LEAST_TEXT]
    return followed[:_MOST]
