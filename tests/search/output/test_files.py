"""Tables in files, opened as their readers do (Excel with openpyxl, Markdown rendered), and coverage beside them."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from search.output.printer import PRINTERS
from search.output.table import Table
from search.output.tables.markdown import as_markdown
from tests.search.conftest import Ask, Builder, document, submission


def opened(path: Path) -> Any:
    return pytest.importorskip("openpyxl").load_workbook(path)


def test_excel_has_links_widths_wrapped_text_and_a_filter(ask: Ask, home: Path) -> None:
    assert ask("license", "-o", "hits.xlsx").code == 0
    sheet = opened(home / "hits.xlsx")["results"]
    at = {cell.value: cell.column for cell in sheet[1]}
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(at)).column_letter}{sheet.max_row}"
    for name in ("url", "filing_url"):
        cell = sheet.cell(2, at[name])
        assert cell.hyperlink.target == cell.value
        assert cell.value.startswith("https://www.sec.gov/Archives/edgar/data/")
    assert sheet.cell(2, at["passages"]).alignment.wrap_text
    assert not sheet.cell(2, at["accession"]).alignment.wrap_text
    width = {name: sheet.column_dimensions[sheet.cell(1, number).column_letter].width for name, number in at.items()}
    assert width["passages"] > width["company"] > width["form"] > width["rank"]


@pytest.mark.parametrize(("query", "rows"), [("license", 8), ("zebra", 1)])
def test_excel_says_in_a_second_sheet_what_the_answer_rests_on(ask: Ask, home: Path, query: str, rows: int) -> None:
    ask(query, "--form", "8-K,10-K,10-Q", "-o", "hits.xlsx")
    book = opened(home / "hits.xlsx")
    assert book.sheetnames == ["results", "coverage"]
    assert book["results"].max_row == rows
    said = {row[0]: row[1] for row in book["coverage"].iter_rows(min_row=2, values_only=True)}
    assert said["query"] == query
    assert said["filters"] == "form:(8-K OR 10-K OR 10-Q)"
    assert said["filings searched"] > 10
    assert said["filings found"] == (5 if query == "license" else 0)


def test_excel_has_coverage_in_full_when_asked(ask: Ask, home: Path) -> None:
    ask("license", "--cik", "9012704", "--coverage", "-o", "hits.xlsx")
    rows = list(opened(home / "hits.xlsx")["coverage"].iter_rows(min_row=2, values_only=True))
    assert ("document not read", "0009000101-17-004512:tsl_logo.gif", "GRAPHIC image") in rows
    assert not (home / "hits.xlsx.coverage.json").exists()


@pytest.mark.parametrize("option", ["--count", "--coverage", "--explain", "--counts", "--files", "--fields"])
def test_an_excel_file_is_one_whatever_is_printed(ask: Ask, home: Path, option: str) -> None:
    asked = [] if option in ("--coverage", "--fields") else ["license"]
    assert ask(*asked, option, "-o", "out.xlsx").code == 0
    assert opened(home / "out.xlsx").worksheets[0].max_row > 1


def test_what_would_be_calculated_is_text(ask: Ask, build: Builder, home: Path) -> None:
    index = build({"1.txt": submission(1, document("A waiver."), company="=1+1")})
    ask("waiver", "-o", "hits.xlsx", index=index)
    ask("waiver", "-o", "hits.tsv", index=index)
    sheet = opened(home / "hits.xlsx").active
    assert [cell.data_type for cell in sheet[2] if cell.value == "=1+1"] == ["s"]
    assert "'=1+1" in (home / "hits.tsv").read_text(encoding="utf-8").split("\t")


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".md"])
@pytest.mark.parametrize("query", ["license", "zebra"])
def test_coverage_stands_beside_a_table(ask: Ask, home: Path, suffix: str, query: str) -> None:
    said = ask(query, "--cik", "9012704", "--coverage", "-o", f"z{suffix}")
    assert said.code == (0 if query == "license" else 1)
    beside = json.loads((home / f"z{suffix}.coverage.json").read_text(encoding="utf-8"))
    assert beside == json.loads(ask("--coverage", "--cik", "9012704", "--json").out)
    assert len((home / f"z{suffix}").read_text(encoding="utf-8").splitlines()) > (1 if query == "license" else 0)


def test_coverage_alone_is_a_table_of_its_own(ask: Ask, home: Path) -> None:
    assert ask("--coverage", "-o", "z.csv").code == 0
    rows = dict(csv.reader((home / "z.csv").open(encoding="utf-8")))
    assert rows["coverage.filings"] == "52"
    assert not (home / "z.csv.coverage.json").exists()


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_a_mark_says_that_it_is_utf_8(ask: Ask, home: Path, suffix: str) -> None:
    ask("Skarvøy", "-o", f"plain{suffix}")
    ask("Skarvøy", "-o", f"marked{suffix}", "--bom")
    plain, marked = ((home / f"{name}{suffix}").read_bytes() for name in ("plain", "marked"))
    assert marked == b"\xef\xbb\xbf" + plain
    assert ask("license", "--bom", "--json").err == "search: --bom belongs with --csv or --tsv\n"


def test_tsv_and_csv_hold_the_same(ask: Ask, home: Path) -> None:
    for suffix in ("csv", "tsv"):
        ask("license", "-o", f"z.{suffix}")
    rows = [list(csv.reader((home / "z.csv").open(encoding="utf-8")))]
    rows.append([line.split("\t") for line in (home / "z.tsv").read_text(encoding="utf-8").splitlines()])
    assert rows[0] == rows[1]


def rendered(markdown: str) -> str:
    return str(pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable("table").render(markdown))


def test_markdown_renders_as_a_table_of_the_hits(ask: Ask) -> None:
    html = rendered(ask("license", "--markdown").out)
    assert html.startswith("<table>")
    assert html.count("<tr>") == 1 + 7
    assert '<a href="https://www.sec.gov/Archives/edgar/data/9012704/000900010117004512/tsl_ex10-1.htm">' in html
    assert "<th" in html and "Tessalune Biosciences, Inc." in html


@pytest.mark.parametrize(
    "text",
    ["a | b", "<script>x</script>", "*bold* _it_ `code` ~~x~~", "[x](http://y)", "a_b_c", "AT&T &amp; Co", "\\ $5 $6"],
)
def test_strangers_text_is_no_markup(text: str) -> None:
    html = rendered("\n".join(as_markdown(Table(("a", "b"), [(text, 1)]))))
    cell = html.split("<td>")[1].split("</td>")[0]
    shown = cell.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    assert shown == text
    assert html.count("<td") == 2


def test_every_table_format_can_have_coverage_beside_it() -> None:
    assert {name for name, format in PRINTERS.items() if format.beside} == {"csv", "tsv", "markdown", "xlsx"}
