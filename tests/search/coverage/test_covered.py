"""What an answer rests on: counted from what was built, with what could not be read."""

from datetime import date
from pathlib import Path

import pytest

from search.answer_basis import KindCount
from search.ask import Index, Lookup, Wanted
from search.coverage.covered import coverage, missing, report
from search.lookups.lookup import Filter
from search.parsing.parser import parse_query
from tests.search.conftest import Builder, document, submission

GRAPHIC = "begin 644 logo.jpg\n#0V%T\n`\nend"


@pytest.fixture
def index(build: Builder) -> Path:
    """Three filings of one company, one of another, and a file that cannot be read."""
    return build(
        {
            "1.txt": submission(1, document("The waiver."), filed="20150301"),
            "2.txt": submission(
                2,
                document("Nothing."),
                document(GRAPHIC, "logo.jpg", type="GRAPHIC", sequence=2),
                document("<PDF>\nnot a pdf\n</PDF>", "letter.pdf", type="EX-99", sequence=3),
                filed="20170302",
            ),
            "3.txt": submission(3, document("Cut short")).partition(b"</TEXT>")[0],
            "4.txt": submission(4, document("The waiver."), cik="0009070002", form="10-K"),
            "5.gz": b"\x1f\x8b broken",
        }
    )


def covered(index: Path, query: str, **filters: str) -> object:
    with Index(index) as opened:
        return opened.search(query, wanted=Wanted(coverage=True), **filters).coverage


def test_it_says_what_there_is_and_what_of_it_was_not_read(index: Path) -> None:
    with Index(index) as opened:
        found = opened.search("waiver", wanted=Wanted(coverage=True), cik="9070001").coverage
    assert found
    assert (found.filters, found.filings, found.documents) == ("cik:9070001", 3, 5)
    assert (found.first_filed, found.last_filed) == (date(2015, 3, 1), date(2024, 1, 2))
    assert found.unread == 2
    assert set(found.unread_kinds) == {KindCount("PDF", 1), KindCount("image", 1)}
    assert found.incomplete == 1
    assert found.unreadable_files == 1
    assert found.missing == ()


def test_fields_in_the_query_are_filters_too(index: Path) -> None:
    with Index(index) as opened:
        typed = opened.search("waiver cik:9070001", wanted=Wanted(coverage=True)).coverage
    assert typed
    assert (typed.filters, typed.filings) == ("cik:9070001", 3)


def test_without_filters_it_is_the_whole_index(index: Path) -> None:
    with Index(index) as opened:
        found = opened.coverage(Lookup("waiver"))
    assert (found.filters, found.filings) == ("", 4)


def test_like_is_no_filter(index: Path) -> None:
    with Index(index) as opened:
        assert opened.coverage(Lookup(like="0009070001-24-000001")).filings == 4


def test_what_nobody_has_is_missing(index: Path) -> None:
    filters = (
        Filter("cik", ("9070001", "9999999")),
        Filter("form", ("8-K", "20-F", "-4")),
        Filter("company", ("merriwick", "zzz")),
        Filter("filed", ("2015", "1999")),
    )
    with Index(index) as opened:
        assert list(missing(filters, opened.engine)) == ["cik 9999999", "form 20-F", "company zzz", "filed 1999"]


def test_beyond_what_is_looked_at_only_counts_are_said(index: Path) -> None:
    with Index(index) as opened:
        found = coverage(parse_query("cik:9070001"), opened.engine, opened.manifest, looked_at=1)
    assert (found.filings, found.unread, found.unread_kinds, found.incomplete) == (3, 2, (), None)


def test_the_report_names_each(index: Path) -> None:
    with Index(index) as opened:
        found = report(parse_query("cik:9070001"), opened.engine, opened.manifest)
    assert {(each.id.partition(":")[2], each.kind) for each in found.unread} == {
        ("logo.jpg", "image"),
        ("letter.pdf", "PDF"),
    }
    assert {record.accession for record in found.incomplete} == {"0009070001-24-000003"}
    assert sum(each.documents for each in found.readings) == found.coverage.documents


def test_an_index_without_dates_or_filings(build: Builder) -> None:
    index = build({"1.txt": submission(1, document("x"))})
    with Index(index) as opened:
        found = opened.coverage(Lookup(filters=(Filter("form", ("10-Q",)),)))
    assert (found.filings, found.documents, found.first_filed, found.last_filed) == (0, 0, None, None)
