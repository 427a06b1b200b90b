"""Passages of a stored text found through the index: where the words stand is read from its postings, and of the text
only the blocks that are shown.

The passages are those of `search.passages.cutting`, but for one thing: where a document has very many matches, the
stretches to choose among are found by counting words, not characters.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol, assert_never, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.stemming import stem
from indexer.fields.schema import Kind
from indexer.texts.text_layout import Parts
from search.deadline import check
from search.evaluation.place_spans import words_in_a_row
from search.evaluation.within import Sections, positions
from search.passages.cutting import Cut, breaks, passages
from search.passages.pieces import Pieces, runs_of_blocks
from search.query import nodes as q
from search.query.spans import WordSpan
from search.query.walk import is_bounded, leaves, text_part
from search.results import Handle, Snippet
from search.searchers.kept_texts import KeptText
from search.segments.expansion import beginnings
from search.segments.postings import NOTHING, Places, ascending, common, less_than

if TYPE_CHECKING:
    from search.query.occurrences import Positions

MANY = 64
"""Matches of a document from which on stretches are chosen by counting words."""

_FORMS = 100  # words that a leaf stands for, beyond which the text itself is asked
_LETTERS = 6  # of a word and the space after it, about
_SHORTEST = 3  # of what a pattern begins with, to be looked up in the index


@runtime_checkable
class Located(Protocol):
    """A searcher that knows where words stand."""

    def forms(self, leaf: q.Leaf) -> Sequence[str]:
        """List the words of texts that the leaf stands for."""

    def positions(self, document: Handle, words: Iterable[str]) -> dict[str, NDArray[np.int64]]:
        """Find where those of the words that a document's text has stand in it, counted in words from 0, ascending."""

    def sections(self, document: Handle, names: q.Query) -> Sections:
        """Find the sections of a document whose names fit, as if it were the first."""

    def unit_starts(self, document: Handle, unit: q.Unit) -> NDArray[np.int64]:
        """Find where the sentences or paragraphs of a document's text begin, in words from 0, ascending."""

    def stored_text(self, document: Handle) -> KeptText:
        """Open the document's text."""


class IndexedText:
    """The stored text of a document, opened once, and what the index knows of it, read when it is asked for."""

    def __init__(self, searcher: Located, document: Handle, document_id: str) -> None:
        """Open the text of a document; `document_id` is what its passages say they are of."""
        self.id = document_id
        self.stored = searcher.stored_text(document)
        self._searcher, self._handle = searcher, document

    @cached_property
    def parts(self) -> Parts:
        """Read where its sections and pages are, in characters."""
        return self.stored.parts

    def forms(self, leaves: Iterable[q.Leaf]) -> dict[q.Leaf, Sequence[str]] | None:
        """Do as `forms_of`."""
        return forms_of(self._searcher, leaves)

    def known(self, words: Iterable[str]) -> "_Known":
        """Find where these words stand in the text, counted in words from 0."""
        return _Known(self._searcher.positions(self._handle, words), self._unit_starts)

    def _unit_starts(self, unit: q.Unit) -> Places:
        return self._searcher.unit_starts(self._handle, unit)

    def every(self) -> "_Known":
        """Find where all words of the text stand, by the text itself."""
        from search.query.occurrences import Words  # noqa: PLC0415  (few texts are looked through for it)

        places = Words((self.stored.whole(),), Kind.TEXT).places
        return _Known({word: np.array(each, np.int64) for word, each in places.items()}, self._unit_starts)

    def sections(self, names: q.Query) -> Sections:
        """Find its sections whose names fit, counted in words."""
        return self._searcher.sections(self._handle, names)


class Sought(NamedTuple):
    """What passages are to show of a query, found once for all documents."""

    text: q.Query
    """The part of the query that texts have to do with."""
    forms: dict[q.Leaf, Sequence[str]] | None
    """The words that each leaf stands for; None when they are better looked for in each text itself."""
    words: tuple[str, ...]
    is_bounded: bool
    """Whether sections or sentences bound it."""


