"""Index files as they are in the wild. The names in them are made up; their shapes are those of 1993 to today."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.download.index_files import day_of, parse_index, read_index
from indexer.download.wanted import ListedFiling
from indexer.edgar.form_types import KNOWN
from indexer.errors import DownloadError
from tests.indexer.download.server import Held, company_index, form_index, made_up, master

ACC = "0009000001-18-000016"
PATH = f"edgar/data/9000001/{ACC}.txt"


def rows(text: str | bytes) -> list[ListedFiling]:
    content = text.encode("latin-1") if isinstance(text, str) else text
    return list(parse_index(content.splitlines(keepends=True)))


def row(form: str, company: str, filed: int = 20180214, cik: str = "9000001") -> ListedFiling:
    return ListedFiling(ACC, cik, form, filed, company)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"9000001|FENWICK CO|10-K|2018-02-14|{PATH}", row("10-K", "FENWICK CO")),
        (f"9000001|FENWICK CO|10-K|20180214|{PATH}", row("10-K", "FENWICK CO")),
        (f"0009000001|FENWICK|FENWICK CO|SC 13D/A|2018-02-14|{PATH}", row("SC 13D/A", "FENWICK|FENWICK CO")),
        (f"9000001||4|2018-02-14|{PATH}\r", row("4", "")),
        (f"CIK|Company Name|Form Type|Date Filed|{PATH}", None),
        ("9000001|FENWICK CO|10-K|2018-02-14|edgar/data/9000001/", None),
        ("9000001|FENWICK CO|10-K|2018-02-31x|" + PATH, None),
    ],
)
def test_rows_of_a_master_index(line: str, expected: ListedFiling | None) -> None:
    assert rows(line) == ([expected] if expected else [])


FORM_HEADING = (
    "Form Type   Company Name                                                  CIK         Date Filed  File Name"
)
COMPANY_HEADING = (
    "Company Name                                                  Form Type   CIK         Date Filed  File Name"
)
TAIL = f"9000001     2018-02-14  {PATH}         "


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (f"10-K        {'FENWICK CO':<62}", row("10-K", "FENWICK CO")),
        (f"SC 13D/A    {'FENWICK  AND   CO':<62}", row("SC 13D/A", "FENWICK  AND   CO")),
        (f"10-12G POS  {'FENWICK CO':<62}", row("10-12G POS", "FENWICK CO")),
        (f"SCHEDULE 13D FENWICK  CO{'':<40}", row("SCHEDULE 13D", "FENWICK  CO")),
        (f"SCHEDULE 13D/A FENWICK CO{'':<40}", row("SCHEDULE 13D/A", "FENWICK CO")),
        (f"10-K  FENWICK CO{'':<20}", row("10-K", "FENWICK CO")),
        (f"10-K               {'FENWICK CO':<55}", row("10-K", "FENWICK CO")),
        (f"10-K        {'F' * 62}", row("10-K", "F" * 62)),
        (f"10-K        {'F' * 90} ", row("10-K", "F" * 90)),
    ],
)
def test_rows_of_a_form_index_wherever_the_columns_are(head: str, expected: ListedFiling) -> None:
    for heading in (FORM_HEADING, FORM_HEADING.replace("File Name", "File\n Name"), FORM_HEADING.replace("  ", "   ")):
        assert rows(f"{heading}\n{'-' * 100}\n{head if head.endswith(' ') else head + ' '}{TAIL}\n") == [expected]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (f"{'FENWICK CO':<62}10-K        ", row("10-K", "FENWICK CO")),
        (f"{'FENWICK  AND   CO':<62}DEF 14A     ", row("DEF 14A", "FENWICK  AND   CO")),
        (f"{'F' * 61} DEF 14A     ", row("DEF 14A", "F" * 61)),
        (f"{'F' * 70} DEF 14A     ", row("DEF 14A", "F" * 70)),
        (f"{'F' * 70} 8-K     ", row("8-K", "F" * 70)),
        ("FENWICK CO   10-K   ", row("10-K", "FENWICK CO")),
    ],
)
def test_rows_of_a_company_index_wherever_the_columns_are(head: str, expected: ListedFiling) -> None:
    assert rows(f"{COMPANY_HEADING}\n{'-' * 100}\n{head}{TAIL}\n") == [expected]


def test_rows_of_a_crawler_index() -> None:
    address = f"https://www.sec.gov/Archives/edgar/data/9000001/{ACC}-index.htm"
    line = f"{'FENWICK CO':<62}10-K        9000001     20180214    {address}      "
    assert rows(f"{COMPANY_HEADING.replace('File Name', 'URL')}\n{'-' * 9}\n{line}") == [row("10-K", "FENWICK CO")]


def test_preambles_are_no_rows() -> None:
    preamble = (
        "Description:           Master Index of EDGAR Dissemination Feed\nLast Data Received:    March 31, 2018\n"
        "Comments:              webmaster@sec.gov\nAnonymous FTP:         ftp://ftp.sec.gov/edgar/\n \n\n"
    )
    assert rows(preamble + "CIK|Company Name|Form Type|Date Filed|Filename\n" + "-" * 80) == []


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_names_are_read_in_either_encoding(encoding: str) -> None:
    assert rows(f"9000001|SKARVØY|10-K|2018-02-14|{PATH}".encode(encoding)) == [row("10-K", "SKARVØY")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *[(text, 20180214) for text in ("2018-02-14", "20180214", "02/14/2018", "2/14/18", "14-Feb-2018", "14-FEB-18")],
        *[("1/5/93", 19930105), ("5-Jan-93", 19930105)],
        *[(text, 0) for text in ("14-MAI-1998", "2018-13-01", "2018-01-32", "", "Date Filed", "14022018")],
    ],
)
def test_days_are_read_whatever_the_locale(text: str, day: int) -> None:
    assert day_of(text) == day


# Files


@pytest.fixture
def index() -> bytes:
    return master([made_up(number) for number in range(2000)])


def test_compressed_files_are_told_by_their_content(tmp_path: Path, index: bytes) -> None:
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("master.idx", index)
    expected = rows(index)
    assert len(expected) == 2000
    for content in (index, gzip.compress(index), zipped.getvalue()):
        (tmp_path / "anything").write_bytes(content)
        assert list(read_index(tmp_path / "anything")) == expected


@pytest.mark.parametrize("name", ["master.Z", "master.idx.Z"])
def test_of_a_file_made_by_compress_it_is_said_which_to_take(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x1f\x9d\x90...")
    with pytest.raises(DownloadError, match=rf"compress\(1\), which is not read here: take {tmp_path}/master\.gz"):
        list(read_index(tmp_path / name))


def test_a_compressed_file_that_is_cut_off_is_not_read_as_a_shorter_one(tmp_path: Path, index: bytes) -> None:
    packed = gzip.compress(index)
    for content in (packed[: len(packed) // 2], packed[:-4], packed[:100] + b"\xff" + packed[101:]):
        (tmp_path / "master.gz").write_bytes(content)
        with pytest.raises(DownloadError, match="damaged"):
            list(read_index(tmp_path / "master.gz"))


NAMES = st.text(st.sampled_from("ABC/&.- 19"), min_size=1, max_size=60).map(lambda name: name.strip()).filter(bool)


@given(st.lists(st.tuples(NAMES, st.sampled_from([form for form in KNOWN if len(form) < 12])), max_size=8))
@settings(deadline=None)
def test_every_form_of_an_index_says_the_same(listed: list[tuple[str, str]]) -> None:
    held = [
        Held(f"0009000001-24-{number:06}", form, "2024-05-07", (("9000001", name),), b"")
        for number, (name, form) in enumerate(listed)
    ]
    expected = rows(master(held))
    assert [filing.form for filing in expected] == [form for _, form in listed]
    assert [filing.company for filing in expected] == [name for name, _ in listed]
    assert rows(form_index(held)) == expected
    assert rows(company_index(held)) == expected
