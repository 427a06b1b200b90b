"""Rows are read by any thread, whatever the others ask for."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.columnar import stored
from indexer.columnar.file import SegmentFile, SegmentFileWriter
from indexer.columnar.stored import RowsReader, RowsWriter


@pytest.fixture
def reader(tmp_path: Path) -> RowsReader:
    """Of 200 rows."""
    with SegmentFileWriter(tmp_path / "stored.cols") as file:
        writer = RowsWriter(file)
        for number in range(200):
            writer.add([number, "a"])
        writer.finish()
        file.finish({})
    return RowsReader(SegmentFile(tmp_path / "stored.cols"))


def test_any_thread_may_read(reader: RowsReader, switching: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "_KEPT", 2)

    def read(step: int) -> list[object]:
        return [reader.row(step * number % 200)[0] for number in range(1000)]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(read, (7, 17, 37, 47)))
    assert found == [[step * number % 200 for number in range(1000)] for step in (7, 17, 37, 47)]
