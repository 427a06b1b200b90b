"""Values that no filing has, and those near to them; on the command line, with totals alone, too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.alternatives import near_values
from search.ask import Index
from search.lookups.lookup import Filter, Lookup
from tests.search.conftest import Ask


@pytest.fixture(scope="module")
def index(sample_index: Path) -> Iterator[Index]:
    with Index(sample_index) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("item:7.1", "item:7.01"),
        ("state:minesota", "state:MN"),
        ("exhibit:99.22", "exhibit:EX-99.2"),
        ("exhibit:EX-99.11", "exhibit:EX-99.1"),
        ("filename:tsl_ex99-1.html", "filename:tsl_ex99-1.htm"),
        ("cik:9012705", "cik:0009012704"),
        ("accession:0009000101-17-004513", "accession:0009000101-17-004512"),
        ("city:dulut", "city:duluth"),
        ("license city:dulut", "city:duluth"),
        ("city:duluth", None),
        ("-city:dulut", None),
        ("city:zzzzzz", None),
        ("filed:1899", None),
        ("license", None),
    ],
)
def test_values_of_the_query(index: Index, query: str, meant: str | None) -> None:
    found = list(near_values.of_query(Lookup(query), index.engine))
    assert [note.partition("did you mean ")[2].partition(" (")[0] for note in found] == ([meant] if meant else [])


def test_values_of_filters(index: Index) -> None:
    filters = (Filter("item", ("7.1", "7.01")), Filter("form", ("8-K",)), Filter("company", ("Tesalune",)))
    (note,) = near_values.of_filters(filters, index.engine)
    assert note.startswith("no filing in the index has item 7.1; did you mean 7.01 (")


def test_suggestions_come_with_totals_alone(ask: Ask) -> None:
    assert "did you mean item:7.01" in ask("item:7.1", "--count").out
    assert "did you mean 10-Q?" in ask("form:10-L", "--count").out
    assert "did you mean 7.01" in ask("license", "--item", "7.1", "--count").out
    assert "not in the index: item" not in ask("license", "--item", "7.1", "--count").out
