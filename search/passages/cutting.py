"""Passages that show why a document matched: which spans to show, and where to cut. Pure; offsets are exact.

A passage is a slice of the document's stored text, cut between words. The first is the one with the most different
words of the query (inflections count as one), then with the most of them, then the earliest; each further one is
the one that adds most words not shown yet. A passage that reads as one shown before is passed over.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.analysis.folding import fold
from indexer.analysis.stemming import stem
from indexer.analysis.tokenizer import words
from indexer.extracted import Section
from indexer.fields.sentences import sentence_gaps
from indexer.first_use import dataclass, regex
from search.query import nodes as q
from search.query.spans import TextSpan
from search.query.walk import is_bounded, text_part
from search.results import Snippet

WIDTH = 240
"""Characters of a passage, about."""

_BREAK = regex(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Cut:
    """How passages are cut."""

    count: int = 1
    """Passages at most."""
    width: int = WIDTH
    """Characters of a passage, about; of a sentence, four times as many at most on each side."""
    sentences: bool = False
    """Whole sentences, instead of as many words as fit."""


ONE = Cut()
"""One passage."""


def snippets(
    query: q.Query,
    document_id: str,
    text: str,
    *,
    cut: Cut = ONE,
    sections: Sequence[Section] = (),
) -> tuple[Snippet, ...]:
    """Cut the best passages of a text, in its order; none when nothing in the text made it match.

    `sections` are those of the text.
    """
    spans = spans_in(query, text, sections) if cut.count else ()
    return tuple(
        Snippet(document_id, start, end, text[start:end], tuple(_within(spans, start, end)))
        for start, end in passages(text, spans, cut, breaks=breaks(query, sections))
    )


def breaks(query: q.Query, sections: Sequence[Section]) -> Sequence[int]:
    """List where sections begin and end, ascending, if the query asks sections alone: then no passage is of two."""
    if not sections or not is_bounded(query):
        return ()
    return sorted({offset for section in sections for offset in (section.start, section.end)})


def spans_in(query: q.Query, text: str, sections: Sequence[Section] = ()) -> Sequence[tuple[int, int]]:
    """Find the words of the text that made it match, as (start, end) in characters, ascending."""
    from search.query.matcher import match  # noqa: PLC0415  (most passages are found through the index)

    asked = text_part(query)
    found = match(asked, {"text": (text,)}, sections) if asked else None
    return found.spans if found else ()


def passages(
    text: str,
    spans: Sequence[tuple[int, int]],
    cut: Cut,
    *,
    breaks: Sequence[int] = (),
) -> list[TextSpan]:
    """Choose where to cut, in the order of the text; `spans` are what matched, and no passage reaches over a break.

    Both are ascending, and no span reaches over a break.
    """
    chosen, told = _Chosen(), set[str]()
    waiting = list(_windows(text, spans, cut.width, breaks))
    if cut.count == 1 and waiting:  # the same in less time
        best = min(waiting, key=_Window.alone)
        return [_between(text, _cut(text, best, cut), best, breaks)]
    while waiting and len(chosen.spans) < cut.count:
        # Each choice changes the order: words that were shown count no more.
        waiting.sort(key=lambda window: window.rank(told))
        cuts = (
            (place, _between(text, _cut(text, window, cut), window, breaks)) for place, window in enumerate(waiting)
        )
        looked = (place for place, span in cuts if chosen.takes(text, span))
        place = next(looked, len(waiting) - 1)
        told |= waiting[place].words
        del waiting[: place + 1]
    return sorted(chosen.spans)


class _Chosen:
    """Passages that neither overlap nor read alike."""

    def __init__(self) -> None:
        self.spans: list[TextSpan] = []
        self._keys = set[str]()

    def takes(self, text: str, span: TextSpan) -> bool:
        """Keep the passage if it neither overlaps nor reads like one that was kept, and tell whether it was."""
        key = passage_key(text[span.start : span.end])
        if key in self._keys or any(span.start < other.end and other.start < span.end for other in self.spans):
            return False
        self.spans.append(span)
        self._keys.add(key)
        return True


def passage_key(passage: str) -> str:
    """Return what two passages share that read the same: their folded words, a space between them.

    >>> passage_key("Forward-looking  Statements.") == passage_key("FORWARD-LOOKING STATEMENTS")
    True
    """
    return b" ".join(words(passage)).decode("utf-8", "replace")


class _Window(NamedTuple):
    """A run of spans that fits into a passage."""

    start: int
    end: int
    words: frozenset[str]
    """Its different words, as stems."""
    matches: int

    def alone(self) -> tuple[int, int, int]:
        """Return a key by which the best window comes first, when nothing has been shown."""
        return -len(self.words), -self.matches, self.start

    def rank(self, told: Collection[str]) -> tuple[int, int, int, int]:
        """Return a key by which the best window comes first, when the words `told` have been shown."""
        return -len(self.words.difference(told)), -len(self.words), -self.matches, self.start


def _windows(text: str, spans: Sequence[tuple[int, int]], width: int, breaks: Sequence[int]) -> Iterator[_Window]:
    """Yield the longest runs of spans that fit into a passage of `width` characters, each from its first span."""
    stems = [_stem(text[start:end]) for start, end in spans]
    last, before = 0, -1
    for first, (start, _) in enumerate(spans):
        last = max(last, first)
        limit = min(start + width, _next(breaks, start + 1, len(text))) if breaks else start + width
        while last + 1 < len(spans) and spans[last + 1][1] <= limit:
            last += 1
        # A run that ends where the one before it ends lies within it.
        if last > before:
            inside = stems[first : last + 1]
            yield _Window(start, spans[last][1], frozenset(inside), len(inside))
        before = last


@lru_cache(10_000)
def _stem(word: str) -> str:
    return stem(fold(word))


def _next(breaks: Sequence[int], offset: int, otherwise: int) -> int:
    """Find the first break at or after an offset."""
    at = bisect_left(breaks, offset)
    return breaks[at] if at < len(breaks) else otherwise


def _between(text: str, span: TextSpan, window: _Window, breaks: Sequence[int]) -> TextSpan:
    """Cut a span down to what lies between the breaks around the window."""
    before = bisect_left(breaks, window.start + 1)
    start, end = (
        max(span.start, breaks[before - 1] if before else 0),
        min(span.end, _next(breaks, window.end, span.end)),
    )
    while end > window.end and text[end - 1].isspace():
        end -= 1
    return TextSpan(start, end)


def _cut(text: str, window: _Window, cut: Cut) -> TextSpan:
    if cut.sentences:
        return TextSpan(_sentence_start(text, window.start, cut.width), _sentence_end(text, window.end, cut.width))
    margin = max(0, cut.width - (window.end - window.start)) // 2
    start, end = max(0, window.start - margin), min(len(text), window.end + margin)
    return TextSpan(_after_space(text, start, window.start), _before_space(text, window.end, end))


def _after_space(text: str, start: int, match_start: int) -> int:
    """Find the first offset from `start` on where a word begins; never past a paragraph's start before the match."""
    breaks = [found.end() for found in _BREAK.finditer(text, start, match_start)]
    if breaks:
        return breaks[-1]
    while 0 < start < match_start and not text[start - 1].isspace():
        start += 1
    while start < match_start and text[start].isspace():
        start += 1
    return start


