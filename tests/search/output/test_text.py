"""Results for people."""

from dataclasses import replace
from datetime import date

import pytest

from search.answer_basis import Coverage, KindCount
from search.output.style import PLAIN, style
from search.output.text import as_text, flat, hit_lines, passage_lines
from search.results import DocumentHit, Facet, FacetCount, Hit, PartyName, Results, Snippet, Timeline

TEXT = "the\n  orphan\ndrug\x1b[2J license"
SNIPPET = Snippet("a:x", 100, 100 + len(TEXT), TEXT, ((106, 112), (113, 117), (122, 129)))
DOCUMENT = DocumentHit("a:x", "EX-99.1", 2, "x\x1b.htm", "RELE\u202eASE", 1.0, (SNIPPET,), "https://www.sec.gov/x")
HIT = Hit(
    1,
    "0009070001-17-000001",
    "8-K",
    date(2017, 3, 8),
    date(2017, 3, 7),
    ("7.01",),
    (PartyName("filed-by", "Ambersett\x9b", "0009026650"), PartyName("subject-company", "Wrexley", "0009000417")),
    1.0,
    3,
    (DOCUMENT,),
    url="https://www.sec.gov/index",
)
RESULTS = Results("q", 12, 15, (HIT,), seconds=0.5)


def test_a_filing_as_a_person_reads_it() -> None:
    assert list(hit_lines(HIT)) == [
        "  1. Wrexley (CIK 9000417), filed by Ambersett",
        "     8-K · filed 2017-03-08 · period 2017-03-07 · items 7.01 · 0009070001-17-000001",
        "     EX-99.1  x .htm  RELE ASE",
        f"       … the *orphan drug* [2J *license* … [100..{100 + len(TEXT)}]",
        "     and 2 more documents of this filing",
    ]


def test_what_is_not_known_is_said_or_left_out() -> None:
    bare = Hit(2, "sha256-ab", "", None, None, (), (), 0.0, 1, (DocumentHit("a:1", "", None, "", "", 0.0),))
    assert list(hit_lines(bare)) == [
        "  2. (no company named in the header)",
        "     form unknown · sha256-ab",
        "       1",
    ]


@pytest.mark.parametrize("source", ["corpus/old\x1b.txt", "corpus/feed.tar.gz > 1994/old\x1b.txt"])
def test_without_a_company_the_file_is_named(source: str) -> None:
    first = next(hit_lines(HIT._replace(parties=(), source=source)))
    assert first == "  1. old .txt (no company named in the header)"


def test_many_parties_are_counted() -> None:
    parties = tuple(PartyName("filer", f"Saltbriar {number}", str(number)) for number in range(1, 27))
    first = next(hit_lines(HIT._replace(parties=parties)))
    assert first == "  1. Saltbriar 1 (CIK 1), and Saltbriar 2, and Saltbriar 3, and 23 more"


def test_marks_that_touch_are_one() -> None:
    assert flat(SNIPPET).marks == ((4, 15), (20, 27))


def test_section_and_page_stand_before() -> None:
    (line,) = passage_lines(SNIPPET._replace(section="Item 1A Risk\x07 Factors", page=3), PLAIN)
    assert line.startswith("       Item 1A Risk Factors, p. 3: … the *orphan")


def test_on_a_terminal_passages_are_broken_and_indented() -> None:
    long = Snippet("a:x", 0, 150, "license drug " * 11 + "license", ((0, 7),))
    lines = list(passage_lines(long, style(coloured=False, width=60)))
    assert len(lines) > 2
    assert all(line.startswith("       ") and len(line) <= 62 for line in lines)
    assert " ".join(line.strip() for line in lines) == f"… *license* {'drug license ' * 11}… [0..150]"


