"""From marked text to lines and tabs: flowing text reflowed, preformatted text as it stands, raised marks set apart."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from indexer.analysis.tokenizer import count_words
from indexer.extract.markup.marks import (
    BREAK,
    CELL,
    LINE,
    PRE,
    PRE_END,
    ROW,
    SUP,
    SUP_END,
    VEIL,
    VEIL_END,
    visible,
)
from indexer.extract.mending import KnownWords, hyphenated
from indexer.extract.text import paged, tidy_rows

_INVISIBLE = "\u200b\u2060\ufeff\ufdd0"
_SOFT_HYPHEN = "\xad"
_SPACES = "".join(c for c in map(chr, range(0x3001)) if c.isspace() and c != " ")
_LONG_CELL = 200
"""Characters of a cell beyond which it holds paragraphs, not a figure or a label, and keeps its lines."""
_MOST_RAISED = 8
"""Characters of a mark, at most; more is text that somebody set high."""
_NO_LINES = frozenset((BREAK, LINE, CELL, ROW))
_BREAK = re.compile(f"-(?<=[A-Za-z]-){LINE}{{1,2}} *([a-z]{{2,40}})(?![A-Za-z])")
"""Looked for by its hyphen, as what begins with any letter is not found as quickly."""
_LONGEST_HALF = 40
_HALF = re.compile("(?<![A-Za-z])[A-Za-z]{2,40}\\Z")
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_SIGNS = {"tm": "™", "sm": "℠"}
_LETTER_MARKS = re.compile(r"[A-Za-z](?:, ?[A-Za-z])*+")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})


_Broken = tuple[re.Match[str], re.Match[str]]
"""A word that is broken at the end of a line: its first half, and its hyphen with the second."""


class LaidOut(NamedTuple):
    """A page's text, and how many words of it a reader of the page does not see."""

    text: str
    unseen: int
    kept: bool
    """Whether they are in the text all the same, because there are more of them than of the others."""


def layout(marked: str) -> LaidOut:
    """Lay out the text of a page without what its styles hide, unless that is more than half of it."""
    if VEIL not in marked:
        return LaidOut(_lines(marked), 0, kept=False)
    unseen = count_words("\n".join(piece.partition(VEIL_END)[0] for piece in marked.split(VEIL)[1:]))
    shown = _lines(visible(marked, VEIL, VEIL_END))
    if not unseen or unseen <= count_words(shown):
        return LaidOut(shown, unseen, kept=False)
    return LaidOut(_lines(marked.replace(VEIL, "").replace(VEIL_END, "")), unseen, kept=True)


def _lines(marked: str) -> str:
    for character in _INVISIBLE:
        if character in marked:
            marked = marked.replace(character, "")
    if _SOFT_HYPHEN in marked:
        marked = marked.replace(_SOFT_HYPHEN + LINE, "").replace(_SOFT_HYPHEN, "")
    flowing, *preformatted = marked.split(PRE)
    parts = [_flow(flowing)]
    for piece in preformatted:
        inside, _, after = piece.partition(PRE_END)
        parts += [_as_it_stands(inside), _flow(after.replace(PRE_END, ""))]
    return "\n".join(filter(None, parts))


def _as_it_stands(marked: str) -> str:
    for mark, character in ((BREAK, "\n"), (LINE, "\n"), (ROW, "\n"), (CELL, "\t"), (SUP, ""), (SUP_END, "")):
        marked = marked.replace(mark, character)
    return paged([marked]).text


def _flow(marked: str) -> str:
    for space in _SPACES:
        if space in marked:
            marked = marked.replace(space, " ")
    if SUP in marked:
        marked = _set_apart(marked)
    if LINE in marked:
        marked = _without_line_ends(marked)
    lines: list[str] = []
    for chunk in filter(None, marked.split(ROW)):
        if CELL not in chunk:
            lines += map(str.strip, chunk.split(BREAK))
        elif BREAK in chunk:
            lines += _row(chunk)
        else:
            lines.append("\t".join(filter(None, map(str.strip, chunk.split(CELL)))))
    return tidy_rows("\n".join(filter(None, lines)))