def _before_space(text: str, match_end: int, end: int) -> int:
    """Find the last offset up to `end` where a word ends; never past the end of the match's paragraph."""
    found = _BREAK.search(text, match_end, end)
    if found:
        return found.start()
    while match_end < end < len(text) and not text[end].isspace():
        end -= 1
    while match_end < end and text[end - 1].isspace():
        end -= 1
    return end


def _sentence_start(text: str, match_start: int, width: int) -> int:
    floor = max(0, match_start - 4 * width)
    ends = [end for _, end in _sentence_ends(text, floor, match_start)]
    return ends[-1] if ends else _after_space(text, floor, match_start)


def _sentence_end(text: str, match_end: int, width: int) -> int:
    ceiling = min(len(text), match_end + 4 * width)
    ends = (stop for stop, _ in _sentence_ends(text, match_end, ceiling))
    return next(ends, _before_space(text, match_end, ceiling))


def _sentence_ends(text: str, start: int, end: int) -> Iterator[TextSpan]:
    """Yield the gaps between sentences and paragraphs: past the last character of one, and at the first of the next."""
    yield from sorted(
        TextSpan(*gap)
        for gaps in (sentence_gaps(text, start, end), (found.span() for found in _BREAK.finditer(text, start, end)))
        for gap in gaps
    )


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    first = bisect_left(spans, (start, start))
    return [span for span in spans[first : bisect_left(spans, (end, end))] if span[1] <= end]
