"""Entries become rows, and segments are merged when there are many of a size, or most of one is deleted."""

from datetime import date
from pathlib import Path

import pytest

from indexer.edgar.items import Item
from indexer.edgar.roles import Role
from indexer.extracted import Reading, Section
from indexer.fields.entries import IndexedDocument, stored
from indexer.fields.schema import FIELDS, LISTED, field_values
from indexer.filings import Document, ExtractedText, FilingValues, Header, Party
from indexer.whoosh_compat.codec import ColumnarSegment
from indexer.writers import rows
from indexer.writers.rows import FACTOR, ColumnarBuilder, due, merged, new_segment
from indexer.writers.segment_list import SegmentList
from search.query.nodes import Everything, Field, Term
from search.results import Question
from search.searchers.local import LocalSearcher

PARTY = Party(
    Role.FILER,
    "Quillon Inc",
    "0009000001",
    "2834",
    state_of_incorporation="DE",
    filing_values=(FilingValues("8-K", "34"),),
)


def entry(header: Header, ordinal: int, text: str = "drug", *, sha256: str = "ab") -> IndexedDocument:
    document = Document(f"EX-{ordinal}", ordinal, f"d{ordinal}.htm", f"Exhibit {ordinal}", b"", ordinal=ordinal)
    reading = Reading.TEXT if ordinal % 2 else Reading.EMPTY
    sections = (Section(f"{ordinal}A", "", 0, len(text)),)
    extracted = ExtractedText(text, reading, sections=sections, unlocated=(f"{ordinal}b",))
    return IndexedDocument(header, document, extracted, "a.txt", sha256)


def built(folder: Path, *entries: IndexedDocument) -> ColumnarSegment:
    builder = ColumnarBuilder(folder)
    for each in entries:
        builder.add(each, stored(each, text="t:0:1", header=""))
    segment = builder.finish()
    assert segment is not None
    return segment


def test_what_is_taken_from_the_header_once_does_not_differ_between_documents() -> None:
    header = Header("0009000001-17-000001", "8-K", date(2017, 3, 8), items=(Item("7.01", ""),), parties=(PARTY,))
    first, second = entry(header, 1), entry(header, 2, "other $5")
    for field in FIELDS:
        if field.name in {"ticker", LISTED}:
            continue  # of the header and of the document
        same = field_values(first, field) == field_values(second, field)
        assert same is (field.name not in rows._OF_DOCUMENT), field.name


def test_headers_alike_of_different_submissions_are_kept_apart(tmp_path: Path) -> None:
    nameless = Header()
    writer = SegmentList(tmp_path)
    writer.add([built(tmp_path, entry(nameless, 1, sha256="a" * 64), entry(nameless, 1, sha256="b" * 64))])
    writer.commit()
    writer.close()
    searcher = LocalSearcher.open(tmp_path)
    for digit in "ab":
        asked = Field("accession", Term(f"sha256-{digit * 16}", exact=True))
        assert searcher.search(Question(asked)).documents == 1
    searcher.close()


def test_many_segments_of_a_size_are_merged(tmp_path: Path) -> None:
    writer = SegmentList(tmp_path)
    for number in range(FACTOR * FACTOR):
        header = Header(f"0009000001-17-{number:06}", "8-K", parties=(PARTY,))
        writer.add([built(tmp_path, entry(header, 1), entry(header, 2))])
        writer.commit()
        assert len(list(tmp_path.glob("*.cols"))) < FACTOR
    writer.close()
    searcher = LocalSearcher.open(tmp_path)
    assert searcher.search(Question(Everything())).documents == 2 * FACTOR * FACTOR
    searcher.close()


def of_sizes(folder: Path, *sizes: int) -> list[ColumnarSegment]:
    """Name segments whose files have these sizes."""
    segments = [new_segment([]) for _ in sizes]
    for segment, size in zip(segments, sizes, strict=True):
        segment.set_doc_count(1)
        with segment.path(folder).open("wb") as file:
            file.truncate(size)
    return segments


@pytest.mark.parametrize(
    ("sizes", "merged_sizes"),
    [
        ([5] * 7, []),
        ([5] * 8, [[5] * 8]),
        ([5] * 20, [[5] * 10, [5] * 10]),  # all that there are, as few at once as may be
        ([30, *[5] * 8, 100], [[30, *[5] * 8]]),  # 40 take 30 along, but not 100
        ([90, 30, *[5] * 8, 60], [[90, 30, *[5] * 8, 60]]),
        ([*[20] * 9, *[5] * 8], [[*[20] * 8, *[5] * 8]]),  # no more than may be merged at once
    ],
)
def test_segments_are_merged_with_larger_ones_that_double(
    tmp_path: Path, sizes: list[int], merged_sizes: list[list[int]]
) -> None:
    segments = of_sizes(tmp_path, *(size << 20 for size in sizes))
    groups = due(tmp_path, segments)
    assert [[each.path(tmp_path).stat().st_size >> 20 for each in group] for group in groups] == merged_sizes
    assert all(group == [each for each in segments if each in group] for group in groups)


def test_a_segment_mostly_deleted_is_written_anew(tmp_path: Path) -> None:
    headers = [Header(f"0009000001-17-{number:06}", "8-K") for number in range(4)]
    segment = built(tmp_path, *(entry(header, 1, f"text {number}") for number, header in enumerate(headers)))
    for number in (0, 2):
        segment.delete_document(number)
    assert due(tmp_path, [segment]) == []
    segment.delete_document(3)
    assert due(tmp_path, [segment]) == [[segment]]
    written = merged(tmp_path, [segment])
    assert (written.doc_count_all(), written.deleted_count()) == (1, 0)


def test_large_segments_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    segments = [built(tmp_path, entry(Header(f"0009000001-17-{number:06}"), 1)) for number in range(FACTOR)]
    assert len(due(tmp_path, segments)) == 1
    monkeypatch.setattr(rows, "LARGEST", 100)
    assert due(tmp_path, segments) == []


def test_texts_of_merged_segments_are_still_named(tmp_path: Path) -> None:
    assert new_segment(["b", "a", "b", ""]).texts == ("a", "b")
