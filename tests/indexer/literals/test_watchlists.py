"""Lists of companies as people keep them."""

from pathlib import Path

import pytest

from indexer.errors import ListError
from indexer.literals.watchlists import read_rows


def listed(folder: Path, text: str, field: str, *, encoding: str = "utf-8") -> list[str]:
    (folder / "list").write_text(text, encoding=encoding)
    return [row.value for row in read_rows(folder / "list", field)]


@pytest.mark.parametrize(
    ("field", "values"),
    [("cik", ["9000417", "9012704"]), ("company", ["Wrexley, Ltd", "Tessalune"]), ("ticker", ["WRX", "TSLN"])],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("heading", ["Sector|Company Name|CIK_STR|Symbol", '"sector"|"issuer"|"cik"|"Ticker"'])
def test_the_column_is_the_one_that_names_the_field(
    tmp_path: Path, field: str, values: list[str], delimiter: str, encoding: str, heading: str
) -> None:
    rows = [heading, 'Métal|"Wrexley, Ltd"|9000417|WRX', "", "# ours|x|1|Y", "Drugs|Tessalune|9012704|TSLN"]
    text = "\r\n".join(rows).replace("|", delimiter)
    assert listed(tmp_path, text, field, encoding=encoding) == values


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("9000417\n9012704\n", "cik", ["9000417", "9012704"]),
        ("CIK\n9000417\n", "cik", ["9000417"]),
        ("Value\nWrexley\n", "company", ["Wrexley"]),
        ("9000417,Wrexley\n9012704,Tessalune\n", "cik", ["9000417", "9012704"]),
        ("9000417;Wrexley, Ltd\n9012704;Tessalune\n", "cik", ["9000417", "9012704"]),
        ('"Wrexley; Sons"\nTessalune\n', "company", ["Wrexley; Sons", "Tessalune"]),
        ("form\n10-K\n", "form", ["10-K"]),
        ("Name,CIK\nWrexley\nTessalune,9012704\n", "cik", ["9012704"]),
        ("8-K\n10-K", "form", ["8-K", "10-K"]),
    ],
)
def test_lists_and_tables_without_a_heading(tmp_path: Path, text: str, field: str, values: list[str]) -> None:
    assert listed(tmp_path, text, field) == values


def test_other_columns_are_no_names(tmp_path: Path) -> None:
    with pytest.raises(ListError, match=r"list has no column company; it has CIK, Ticker$"):
        listed(tmp_path, "CIK;Ticker\n9000417;WRX\n", "company")


@pytest.mark.parametrize("text", ["", "\n# nothing\n", "CIK\n", "Name,CIK\nWrexley,\n"])
def test_a_list_names_something(tmp_path: Path, text: str) -> None:
    with pytest.raises(ListError, match="names nothing"):
        listed(tmp_path, text, "cik")


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("# ours\nCIK\n\n9000417\n")
    assert [row.line for row in read_rows(tmp_path / "list", "cik")] == [4]
