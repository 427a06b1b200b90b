"""Counts by field and over time."""

from datetime import date

import pytest

from indexer.edgar.items import Item
from indexer.edgar.roles import Role
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument
from indexer.filings import Document, ExtractedText, Header, Party
from search.errors import SearchError
from search.lookups.facets import facetable, facets, timeline
from search.parsing.parser import parse_query
from search.results import FacetCount
from search.searchers.memory import MemorySearcher


def entry(number: int, filed: date | None, *types: str) -> list[IndexedDocument]:
    party = Party(Role.FILER, "Merriwick Mills", "0009070001", sic="2210")
    header = Header(f"0009070001-17-{number:06}", "8-K", filed, items=(Item("7.01", ""),), parties=(party,))
    text = ExtractedText("waiver", Reading.TEXT)
    return [
        IndexedDocument(header, Document(kind, n, f"{n}.htm", "", b"", ordinal=n), text, "")
        for n, kind in enumerate(types, 1)
    ]


@pytest.fixture(scope="module")
def searcher() -> MemorySearcher:
    filings = [
        entry(1, date(2016, 11, 8), "8-K", "EX-99.1", "EX-99.1"),
        entry(2, date(2017, 2, 1), "8-K", "EX-10"),
        entry(3, date(2017, 2, 28), "8-K", "EX-99.1"),
        entry(4, None, "8-K"),
    ]
    return MemorySearcher.of([each for filing in filings for each in filing])


def test_filings_are_counted_once_for_a_value(searcher: MemorySearcher) -> None:
    exhibits, forms = facets(["exhibit", "form"], parse_query("waiver"), searcher)
    assert exhibits.field == "exhibit"
    assert exhibits.counts == (FacetCount("EX-99.1", 2), FacetCount("EX-10", 1))
    assert forms.counts == (FacetCount("8-K", 4),)


def test_the_most_frequent_exhibits_are_told_whatever_other_types_there_are(searcher: MemorySearcher) -> None:
    names = ["type", "exhibit", "year"]
    of_types, exhibits, years = facets(names, parse_query("waiver"), searcher, most=1)
    assert (of_types.counts, exhibits.counts) == ((FacetCount("8-K", 4),), (FacetCount("EX-99.1", 2),))
    assert years.counts == (FacetCount("2017", 2),)


def test_names_are_taken_as_people_write_them(searcher: MemorySearcher) -> None:
    found = facets(["SIC", "company", "year", "root-form", "filed"], parse_query("waiver"), searcher)
    assert [facet.field for facet in found] == ["sic", "company", "year", "root-form", "filed"]
    assert [facet.counts[0].value for facet in found] == ["2210", "Merriwick Mills", "2017", "8-K", "2017"]


def test_every_name_offered_is_taken(searcher: MemorySearcher) -> None:
    assert len(facets(facetable(), parse_query("waiver"), searcher)) == len(facetable())


@pytest.mark.parametrize(("name", "said"), [("frm", "did you mean form?"), ("text", "can be"), ("zzz", "can be")])
def test_others_are_refused(name: str, said: str, searcher: MemorySearcher) -> None:
    with pytest.raises(SearchError, match=said):
        facets([name], parse_query("waiver"), searcher)


def test_years_without_filings_are_there(searcher: MemorySearcher) -> None:
    found = timeline("year", parse_query("waiver"), searcher, filings=4)
    assert found.counts == (FacetCount("2016", 1), FacetCount("2017", 2))
    assert found.undated == 1


def test_months_without_filings_are_there(searcher: MemorySearcher) -> None:
    found = timeline("month", parse_query("waiver"), searcher, filings=4)
    expected = [("2016-11", 1), ("2016-12", 0), ("2017-01", 0), ("2017-02", 2)]
    assert [(each.value, each.filings) for each in found.counts] == expected


def test_nothing_found_has_no_time(searcher: MemorySearcher) -> None:
    assert timeline("month", parse_query("zebra"), searcher, filings=0).counts == ()
