"""The parts of a 10-K, 10-Q, 8-K or 20-F by their item headings.

A heading is a line that begins with `Item 7.` and the item's title. The contents table says the same lines, and so do
running heads and references that happen to begin a line; what tells the heading apart is that the text follows it. So
every such line is weighed (does the title fit, does a page number end it, how much text comes before the next one) and
of all of them the heaviest sequence in the form's own order is taken. Works on the final text; changes nothing in it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice, pairwise, zip_longest
from typing import NamedTuple

from indexer.extracted import Section

_ANNUAL = {
    "1": r"(?:description of |the )?business|the company",
    "1A": r"risk factors",
    "1B": r"unresolved",
    "1C": r"cyber",
    "2": r"(?:description of )?propert",
    "3": r"legal",
    "4": r"mine safety|submission|reserved|\W*removed|results of votes",
    "4A": r"executive officers",
    "5": r"market for|market price",
    "6": r"selected|reserved|\W*reserved|management",
    "7": r"management|financial statements",
    "7A": r"quantitative|qualitative",
    "8": r"(?:consolidated )?financial|changes in",
    "8A": r"controls",
    "8B": r"other information",
    "9": r"changes in|disagreements|directors",
    "9A": r"controls|disclosure controls",
    "9B": r"other information",
    "9C": r"disclosure regarding",
    "10": r"directors|executive",
    "11": r"executive|security|management remuneration",
    "12": r"security|certain",
    "13": r"certain|exhibits",
    "14": r"principal|exhibits|controls",
    "15": r"exhibit|principal",
    "16": r"form 10|summary",
}
_QUARTERLY = {
    "I.1": r"(?:condensed |consolidated |unaudited |interim )*financial|(?:condensed |consolidated )+",
    "I.2": r"management",
    "I.3": r"quantitative|qualitative|controls",
    "I.4": r"controls|disclosure controls",
    "II.1": r"legal",
    "II.1A": r"risk",
    "II.2": r"unregistered|changes in|market|issuer",
    "II.3": r"default",
    "II.4": r"mine|submission|reserved|\W*removed",
    "II.5": r"other",
    "II.6": r"exhibits",
}
_FOREIGN = {
    "1": r"identity", "2": r"offer", "3": r"key", "4": r"information on|information about", "4A": r"unresolved",
    "5": r"operating", "6": r"directors", "7": r"major", "8": r"financial", "9": r"the offer|offer",
    "10": r"additional", "11": r"quantitative|qualitative", "12": r"description", "13": r"default", "14": r"material",
    "15": r"controls|disclosure controls|\W*reserved", "16": r"\W*reserved|audit", "16A": r"audit", "16B": r"code",
    "16C": r"principal", "16D": r"exemption", "16E": r"purchases", "16F": r"change", "16G": r"corporate",
    "16H": r"mine", "16I": r"disclosure", "16J": r"insider", "16K": r"cyber", "17": r"financial", "18": r"financial",
    "19": r"exhibits",
}  # fmt: skip
_CURRENT_OLD = {
    "1": r"changes? in control", "2": r"acquisition", "3": r"bankruptcy", "4": r"changes? in", "5": r"other",
    "6": r"resignation", "7": r"financial|exhibits", "8": r"change in", "9": r"regulation|reg\b|sales",
    "10": r"amendment", "11": r"temporary", "12": r"results|disclosure",
}  # fmt: skip
_CURRENT_NEW = {
    "1.01": "entry", "1.02": "termination", "1.03": "bankruptcy", "1.04": "mine", "1.05": "material",
    "2.01": "completion", "2.02": "results", "2.03": "creation", "2.04": "triggering", "2.05": "cost",
    "2.06": "material", "3.01": "notice", "3.02": "unregistered", "3.03": "material", "4.01": "change",
    "4.02": "non", "5.01": "change", "5.02": "departure|election|appointment|compensat", "5.03": "amendment",
    "5.04": "temporary", "5.05": "amendment", "5.06": "change", "5.07": "submission", "5.08": "shareholder|director",
    "6.01": "abs", "6.02": "change", "6.03": "change", "6.04": "failure", "6.05": "securities", "6.06": "static",
    "6.10": "alternative", "7.01": "reg", "8.01": "other", "9.01": "financial|exhibit",
}  # fmt: skip
_NEW_ITEMS_BEGIN, _OLD_ITEMS_END = date(2004, 8, 23), date(2005, 7, 1)
"""The old numbers went on for some months."""
_FORMS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("10-K", _ANNUAL),
    ("10K", _ANNUAL),
    ("10-Q", _QUARTERLY),
    ("10Q", _QUARTERLY),
    ("20-F", _FOREIGN),
    ("20F", _FOREIGN),
)
"""By how the document's type begins: the items in the form's order, each with how its title begins."""

_ITEM = re.compile(
    r"^[^\S\n]*(?:[•●■▪◦*#|·–-][^\S\n]*)?(?:part[^\S\n]+(?P<part>i{1,3}|iv)\b[^\S\n]*[,.:–—-]*[^\S\n]*)?"
    r"items?\s{1,4}(?P<number>[Il](?=[\s.:])|\d{1,2}(?:\.\d\d(?!\d)|[^\S\n]?\(?[a-k]\)?(?!\w)|(?![\d.]*\d)))(?P<rest>[^\n]*)",
    re.I | re.M,
)
_PART = re.compile(r"^[^\S\n]*part\s+(i{1,3}|iv)\b(?!,? item)", re.I | re.M)
_LIKELY = re.compile(r"\n[^\S\n]*+(?:[•●■▪◦*#|·–-][^\S\n]*+)?+[PpIiİı][AaTt]")
"""How lines begin that `_ITEM` or `_PART` may match: found by their line ends, six times as fast as by these two."""
_MORE = re.compile(r"^[\s.,]*(?:and|&|,)\s*(?:items?\s*)?(\d{1,2}(?:\.\d\d)?[a-k]?)\b[\s.]*", re.I)
_LEAD, _TAIL = " \t.:;,|)]–—-*", " \t.:;,|–—-*"
_PAGE_NUMBER = re.compile(r"(?:[\s.]{2,}|\t|^)(?:[a-z]{1,2}-)?\d{1,3}(?:[-–,]\s?\d{1,3})*$", re.I)
_REFERENCE = re.compile(r"[a-z(“”\"]|.{0,80}[”\"]|.{0,80}\bcontinued\b")
_SENTENCE_END = re.compile(r"(?<=[a-z)])\.(?:\s|$)|\t")
_SIGNATURES = re.compile(r"^[^\S\n]*signatures?[^\S\n]*$", re.I | re.M)
_MOST = 2000
"""Lines that are weighed; no filing has as many, a hostile one must not cost more."""
_SHORT = 220
"""Characters from one line to the next below which they look like lines of the contents table."""
_LONG = 5000
_TITLE = 120


class _Line(NamedTuple):
    """A line that may be the heading of an item."""

    start: int
    title_start: int
    numbers: tuple[str, ...]
    """Most have one; `Items 1 and 2.` has two."""
    part: str
    """`I` to `IV`, where the line says it or stands under it."""
    title: str
    is_reference: bool
    has_page_number: bool


class _Choice(NamedTuple):
    """A line taken for the heading of one item."""

    name: str
    weight: float
    line: _Line


def sections(text: str, form: str, filed: date | None = None) -> tuple[Section, ...]:
    """The items of a document of this type, in the order of the text; empty for a type without items.

    The date tells the old item numbers of Form 8-K from the new, which came into force on 2004-08-23.

    >>> text = "Item 7.01 Regulation FD Disclosure.\\nWe met.\\nItem 9.01 Exhibits\\nNone."
    >>> [(part.name, text[part.start : part.end].split()[-1]) for part in sections(text, "8-K")]
    [('7.01', 'met.'), ('9.01', 'None.')]
    """
    items = _items(form.upper(), filed)
    if not items:
        return ()
    lines = [line for line in islice(_lines(text), _MOST) if not line.is_reference]
    contents = _contents(lines)
    choices = [
        choice
        for line, follows in zip(lines, _following(lines, len(text)), strict=True)
        if line.start not in contents
        for choice in _choices(line, follows, items)
    ]
    chosen = _heaviest_each(choices) if form.upper().startswith("8-K") else _heaviest_sequence(choices, list(items))
    return tuple(_sections(text, chosen))


def _items(form: str, filed: date | None) -> Mapping[str, str]:
    if not form.startswith("8-K"):
        return next((items for prefix, items in _FORMS if form.startswith(prefix)), {})
    old = _CURRENT_OLD if filed is None or filed < _OLD_ITEMS_END else {}
    new = _CURRENT_NEW if filed is None or filed >= _NEW_ITEMS_BEGIN else {}
    return old | new


def _lines(text: str) -> Iterator[_Line]:
    starts = [0, *(likely.start() + 1 for likely in _LIKELY.finditer(text))]
    parts = [(match.start(), match[1].upper()) for match in islice(_matches(_PART, text, starts), _MOST)]
    for match in _matches(_ITEM, text, starts):
        under = bisect_right(parts, (match.start(), "~")) - 1
        part = (match["part"] or (parts[under][1] if under >= 0 else "")).upper()
        yield _line(text, match, part)


def _matches(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `finditer` gives where all that matches begins at one of these places."""
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(text, start)):
            yield match
            end = match.end()


