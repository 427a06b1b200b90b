"""Tickers in queries, by the tables that `indexer fetch` has kept."""

import json
from pathlib import Path

import pytest

from indexer.download.companies import TICKERS
from search.ask import Index
from search.coverage.covered import missing
from search.lookups.lookup import Filter, filter_tree
from search.parsing.parser import parse_query
from search.terms.tickers import kept_ciks, with_ciks

CIKS = {"tsl": ("0009012704",), "wrx-b": ("0009000417", "0009000552")}


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """EDGAR's table of tickers, as it was kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("EDGAR_BASE_URL", raising=False)
    kept = tmp_path / "edgar-corpus-search/sec.gov" / TICKERS.lstrip("/")
    kept.parent.mkdir(parents=True)
    kept.write_text(json.dumps({"0": {"cik_str": 9012704, "ticker": "TSL", "title": "Tessalune Biosciences, Inc."}}))


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("ticker:TSL", "(ticker:tsl OR cik:9012704)"),
        ("license ticker:tsl form:8-K", "license (ticker:tsl OR cik:9012704) form:8-K"),
        ("license -ticker:tsl", "license -(ticker:tsl OR cik:9012704)"),
        ("ticker:wrx-b", "(ticker:wrx-b OR cik:(9000417 OR 9000552))"),
        ("ticker:(tsl OR nope)", "(ticker:(tsl OR nope) OR cik:9012704)"),
        ("(license OR ticker:nope)^2", "(license OR ticker:nope)^2"),
        ("ticker:ts* cik:9012704 tsl", "ticker:ts* cik:9012704 tsl"),
    ],
)
def test_a_ticker_is_its_company_too(query: str, same: str) -> None:
    assert with_ciks(parse_query(query), lambda ticker: CIKS.get(ticker, ())) == parse_query(same)


def test_what_was_kept_is_looked_up(tables: None) -> None:
    assert kept_ciks("TSL") == ("0009012704",)
    assert kept_ciks("nope") == ()


def test_without_tables_only_headers_are_asked(
    sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert kept_ciks("TSL") == ()
    with Index(sample_index) as index:
        assert index.search("ticker:TSL").filings == 0


def test_an_index_is_asked_by_ticker(sample_index: Path, tables: None) -> None:
    with Index(sample_index) as index:
        for results in (index.search("license ticker:TSL"), index.search("license", ticker="tsl")):
            assert results.filings == index.search("license cik:9012704").filings > 0
            assert "cik:=0009012704" in results.understood
        assert [*missing([Filter("ticker", ("TSL", "NOPE"))], index.engine)] == ["ticker NOPE"]
    assert filter_tree(Filter("ticker", ("TSL",))) == parse_query("ticker:TSL")
