"""The lines of a text that may be the heading of an item, with what speaks for and against each.

A line is looked at where the word `Item` begins it, or follows what may stand before a heading: a bullet, the part, a
link back to the contents. Everything looked at is bounded, so that time grows with the text alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from indexer.edgar.headings import Numbering, title_words
from indexer.outline import numbers
from indexer.outline.wording import (
    LEAD,
    PARAGRAPH,
    TAIL,
    against,
    amends,
    continues,
    end_of_line,
    ends_in_page,
    is_apart,
    is_continued,
    past_lead,
    places,
    runs_on,
    says_nothing,
    without_page,
)

MOST = 2000
"""Lines that are weighed; no filing has as many, a hostile one must not cost more."""
_BEFORE = 160
"""Characters that may stand before the word `Item` in its line."""
_INLINE_REACH = 300
"""Characters of a heading in which the headings of other items stand."""
_FULL_LINE = 50
"""Characters of a line of plain text below which it does not go on in the next one."""
_SAYS_PART = r"part\s{1,4}(?P<part>i{1,3}|iv|[1-4]|one|two|three|four)\b"
_PREFIX = re.compile(
    r"[\W_]{0,80}+(?:(?:(?:back|return|go)\s)?(?:to\s)?(?:the\s)?(?:table\sof\scontents|contents|index)[\W_]{1,20})?"
    r"(?:(?:form\s)?10-?[kq]\b[\W_]{1,20})?"
    rf"(?:{_SAYS_PART}[\W_]{{0,20}}"
    r"(?:(?:financial|other)\sinformation\b)?[\W_]{0,20}(?:\(continued\)[\W_]{0,9})?)?",
    re.I,
)
_PART = re.compile(rf"[\W_]{{0,80}}+{_SAYS_PART}(?!,?[^\S\n](?:item|of|hereof|and))", re.I)
_BARE = re.compile(r"(?:\A|\n)(?P<blank>[^\S\n]{0,60}+)(?P<number>\d{1,2})(?=[A-K]?[.):\s–—-])")
_PART_NAMES = {name: part for part, names in {
    "I": "i 1 one", "II": "ii 2 two", "III": "iii 3 three", "IV": "iv 4 four",
}.items() for name in names.split()}  # fmt: skip
_BOXES = re.compile(r"[\[(][\sxX_]{0,6}[\])]|[☐☑☒□■¨þý]")
_INLINE = re.compile(r"(?:[,;&+/)\].:]|\band)\s{0,4}(?=items?\s{0,4}\d)", re.I)

_REFERENCE = 2.5
"""What speaks against a line from which on it is no candidate."""


class Candidate(NamedTuple):
    """A line that may be the heading of an item."""

    start: int
    """Of the line."""
    item_start: int
    """Of the word `Item`."""
    title_start: int
    numbers: tuple[str, ...]
    """Most have one; `Items 1 and 2.` has two. Without the part of a 10-Q."""
    part: str
    """`I` to `IV`, where the line says it or stands under it."""
    title: str
    paragraph: str
    """The title with what follows it in its paragraph, at most `PARAGRAPH` characters."""
    has_page_number: bool
    is_continued: bool
    against: float
    """How much its wording speaks for a reference instead: 0 nothing, 3 all."""
    apart: bool
    """Whether an empty line stands above it."""
    words: str
    """The title in the words of `title_words`; empty where `None` or the like stands in its place."""


def candidates(text: str, lookup: Numbering, *, wrapped: bool) -> list[Candidate]:
    """List every line that may be a heading, in the order of the text.

    `wrapped` says whether lines end where the page does (plain text) or where a block does (HTML).
    """
    lower = text.lower()
    if len(lower) != len(text):  # `İ` becomes two characters
        lower = text.replace("İ", "I").lower()
    parts = list(islice(_parts(text, lower), MOST)) if lookup.has_parts else []
    starts = [start for start, _ in parts]
    found = islice(_items(text, lower), 4 * MOST)
    made = (_candidate(text, line, at, lookup, wrapped=wrapped) for line, at in found)
    lines = list(_without_parts(islice((line for line in made if line and line.against < _REFERENCE), MOST)))
    return [
        line._replace(part=parts[under][1]) if under >= 0 and not line.part else line
        for line in lines
        for under in [bisect_right(starts, line.start) - 1]
    ]


def _without_parts(lines: Iterable[Candidate]) -> Iterator[Candidate]:
    """The lines without those that go on with the heading before them: `Item 10. (...), Item 11. (...)` on two."""
    last = None
    for line in lines:
        if last is None or line.start > last.start + PARAGRAPH or line.numbers[0] not in last.numbers[1:]:
            last = line
            yield line


def bare_candidates(text: str, lookup: Numbering, *, wrapped: bool) -> list[Candidate]:
    """List the lines that begin with an item's number and title, without the word `Item`: `1A. RISK FACTORS`."""
    found = islice(_BARE.finditer(text), 8 * MOST)
    made = (_bare(text, match, lookup, wrapped=wrapped) for match in found)
    return list(islice(filter(None, made), MOST))