def _line(text: str, match: re.Match[str], part: str) -> _Line:
    numbers, rest = [_number(match["number"])], match["rest"]
    while more := _MORE.match(rest):
        numbers.append(more[1].upper())
        rest = rest[more.end() :]
    title, start = rest.lstrip(_LEAD).rstrip(_TAIL), match.end() - len(rest)
    if not title or title.isdecimal():
        below = text[match.end() : match.end() + 400].lstrip("\n").partition("\n")[0].lstrip(_LEAD).rstrip(_TAIL)
        title = "" if _ITEM.match(below) else below
    said = f"{rest}\t{title}".rstrip(_LEAD)
    reference = _REFERENCE.match(rest.lstrip(_LEAD)) is not None or _continues(text, match.start())
    return _Line(match.start(), start, tuple(numbers), part, title, reference, _PAGE_NUMBER.search(said) is not None)


def _number(said: str) -> str:
    """`7A` of `7(a)` and `7 A`; `1` where a letter stands for the digit (0000912057-95-002663)."""
    if said in ("I", "l", "i", "L"):
        return "1"
    return "".join(c for c in said.upper() if c.isalnum() or c == ".")


def _continues(text: str, start: int) -> bool:
    """Whether the line goes on with a sentence of the line before it, as in wrapped text."""
    before = text[max(0, start - 200) : start]
    last = before.removesuffix("\n").rpartition("\n")[2].rstrip()
    return len(last) > 40 and not before.endswith("\n\n") and (last[-1].islower() or last[-1] == ",") and " " in last


