"""Names completed as they are typed, by words, CIK and ticker."""

from pathlib import Path

import pytest

from search.ask import Index
from search.lookups.completions import cik_of, names_beginning


@pytest.mark.parametrize("typed", ["tessalune", "TESSALUNE BIO", "biosciences tessa", "tsln", "9012704", "0009012704"])
def test_a_company_is_completed_however_it_is_typed(sample_index: Path, typed: str) -> None:
    with Index(sample_index) as index:
        first, *_ = names_beginning(typed, index.engine)
    assert (first.name, first.cik, first.tickers) == ("Tessalune Biosciences, Inc.", "0009012704", ("TSLN",))
    assert first.filings > 5


def test_no_company_stands_twice(sample_index: Path) -> None:
    with Index(sample_index) as index:
        found = names_beginning("t", index.engine)
    assert len({each.cik or each.name for each in found}) == len(found) > 1


@pytest.mark.parametrize("typed", ["", "?", "zzz", "tessalune zzz", "99999999999999999999"])
def test_what_begins_no_name(sample_index: Path, typed: str) -> None:
    with Index(sample_index) as index:
        assert names_beginning(typed, index.engine) == ()


def test_the_cik_of_a_whole_name(sample_index: Path) -> None:
    with Index(sample_index) as index:
        assert cik_of("Tessalune Biosciences, Inc.", index.engine) == "0009012704"
        assert cik_of("Tessalune", index.engine) == ""
