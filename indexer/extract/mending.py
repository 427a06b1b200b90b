"""Words broken at the ends of lines made whole: `acqui-` and `sition`, in running text and within a column of a table.

Whether the hyphen was the word's own is told by how the document writes the word elsewhere, then by how filings write
it (`words.txt`, which `bench/words.py` makes), then by whether both its parts are words. Where nothing tells, a word is
made whole only if it cannot be anything else. Works on text that was laid out in lines; knows nothing of markup.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from heapq import heappop, heappush
from importlib.resources import files
from itertools import pairwise
from string import ascii_letters
from typing import NamedTuple

_BREAK = re.compile(r"-(?<=[A-Za-z]-)(?=\n| {3}|\Z)")
_BROKEN = re.compile(r"(?<![A-Za-z])[A-Za-z]+-(?= {3}|\Z)")
_BEHIND_BREAK = re.compile(r"\n\s*[A-Za-z]*|")
_HALF = re.compile(r"(?<![A-Za-z])[A-Za-z]+\Z")
_REST = re.compile(r"([a-z]++|[A-Z]{2,}+)(?![A-Za-z])\S*")
_SEGMENT = re.compile(r"\S++(?: \S++)*+")
_LONGEST = 40
"""Letters of half a broken word, at most; what is longer is no word."""
_MENDED = 8 << 20
"""Characters of a document beyond which broken words are left: no document that is hyphenated is as long."""
_LINE = 400
"""Characters of a line beyond which it is not looked at: lines of plain-text documents have at most 132."""
_GAP = "   "
"""Between columns; what is justified has it too, but not at the same place in two lines."""
_ASIDE = 12
"""Columns by which a line may begin further in or out than the one it continues: a hanging indent."""
_ASKED = 20
"""Words that are looked for in a text before all its words are collected."""
_SHORTEST = 5
"""Letters that a word has at least which is put together from two lines of a column."""
_LETTERS = bytes(ord(c.lower()) if c.isalpha() or c == "-" else 32 for c in map(chr, range(128))).ljust(256)
_BEFORE_HYPHENS = frozenset({
    "anti", "co", "cross", "ex", "mid", "multi", "non", "post", "pre", "quasi", "self", "semi", "well",
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety",
})  # fmt: skip
"""Where nothing tells, a hyphen behind one of these is the word's own."""
_GLUED = frozenset({
    "be", "de", "dis", "down", "fore", "in", "inter", "mis", "out", "over", "re", "sub", "super", "trans", "un",
    "under", "up",
})  # fmt: skip
_PREFIXES = _BEFORE_HYPHENS | _GLUED
"""What some write with a hyphen and some without, so that the document tells better than other filings."""
_OF_VERBS = ("able", "ed", "ing", "ive")
"""How the second part of a compound ends that need not be a word anybody knows: `water-chilling`."""


class _Rest(NamedTuple):
    """Where the rest of a broken word may stand."""

    line: int
    start: int
    end: int
    word: str
    needs_proof: bool
    """Whether it belongs to the word only if both together are one that is known."""


class _Spelling(NamedTuple):
    """How a broken word is written."""

    hyphen: bool
    proven: bool
    """By the document or by other filings, and not only by what its parts are."""


def mend(pages: Sequence[str]) -> list[str]:
    """Make broken words whole in pages, the rest of each drawn up to the line it began on.

    >>> mend(["an acqui-\\nsition of long-\\nterm debt; a term as long as any\\n"])
    ['an acquisition\\nof long-term\\ndebt; a term as long as any\\n']
    """
    broken = [[found.start() for found in _BREAK.finditer(page)] for page in pages]
    if not any(broken) or sum(map(len, pages)) > _MENDED:
        return list(pages)
    known = KnownWords(
        lambda: "\n".join(piece for page, places in zip(pages, broken, strict=True) for piece in _whole(page, places))
    )
    return [_mended(page, places, known) if places else page for page, places in zip(pages, broken, strict=True)]