def _following(lines: Sequence[_Line], end: int) -> list[int]:
    """How much text there is from each line to the next, in characters."""
    starts = [*(line.start for line in lines), end]
    return [after - start for start, after in pairwise(starts)]


def _contents(lines: Sequence[_Line]) -> set[int]:
    """Where the lines of contents tables start: lines close together that end in page numbers or are said again."""
    found: set[int] = set()
    run: list[_Line] = []
    for line in [*lines, None]:
        again = line is not None and any(line.numbers[0] == each.numbers[0] for each in run)
        if line is not None and run and not again and line.start - run[-1].start < _SHORT:
            run.append(line)
            continue
        if len(run) >= 4 and _is_contents(run, lines):
            found.update(each.start for each in run)
        run = [line] if line is not None else []
    return found


def _is_contents(run: Sequence[_Line], lines: Sequence[_Line]) -> bool:
    if sum(line.has_page_number for line in run) > len(run) / 2:
        return True
    later = {number for line in lines if line.start > run[-1].start for number in line.numbers}
    return sum(line.numbers[0] in later for line in run) > 0.6 * len(run)


def _choices(line: _Line, follows: int, items: Mapping[str, str]) -> Iterator[_Choice]:
    """The items a line may be the heading of, each with how much speaks for it."""
    base = 1.0 + min(follows, _LONG) / _LONG - 0.9 * line.has_page_number
    for name in (line.numbers[0], f"I.{line.numbers[0]}", f"II.{line.numbers[0]}"):
        if name in items:
            fits = re.match(items[name], line.title, re.I) is not None
            under = not name.startswith("I") or name.partition(".")[0] == line.part
            yield _Choice(name, base + 2 * fits + 0.5 * under, line)


def _heaviest_each(choices: Sequence[_Choice]) -> list[_Choice]:
    """For each item the line with most weight: the items of an 8-K stand in any order."""
    best: dict[str, _Choice] = {}
    for choice in choices:
        if choice.name not in best or choice.weight > best[choice.name].weight:
            best[choice.name] = choice
    return sorted(best.values(), key=lambda choice: choice.line.start)


def _heaviest_sequence(choices: Sequence[_Choice], order: Sequence[str]) -> list[_Choice]:
    """The sequence in the form's own order that weighs most: the best for each item yet, line by line."""
    rank = {name: place for place, name in enumerate(order)}
    best: list[tuple[float, tuple[_Choice, ...]]] = [(0.0, ())] * (len(order) + 1)
    for _, same_line in groupby(choices, key=lambda choice: choice.line.start):
        extended = []
        for choice in same_line:
            place = rank[choice.name]
            weight, sequence = best[place]
            extended.append((place, weight + choice.weight, (*sequence, choice)))
        for place, weight, sequence in extended:
            for at in range(place + 1, len(best)):
                if weight > best[at][0]:
                    best[at] = (weight, sequence)
    return list(best[-1][1])


def _sections(text: str, chosen: Sequence[_Choice]) -> Iterator[Section]:
    """The chosen headings with where their text ends: the next heading, or the signatures."""
    for choice, after in zip_longest(chosen, chosen[1:]):
        start = choice.line.start
        end = after.line.start if after else _end(text, start)
        title = _SENTENCE_END.split(_PAGE_NUMBER.sub("", choice.line.title), maxsplit=1)[0][:_TITLE].rstrip(_TAIL)
        yield Section(choice.name, title, start, end)
        for number in choice.line.numbers[1:]:
            yield Section(_beside(choice.name, number), title, start, end)


def _beside(name: str, number: str) -> str:
    """The name of the item of that number in the part of another.

    >>> _beside("I.1", "2"), _beside("2.02", "7.01")
    ('I.2', '7.01')
    """
    part, dot, _ = name.partition(".")
    return f"{part}.{number}" if dot and part.isalpha() else number


def _end(text: str, start: int) -> int:
    signatures = _SIGNATURES.search(text, start)
    return signatures.start() if signatures else len(text)
