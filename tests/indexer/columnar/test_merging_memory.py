"""Merging takes memory for a block of postings, not for all of them."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from indexer.columnar import file, merging
from indexer.columnar.access.blocks import BlockWriter, PostingColumns, Weighing
from indexer.columnar.builder import Builder, Layout, SegmentRow
from indexer.columnar.file import SegmentFile, SegmentFileWriter
from indexer.columnar.merging import Source, merge
from indexer.columnar.packing import Numbers
from indexer.columnar.postings import FieldReader

DOCUMENTS, WORDS = 100, 400


def segment(path: Path, seed: int) -> Source:
    """Documents of words of which some are in all, and most in few."""
    builder = Builder(path, Layout(("body",)))
    draw = np.random.default_rng(seed)
    for _ in range(DOCUMENTS):
        said = " ".join(f"w{number}" for number in draw.zipf(1.3, WORDS).clip(max=5000).tolist())
        builder.add(SegmentRow(words={"body": [said]}))
    builder.finish()
    return Source(SegmentFile(path), np.ones(DOCUMENTS, np.bool_))


def most(sources: list[Source], path: Path) -> int:
    """Bytes that merging ever took."""
    tracemalloc.start()
    try:
        merge(sources, path)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_what_is_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "_IN_MEMORY", 1 << 12)
    monkeypatch.setattr(merging, "keep_freed", lambda: None)  # it takes memory of which it touches nothing
    sources = [segment(tmp_path / f"{number}.cols", number) for number in range(16)]
    monkeypatch.setattr(merging, "BLOCK_PLACES", 10**9)
    whole = most(sources, tmp_path / "whole.cols")
    monkeypatch.setattr(merging, "BLOCK_PLACES", 5_000)
    few, many = most(sources[:4], tmp_path / "few.cols"), most(sources, tmp_path / "many.cols")
    assert (tmp_path / "whole.cols").read_bytes() == (tmp_path / "many.cols").read_bytes()
    assert many < 2 * few
    assert many < whole / 5


def test_blocks_of_terms_are_not_kept_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "_IN_MEMORY", 1 << 12)
    postings = PostingColumns(np.arange(6_400), *(np.ones(6_400, np.int64) for _ in range(3)))
    writer = BlockWriter(tmp_path, Weighing.of(None, np.arange(6_400)))

    def grown(terms: int) -> int:
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(terms):
            writer.add(np.array([6_400]), postings, continued=False)
        return tracemalloc.get_traced_memory()[0] - before

    tracemalloc.start()
    try:
        grown(4)
        assert grown(200) < 200 * 100 * 4  # bytes that one of its seven columns takes
    finally:
        tracemalloc.stop()
    with SegmentFileWriter(tmp_path / "written.cols") as target:
        writer.finish(target, "body")
        target.finish({})
    written = SegmentFile(tmp_path / "written.cols")
    assert written.array("body/long_starts").tolist() == list(range(0, 204 * 100 + 1, 100))
    assert written.array("body/block_docs").tolist() == [*range(63, 6_400, 64)] * 204


def test_pages_of_a_segment_are_given_back_before_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [segment(tmp_path / f"{number}.cols", number) for number in range(3)]
    mapped: list[FieldReader] = []
    most_mapped: list[int] = []
    read, release = FieldReader.docs, FieldReader.release

    def noted(field: FieldReader, low: int, high: int) -> Numbers:
        mapped.append(field)
        most_mapped.append(len(mapped))
        return read(field, low, high)

    def released(field: FieldReader) -> None:
        mapped.remove(field)
        release(field)

    monkeypatch.setattr(FieldReader, "docs", noted)
    monkeypatch.setattr(FieldReader, "release", released)
    merge(sources, tmp_path / "merged.cols")
    assert set(most_mapped) == {1}
    assert not mapped