def _whole(page: str, places: Iterable[int]) -> Iterator[str]:
    """The page without its broken words, whose parts are not words."""
    at = 0
    for place in places:
        half = _HALF.search(page, max(at, place - _LONGEST), place)
        yield page[at : half.start() if half else place]
        behind = _BEHIND_BREAK.match(page, place + 1)
        at = behind.end() if behind else place + 1
    yield page[at:]


class KnownWords:
    """The words of a text in lower case, those with hyphens whole, in their parts, and in pairs of parts.

    The text is made when the first is asked for: what other filings tell needs none. The first questions are answered
    by looking through it: most documents have few broken words, and collecting all words takes as long as looking for
    twenty.
    """

    def __init__(self, text: Callable[[], str]) -> None:
        self._text = text
        self._asked = 0

    def __contains__(self, word: str) -> bool:
        self._asked += 1
        if self._asked > _ASKED:
            return word in self._all
        said, text = word.encode("ascii"), self._letters
        at = text.find(said)
        while at >= 0 and (text[at - 1 : at].isalpha() or text[at + len(said) : at + len(said) + 1].isalpha()):
            at = text.find(said, at + 1)
        return at >= 0

    @cached_property
    def _letters(self) -> bytes:
        return b" %b " % self._text().encode("ascii", "replace").translate(_LETTERS)

    @cached_property
    def _all(self) -> set[str]:
        known = set(self._letters.decode("ascii").split())
        for word in [word for word in known if "-" in word]:
            parts = word.split("-")
            known.update(parts, map("-".join, pairwise(parts)))
        return known


@cache
def _common() -> frozenset[str]:
    """How filings write words: with their hyphen, or as one."""
    return frozenset(files("indexer.extract").joinpath("words.txt").read_text("ascii").split())


def hyphenated(first: str, second: str, known: KnownWords) -> bool:
    """Tell whether a word broken after `first` has a hyphen of its own, by the document's words and those of filings.

    >>> hyphenated("acqui", "sition", KnownWords(str)), hyphenated("platform", "independent", KnownWords(str))
    (False, True)
    """
    return _spelling(first, second, known).hyphen


def _spelling(first: str, second: str, known: KnownWords) -> _Spelling:
    first, second = first.lower(), second.lower()
    whole, pair, common = first + second, f"{first}-{second}", _common()
    compound = second in common and (first in common or first in _BEFORE_HYPHENS)
    # Filings write it as one word, and its halves are not two: `acquisition`.
    if whole in common and not compound:
        return _Spelling(hyphen=False, proven=True)
    # Filings write it with a hyphen: `long-term`. With prefixes writers differ, so that the document tells better.
    if pair in common and first not in _PREFIXES:
        return _Spelling(hyphen=True, proven=True)
    # The document writes it elsewhere, in one way only.
    as_one, as_pair = whole in known, pair in known
    if as_one != as_pair:
        return _Spelling(hyphen=as_pair, proven=True)
    if pair in common:
        return _Spelling(hyphen=True, proven=True)
    if as_one or whole in common:
        return _Spelling(hyphen=False, proven=True)
    # Nothing has it whole: two words are taken for a compound, anything else for one word.
    compound = compound or all(part in common or part in known for part in (first, second))
    if first in common and first not in _GLUED and len(second) > 6 and second.endswith(_OF_VERBS):
        compound = True
    return _Spelling(hyphen=compound or first in _BEFORE_HYPHENS or len(first) == 1, proven=False)


def _mended(page: str, places: Iterable[int], known: KnownWords) -> str:
    """The page with the words that are broken at these places made whole."""
    lines, gone = page.split("\n"), set[int]()
    pending, last = sorted(set(_lines_of(page, places))), -1
    while pending:
        at = heappop(pending)
        # A line may wait twice: its own word is broken, and something was drawn up from it.
        if at == last or len(lines[at]) >= _LINE:
            continue
        last = at
        for below in _mend_line(lines, at, known):
            if lines[below].strip():
                heappush(pending, below)  # where less stands now
            else:
                gone.add(below)
    return "\n".join([line for at, line in enumerate(lines) if at not in gone] if gone else lines)


