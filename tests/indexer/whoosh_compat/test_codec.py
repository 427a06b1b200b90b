"""Whoosh reads a columnar segment as it reads its own: the same terms, postings, columns, answers and scores."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index, query
from whoosh.qparser import QueryParser
from whoosh.reading import TermNotFound

from indexer.edgar.items import Item
from indexer.edgar.roles import Role
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument, stored
from indexer.filings import Document, ExtractedText, Header, Party
from indexer.whoosh_compat.stock import StockBuilder
from indexer.writers.rows import ColumnarBuilder
from indexer.writers.segment_list import SegmentList
from indexer.writers.writer import Copy

WORDS = ("orphan", "drug", "license", "licensing", "naïve", "a", "b", "the", "the", "the")


def entry(number: int, text: str, *, name: str = "Quillon Inc", filed: date | None = None) -> IndexedDocument:
    party = Party(Role.FILER, name, f"{9_000_000 + number:010}", "2834" if number % 2 else "")
    header = Header(f"0009000001-17-{number:06}", "8-K", filed, items=(Item("7.01", ""),), parties=(party, party))
    document = Document("8-K", number % 3 or None, f"d{number}.htm", "A license" if number % 2 else "", b"")
    return IndexedDocument(header, document, ExtractedText(text, Reading.TEXT), "a.txt", "ab")


def committed(folder: Path, make: Any, batches: Sequence[Sequence[IndexedDocument]], removed: Sequence[str]) -> Any:
    folder.mkdir()
    writer = SegmentList(folder)
    for entries in batches:
        builder = make(folder)
        for each in entries:
            builder.add(each, stored(each, text="t:0:1", header="t:1:1"))
        writer.add([segment for segment in [builder.finish()] if segment is not None])
        builder.close()
    writer.remove([Copy(accession) for accession in removed])
    writer.commit()
    writer.close()
    return index.open_dir(str(folder))


texts = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
entries = st.lists(
    st.tuples(texts, st.sampled_from(["Quillon Inc", "Ashgrove Co", ""]), st.none() | st.dates(date(1993, 1, 1))),
    max_size=12,
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """One index of each codec, of the same entries in two segments, some removed."""
    folder = tmp_path_factory.mktemp("pair")
    batches = [[entry(n, " ".join(WORDS[n % 7 :] * (n + 1)), filed=date(2000, 1, n + 1)) for n in range(9)]]
    batches.append([entry(n, "the drug " * 300 + "orphan", name="") for n in (20, 21)])
    removed = ("0009000001-17-000003", "0009000001-17-000020")
    return (
        committed(folder / "columnar", ColumnarBuilder, batches, removed),
        committed(folder / "stock", StockBuilder, batches, removed),
    )


def postings(reader: Any) -> dict[tuple[str, bytes], list[tuple[int, float, Any]]]:
    found = {}
    for field, term in reader.all_terms():
        matcher, rows = reader.postings(field, term), []
        while matcher.is_active():
            positions = matcher.value_as("positions") if reader.schema[field].format.supports("positions") else None
            rows.append((matcher.id(), matcher.weight(), positions))
            matcher.next()
        found[field, term] = rows
    return found


def test_terms_and_postings_are_the_same(pair: tuple[Any, Any]) -> None:
    ours, theirs = (each.reader() for each in pair)
    assert postings(ours) == postings(theirs)
    assert ours.doc_count() == theirs.doc_count()
    for field, term in theirs.all_terms():
        assert (field, term) in ours
        mine, other = ours.term_info(field, term), theirs.term_info(field, term)
        said = ("weight", "doc_frequency", "max_weight", "min_id", "max_id")
        assert [getattr(mine, name)() for name in said] == [getattr(other, name)() for name in said], (field, term)
        if ours.schema[field].scorable:
            assert mine.min_length() == other.min_length()
            assert mine.max_length() == other.max_length()
    with pytest.raises(TermNotFound):
        ours.term_info("text", b"missing")


def test_documents_are_the_same(pair: tuple[Any, Any]) -> None:
    ours, theirs = (each.reader() for each in pair)
    assert list(ours.all_doc_ids()) == list(theirs.all_doc_ids())
    for document in theirs.all_doc_ids():
        assert ours.stored_fields(document) == theirs.stored_fields(document)
        for field in ("text", "title", "company", "industry"):
            assert ours.doc_field_length(document, field, 1) == (theirs.doc_field_length(document, field, 1) or 1)
    for field in ("text", "title", "company"):
        assert ours.field_length(field) == theirs.field_length(field)
    for field in ("filed", "period", "sequence", "filing", "company_sort"):
        for (mine, _), (other, _) in zip(ours.leaf_readers(), theirs.leaf_readers(), strict=True):
            assert list(mine.column_reader(field)) == list(other.column_reader(field)), field


ASKED = [
    "the",
    "orphan AND drug",
    "orphan OR license",
    '"the drug"',
    '"drug orphan"~3',
    "lic*",
    "l?cense",
    "the NOT drug",
    "form:8-k",
    "filed:[20000103 TO 20000106]",
    "filed:20000105",
    "cik:0009000002",
    "company:quillon",
    'company:"quillon inc"',
    "title:license",
    "item:7.01 AND text:a",
    "reading:text",
]


@pytest.mark.parametrize("asked", ASKED)
def test_answers_and_scores_are_the_same(pair: tuple[Any, Any], asked: str) -> None:
    found = []
    for each in pair:
        parsed = QueryParser("text", each.schema).parse(asked)
        with each.searcher() as searcher:
            hits = searcher.search(parsed, limit=None)
            found.append([(hit["id"], pytest.approx(hit.score)) for hit in hits])
            assert [hit["id"] for hit in searcher.search(parsed, limit=2)] == [name for name, _ in found[-1][:2]]
    assert found[0] == found[1]
    assert found[1]


@pytest.mark.parametrize("reverse", [True, False])
@pytest.mark.parametrize("field", ["filed", "company_sort"])
def test_sorting_is_the_same(pair: tuple[Any, Any], field: str, reverse: bool) -> None:
    orders = []
    for each in pair:
        with each.searcher() as searcher:
            hits = searcher.search(query.Every(), limit=None, sortedby=field, reverse=reverse)
            orders.append([hit["id"] for hit in hits])
    assert orders[0] == orders[1]


def test_fuzzy_terms_are_the_same(pair: tuple[Any, Any]) -> None:
    ours, theirs = pair
    with ours.searcher() as mine, theirs.searcher() as other:
        asked = query.FuzzyTerm("text", "orphna", maxdist=2, prefixlength=1)
        assert {hit["id"] for hit in mine.search(asked, limit=None)} == {
            hit["id"] for hit in other.search(asked, limit=None)
        }
        assert len(mine.search(asked)) > 0


@settings(max_examples=25)
@given(first=entries, second=entries, removed=st.sets(st.integers(0, 23)))
def test_any_entries_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, first: list[Any], second: list[Any], removed: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    batches = [
        [entry(base + number, text, name=name, filed=filed) for number, (text, name, filed) in enumerate(drawn)]
        for base, drawn in ((0, first), (12, second))
    ]
    gone = [f"0009000001-17-{number:06}" for number in removed]
    ours, theirs = (
        committed(folder / make.__name__, make, batches, gone).reader() for make in (ColumnarBuilder, StockBuilder)
    )
    kept = list(theirs.iter_docs())
    assert sorted(each["id"] for _, each in ours.iter_docs()) == sorted(each["id"] for _, each in kept)
    names = [{number: each["id"] for number, each in reader.iter_docs()} for reader in (ours, theirs)]
    found = [
        {
            key: sorted((name[document], weight, where) for document, weight, where in rows)
            for key, rows in postings(reader).items()
            if rows
        }
        for name, reader in zip(names, (ours, theirs), strict=True)
    ]
    assert found[0] == found[1]


def test_whoosh_s_own_writer_adds_to_it_and_takes_it_over(tmp_path: Path) -> None:
    opened = committed(tmp_path / "index", ColumnarBuilder, [[entry(1, "an orphan drug")]], ())
    writer = opened.writer()
    writer.add_document(text="another drug", accession="1", id="1:a", form="8-K")
    writer.commit(optimize=True)
    with index.open_dir(str(tmp_path / "index")).searcher() as searcher:
        assert len(searcher.search(query.Term("text", "drug"))) == 2
        assert len(searcher.search(query.Phrase("text", ["orphan", "drug"]))) == 1
        assert len(searcher.reader().leaf_readers()) == 1