def _without_line_ends(marked: str) -> str:
    """Line ends within a paragraph as any other, but for those within a word."""
    broken = list(_broken(marked))
    return (_mended(marked, broken) if broken else marked).replace(LINE, BREAK)


def _broken(marked: str) -> Iterator[_Broken]:
    at = 0
    for rest in _BREAK.finditer(marked):
        if half := _HALF.search(marked, max(at, rest.start() - _LONGEST_HALF - 1), rest.start()):
            yield half, rest
            at = rest.end()


def _mended(marked: str, broken: Sequence[_Broken]) -> str:
    """Words broken at the end of a line of a paragraph or a cell made whole: `pay-<br>able`."""
    known = KnownWords(lambda: " ".join(_pieces(marked, broken)))
    joints = ("-" * hyphenated(half.group(), rest[1], known) for half, rest in broken)
    words = [f"{half.group()}{joint}{rest[1]}" for (half, rest), joint in zip(broken, joints, strict=True)]
    return "".join(chain.from_iterable(zip_longest(_pieces(marked, broken), words, fillvalue="")))


def _pieces(marked: str, broken: Iterable[_Broken]) -> Iterator[str]:
    """What stands between the broken words."""
    at = 0
    for half, rest in broken:
        yield marked[at : half.start()]
        at = rest.end()
    yield marked[at:]


def _trimmed(pieces: Iterable[str]) -> Iterator[str]:
    return filter(None, map(str.strip, pieces))


def _row(chunk: str) -> Iterable[str]:
    """A table row as one line, its cells a tab apart; a row of one cell is text that happens to stand in a table."""
    cells = list(_trimmed(chunk.replace(BREAK, " ").split(CELL)))
    if len(cells) < 2:
        return _trimmed(chunk.replace(CELL, BREAK).split(BREAK)) if cells else ()
    # Cells that hold paragraphs lay out a page, not a table: their lines stay lines.
    if max(map(len, cells)) < _LONG_CELL:
        return ("\t".join(cells),)
    paragraphs = ("\n".join(_trimmed(cell.split(BREAK))) for cell in chunk.split(CELL))
    return filter(None, "\t".join(filter(None, paragraphs)).split("\n"))


def _set_apart(marked: str) -> str:
    """The text with its raised marks apart from the words they touch; marks side by side are one."""
    head, *pieces = marked.split(SUP)
    done, mark = [head], ""
    for piece in pieces:
        content, closed, after = piece.partition(SUP_END)
        mark += content
        # Marks side by side are one: the next piece adds to it.
        if not closed or not after.lstrip(SUP_END):
            continue
        after = after.replace(SUP_END, "")
        done += (_raise(mark, done[-1][-1:], after[:1]), after)
        mark = ""
    return "".join((*done, _raise(mark, done[-1][-1:], "")))


def _raise(mark: str, before: str, after: str) -> str:
    content = mark.strip()
    if not 0 < len(content) <= _MOST_RAISED or not _NO_LINES.isdisjoint(content):
        return mark
    indent, end = len(mark) - len(mark.lstrip()), len(mark.rstrip())
    return mark[:indent] + raised(content, "" if indent else before, after if end == len(mark) else "") + mark[end:]


def raised(content: str, before: str, after: str) -> str:
    """Write a superscript as a reader sees it, given the characters that touch it; a mark or trademark ends the word.

    `20th` and a raised letter within a word stay one word; `Revenue¹` and `Zentrol™` are the words alone.

    >>> raised("1", "e", ""), raised("TM", "l", ""), raised("th", "0", " "), raised("a", "d", "")
    ('¹', '™', 'th', ' a')
    """
    if before.isalnum() and content.lower() in _RAISED_SIGNS:
        return _RAISED_SIGNS[content.lower()]
    if content[0].isdecimal() and (before.isalnum() or after.isalnum()):
        return content.translate(_RAISED_DIGITS)
    if not before.isalnum() or after.isalnum() or content.lower() in _ORDINALS:
        return content
    apart = _LETTER_MARKS.fullmatch(content) or (before.isdecimal() and content[0].isalpha())
    return f" {content}" if apart else content