def _lines_of(page: str, places: Iterable[int]) -> Iterator[int]:
    """The number of the line that each place is in."""
    line = at = 0
    for place in places:
        line += page.count("\n", at, place)
        at = place
        yield line


def _mend_line(lines: list[str], at: int, known: KnownWords) -> Iterator[int]:
    """Mend the words that are broken on a line; the lines of which the rest was drawn up."""
    for broken in reversed([*_broken(lines[at])]):
        for rest in _rests(lines, at, broken):
            spelling = _spelling(broken.group()[:-1], rest.word, known)
            if rest.needs_proof and not (spelling.proven and not spelling.hyphen):
                continue
            _join(lines, at, broken, rest, hyphen=spelling.hyphen)
            yield rest.line
            break


def _broken(line: str) -> Iterator[re.Match[str]]:
    """The words that are broken on a line, found by their hyphens."""
    for hyphen in _BREAK.finditer(line):
        if found := _BROKEN.match(line, len(line[: hyphen.start()].rstrip(ascii_letters))):
            yield found


def _rests(lines: Sequence[str], at: int, broken: re.Match[str]) -> Iterator[_Rest]:
    """Where the word broken at the end of a line, or of a column of it, may go on: under it, or in the line below."""
    line, below = lines[at], at + 1
    if below < len(lines) and not lines[below].strip():
        below += 1
    if below >= len(lines) or len(lines[below]) > _LINE or len(broken.group()) > _LONGEST:
        return
    # What is broken within a line is broken at the end of a column: it goes on right under that column.
    at_end, indent = broken.end() == len(line), _indent(line)
    start = _column(line, broken.start(), _GAP if at_end else _GAP[1:])
    in_column = not at_end or start > indent
    if in_column and (under := _under(lines[below], start, broken)) is not None:
        yield from _rest(lines, below, under, broken, needs_proof=True)
    if at_end:
        aside = abs(_indent(lines[below]) - indent) > _ASIDE
        doubtful = aside or in_column or below > at + 1 or broken.group().isupper()
        yield from _rest(lines, below, _indent(lines[below]), broken, needs_proof=doubtful)


def _column(line: str, at: int, gap: str) -> int:
    """Where the column begins that a place of a line is in."""
    found = line.rfind(gap, 0, at)
    return max(found + len(gap), _indent(line)) if found >= 0 else _indent(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _under(line: str, start: int, broken: re.Match[str]) -> int | None:
    """Where something stands in a line right under the column in which a word is broken."""
    under = (found for found in _SEGMENT.finditer(line) if found.start() < broken.end() and found.end() > start)
    return next((found.start() for found in under if abs(found.start() - start) < _ASIDE), None)


def _rest(lines: Sequence[str], below: int, start: int, broken: re.Match[str], *, needs_proof: bool) -> Iterator[_Rest]:
    rest = _REST.match(lines[below], start)
    if rest is None or rest[1].isupper() != broken.group().isupper() or len(rest[1]) > _LONGEST:
        return
    if not needs_proof or len(broken.group()) + len(rest[1]) > _SHORTEST:
        yield _Rest(below, start, rest.end(), rest[1], needs_proof)


def _join(lines: list[str], at: int, broken: re.Match[str], rest: _Rest, *, hyphen: bool) -> None:
    """Draw the rest up; what stands in columns stays where it is."""
    above, below = lines[at], lines[rest.line]
    drawn, after = below[rest.start : rest.end], below[rest.end :]
    word = above[: broken.end() - 1] + "-" * hyphen + drawn
    behind = above[broken.end() :]
    lines[at] = (word + behind[min(len(drawn), max(0, _indent(behind) - 2)) :]).rstrip()
    in_columns = below[: rest.start].strip() or after.startswith("  ")
    blank = " " * len(drawn) if in_columns else ""
    lines[rest.line] = (below[: rest.start] + blank + (after if in_columns else after.lstrip())).rstrip()
