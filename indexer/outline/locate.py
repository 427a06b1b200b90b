"""The outline of a document: its sections, how sure each is, what was looked for in vain, where two ways disagree."""

from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from indexer.edgar.headings import FormHeadings, Numbering, headings
from indexer.edgar.item_titles import Heading
from indexer.edgar.items import RENUMBERED
from indexer.extracted import Section
from indexer.outline.candidates import Candidate, bare_candidates, candidates
from indexer.outline.captions import captions
from indexer.outline.choice import Choice, choose
from indexer.outline.contents_table import Tables, tables_of_contents
from indexer.outline.ends import last_end, next_part, signed
from indexer.outline.html_evidence import Markup, is_preformatted, read_markup
from indexer.outline.missing import Known, missing_items
from indexer.outline.wording import first_sentence, without_page

_OLD_ITEMS_END = date(2005, 7, 1)
"""The old numbers of Form 8-K went on for some months."""
_TITLE = 120
_FEW = 3
"""Headings up to which a document's numbers may stand without the word `Item`."""
_BEGINNING = 0.2
"""Share of a text in which all the headings stand where the last item swallows the rest: a sign that they are no
headings."""
_NEAR = 400
"""Characters by which two ways of locating a heading may differ: a line above it, a page number between."""


class Page(NamedTuple):
    """A document's text, and what is known of its lines."""

    text: str
    wrapped: bool = True
    """Whether lines end where the page does (plain text, PDF) or where a block does (HTML, XML)."""
    source: str = ""
    """The HTML that the text was made from."""


class Outline(NamedTuple):
    """What a document is divided into."""

    sections: tuple[Section, ...] = ()
    unlocated: tuple[str, ...] = ()
    """The items that the form has, or the table of contents lists, and that were not found."""
    unlocated_subjects: tuple[str, ...] = ()
    """What these are about, as far as no other section is about it."""
    disputed: tuple[tuple[str, int, int], ...] = ()
    """The items of which two ways say different places: the name, where the heading is, where the contents lead."""

    def missing(self, named: Sequence[str]) -> "Outline":
        """Return it with those of the named items unlocated that no section has."""
        located = {section.name for section in self.sections}
        left = [name for name in named if name not in located and name not in self.unlocated]
        return self._replace(unlocated=(*self.unlocated, *dict.fromkeys(left)))


class _Reading(NamedTuple):
    """The headings that were read from a document."""

    tables: Tables
    chosen: list[Choice]
    markup: Markup


class _Start(NamedTuple):
    """Where an item begins."""

    name: str
    title: str
    start: int
    certainty: float
    end_from: int
    """Past the heading."""


def outline(page: Page, form: str, filed: date | None = None) -> Outline:
    """Outline a document of this type, filed that day; empty for a type that has no headings.

    The date tells the old item numbers of Form 8-K from the new, which came into force on 2004-08-23.

    >>> text = "Item 7.01 Regulation FD Disclosure.\\nWe met.\\nItem 9.01 Exhibits\\nNone."
    >>> [(part.name, text[part.start : part.end].split()[-1]) for part in outline(Page(text), "8-K").sections]
    [('7.01', 'met.'), ('9.01', 'None.')]
    """
    if headings(form) is None or not page.text:
        return Outline()
    if page.source and is_preformatted(page.source):
        page = page._replace(wrapped=True)
    asked, lookup = _in_force(form.upper(), *_numberings(filed))
    read = _read(page, lookup, asked) if asked.items else _Reading(Tables(frozenset(), {}), [], Markup({}, {}))
    wanted = _wanted(read, asked, form)
    starts = sorted(_starts(page.text, read, asked.items, wanted), key=lambda each: each.start)
    found = list(_sections(page.text, starts, asked))
    if asked.captions:
        end = min((section.start for section in found), default=len(page.text))
        found = [*_captioned(page, asked, end), *found]
    names = {section.name for section in found}
    left = [each for each in asked.items if each.name in wanted and each.name not in names]
    about = {section.subject for section in found}
    return Outline(
        tuple(found),
        tuple(each.name for each in left),
        tuple(dict.fromkeys(each.subject for each in left if each.subject and each.subject not in about)),
        tuple(_disputed(read)),
    )


def _numberings(filed: date | None) -> tuple[bool, bool]:
    """Whether the old and the new item numbers of Form 8-K were in force on a day."""
    return filed is None or filed < _OLD_ITEMS_END, filed is None or filed >= RENUMBERED


@lru_cache(maxsize=256)
def _in_force(form: str, old: bool, new: bool) -> tuple[FormHeadings, Numbering]:
    """The headings of a form that has some, of current reports those of the numberings in force."""
    asked = headings(form)
    assert asked is not None
    if asked.any_order:
        items = tuple(each for each in asked.items if (new if "." in each.name else old))
        asked = asked._replace(items=items)
    return asked, Numbering.of(asked)


def _read(page: Page, lookup: Numbering, asked: FormHeadings) -> _Reading:
    numbered = candidates(page.text, lookup, wrapped=page.wrapped)
    read = _headings(page, lookup, numbered, asked)
    in_vain = len(read.chosen) < _FEW or read.chosen[-1].line.start < _BEGINNING * len(page.text)
    if not (asked.bare or (asked.any_order and not read.chosen)) or not in_vain:
        return read
    bare = _headings(page, lookup, bare_candidates(page.text, lookup, wrapped=page.wrapped), asked)
    if asked.any_order:
        return bare if all("." in choice.name for choice in bare.chosen) else read
    return bare if len(bare.chosen) > max(_FEW, len(read.chosen) - 1) else read


