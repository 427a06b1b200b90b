"""Which filings are wanted, and how one is named."""

import json

import pytest

from indexer.download.wanted import ListedFiling, WantedFilings, cik_of, filing_of
from indexer.errors import IndexerError

FILING = ListedFiling("0009000417-17-000016", "9000417", "10-K", 20170308, "WREXLEY INDUSTRIES INC")


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (WantedFilings(), True),
        (WantedFilings(ciks=frozenset({"9000417"})), True),
        (WantedFilings(ciks=frozenset({"417"})), False),
        (WantedFilings(forms=("10-K",)), True),
        (WantedFilings(forms=("8-K", "10-K405")), False),
        (WantedFilings(forms=("annual reports", "-=10-K")), False),
        (WantedFilings(forms=("-8-K",)), True),
        (WantedFilings(forms=("=10-k",)), True),
        (WantedFilings(filed=(20170308, 20170308)), True),
        (WantedFilings(filed=(20170309, None)), False),
        (WantedFilings(filed=(None, 20170307)), False),
        (WantedFilings(accessions=frozenset({FILING.accession})), True),
        (WantedFilings(accessions=frozenset({"0009000417-17-000017"})), False),
    ],
)
def test_what_is_wanted(wanted: WantedFilings, fits: bool) -> None:
    assert wanted.fits(FILING) is fits


def test_a_form_brings_its_family_as_in_a_search() -> None:
    assert WantedFilings(forms=("10-K",)).fits(FILING._replace(form="10-K405/A"))
    assert not WantedFilings(forms=("=10-K",)).fits(FILING._replace(form="10-K/A"))
    assert not WantedFilings(forms=("10-K", "-10-K/A")).fits(FILING._replace(form="10-K/A"))


def test_what_a_list_does_not_say_does_not_speak_against_a_filing() -> None:
    bare = ListedFiling("0009000417-17-000016", "9000417")
    assert WantedFilings(frozenset({"9000417"}), ("8-K",), (20200101, None)).fits(bare)


def test_the_same_wish_is_said_alike() -> None:
    one = WantedFilings(frozenset({"12", "3"}), ("8-K", "10-K"), (20170101, None))
    other = WantedFilings(frozenset({"3", "12"}), ("10-K", "8-K"), (20170101, None))
    assert str(one) == str(other) == "cik:3,12 form:10-K,8-K filed:20170101.."
    assert str(WantedFilings()) == "everything"


def test_where_a_filing_is() -> None:
    assert FILING.paths == (
        "/Archives/edgar/data/9000417/0009000417-17-000016.txt",
        "/Archives/edgar/data/9000417/000900041717000016/0009000417-17-000016.txt",
    )


@pytest.mark.parametrize(
    ("line", "cik"),
    [
        ("0009000417-17-000016\n", ""),
        ("000900041717000016", ""),
        ("edgar/data/9000417/0009000417-17-000016.txt", "9000417"),
        ("https://www.sec.gov/Archives/edgar/data/9000417/000900041717000016/w.htm", "9000417"),
        (
            json.dumps({"type": "hit", "accession": "0009000417-17-000016", "parties": [{"cik": "0009000417"}]}),
            "9000417",
        ),
        (json.dumps({"accession": "0009000417-17-000016", "parties": []}), ""),
    ],
)
def test_a_line_that_names_a_filing(line: str, cik: str) -> None:
    filing = filing_of(line)
    assert filing and (filing.accession, filing.cik) == ("0009000417-17-000016", cik)


@pytest.mark.parametrize(
    "line", ["", "10-K", "{", "[]", '{"type": "results"}', '{"accession": 3, "parties": 4}', "0009000417-17-16"]
)
def test_a_line_that_names_none(line: str) -> None:
    assert filing_of(line) is None


@pytest.mark.parametrize("text", ["", "0", "12345678901", "-1", "417a", "٤١٧"])
def test_what_is_no_cik(text: str) -> None:
    with pytest.raises(IndexerError, match="is not a CIK"):
        cik_of(text)
