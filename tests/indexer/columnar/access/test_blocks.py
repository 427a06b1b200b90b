"""Blocks say of a long term's postings what going through them says, in a segment built and in one merged."""

from pathlib import Path

import numpy as np
import pytest

from indexer.columnar import merging
from indexer.columnar.access.blocks import SIZE, group_numbers
from indexer.columnar.builder import Builder, Layout, SegmentRow
from indexer.columnar.file import SegmentFile
from indexer.columnar.merging import Source, merge
from indexer.columnar.packing import LENGTHS, starts, takes_two
from indexer.columnar.postings import FieldReader
from indexer.columnar.stored import read_numbers
from indexer.fields.weighing import K1, B

LAYOUT = Layout(words=("text",), keys=("group",))


def built(path: Path, first: int, count: int) -> SegmentFile:
    """Write documents of which every one has `always`, two in three `often`, and a few `seldom`."""
    builder = Builder(path, LAYOUT)
    for number in range(first, first + count):
        words = ["always"] * (1 + number % 7 * (300 if number % 50 == 0 else 1)) + ["other"] * (number % 90)
        words += ["often", "other"] * (number % 3)
        words += ["seldom"] if number % 40 == 0 else []
        builder.add(SegmentRow(words={"text": (" ".join(words),)}, numbers={"group": number // 2}))
    builder.finish()
    return SegmentFile(path)


def assert_blocks_are_right(file: SegmentFile) -> None:
    field = FieldReader(file, "text")
    groups = group_numbers(read_numbers(file, "group"))
    norms = K1 * (1 - B + B * LENGTHS[file.array("text/lengths")] / field.blocks.mean_length)
    seen = 0
    for number in range(field.term_count):
        docs, freqs = field.docs(number, number + 1), field.freqs(number, number + 1)
        blocks = field.blocks.find(number)
        assert (blocks is None) == (len(docs) < SIZE)
        if blocks is None:
            continue
        seen += 1
        ends = [*range(SIZE, len(docs), SIZE), len(docs)]
        assert len(blocks) == len(ends)
        assert blocks.docs.tolist() == [docs[end - 1] for end in ends]
        assert blocks.places.tolist() == [freqs[:end].sum() for end in ends]
        low, high = field.doc_bounds(number)
        two = takes_two(file.array("text/docs")[low:high])
        assert blocks.docs_more.tolist() == [two[:end].sum() for end in ends]
        first, past = (int(each) for each in file.array("text/place_starts")[number : number + 2])
        more = starts(takes_two(file.array("text/places")[first:past]))
        assert blocks.places_more.tolist() == [more[freqs[:end].sum()] for end in ends]
        assert blocks.groups == len(set(groups[docs].tolist()))
        weights = freqs / norms[docs]
        most = np.array([weights[low:end].max() for low, end in zip([0, *ends], ends, strict=False)])
        assert (blocks.weights() >= most).all()
        assert (blocks.weights()[most < 60] <= most[most < 60] + 0.002).all()
    assert seen >= 3


def test_blocks_of_a_segment_that_was_built(tmp_path: Path) -> None:
    assert_blocks_are_right(built(tmp_path / "a.cols", 0, 500))


@pytest.mark.parametrize("at_once", [40, 1000, 1 << 20])  # a term goes on from block to block, or does not
def test_blocks_of_merged_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(merging, "BLOCK_PLACES", at_once)
    files = [built(tmp_path / f"{part}.cols", part * 170, 170) for part in range(3)]
    kept = np.ones(170, np.bool_)
    kept[[0, 3, 50, 169]] = False
    merge([Source(each, kept) for each in files], tmp_path / "merged.cols")
    assert_blocks_are_right(SegmentFile(tmp_path / "merged.cols"))
