"""What goes into the list of segments comes out through stock Whoosh, whoever built the segments."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from whoosh import index, query

from indexer.edgar.roles import Role
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument, stored
from indexer.filings import Document, ExtractedText, Header, Party
from indexer.whoosh_compat.stock import StockBuilder
from indexer.writers.segment_list import SegmentList
from indexer.writers.writer import Copy


def entry(
    number: int, text: str, *, form: str = "8-K", filename: str = "main.htm", filed: date | None = None
) -> IndexedDocument:
    parties = (
        Party(Role.FILER, "Quillon Therapeutics, Inc.", "0009000001"),
        Party(Role.ISSUER, "Ashgrove Mills Co", "0009000002"),
    )
    header = Header(f"0009000001-17-{number:06}", form, filed or date(2017, 3, 8), parties=parties)
    return IndexedDocument(
        header, Document(form, 1, filename, "", b""), ExtractedText(text, Reading.TEXT), "a.txt", "ab"
    )


def build(folder: Path, *entries: IndexedDocument) -> Any:
    builder = StockBuilder(folder)
    for each in entries:
        builder.add(each, stored(each, text="t:0:1", header="t:1:1"))
    segment = builder.finish()
    builder.close()
    return segment


def found(folder: Path, asked: query.Query) -> list[str]:
    with index.open_dir(folder).searcher() as searcher:
        return sorted(hit["accession"] for hit in searcher.search(asked, limit=None))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    writer = SegmentList(tmp_path)
    writer.add([build(tmp_path, entry(1, "An orphan drug license."), entry(2, "A drug for an orphan."))])
    writer.add([build(tmp_path, entry(3, "Lease of a mill", form="10-K", filed=date(1996, 2, 29)))])
    writer.commit()
    writer.close()
    return tmp_path


def test_stock_whoosh_finds_words_phrases_values_and_ranges(folder: Path) -> None:
    assert found(folder, query.Term("text", "orphan")) == ["0009000001-17-000001", "0009000001-17-000002"]
    assert found(folder, query.Phrase("text", ["orphan", "drug"])) == ["0009000001-17-000001"]
    assert found(folder, query.Term("form", "10-k")) == ["0009000001-17-000003"]
    assert found(folder, query.NumericRange("filed", 19960101, 19961231)) == ["0009000001-17-000003"]


def test_phrases_do_not_cross_from_one_party_to_the_next(folder: Path) -> None:
    assert len(found(folder, query.Phrase("company", ["therapeutics", "inc"]))) == 3
    assert found(folder, query.Phrase("company", ["inc", "ashgrove"])) == []


def test_what_is_shown_is_stored(folder: Path) -> None:
    with index.open_dir(folder).searcher() as searcher:
        fields = searcher.document(accession="0009000001-17-000003")
    assert fields["id"] == "0009000001-17-000003:main.htm"
    assert (fields["filed"], fields["form"], fields["text"]) == (19960229, "10-K", "t:0:1")
    assert fields["names"] == ("Quillon Therapeutics, Inc.", "Ashgrove Mills Co")


def test_a_removed_submission_is_found_no_more(folder: Path) -> None:
    writer = SegmentList(folder)
    assert writer.remove([Copy("0009000001-17-000001")]) == 1
    assert len(found(folder, query.Term("text", "orphan"))) == 2
    writer.commit()
    writer.close()
    assert found(folder, query.Term("text", "orphan")) == ["0009000001-17-000002"]


def test_what_was_not_committed_is_swept_by_the_next_writer(folder: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    build(folder, entry(9, "never committed"))
    (folder / "tmp-left").mkdir()
    (folder / "_MAIN_7.toc.1700000000.5").touch()
    assert sorted(path.name for path in folder.iterdir()) != before
    SegmentList(folder).close()
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_segment_left_empty_is_dropped(folder: Path) -> None:
    writer = SegmentList(folder)
    writer.remove([Copy("0009000001-17-000003", "a.txt"), Copy("0009000001-17-000001", "b.txt")])
    writer.commit()
    writer.close()
    assert len(list(folder.glob("*.seg"))) == 1


def test_an_empty_builder_gives_no_segment_and_leaves_nothing(tmp_path: Path) -> None:
    assert build(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