def test_a_mark_over_two_lines_is_closed_on_each() -> None:
    snippet = Snippet("a:x", 0, 29, "orphan drug license of Europe", ((0, 6), (7, 11), (12, 19)))
    lines = list(passage_lines(snippet, style(coloured=True, width=22)))
    assert all(line.count("\x1b[1;33m") == line.count("license") + line.count("orphan") for line in lines[:2])
    assert all(line.count("\x1b[") % 2 == 0 for line in lines)


def test_links_only_where_they_are_wanted() -> None:
    assert not any("\x1b" in line for line in hit_lines(HIT, style(coloured=False)))
    coloured = "\n".join(hit_lines(HIT, style(coloured=True)))
    assert "\x1b[1m" in coloured
    assert "\x1b]8" not in coloured
    assert "\x1b]8;;https://www.sec.gov/x\x1b\\x .htm\x1b]8;;\x1b\\" in "\n".join(
        hit_lines(HIT, style(coloured=True, links=True))
    )


COVERAGE = Coverage(
    "cik:417",
    12,
    40,
    date(2005, 3, 1),
    date(2017, 1, 2),
    3,
    (KindCount("PDF", 2), KindCount("image", 1)),
    1,
    2,
    ("cik 9",),
)


def test_everything_that_stands_under_the_hits() -> None:
    facet = Facet("form", (FacetCount("8-K", 8), FacetCount("10-K", 4)))
    months = Timeline("month", (FacetCount("2016-12", 1), FacetCount("2017-01", 0), FacetCount("2017-02", 8)), 3)
    results = replace(RESULTS, facets=(facet,), timeline=months, notes=("a\x1bnote",), coverage=COVERAGE)
    assert list(as_text(results, ())) == [
        "by form",
        "  8-K           8  ████████████████████████",
        "  10-K          4  ████████████",
        "",
        "by month filed",
        "  2016            ▁         1",
        "  2017  █                   8",
        "  most in 2017-02: 8 filings",
        "  without a date: 3",
        "",
        "a note",
        "covered: 12 filings with cik:417, filed 2005-03-01..2017-01-02; 3 of their 40 documents were not read "
        "(2 PDF, 1 image); 1 filing read in part; 2 files of the corpus could not be read at all",
        "not in the index: cik 9",
        "0 of 12 filings (15 documents) in 0.50 s",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unread": 0, "incomplete": 0, "unreadable_files": 0}, "; all 40 documents read"),
        ({"unread": 1, "documents": 1, "unread_kinds": (), "incomplete": None, "unreadable_files": 0}, "document was"),
        (
            {"filings": 0, "documents": 0, "unread": 0, "first_filed": None, "last_filed": None},
            "covered: 0 filings with",
        ),
        ({"first_filed": date(2017, 1, 2)}, "filed 2017-01-02;"),
        ({"filters": ""}, "covered: 12 filings, filed"),
        ({"missing": tuple(f"cik {n}" for n in range(9))}, "cik 4 and 4 more"),
    ],
)
def test_coverage_says_what_is_so(change: dict[str, object], said: str) -> None:
    results = replace(RESULTS, coverage=COVERAGE._replace(**change))  # type: ignore[arg-type]
    assert said in "\n".join(as_text(results, ()))


def test_only_the_most_frequent_values_are_shown() -> None:
    facet = Facet("cik", tuple(FacetCount(f"{n:03}", 100 - n) for n in range(12)))
    lines = list(as_text(replace(RESULTS, facets=(facet,)), ()))
    assert lines[10].startswith("  009")
    assert lines[11] == "  and 2 more"


def test_a_line_for_years() -> None:
    years = Timeline("year", (FacetCount("2015", 4), FacetCount("2016", 0), FacetCount("2017", 1)))
    lines = list(as_text(replace(RESULTS, timeline=years), (), style(coloured=False, unicode=False)))
    assert lines[1] == "  2015 @ : 2017"


def test_all_were_shown() -> None:
    assert list(as_text(replace(RESULTS, filings=1, documents=1)))[-1] == "1 filing (1 document) in 0.50 s"
