"""Passages that show why a document matched: which spans to show, and where to cut. Pure; offsets are exact.

A passage is a slice of the document's stored text, cut between words. The best is the one with the most different
words of the query, then with the most of them, then the first.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from search.matcher import match
from search.query import And, Boost, Everything, Field, Not, Or, Query, Range
from search.results import Snippet

WIDTH = 240
"""Characters of a passage, about."""

_BREAK = re.compile(r"\n\s*\n")
_SENTENCE = re.compile(r"(?<=[.!?;])[\"')\]\u201d\u2019]*\s+(?=[\"'(\[\u201c\u2018]?[A-Z0-9])|\n\s*\n")

Span = tuple[int, int]


def snippets(
    query: Query, document_id: str, text: str, *, count: int = 1, width: int = WIDTH, sentences: bool = False
) -> tuple[Snippet, ...]:
    """The best passages of a text, in its order; none when nothing in the text made it match."""
    asked = text_part(query)
    found = match(asked, {"text": (text,)}) if asked else None
    spans = found.spans if found else ()
    return tuple(
        Snippet(document_id, start, end, text[start:end], tuple(_within(spans, start, end)))
        for start, end in passages(text, spans, count=count, width=width, sentences=sentences)
    )


def text_part(query: Query) -> Query | None:
    """What of a query asks for words of the text, and does not exclude them."""
    match query:
        case Field("text", part) | Boost(part):
            return text_part(part)
        case Field() | Not() | Range() | Everything():
            return None
        case And(parts):
            return _joined(And, parts)
        case Or(parts):
            return _joined(Or, parts)
        case _:
            return query


def _joined(kind: type[And] | type[Or], parts: Iterable[Query]) -> Query | None:
    kept = tuple(part for each in parts if (part := text_part(each)))
    if len(kept) < 2:
        return kept[0] if kept else None
    return kind(kept)


def passages(text: str, spans: Sequence[Span], *, count: int, width: int, sentences: bool = False) -> list[Span]:
    """Where to cut: up to `count` passages of about `width` characters (or whole sentences) around the spans."""
    chosen: list[Span] = []
    for window in _windows(text, spans, width):
        start, end = _cut(text, window, width, sentences=sentences)
        if all(end <= other_start or start >= other_end for other_start, other_end in chosen):
            chosen.append((start, end))
        if len(chosen) == count:
            break
    return sorted(chosen)


class _Window(NamedTuple):
    start: int
    end: int


def _windows(text: str, spans: Sequence[Span], width: int) -> list[_Window]:
    """Runs of spans that fit into a passage, best first."""
    words = [text[start:end].casefold() for start, end in spans]
    rated: list[tuple[int, int, int, _Window]] = []
    last = 0
    for first, (start, _) in enumerate(spans):
        last = max(last, first)
        while last + 1 < len(spans) and spans[last + 1][1] - start <= width:
            last += 1
        inside = words[first : last + 1]
        rated.append((-len(set(inside)), -len(inside), start, _Window(start, spans[last][1])))
    return [window for *_, window in sorted(rated)]


def _cut(text: str, window: _Window, width: int, *, sentences: bool) -> Span:
    margin = max(0, width - (window.end - window.start)) // 2
    start, end = max(0, window.start - margin), min(len(text), window.end + margin)
    if sentences:
        return _sentence_start(text, window.start, width), _sentence_end(text, window.end, width)
    return _after_space(text, start, window.start), _before_space(text, window.end, end)


def _after_space(text: str, start: int, match_start: int) -> int:
    """The first place from `start` on where a word begins; never past a paragraph's start before the match."""
    breaks = [found.end() for found in _BREAK.finditer(text, start, match_start)]
    if breaks:
        return breaks[-1]
    while 0 < start < match_start and not text[start - 1].isspace():
        start += 1
    while start < match_start and text[start].isspace():
        start += 1
    return start


def _before_space(text: str, match_end: int, end: int) -> int:
    """The last place up to `end` where a word ends; never past the end of the match's paragraph."""
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
    ends = [found.end() for found in _SENTENCE.finditer(text, floor, match_start)]
    return ends[-1] if ends else _after_space(text, floor, match_start)


def _sentence_end(text: str, match_end: int, width: int) -> int:
    ceiling = min(len(text), match_end + 4 * width)
    found = _SENTENCE.search(text, match_end, ceiling)
    return found.start() if found else _before_space(text, match_end, ceiling)


def _within(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    first = bisect_left(spans, (start, start))
    return [span for span in spans[first : bisect_left(spans, (end, end))] if span[1] <= end]