def _bare(text: str, match: re.Match[str], lookup: Numbering, *, wrapped: bool) -> Candidate | None:
    at, start = match.start("number"), match.start("number") - len(match["blank"])
    for each in numbers.readings(text, match["number"], match.end()):
        title_start = past_lead(text, each.end)
        title = text[title_start : end_of_line(text, title_start)].rstrip(TAIL)
        if title[:1].isalpha() or (title[:1] in "[(" and lookup.fitting(each.name, title_words(title))):
            line = _judged(text, (start, at, each.end), (each.name,), lookup, wrapped=wrapped)
            return line if line and line.against == 0 and lookup.fitting(each.name, line.words) else None
    return None


def _parts(text: str, lower: str) -> Iterator[tuple[int, str]]:
    for at in places(lower, "part"):
        start = text.rfind("\n", max(0, at - _BEFORE), at) + 1
        if (start or at < _BEFORE) and (part := _PART.match(text, start)) and part.start("part") > at:
            yield start, _PART_NAMES[part["part"].lower()]


def _items(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Where lines begin that the word `Item` may head, and where it stands."""
    for at in numbers.words(lower):
        start = text.rfind("\n", max(0, at - _BEFORE), at) + 1
        if at - start <= _BEFORE and (start == at or _may_precede(text[start:at])):
            yield start, at


def _may_precede(prefix: str) -> bool:
    if prefix[-1] == "(" or prefix.isspace():
        return True
    return prefix.rstrip()[-1] not in "(/" and _PREFIX.fullmatch(prefix) is not None


def _candidate(text: str, start: int, at: int, lookup: Numbering, *, wrapped: bool) -> Candidate | None:
    read = _read_number(text, at, lookup)
    if read is None:
        return None
    number, end = read
    said = [number]
    for more in numbers.beside(text, end, plural=text[at + 4 : at + 5] in "sS"):
        if more.name not in lookup.by_number:
            break
        order = list(lookup.by_number)
        said += numbers.between(said[-1], more.name, order) if more.is_range else [more.name]
        end = more.end
    if text[at - 1 : at] == "(":
        return _in_brackets(text, (start, at, end), said, lookup, wrapped=wrapped)
    return _judged(text, (start, at, end), said, lookup, wrapped=wrapped)


def _in_brackets(
    text: str, place: tuple[int, int, int], names: Sequence[str], lookup: Numbering, *, wrapped: bool
) -> Candidate | None:
    """The line whose number stands in brackets: `(Item 1) Business`, `Business (Item 1)`, if that is all it says."""
    start, at, end = place
    said = text[start : at - 1].strip(TAIL)
    if ")" not in text[end - 1 : end + 1]:
        return None
    if not said:
        line = _judged(text, place, names, lookup, wrapped=wrapped)
        return line if line and any(lookup.fitting(each, line.words) for each in names) else None
    words, behind = title_words(said), text[end : end_of_line(text, end)].removeprefix(")")
    goes_on = without_page(behind).strip(TAIL) or (wrapped and continues(text, start))
    if goes_on or not any(lookup.fitting(each, words) for each in names):
        return None
    return Candidate(
        start, at, end + 1, tuple(dict.fromkeys(names)), "", said, said,
        has_page_number=ends_in_page(behind), is_continued=False, against=0.0, apart=is_apart(text, start),
        words=words,
    )  # fmt: skip


def _judged(
    text: str, place: tuple[int, int, int], names: Sequence[str], lookup: Numbering, *, wrapped: bool
) -> Candidate | None:
    """The line of which the numbers have been read: where it begins, where `Item` does, where the numbers end."""
    (start, at, end), said = place, list(names)
    title_start, title, paragraph = _title(text, end, wrapped=wrapped)
    words = title_words(title)
    fit = any(lookup.fitting(each, words) for each in said)
    if not fit and title_start > text.find("\n", end, title_start + 1) >= 0:
        title_start, title, paragraph, words = end, "", "", ""  # what stands below is no title but the text
    if _BOXES.match(title) and len(title) < _BEFORE:
        return None
    reach = _reach(text, title_start) if wrapped else title[:_INLINE_REACH]
    said += [each for each in _inline(text, (title_start, reach), lookup) if each not in said]
    if not fit and (says_nothing(title) or amends(paragraph)):
        words = ""
    prefix = _PREFIX.fullmatch(text[start:at]) if at - start > 4 else None
    part = _PART_NAMES[prefix["part"].lower()] if prefix and prefix["part"] else ""
    speaks_against = against(paragraph, fit=fit) + 0.7 * (text[end : end + 1] == ",")
    return Candidate(
        start, at, title_start, tuple(dict.fromkeys(said)), part, title, paragraph,
        has_page_number=_has_page_number(text, end, title, paragraph),
        is_continued=is_continued(title),
        against=speaks_against + 2.0 * (wrapped and continues(text, start)),
        apart=is_apart(text, start),
        words=words,
    )  # fmt: skip


def _read_number(text: str, at: int, lookup: Numbering) -> tuple[str, int] | None:
    """The reading of the number that the title speaks for; its name and where it ends.

    `Item 8B. Financial Statements` is item 8 of a form whose item 8B has another title.
    """
    read = numbers.first(text, at)
    known = [each for each in read if each.name in lookup.by_number]
    if not known:
        return None
    if len(known) == 1 and known[0].end == read[0].end:
        return known[0].name, known[0].end
    for each, end in [*((each, each.end) for each in known), *((each, read[0].end) for each in known)]:
        title = text[end : end + 80].lstrip("\n" + LEAD).partition("\n")[0]
        if lookup.fitting(each.name, title_words(title)):
            return each.name, end
    chosen = next((each for each in known if each.plain), known[-1])
    return chosen.name, chosen.end


def _title(text: str, end: int, *, wrapped: bool) -> tuple[int, str, str]:
    """Where the title begins, the title, and the paragraph it begins."""
    start = past_lead(text, end)
    line_end = end_of_line(text, start)
    if start >= line_end or text[start:line_end].strip(TAIL).isdecimal():
        start, line_end = _next_line(text, line_end)
    title = text[start:line_end].rstrip(TAIL)
    if not wrapped:
        return start, title, title[:PARAGRAPH]
    block_end = text.find("\n\n", start, start + PARAGRAPH)
    block = text[start : block_end if block_end >= 0 else start + PARAGRAPH]
    if line_end - text.rfind("\n", 0, start) < _FULL_LINE:  # the line ends before the page does
        block = title if ends_in_page(title) or not block[len(title) :].strip().isupper() else block
    return start, title, " ".join(block.split())


def _next_line(text: str, at: int) -> tuple[int, int]:
    """The next line that is not empty, near by; nothing where that begins another heading."""
    start = at
    while start < min(len(text), at + 200) and text[start] in " \t\n\xa0":
        start += 1
    end = end_of_line(text, start)
    said = text[start:end].lstrip(LEAD)
    if numbers.first(said, 0) or _PART.match(said) or not said:
        return at, at
    return past_lead(text, start), end


def _has_page_number(text: str, end: int, title: str, paragraph: str) -> bool:
    """Whether a page number ends the line, or the next one of a title that wraps."""
    line = text[end : end_of_line(text, end)]
    return ends_in_page(line) or (bool(title) and len(paragraph) < 200 and ends_in_page(paragraph))


def _reach(text: str, start: int) -> str:
    """The heading's paragraph, as far as it does not end in a line above another heading's."""
    block = text[start : start + _INLINE_REACH].partition("\n\n")[0]
    first, *rest = block.split("\n")
    for line in rest:
        if line.lstrip()[:4].lower() == "item" and not first.rstrip().endswith((",", "&", " and")):
            break
        first += f"\n{line}"
    return first


def _inline(text: str, place: tuple[int, str], lookup: Numbering) -> Iterator[str]:
    """The items whose headings stand within the first's, of which the title's place and reach are given:
    `Business and Item 2. Properties`."""
    start, reach = place
    if "tem" not in reach.lower():
        return
    for joint in _INLINE.finditer(reach):
        read = _read_number(text, start + joint.end(), lookup)
        if read:
            title = text[read[1] : read[1] + 80].lstrip(LEAD + "(\n").partition("\n")[0]
            if lookup.fitting(read[0], title_words(title)) and not runs_on(title):
                yield read[0]