def sought(searcher: Located, query: q.Query) -> Sought | None:
    """Find what passages are to show of a query; None where it asks nothing of texts."""
    asked = text_part(query)
    if asked is None:
        return None
    forms = forms_of(searcher, leaves(asked))
    words = dict.fromkeys(chain.from_iterable((forms or {}).values()))
    return Sought(asked, forms, tuple(words), is_bounded(asked))


def forms_of(searcher: Located, asked: Iterable[q.Leaf]) -> dict[q.Leaf, Sequence[str]] | None:
    """Find the words that each leaf stands for; None when they are better looked for in the text itself."""
    leaves = set(asked)
    if not all(map(_is_looked_up, leaves)):
        return None
    forms = {leaf: searcher.forms(leaf) for leaf in leaves}
    return forms if sum(map(len, forms.values())) <= _FORMS else None


def located(text: IndexedText, asked: Sought, *, cut: Cut) -> tuple[Snippet, ...]:
    """Cut the passages that `search.passages.cutting.snippets` would cut of the whole stored text of a document."""
    words = text.every() if asked.forms is None else text.known(asked.words)
    standing_for = words.fitting if asked.forms is None else asked.forms.__getitem__
    places = _matched(words, asked.text, _Document(standing_for, text.sections, words))
    ends = breaks(asked.text, text.parts.sections) if asked.is_bounded else ()
    return _best(words, places, lambda some: _cut_out(text, some, cut=cut, ends=ends), cut)


def _is_looked_up(leaf: q.Leaf) -> bool:
    return isinstance(leaf, q.Term) or min(map(len, beginnings(leaf))) >= _SHORTEST


class _Known:
    """The words of a document as far as a query asks for them."""

    def __init__(self, positions: dict[str, Places], starts: Callable[[q.Unit], Places]) -> None:
        self.arrays = {word: places for word, places in positions.items() if len(places)}
        self._unit_starts = starts

    @cached_property
    def positions(self) -> "Positions":
        """Take them as what finds occurrences."""
        from search.query.occurrences import Positions  # noqa: PLC0415  (phrases and the like only)

        by_word = {word: places.tolist() for word, places in self.arrays.items()}
        return Positions(by_word, lambda unit: self._unit_starts(unit).tolist())

    def fitting(self, leaf: q.Leaf) -> Sequence[str]:
        """List those of the words that a leaf stands for."""
        return tuple(self.positions.fitting(leaf))

    def occurrences(self, query: q.Query) -> set[WordSpan]:
        """Find every occurrence of a phrase, a Near or a Same."""
        return self.positions.occurrences(query)

    def inside(self, sections: Sections) -> "_Known":
        """Keep those in some sections, as places within these."""
        inside = {word: sections.inside(places) for word, places in self.arrays.items()}
        return _Known(inside, lambda unit: sections.inside(_all_of([self._unit_starts(unit), sections.starts])))


class _Document(NamedTuple):
    """What is asked of a document beside its words."""

    forms: Callable[[q.Leaf], Sequence[str]]
    sections: Callable[[q.Query], Sections]
    every: _Known
    """All its words, in whatever section."""


def _matched(words: _Known, query: q.Query, document: _Document) -> Places:
    """Find the positions of the words that make the document match, ascending; see `search.query.matcher`."""
    if not isinstance(query, q.OfText):
        raise TypeError(f"{type(query).__name__} is not of the text alone")
    match query:
        case q.And(parts):
            found = [_matched(words, part, document) for part in parts]
            return _all_of(found) if all(map(len, found)) else NOTHING
        case q.Or(parts):
            return _all_of([_matched(words, part, document) for part in parts])
        case q.AtLeast(parts, least):
            found = [_matched(words, part, document) for part in parts]
            return _all_of(found) if sum(map(bool, map(len, found))) >= least else NOTHING
        case q.Within(names, part):
            return positions(_matched(document.every.inside(document.sections(names)), part, document))
        case q.Phrase(parts) if all(isinstance(part, q.Leaf) for part in parts):
            each = [_matched(words, part, document) for part in parts]
            starts = words_in_a_row(each).starts
            return _all_of([starts + offset for offset in range(len(parts))])
        case q.Phrase() | q.Near() | q.Same():
            spans = words.occurrences(query)
            return np.array(sorted({place for span in spans for place in range(span.start, span.end)}), np.int64)
        case q.Term() | q.Prefix() | q.Wildcard() | q.Fuzzy():
            return _all_of([words.arrays.get(form, NOTHING) for form in document.forms(query)])
        case _:
            assert_never(query)


