"""A segment's file gives back what was written, and says so when it cannot."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar import file as file_module
from indexer.columnar.file import VERSION, SegmentFile, SegmentFileWriter, Stream
from indexer.errors import UnusableIndexError


def write(path: Path) -> None:
    with SegmentFileWriter(path) as file:
        file.add("small", np.array([1, 2, 3], np.uint8))
        file.add("wide", np.arange(1000, dtype=">i8"))
        file.add("none", np.empty(0, np.float32))
        stream = Stream(path.parent, "<u2")
        for start in range(0, 3_000_000, 1_000_000):
            stream.append(np.arange(start, start + 1_000_000) % 65521)
        file.add_stream("long", stream)
        file.finish({"documents": 3})


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("file") / "a.cols"
    write(path)
    return path.read_bytes()


def test_what_was_written_is_read(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "a.cols"
    path.write_bytes(written)
    file = SegmentFile(path)
    assert file.about == {"documents": 3}
    assert file.array("small").tolist() == [1, 2, 3]
    assert file.array("wide").tolist() == list(range(1000))
    assert file.array("none").tolist() == []
    assert np.array_equal(file.array("long"), np.arange(3_000_000) % 65521)
    assert "small" in file
    assert "missing" not in file
    assert file.verify() == []
    file.close()


def test_a_file_cut_short_anywhere_is_refused(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "a.cols"
    for size in [*range(64), 1000, len(written) // 2, *range(len(written) - 64, len(written))]:
        path.write_bytes(written[:size])
        with pytest.raises(UnusableIndexError, match=r"a\.cols"):
            SegmentFile(path)


def test_flipped_bits_are_found(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "a.cols"
    path.write_bytes(written)
    sections = SegmentFile(path).sections
    for name in ("small", "wide", "long"):
        damaged = bytearray(written)
        damaged[sections[name].offset + 1] ^= 4
        path.write_bytes(damaged)
        assert SegmentFile(path).verify() == [name]


def test_any_flipped_bit_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.cols"
    with SegmentFileWriter(path) as file:
        file.add("odd", np.array([1, 2, 3], np.uint8))
        file.add("none", np.empty(0, np.uint8))
        file.add("last", np.array([1], np.uint16))
        file.finish({"documents": 3})
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            damaged = SegmentFile(path).verify()
        except UnusableIndexError:
            continue
        assert damaged, at
    path.write_bytes(whole)
    assert SegmentFile(path).verify() == []


def test_a_damaged_directory_is_refused(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "a.cols"
    path.write_bytes(written.replace(b'"documents":3', b'"documents":4'))
    with pytest.raises(UnusableIndexError, match="damaged"):
        SegmentFile(path)


@pytest.mark.parametrize(("by", "age"), [(1, "a newer version"), (-1, "an older version")])
def test_another_version_is_refused(tmp_path: Path, written: bytes, by: int, age: str) -> None:
    path = tmp_path / "a.cols"
    path.write_bytes(written[:8] + (VERSION + by).to_bytes(8, "little") + written[16:])
    with pytest.raises(UnusableIndexError, match=age):
        SegmentFile(path)


def test_a_segment_without_checksums_of_pages_is_to_be_built_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.cols"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_module, "_SUMS", "sums")
        write(path)
    with pytest.raises(UnusableIndexError, match="build the index anew"):
        SegmentFile(path)


def test_what_is_not_finished_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a.cols"
    with pytest.raises(RuntimeError), SegmentFileWriter(path) as file:
        file.add("small", np.array([1], np.uint8))
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("other") / "a.cols"
    path.write_bytes(content)
    with pytest.raises(UnusableIndexError):
        SegmentFile(path)


@pytest.mark.parametrize("size", [1, 1 << 16, (1 << 16) + 8, 1 << 18, (1 << 18) + 8, 3 << 18])
def test_damage_is_noticed_where_it_is_read(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.cols"
    values = np.arange(size // 8 or 1, dtype=np.int64)
    with SegmentFileWriter(path) as file:
        file.add("before", np.arange(100_000))
        file.add("read", values)
        file.finish({})
    content, extent = path.read_bytes(), SegmentFile(path).sections["read"]
    for at in sorted({0, len(values) // 2, len(values) - 1}):
        damaged = bytearray(content)
        damaged[extent.offset + 8 * at] ^= 1
        path.write_bytes(damaged)
        with pytest.raises(UnusableIndexError, match="not as it was written: read"):
            SegmentFile(path).array("read")
        with pytest.raises(UnusableIndexError, match="not as it was written: read"):
            SegmentFile(path).values("read")[at : at + 1]
        opened = SegmentFile(path)
        if size > 1 << 18:  # what lies in other blocks can be read
            other = at - 10_000 if at > 10_000 else at + 10_000
            assert opened.values("read")[other] == other
            with pytest.raises(UnusableIndexError):
                opened.values("read")[min(at, other) : max(at, other) + 1]
        assert opened.array("before")[-1] == 99_999
        assert opened.verify() == ["read"]
