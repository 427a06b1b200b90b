"""Lookups that an analyst would make over the sample corpus, each with the filings it must find and no other.

`data/queries.tsv` holds them: the query, the accession numbers it must find, whether the first of them must be the
first hit, and why the lookup is there.
"""

import csv
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings
from search.ask import Index, Wanted

DATA = Path(__file__).resolve().parent / "data"


class Lookup(NamedTuple):
    """A row of queries.tsv."""

    query: str
    order: str
    """`any`, or `first` where the first accession number must be the first hit."""
    accessions: tuple[str, ...]
    why: str


def lookups() -> list[Lookup]:
    with (DATA / "queries.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [Lookup(query, order, tuple(filter(None, found.split(","))), why) for query, order, found, why in rows]


LOOKUPS = lookups()


@pytest.fixture(scope="module")
def index(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The sample corpus, indexed as `indexer build` does it."""
    folder = tmp_path_factory.mktemp("sample") / "index"
    with closing(Build([corpus], Settings(folder), Options())) as build:
        build.run(lambda _submissions, _bytes: None)
    with Index(folder) as opened:
        yield opened


def test_there_are_enough_of_them() -> None:
    assert len({lookup.query for lookup in LOOKUPS}) == len(LOOKUPS) >= 60


@pytest.mark.parametrize("lookup", LOOKUPS, ids=lambda lookup: lookup.query)
def test_finds_these_filings_and_no_other(lookup: Lookup, index: Index) -> None:
    results = index.search(lookup.query, wanted=Wanted(limit=None, snippets=0))
    found = [hit.accession for hit in results.hits]
    assert sorted(found) == sorted(lookup.accessions)
    assert results.filings == len(found)
    if lookup.order == "first":
        assert found[0] == lookup.accessions[0]
