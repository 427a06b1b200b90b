"""Tables: columns, CSV, aligned text, Excel."""

import csv
import io
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.edgar.roles import Role
from indexer.errors import MissingExtraError
from indexer.filings import Address, FilingValues, FormerName, Header, Party, Series, ShareClass
from search.errors import SearchError
from search.output.csv import as_csv
from search.output.table import COLUMNS, DEFAULT, EDGAR_TOOL, Table, columns, of_counts, of_hits
from search.output.tables import xlsx
from search.output.tables.aligned import as_aligned
from search.output.tables.xlsx import Sheet, write_xlsx
from search.results import DocumentHit, DocumentRow, Facet, FacetCount, Hit, PartyName, Results, Snippet, Timeline

PARTY = Party(
    Role.FILER,
    "=Merriwick",
    "0009070001",
    sic="2210",
    state_of_incorporation="DE",
    filing_values=(FilingValues("10-K/A", "34", "001-1", "99"), FilingValues("10-K/A", "33", "002-2", "")),
    business_address=Address(city="LOWELL", state="MA"),
    former_names=(FormerName("Old Mills"),),
)
HEADER = Header("a", "10-K/A", parties=(PARTY,), series=(Series("S1", "x", "", (ShareClass("C1", "y", "MERX"),)),))
SNIPPET = Snippet("a:x", 4, 12, "-orphan\n\x1bdrug", ((5, 11),))
DOCUMENTS = (
    DocumentHit("a:x", "10-K/A", 1, "x.htm", "@home", 1.5, (SNIPPET,), "u/x"),
    DocumentHit("a:2", "", None, "", "", 1),
)
HIT = Hit(
    1, "a", "10-K/A", date(2017, 3, 8), None, (), (PartyName("filer", "=Merriwick", "0009070001"),), 1.5, 2, DOCUMENTS,
    "a.txt", "ff", "u",
)  # fmt: skip


def header(accession: str) -> Header:
    assert accession == "a"
    return HEADER


def rows(*names: str) -> list[dict[str, str]]:
    return list(csv.DictReader(as_csv(of_hits([HIT], names, header))))


def test_the_default_columns_are_those_of_rows() -> None:
    assert DocumentRow._fields == DEFAULT
    assert [column.name for column in COLUMNS][: len(DEFAULT)] == list(DEFAULT)


def test_a_row_for_each_document() -> None:
    first, second = rows(*DEFAULT)
    assert first["filed"] == "2017-03-08"
    assert first["period"] == ""
    assert first["offsets"] == "4..12"
    assert first["score"] == "1.5"
    assert (second["document"], second["passages"]) == ("a:2", "")


def test_text_that_a_spreadsheet_would_calculate_is_guarded() -> None:
    first = rows("company", "description", "passages", "score")[0]
    assert first == {"company": "'=Merriwick", "description": "'@home", "passages": "'-orphan drug", "score": "1.5"}


def test_the_columns_of_edgars_search() -> None:
    assert rows(*EDGAR_TOOL)[0] == {
        "root_form": "10-K",
        "form_name": "Annual report, amendment",
        "filed_at": "2017-03-08",
        "reporting_for": "",
        "entity_name": "'=Merriwick",
        "ticker": "MERX",
        "company_cik": "0009070001",
        "company_cik_trimmed": "9070001",
        "place_of_business": "LOWELL, MA",
        "incorporated_location": "DE",
        "file_num": "001-1; 002-2",
        "film_num": "99",
        "file_num_search_url": "https://www.sec.gov/cgi-bin/browse-edgar/?action=getcompany&filenum=001-1; "
        "https://www.sec.gov/cgi-bin/browse-edgar/?action=getcompany&filenum=002-2",
        "filing_details_url": "u",
        "filing_document_url": "u/x",
    }


