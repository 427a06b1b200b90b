"""Names near to one that no filing has, and tickers that stand for companies."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.alternatives.near_names import ciks_by, names_line, near_names
from search.parsing.parser import parse_query
from search.query import nodes as q
from search.results import Question
from search.searchers.local import LocalSearcher
from search.terms.tickers import with_ciks


@pytest.fixture
def searcher(sample_index: Path) -> Iterator[LocalSearcher]:
    opened = LocalSearcher.open(sample_index)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Ingrid Halvorson", "near: Halvorsen Ingrid M (2)"),
        ("Halversen, I.", "near: Halvorsen Ingrid M (2)"),
        ("Tesalune Biosciences", "near: Tessalune Biosciences, Inc. (8)"),
        ("Ambersett Capitol Managment", "near: Ambersett Capital Management LLC (5)"),
        ("tsln", "near: ticker:TSLN (3)"),
        ("Zyzzyva Quux", ""),
        ("&", ""),
    ],
)
def test_near_names(searcher: LocalSearcher, name: str, line: str) -> None:
    assert names_line(near_names(name, searcher)) == line


def test_a_ticker_stands_for_the_filings_of_its_company(searcher: LocalSearcher) -> None:
    typed = parse_query("company:TSLN")
    widened = with_ciks(typed, ciks_by(searcher))
    assert _filings(searcher, typed) < _filings(searcher, widened)
    assert _filings(searcher, widened) == _filings(searcher, parse_query("cik:9012704"))


def test_what_is_no_ticker_is_left_as_it_is(searcher: LocalSearcher) -> None:
    for text in ("company:wrexley", "ticker:ZZZZZ", "company:tsln", "drug"):
        assert with_ciks(parse_query(text), ciks_by(searcher)) == parse_query(text)


def _filings(searcher: LocalSearcher, query: q.Query) -> set[str]:
    return {hit.accession for hit in searcher.search(Question(query, limit=None)).hits}
