"""`indexer compare`, as a person types it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.indexer.conftest import Said
from tests.indexer.download.server import Edgar, made_up
from tests.indexer.edgar_fixtures import CONTACT


@pytest.fixture
def compare(
    indexer: Callable[..., Said], edgar: Edgar, sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    monkeypatch.setenv("EDGAR_BASE_URL", edgar.url)
    monkeypatch.setenv("EDGAR_CONTACT", CONTACT)
    return lambda *words: indexer("compare", *words, "--index", sample_index, "--rate", 5000)


def test_all_are_here(compare: Callable[..., Said], sample_index: Path) -> None:
    said = compare("--ticker", "TSL")
    assert (said.code, said.err) == (0, "")
    pattern = (
        rf"4 of 4 filings \(cik:9012704\) are in {sample_index}, as EDGAR listed them 20\d\d-\d\d-\d\d \d\d:\d\d\.\n"
    )
    assert re.fullmatch(pattern, said.out)


def test_some_are_missing(compare: Callable[..., Said], edgar: Edgar) -> None:
    edgar.held.append(made_up(1, cik=9012704))
    said = compare("--cik", "9012704", "--filed", "2017..")
    first, second = said.out.splitlines()
    assert (said.code, first[:19]) == (1, "4 of 5 filings (cik")
    assert first.endswith("; these are not:")
    assert second == "  0009012704-24-000001  8-K         2024-05-07  MADE UP 9012704 INC"


def test_as_json_and_from_what_was_kept(compare: Callable[..., Said], edgar: Edgar) -> None:
    edgar.held.append(made_up(1, cik=9012704))
    online = json.loads(compare("--cik", "9012704", "--json").out)
    assert (online["version"], online["listed"], online["here"], online["gaps"]) == (1, 5, 4, [])
    assert [each["accession"] for each in online["missing"]] == ["0009012704-24-000001"]
    edgar.asked.clear()
    assert json.loads(compare("--cik", "9012704", "--json", "--cached").out) == online
    assert edgar.asked == []


def test_a_list_that_is_not_there_is_said(compare: Callable[..., Said]) -> None:
    said = compare("--cik", "9012704", "--cached")
    assert said.code == 1
    assert said.err == "indexer: no list of filings for CIK 9012704 was kept: more may be missing\n"


def test_it_says_of_what(compare: Callable[..., Said]) -> None:
    assert compare().err == "indexer: say which filings: --cik, --ticker, --company, --form or --filed\n"