def test_the_header_is_read_once_a_filing_and_only_when_needed() -> None:
    asked = list[str]()

    def counting(accession: str) -> Header:
        asked.append(accession)
        return HEADER

    list(of_hits([HIT], ["accession", "roles", "matching", "sha256"], counting).rows)
    assert asked == []
    list(of_hits([HIT, HIT], ["sic", "former_names", "irs_number", "fiscal_year_end"], counting).rows)
    assert asked == ["a"]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ("form,accession,form", ("form", "accession")),
        (" Filing-URL ", ("filing_url",)),
        ("edgar-tool", EDGAR_TOOL),
        ("all", tuple(column.name for column in COLUMNS)),
    ],
)
def test_columns_are_named(names: str, found: tuple[str, ...]) -> None:
    assert columns(names) == found


@pytest.mark.parametrize(
    ("names", "said"),
    [("acession", "did you mean accession?"), ("zzz", "there are default"), (" , ", "names no column")],
)
def test_other_columns_are_refused(names: str, said: str) -> None:
    with pytest.raises(SearchError, match=said):
        columns(names)


def test_counts_are_a_table_too() -> None:
    facet, timeline = Facet("form", (FacetCount("=8-K", 2),)), Timeline("year", (FacetCount("2017", 2),))
    assert list(as_csv(of_counts(Results("q", 2, 2, (), (facet,), timeline=timeline)))) == [
        "field,value,filings",
        "form,'=8-K,2",
        '"filed, by year",2017,2',
    ]


CELLS = st.one_of(st.text(), st.integers(), st.none(), st.dates())


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_csv_is_read_back(cells: list[tuple[str | int | date | None, ...]]) -> None:
    text = "".join(f"{line}\n" for line in as_csv(Table(("a", "b"), cells)))
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert len(read) == len(cells) + 1
    for row, found in zip(cells, read[1:], strict=True):
        for cell, back in zip(row, found, strict=True):
            if isinstance(cell, str):
                assert back in {cell, f"'{cell}"}
                assert not back.startswith(("=", "+", "-", "@"))


def test_aligned_text() -> None:
    table = Table(("form", "n", "day"), [("8-K", 1200, date(2017, 3, 8)), ("株式", 3, None)])
    assert list(as_aligned(table)) == ["form      n  day", "8-K   1,200  2017-03-08", "株式      3"]


def test_an_empty_table_has_its_columns() -> None:
    assert list(as_aligned(Table(("form", "n"), []))) == ["form  n"]
    assert list(as_csv(Table(("form", "n"), []))) == ["form,n"]


def test_excel_holds_text_numbers_and_dates(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    table = Table(("a", "b", "c", "d"), [("=1+1", 5, 1.5, date(2017, 3, 8)), ("x" * 40_000, None, "\ud800", "'")])
    write_xlsx([Sheet("results", table)], tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert [cell.value for cell in sheet[1]] == ["a", "b", "c", "d"]
    assert sheet["A2"].data_type == "s"
    assert [cell.value for cell in sheet[2]][:3] == ["=1+1", 5, 1.5]
    assert sheet["D2"].value.date() == date(2017, 3, 8)
    assert len(sheet["A3"].value) == 32_767
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize(("rows", "sheets"), [(0, 1), (2, 1), (3, 2), (7, 4)])
def test_more_rows_than_a_sheet_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, sheets: int) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr(xlsx, "ROWS", 2)
    write_xlsx([Sheet("results", Table(("n",), [(n,) for n in range(rows)]))], tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert len(book.worksheets) == sheets
    assert [row[0].value for sheet in book for row in sheet.iter_rows(min_row=2)] == list(range(rows))


def test_without_openpyxl_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'edgar-corpus-search\[xlsx\]'"):
        write_xlsx([Sheet("results", Table(("a",), []))], tmp_path / "x.xlsx")


def test_a_wide_table_is_narrowed_and_then_takes_a_line_a_cell() -> None:
    table = Table(("company", "form", "n"), [("Merriwick Mills of Lowell", "8-K", 1200)])
    assert list(as_aligned(table, width=24)) == [
        "company      form      n",
        "Merriwick    8-K   1,200",
        "Mills of",
        "Lowell",
    ]
    assert list(as_aligned(table, width=20)) == ["company   form     n", "Merriwick 8-K  1,200", "Mills of", "Lowell"]
    assert list(as_aligned(table, width=19)) == [
        "company  Merriwick", "         Mills of", "         Lowell", "form     8-K", "n        1,200", "",
    ]  # fmt: skip
