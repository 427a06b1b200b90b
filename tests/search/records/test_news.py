"""What is new since a commit, and in a saved search."""

from pathlib import Path

from search.ask import Index
from search.lookups.lookup import Filter, Lookup
from search.records.news import NONE, new_since, news
from search.records.saved import SavedSearch, Seen


def test_all_is_new_since_before_the_first_commit_and_nothing_since_the_last(sample_index: Path) -> None:
    with Index(sample_index) as index:
        every = new_since(0, index)
        assert len(every.values) == index.manifest.status().submissions
        assert new_since(index.generation, index) == Filter("accession", (NONE,))
        assert index.totals(Lookup("*:*", (new_since(index.generation, index),))).filings == 0


def test_a_saved_search_is_new_until_it_was_shown_and_again_in_an_index_built_anew(sample_index: Path) -> None:
    lookup = Lookup("license")
    with Index(sample_index) as index:
        begun = index.manifest.begun()
        found = [
            news(SavedSearch("a", lookup, "", seen=seen), lookup, index)
            for seen in (None, Seen(index.generation, begun), Seen(index.generation, "another"))
        ]
    assert [(each.since is None, each.is_anew, each.lookup == lookup) for each in found] == [
        (True, False, True),
        (False, False, False),
        (True, True, True),
    ]
