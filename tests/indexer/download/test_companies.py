"""Companies by ticker and by name."""

from pathlib import Path

import pytest

from indexer.download.companies import EXCHANGES, FUNDS, NAMES, TICKERS, Companies
from indexer.errors import DownloadError, IndexerError
from indexer.http.client import Client
from indexer.http.copies import Copies
from indexer.http.site import Site
from tests.indexer.download.server import Edgar


@pytest.fixture
def companies(client: Client, cache: Path) -> Companies:
    return Companies(Copies.of(client, cache))


def ciks(found: tuple[object, ...]) -> list[str]:
    return [each.cik for each in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("ticker", "cik"),
    [("TSL", "9012704"), ("tsl", "9012704"), ("WRX.B", "9000417"), ("wrx/b", "9000417"), ("TILX", "9007731")],
)
def test_by_ticker(companies: Companies, ticker: str, cik: str) -> None:
    assert ciks(companies.by_ticker(ticker)) == [cik]


def test_the_tables_are_asked_once_a_day(companies: Companies, edgar: Edgar) -> None:
    companies.by_ticker("TILX")
    companies.by_ticker("TILX")
    assert edgar.paths() == [TICKERS, EXCHANGES, FUNDS]


def test_a_ticker_that_nobody_has(companies: Companies) -> None:
    with pytest.raises(IndexerError, match="no ticker NOPE"):
        companies.by_ticker("NOPE")


@pytest.mark.parametrize(
    ("name", "cik"),
    [
        ("Tessalune Biosciences, Inc.", "9012704"),
        ("tessalune biosciences inc", "9012704"),
        ("Harrow Lake Sciences Inc", "9012704"),
        ("wrexley", "9000417"),
        ("Skarvøy Rederi", "9055190"),
    ],
)
def test_by_name(companies: Companies, name: str, cik: str) -> None:
    assert ciks(companies.by_name(name)) == [cik]


def test_a_name_of_several_is_not_guessed(companies: Companies, edgar: Edgar) -> None:
    edgar.names += [(f"INC NUMBER {number}", str(number)) for number in range(1, 30)]
    with pytest.raises(IndexerError, match=r"inc may be several companies: .*\(CIK 9000417\).* and others"):
        companies.by_name("inc")
    edgar.names.append(("FENWICK CO", "77"))


def test_two_filers_of_exactly_one_name_are_both_meant(companies: Companies, edgar: Edgar) -> None:
    edgar.names += [("FENWICK CO", "77"), ("Fenwick Co.", "78")]
    assert ciks(companies.by_name("FENWICK CO")) == ["77", "78"]


@pytest.mark.parametrize("name", ["Nobody & Sons", "...", ""])
def test_a_name_that_nobody_has(companies: Companies, name: str) -> None:
    with pytest.raises(IndexerError, match=r"name|called"):
        companies.by_name(name)


@pytest.mark.parametrize(
    "content", [b"[1]", b"{}x", b'{"0": {"ticker": "A"}}', b'{"fields": ["cik"], "data": [[1, 2]]}']
)
def test_a_table_that_makes_no_sense_is_not_kept(companies: Companies, edgar: Edgar, content: bytes) -> None:
    edgar.texts[TICKERS] = content
    with pytest.raises(DownloadError, match="not a table"):
        companies.by_ticker("TSL")
    del edgar.texts[TICKERS]
    assert ciks(companies.by_ticker("TSL")) == ["9012704"]


def test_offline_what_was_asked_before_is_known(companies: Companies, edgar: Edgar, cache: Path) -> None:
    offline = Companies(Copies.offline(Site.at(edgar.url), cache))
    for ask in (lambda: offline.by_ticker("TSL"), lambda: offline.by_name("Harrow Lake Sciences Inc")):
        with pytest.raises(IndexerError, match="no table of"):
            ask()
    companies.by_ticker("TSL")
    assert ciks(offline.by_ticker("TSL")) == ["9012704"]


def test_names_are_read_from_a_mirror_without_tickers(companies: Companies, edgar: Edgar) -> None:
    edgar.gone |= {TICKERS, EXCHANGES, FUNDS}
    assert ciks(companies.by_name("Harrow Lake Sciences Inc")) == ["9012704"]
    edgar.gone.add(NAMES)
