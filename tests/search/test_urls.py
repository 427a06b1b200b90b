"""Addresses on sec.gov."""

import pytest

from search.urls import document_url, filing_url


@pytest.mark.parametrize(
    ("cik", "accession"), [("", "0009000001-17-000012"), ("0009000001", "sha256-ab"), ("x", "a-b-c")]
)
def test_without_a_cik_or_an_accession_number_there_is_none(cik: str, accession: str) -> None:
    assert filing_url(cik, accession) == ""
    assert document_url(cik, accession, "x.htm") == ""


def test_a_document_without_a_name_is_in_the_complete_submission() -> None:
    folder = "https://www.sec.gov/Archives/edgar/data/9000001/000900000117000012"
    assert document_url("0009000001", "0009000001-17-000012", "") == f"{folder}/0009000001-17-000012.txt"


def test_a_name_cannot_lead_elsewhere() -> None:
    found = document_url("0009000001", "0009000001-17-000012", "../../x y?z#\x1b.htm")
    assert found.endswith("/000900000117000012/..%2F..%2Fx%20y%3Fz%23%1B.htm")