def _headings(page: Page, lookup: Numbering, lines: list[Candidate], asked: FormHeadings) -> _Reading:
    tables = tables_of_contents(page.text, lines, lookup)
    outside = [line for line in lines if line.start not in tables.starts]
    places = {line.item_start for line in outside}
    looked_at = page.source and lines and asked.bare
    markup = read_markup(page.source, page.text, lookup, places) if looked_at else Markup({}, {})
    set_off = {line.start: markup.set_off[line.item_start] for line in outside if line.item_start in markup.set_off}
    markup = markup._replace(linked=_outside(page.text, markup.linked, sorted(tables.starts)))
    chosen = choose(outside, lookup, end=len(page.text), any_order=asked.any_order, bold=set_off)
    return _Reading(tables, chosen, markup)


def _outside(text: str, linked: Mapping[str, int], listed: Sequence[int]) -> dict[str, int]:
    """Leave out the places in lines of the table itself, where the words of what a link leads to were found again."""
    above = {name: bisect_right(listed, at) - 1 for name, at in linked.items()}
    return {name: at for name, at in linked.items() if above[name] < 0 or "\n" in text[listed[above[name]] : at]}


def _starts(text: str, read: _Reading, items: Sequence[Heading], wanted: Container[str]) -> Iterator[_Start]:
    located: dict[str, int] = {}
    for choice in read.chosen:
        yield from _of_choice(choice, read, located)
    for found in missing_items(text, items, Known(located, read.markup.linked, wanted)):
        name = found.heading.name if found.by_link or found.by_number else found.heading.subject
        if name and found.start not in located.values():
            yield _Start(name, found.title, found.start, 0.7 if name == found.heading.name else 0.6, found.start + 1)


def _of_choice(choice: Choice, read: _Reading, located: dict[str, int]) -> Iterator[_Start]:
    title = first_sentence(without_page(choice.line.title))
    chosen = {each.name for each in read.chosen}
    for number in choice.line.numbers:
        name = choice.name if number == choice.line.numbers[0] else _beside(choice.name, number)
        if name in located or (name != choice.name and name in chosen):
            continue
        located[name] = choice.line.start
        yield _Start(name, title, choice.line.start, _certainty(choice, name, read), choice.line.title_start)


def _certainty(choice: Choice, name: str, read: _Reading) -> float:
    """How sure a heading is, from 0 to 1: by its title, its style, and what the table of contents says of it."""
    line = choice.line
    sure = 0.5 + 0.25 * choice.fits
    sure += 0.1 * read.markup.set_off.get(line.item_start, line.apart)
    if name in read.markup.linked:
        sure += 0.15 if abs(read.markup.linked[name] - line.start) < _NEAR else -0.2
    elif name in read.tables.titles:
        sure += 0.1
    sure -= 0.15 * line.is_continued + 0.1 * line.against + 0.2 * line.has_page_number
    return round(max(0.05, min(1.0, sure)), 2)


def _beside(name: str, number: str) -> str:
    """The name of the item of that number in the part of another.

    >>> _beside("I.1", "2"), _beside("2.02", "7.01")
    ('I.2', '7.01')
    """
    part, dot, _ = name.partition(".")
    return f"{part}.{number}" if dot and part.isalpha() else number


def _sections(text: str, starts: Sequence[_Start], asked: FormHeadings) -> Iterator[Section]:
    """The items with where their text ends: at the next heading, or at what ends the last."""
    rank = {name: place for place, heading in enumerate(asked.items) for name in (heading.subject, heading.name)}
    subjects = {name: heading.subject for heading in asked.items for name in (heading.subject, heading.name)}
    pages = signed(text) if starts else []
    for at, here in enumerate(starts):
        after = next((each for each in starts[at + 1 :] if each.start > here.start), None)
        end = after.start if after else len(text)
        if after is None or rank[after.name] < rank[here.name]:
            statements = subjects[here.name] in ("financial-statements", "mdna")
            end = min(end, max(here.start + 1, last_end(text, here.end_from, statements=statements)))
        end = next((page for page in pages if here.end_from < page < end), end)
        if after and any(rank[here.name] < rank[name] < rank[after.name] for name in asked.core):
            end = next_part(text, here.end_from, end)
        subject = subjects[here.name]
        yield Section(here.name, here.title[:_TITLE], here.start, end, subject, here.certainty)


def _captioned(page: Page, asked: FormHeadings, end: int) -> Iterator[Section]:
    subjects: Mapping[str, str] = {heading.name: heading.subject for heading in asked.captions}
    for each in captions(page.text, asked.captions, end, wrapped=page.wrapped):
        yield Section(each.name, each.title[:_TITLE], each.start, each.end, subjects[each.name] or each.name, 0.8)


def _wanted(read: _Reading, asked: FormHeadings, form: str) -> frozenset[str]:
    """The items that the form must have, unless it is an amendment, and those that the table of contents lists."""
    core = () if form.upper().rstrip().endswith("/A") else asked.core
    return frozenset((*read.tables.titles, *core))


def _disputed(read: _Reading) -> Iterator[tuple[str, int, int]]:
    """The headings to which the contents do not lead, though they lead elsewhere."""
    for choice in read.chosen:
        there = read.markup.linked.get(choice.name)
        if there is not None and abs(there - choice.line.start) >= _NEAR:
            yield choice.name, choice.line.start, there
