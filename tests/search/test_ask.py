"""Asking from Python."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import NoIndexError, UnusableIndexError
from indexer.storage import location
from indexer.whoosh_compat import commits
from search.ask import Index, Lookup, Wanted, search
from search.errors import SearchError
from search.results import Sort
from search.searchers.searcher import Verified
from tests.search.conftest import Builder, document, submission


def test_one_call(sample_index: Path) -> None:
    results = search("orphan drug license", sample_index, form="8-K")
    assert (results.filings, results.documents, len(results.hits)) == (1, 1, 1)
    assert results.understood.startswith("orphan drug license form:")
    assert results.generation == commits.generation(sample_index)
    assert results.seconds > 0


def test_filters_take_one_value_or_several(sample_index: Path) -> None:
    both = search("", sample_index, cik=["9012704", "9031885"], wanted=Wanted(limit=None, snippets=0))
    one = search("", sample_index, cik="9012704")
    assert 0 < one.filings < both.filings == len(both.hits)


def test_numbers_and_days_are_filters_too(sample_index: Path) -> None:
    asked = {"cik": [9012704, 417], "filed": 2017}
    assert search("license", sample_index, **asked).understood == (
        search("license", sample_index, cik=["9012704", "417"], filed="2017").understood
    )
    assert search("license", sample_index, filed=date(2017, 4, 18)).filings == 1


def test_any_field_is_a_filter(sample_index: Path) -> None:
    assert search("", sample_index, sic="5651").filings == search("sic:5651", sample_index).filings > 0


def test_synonyms_and_exact_words(sample_index: Path) -> None:
    assert search("pardon", sample_index).filings == 0
    assert search("pardon", sample_index, synonyms=[["pardon", "waiver"]]).filings > 0
    assert search("licensing", sample_index, exact=True).filings < search("licensing", sample_index).filings


def test_snippets_are_at_their_offsets(sample_index: Path) -> None:
    with Index(sample_index) as index:
        results = index.search("waiver OR license", wanted=Wanted(limit=None, documents=None, snippets=3))
        snippets = [each for hit in results.hits for doc in hit.documents for each in doc.snippets]
        assert len(snippets) > 10
        for snippet in snippets:
            assert index.text(snippet.document_id)[snippet.start : snippet.end] == snippet.text


def test_hits_come_as_they_are_asked_for(sample_index: Path) -> None:
    with Index(sample_index) as index:
        lookup, wanted = Lookup("the"), Wanted(limit=None, snippets=0, sort=Sort("filed"))
        every = list(index.hits(lookup, wanted))
        assert len(every) == index.totals(lookup).filings > 20
        dates = [hit.filed for hit in every if hit.filed]
        assert dates == sorted(dates, reverse=True)
        some = Wanted(limit=5, offset=7, snippets=0, sort=Sort("filed"))
        assert list(index.hits(lookup, some)) == every[7:12]


def test_documents_are_limited_and_counted(sample_index: Path) -> None:
    with Index(sample_index) as index:
        hits = index.search("the", wanted=Wanted(limit=None, documents=1, snippets=0)).hits
        assert all(len(hit.documents) == 1 for hit in hits)
        more = index.search("the", wanted=Wanted(limit=None, documents=None, snippets=0)).hits
        assert all(len(hit.documents) == hit.matching for hit in more)
        assert any(hit.matching > 1 for hit in more)


def test_a_header_is_read_back(sample_index: Path) -> None:
    with Index(sample_index) as index:
        header = index.header("0009000101-17-004512")
        assert header.form == "8-K"
        assert header.parties[0].business_address is not None
        with pytest.raises(KeyError):
            index.header("0009000101-17-999999")
        with pytest.raises(KeyError):
            index.text("0009000101-17-999999:x")


def test_no_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match=f"indexer build PATH --index {tmp_path}"):
        Index(tmp_path)


def test_an_index_of_a_newer_version_is_refused(build: Builder) -> None:
    folder = build({"1.txt": submission(1, document("waiver"))})
    (folder / location.FILE).write_text('{"schema": 9999}')
    with pytest.raises(UnusableIndexError, match="newer version"):
        Index(folder)


def test_an_index_stays_at_its_commit(build: Builder) -> None:
    one = submission(1, document("waiver"))
    folder = build({"1.txt": one})
    with Index(folder) as before:
        build({"1.txt": one, "2.txt": submission(2, document("waiver"))})
        assert before.search("waiver").filings == 1
        assert before.manifest.status().submissions == 1
        with Index(folder) as after:
            assert after.search("waiver").filings == 2
            assert after.generation > before.generation


def test_a_field_there_is_none_of_is_an_error(sample_index: Path) -> None:
    with pytest.raises(SearchError, match="there is no field colour"):
        search("x", sample_index, colour="red")


SOUP = """
license licenze wavier - " ( ) OR NOT AND NEAR(3) BEFORE(2) form:8-K cik:417 filed:2017 filed:2018..2017 * lic* l?c*
drug~ drug**2 colour:x =drug שלום @a
"""
PIECES = st.sampled_from([*SOUP.split(), "\x00"])


@given(st.lists(PIECES, max_size=8))
@settings(max_examples=150)
def test_whatever_is_asked_is_answered_or_refused(sample_index: Path, pieces: list[str]) -> None:
    wanted = Wanted(limit=2, snippets=2, sentences=True, facets=("form", "company"), over_time="month", coverage=True)
    with Index(sample_index) as index:
        try:
            results = index.search(" ".join(pieces), wanted=wanted)
        except SearchError as error:
            assert str(error)
            return
    assert len(results.hits) == min(2, results.filings)
    assert results.coverage
    assert results.coverage.filings >= results.filings
    assert results.timeline
    assert sum(each.filings for each in results.timeline.counts) + results.timeline.undated == results.filings


def test_an_index_that_is_asked_again_and_again_keeps_few_trees(sample_index: Path) -> None:
    with Index(sample_index) as index:
        for number in range(600):
            index.tree(Lookup(f"license {number}"))
        assert index._trees.cache_info().currsize <= 256


def test_all_that_an_answer_rests_on_can_be_verified(sample_index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sample_index, folder)
    with Index(folder) as index:
        hits = index.search("license").hits
        assert index.verify(hits) == Verified(1, sum(len(hit.documents) for hit in hits))
        assert index.verify() == Verified(1, 0)
    for path in [*folder.glob("*.cols"), *folder.glob("texts/*"), folder / "manifest.sqlite"]:
        sound = path.read_bytes()
        at = max(sound.find(b"0009000"), len(sound) // 3 if path.suffix != ".sqlite" else 0)
        path.write_bytes(sound[:at] + b"1" + sound[at + 1 :])
        with pytest.raises(UnusableIndexError, match=rf"{path.name}|text {path.stem}|manifest"), Index(folder) as index:
            index.verify(index.search("*:*", wanted=Wanted(limit=None, documents=None)).hits)
        path.write_bytes(sound)
