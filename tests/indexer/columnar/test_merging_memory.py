"""Merging takes memory for a block of postings, not for all of them."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from indexer.columnar import file, merging
from indexer.columnar.builder import Builder, Layout, SegmentRow
from indexer.columnar.file import SegmentFile
from indexer.columnar.merging import Source, merge

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
    sources = [segment(tmp_path / f"{number}.cols", number) for number in range(16)]
    monkeypatch.setattr(merging, "BLOCK_PLACES", 10**9)
    whole = most(sources, tmp_path / "whole.cols")
    monkeypatch.setattr(merging, "BLOCK_PLACES", 5_000)
    few, many = most(sources[:4], tmp_path / "few.cols"), most(sources, tmp_path / "many.cols")
    assert (tmp_path / "whole.cols").read_bytes() == (tmp_path / "many.cols").read_bytes()
    assert many < 2 * few
    assert many < whole / 5
