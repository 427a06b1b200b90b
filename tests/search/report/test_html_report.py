"""The report of evidence: it shows what the evidence says, carries it, and runs nothing that a filing says."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from search.evidence.packed_text import evidence_within
from tests.search.conftest import Ask, Builder, document, submission

HOSTILE = "<script>alert(1)</script> & \x1b[2J \"waiver\" 'too'"
PICTURE = "begin 644 a.jpg\n#86)C\n`\nend"
FILES = {
    "1.txt": submission(1, document("A covenant waiver, since 2017-03-08.", description="<b>Exhibit</b>")),
    "2.txt": submission(2, document("Nothing."), document(PICTURE, "a.jpg", type="GRAPHIC", sequence=2)),
    "3.txt": submission(3, document(HOSTILE.replace("</", "<!")), company="<I>MILLS</I> & SONS"),
}


class Page(HTMLParser):
    """The elements of a page, and its text without style and data."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text += "" if tag in ("span", "mark", "code", "b", "a") else " "
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.text += data


@pytest.fixture
def report(ask: Ask, build: Builder, home: Path) -> str:
    said = ask("waiver", "--cik", "9070001,77", "--report", "r.html", "--by", "A. <Clerk>", index=build(FILES))
    assert (said.code, said.err.splitlines()[-1]) == (0, "report written to r.html")
    return (home / "r.html").read_text(encoding="utf-8")


def test_it_says_first_what_was_found_and_of_what(report: str) -> None:
    shown = " ".join(Page(report).text.split())
    assert "waiver; cik 9070001, 77 2 of the 3 covered filings match, in 2 documents." in shown
    assert "Covered are the 3 filings in the index with cik:(9070001 OR 77), filed 2024-01-02 to 2024-01-02." in shown
    assert "Of their 4 documents, 1 could not be read as text" in shown
    assert "Nothing in the index has cik 77." in shown
    assert "Whether EDGAR has other filings that belong here was not compared." in shown


def test_it_says_who_asked_what_and_shows_the_hits(report: str) -> None:
    shown = " ".join(Page(report).text.split())
    for said in (
        "Asked by A. <Clerk>",
        "Understood as waiver cik:(=0009070001 OR =0000000077)",
        "edgar-corpus-search 0.1.0",
    ):
        assert said in shown
    assert "A covenant waiver, since 2017-03-08. characters 0 to 36 of the text" in shown
    assert "<mark>waiver</mark>" in report
    assert "0009070001-24-000002:a.jpg GRAPHIC" in shown


def test_it_is_well_formed_and_loads_and_runs_nothing(report: str) -> None:
    page = Page(report)
    assert page.open == []
    assert {name for name, _ in page.elements} <= {
        *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div", "p", "span"),
        *(
            "h1",
            "h2",
            "h3",
            "dl",
            "dt",
            "dd",
            "code",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "blockquote",
            "cite",
        ),
        *("mark", "b", "a", "br", "script"),
    }
    assert [attributes for name, attributes in page.elements if name == "script"] == [
        {"type": "application/gzip", "id": "evidence"}
    ]
    policy = {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"}
    assert ("meta", policy) in page.elements
    assert not re.search(r"\bsrc=|url\(|@import|<link", report)
    for _, attributes in page.elements:
        assert (attributes.get("href") or "https://").startswith("https://")


def test_what_a_filing_says_is_shown_as_it_stands(report: str) -> None:
    assert "<I>MILLS</I> & SONS" in Page(report).text
    assert "&lt;I&gt;MILLS&lt;/I&gt; &amp; SONS" in report
    assert "\x1b" not in report


def test_it_carries_the_evidence(report: str) -> None:
    assert evidence_within(report).startswith('{\n  "kind": "edgar-corpus-search evidence"')
    assert evidence_within("no page") == ""


def test_nothing_found_is_said_in_the_first_sentence(ask: Ask, build: Builder, home: Path) -> None:
    assert ask("zebra", "--report", "r.html", index=build(FILES)).code == 1
    shown = Page((home / "r.html").read_text()).text
    assert "Not one of the 3 covered filings matches." in shown


def test_a_long_list_is_cut_short_and_says_so(ask: Ask, home: Path, build: Builder) -> None:
    from search.report import report_sections

    many = {
        f"{number}.txt": submission(number, document("A waiver.")) for number in range(1, report_sections.MOST_ROWS + 4)
    }
    ask("zebra", "--report", "r.html", index=build(many))
    shown = Page((home / "r.html").read_text()).text
    assert "The covered filings (203)" in shown
    assert "3 more are in the evidence that this page carries." in shown
