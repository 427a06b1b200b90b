"""Results as a sequence of hits, as rows, and as a data frame."""

import inspect
import sys
from datetime import date
from types import ModuleType

import pytest

import search.ask
import search.results
from indexer.errors import MissingExtraError
from search.results import DocumentHit, DocumentRow, Hit, PartyName, Results, Snippet

SNIPPETS = (
    Snippet("a:x.htm", 4, 12, "orphan\n\ndrug", ((4, 10),)),
    Snippet("a:x.htm", 40, 47, "license", ((40, 47),)),
)
DOCUMENTS = (
    DocumentHit("a:x.htm", "EX-99.1", 2, "x.htm", "RELEASE", 2.123456789, SNIPPETS, "https://example/x.htm"),
    DocumentHit("a:1", "8-K", 1, "", "", 1.0),
)
PARTIES = (PartyName("filer", "Merriwick", "0009070001"), PartyName("filer", "Merriwick", "0009070002"))
HIT = Hit(3, "a", "8-K", date(2017, 3, 8), None, ("7.01", "9.01"), PARTIES, 2.1, 2, DOCUMENTS, "a.txt", "ff", "u")


def test_a_row_for_each_document() -> None:
    first, second = Results("q", 1, 2, (HIT,)).rows()
    assert first == DocumentRow(
        rank=3,
        accession="a",
        form="8-K",
        filed="2017-03-08",
        period="",
        items="7.01; 9.01",
        company="Merriwick",
        cik="0009070001; 0009070002",
        document="a:x.htm",
        type="EX-99.1",
        filename="x.htm",
        description="RELEASE",
        score=2.123457,
        passages="orphan drug … license",
        offsets="4..12; 40..47",
        url="https://example/x.htm",
        filing_url="u",
        source="a.txt",
    )
    assert (second.document, second.passages, second.offsets) == ("a:1", "", "")


def test_results_are_a_sequence_of_their_hits() -> None:
    results = Results("q", 12, 15, (HIT, HIT._replace(rank=4)))
    assert [hit.rank for hit in results] == [3, 4]
    assert (len(results), results[0], results[-1].rank) == (2, HIT, 4)
    with pytest.raises(IndexError):
        results[2]


def test_results_without_hits_are_true_when_something_was_found() -> None:
    assert Results("q", 12, 15, ())
    assert not Results("q", 0, 0, ())


def test_a_data_frame_has_days_and_the_columns_of_the_rows() -> None:
    pandas = pytest.importorskip("pandas")
    results = Results("q", 1, 2, (HIT,))
    frame = results.to_pandas()
    assert [*frame.columns] == [*DocumentRow._fields]
    assert frame["document"].tolist() == [row.document for row in results.rows()]
    assert (frame["filed"].dt.year.tolist(), frame["period"].isna().all()) == ([2017, 2017], True)
    empty = Results("q", 0, 0, ()).to_pandas()
    assert ([*empty.columns], len(empty)) == ([*DocumentRow._fields], 0)
    assert pandas.api.types.is_datetime64_any_dtype(empty["filed"])


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"edgar-corpus-search\[pandas\]"):
        Results("q", 1, 2, (HIT,)).to_pandas()


def public(module: ModuleType) -> list[tuple[str, object]]:
    """What a module offers: its classes and functions, and what those classes offer."""
    own = [(name, each) for name, each in vars(module).items() if getattr(each, "__module__", "") == module.__name__]
    named = [(name, each) for name, each in own if not name.startswith("_") and callable(each)]
    parts = [
        (f"{name}.{part}", value.fget if isinstance(value, property) else value)
        for name, each in named
        if inspect.isclass(each)
        for part, value in vars(each).items()
        if not part.startswith("_") and (inspect.isfunction(value) or isinstance(value, property))
    ]
    return named + parts


@pytest.mark.parametrize("module", [search.ask, search.results], ids=lambda module: module.__name__)
def test_every_public_name_says_what_it_is(module: ModuleType) -> None:
    names = public(module)
    assert len(names) > 10
    assert [name for name, each in names if len((each.__doc__ or "").split()) < 3] == []
    assert [name for name, each in names if (each.__doc__ or "").startswith(f"{name}(")] == []


def test_what_asks_an_index_says_what_it_raises() -> None:
    asking = ("search", "find", "totals", "hits", "tree", "coverage", "text", "header")
    for name in asking:
        said = inspect.getdoc(getattr(search.ask.Index, name)) or ""
        assert "Error" in said or "raises as" in said or "whose errors" in said, name
    assert "NoIndexError" in (search.ask.search.__doc__ or "")
