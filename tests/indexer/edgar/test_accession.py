"""Accession numbers, with and without hyphens, alone and in text."""

from indexer.edgar.accession import accession_number, accession_number_in


def test_accession_number() -> None:
    assert accession_number("0009990001-17-000001") == "0009990001-17-000001"
    assert accession_number("9990001-17-1") is None
    assert accession_number_in("/in/edgar/work/0009990001-17-000001.txt : 20170308") == "0009990001-17-000001"
    assert accession_number_in("none") == ""