def _all_of(parts: Sequence[Places]) -> Places:
    some = [part for part in parts if len(part)]
    return some[0] if len(some) == 1 else ascending(np.concatenate([NOTHING, *some]))


# Which of very many


def _best(
    words: _Known, places: Places, cut_out: Callable[[Places], tuple[Snippet, ...]], cut: Cut
) -> tuple[Snippet, ...]:
    """Cut around the positions, or, of very many, around the best, and around more when that was not enough."""
    if len(places) <= MANY:
        return cut_out(places) if len(places) else ()
    found = cut_out(_around_best(words, places, cut, count=2 * cut.count + 1))
    return found if len(found) == cut.count else cut_out(_around_best(words, places, cut, count=8 * cut.count + 8))


def _around_best(words: _Known, places: Places, cut: Cut, *, count: int) -> Places:
    """Keep the positions in the `count` best stretches and around them."""
    reach = max(1, cut.width // _LETTERS)
    kept = np.zeros(len(places), np.bool_)
    for start in _stretches(words, places, reach, count=count):
        low, high = np.searchsorted(places, (start - 2 * reach, start + 3 * reach))
        kept[low:high] = True
    return places[kept]


def _stretches(words: _Known, places: Places, reach: int, *, count: int) -> list[int]:
    """Find where the best stretches of `reach` words start, none within another: most different words, then most."""
    many = less_than(places + (reach + 1), places) - np.arange(len(places))
    worth = _different(words, places, reach) * (len(places) + 1) + many
    chosen: list[int] = []
    while len(chosen) < count and worth[at := int(worth.argmax())]:  # of equals the first
        chosen.append(int(places[at]))
        low, high = places.searchsorted((chosen[-1] - reach, chosen[-1] + reach + 1)).tolist()
        worth[low:high] = 0
    return chosen


def _different(words: _Known, places: Places, reach: int) -> NDArray[np.int64]:
    """Count the different words, inflections as one, from each of the places on, `reach` words far."""
    changes = np.zeros(len(places) + 1, np.int64)
    for parts in _by_stem(words):
        check()
        among = common(places, _all_of(parts))
        # Each of them is the next one from the place after the one before it.
        firsts = np.maximum(among - reach, np.append(-1, among[:-1]) + 1)
        changes[places.searchsorted(firsts)] += 1
        changes[places.searchsorted(among) + 1] -= 1
    return changes[:-1].cumsum()


def _by_stem(words: _Known) -> Iterable[list[Places]]:
    groups: dict[str, list[Places]] = {}
    for word, places in words.arrays.items():
        groups.setdefault(stem(word), []).append(places)
    return groups.values()


# From places to passages


def _cut_out(text: IndexedText, places: Places, *, cut: Cut, ends: Sequence[int]) -> tuple[Snippet, ...]:
    """Cut passages around positions out of the blocks they are in; none reaches over one of the ends."""
    pieces = Pieces(between=cut.width)
    for first, last in runs_of_blocks(text.stored, places, cut.width):
        pieces.add(text.stored, range(first, last + 1), places, ends)
    spans = passages(pieces.text, pieces.spans, cut, breaks=pieces.ends)
    return tuple(pieces.snippet(text.id, span) for span in spans)
