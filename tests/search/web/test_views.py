"""What pages show, without an index: marks, text as HTML, charts, the map of hits, citations."""

import itertools
import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from search.lookups.term_hits import TermHits
from search.query.spans import TextSpan
from search.results import FacetCount, Timeline
from search.web.search_state import SearchState
from search.web.views.chart import HEIGHT, WIDTH, chart
from search.web.views.margin import STOPS, stops
from search.web.views.marks import apart, marks
from search.web.views.text_html import is_typeset, lines, text_html

TEXTS = st.text(st.sampled_from("ab <&\"'>\n\té日\U0001f600"), max_size=120)
SPANS = st.lists(st.tuples(st.integers(0, 119), st.integers(1, 30)), max_size=12)


def hits(spans: list[tuple[int, int]], length: int) -> TermHits:
    kept = sorted({TextSpan(start, min(start + size, length)) for start, size in spans if start < length})
    return TermHits("a", tuple(kept))


def shown(page: str) -> str:
    """The text that a page shows: line breaks for lines, tabs between cells."""
    page = re.sub(r"</p>|</tr>", "\n", page.replace('<td class="shift"></td>', "").replace("</td><td>", "\t"))
    return unescape(re.sub(r"<[^>]*>", "", page.replace("</div>\n", "")))


@given(TEXTS, SPANS, SPANS)
def test_the_text_is_shown_as_it_stands_with_every_mark_once(
    text: str, first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    marked = marks(
        {"hit": [hits(first, len(text))], "watch": [hits(second, len(text))]}, TextSpan(0, 1) if text else None
    )
    page = "".join(text_html(text, apart(marked.spans), {0}))
    ended = text if not text or text.endswith("\n") else f"{text}\n"
    assert shown(page) == ended
    for each in marked.spans:
        inside = re.findall(
            rf'<mark class="[a-z ]*" data-m="(?:\d+ )*{each.number}(?: \d+)*"[^>]*>([^<]*)</mark>', page
        )
        assert unescape("".join(inside)).replace("\t", "") == re.sub(r"[\n\t]", "", text[each.start : each.end])
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@given(TEXTS, SPANS)
def test_pieces_of_marks_do_not_overlap_and_cover_all(text: str, spans: list[tuple[int, int]]) -> None:
    marked = marks({"hit": [hits(spans, len(text))]})
    pieces = list(apart(marked.spans))
    assert all(before.end <= after.start for before, after in itertools.pairwise(pieces))
    for each in marked.spans:
        assert sum(piece.end - piece.start for piece in pieces if each in piece.marks) == each.end - each.start


def test_marks_are_numbered_as_they_begin() -> None:
    found = {
        "hit": [TermHits("b", (TextSpan(5, 6),)), TermHits("none", ())],
        "find": [TermHits("a", (TextSpan(1, 2),))],
    }
    marked = marks(found, TextSpan(0, 9))
    assert [(each.kind, each.number) for each in marked.spans] == [("cited", 0), ("find", 1), ("hit", 2)]
    assert marked.steps == (1, 2)
    assert [(term.title, term.kind, term.numbers) for term in marked.terms] == [
        ("b", "hit", (2,)),
        ("none", "hit", ()),
        ("a", "find", (1,)),
    ]


def test_lines_with_tabs_are_rows_and_headings_stand_over_their_numbers() -> None:
    page = "".join(text_html("Balance\nAudited\tUnaudited\nCash\t1\t2\nDebt\t3\t4\nEnd", ()))
    assert page.count("<tr") == 3 and page.count("<p") == 2
    assert '<td class="shift"></td><td>Audited</td><td>Unaudited</td>' in page


def test_text_set_with_blanks_keeps_them() -> None:
    typeset = "Net income      1.20\n  to average    7.93\n"
    assert is_typeset(typeset) and not is_typeset("Words. " * 50 + "\nMore words.\n" * 20)
    assert "Net income      1.20" in "".join(text_html(typeset, ()))


def test_what_may_be_wider_than_the_screen_can_be_scrolled_by_the_keyboard() -> None:
    assert 'tabindex="0"' in "".join(text_html("a\tb\tc\td\n1\t2\t3\t4", ()))
    assert 'tabindex="0"' not in "".join(text_html("words\nand words", ()))


def test_lines_end_where_they_end() -> None:
    assert [(line.start, line.end, line.cells) for line in lines("a\n\nb\tc")] == [(0, 1, 1), (2, 2, 1), (3, 6, 2)]


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60))
def test_bars_stand_beside_one_another_and_within_the_drawing(filings: list[int]) -> None:
    counts = tuple(FacetCount(str(1990 + year), number) for year, number in enumerate(filings))
    drawn = chart(Timeline("year", counts), SearchState(()))
    for bar, each in zip(drawn.bars, counts, strict=True):
        assert (bar.height > 0) == (each.filings > 0) and bar.height <= HEIGHT
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH + 1
    assert drawn.bars[-1].address == f"/search?filed={counts[-1].value}"


@given(st.lists(st.integers(0, 999), max_size=50), st.integers(1000, 5000))
def test_every_hit_is_at_one_stop_of_the_map(places: list[int], length: int) -> None:
    found = TermHits("a", tuple(TextSpan(place, place + 1) for place in sorted(set(places))))
    marked = marks({"hit": [found]})
    made = stops(marked, length)
    assert len(made) == STOPS
    assert [number for stop in made for number in stop.numbers] == list(marked.steps)
    assert all(0 <= tick < 1 for stop in made for tick in stop.ticks)
