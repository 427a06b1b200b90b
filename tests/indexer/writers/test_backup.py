"""A copy of an index that is asked and written to meanwhile: one commit of it, whole."""

import shutil
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.engines.engine import back_up
from indexer.errors import IndexerError, NoIndexError
from indexer.pipeline.build import Build, Options
from indexer.storage import location
from indexer.verify.inspection import verify
from indexer.workers.worker import Settings
from indexer.writers import backup
from search.ask import Index, Lookup

Write = Callable[..., Path]


def build(filings: Path, folder: Path) -> None:
    with closing(Build([filings], Settings(folder), Options())) as building:
        building.run()


@pytest.fixture
def index(write: Write, filings: Path, tmp_path: Path) -> Path:
    write(1, "An old waiver.")
    build(filings, tmp_path / "index")
    return tmp_path / "index"


def found(folder: Path) -> list[str]:
    with Index(folder) as opened:
        return sorted(opened.text(document.id) for hit in opened.hits(Lookup("waiver")) for document in hit.documents)


def test_a_commit_in_the_middle_of_it_leaves_the_copy_whole(
    index: Path, write: Write, filings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer replaces every file of the index, and takes the old ones away, while the first is copied."""
    copy = backup.copy_file

    def slowly(file: object, target: Path) -> None:
        if target.name.endswith(".toc"):
            write(1, "A new waiver.")
            write(2, "A second waiver.")
            build(filings, index)
        copy(file, target)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "copy_file", slowly)
    with Index(index) as reader:
        assert back_up(index, tmp_path / "copy") == 1
        assert reader.totals(Lookup("waiver")).filings == 1
    assert verify(tmp_path / "copy").faults == []
    assert (found(tmp_path / "copy"), len(found(index))) == (["An old waiver."], 2)
    build(filings, tmp_path / "copy")
    assert found(tmp_path / "copy") == found(index)
    assert verify(tmp_path / "copy").faults == []


def test_copies_made_beside_a_writer_at_work_are_all_whole(
    index: Path, write: Write, filings: Path, tmp_path: Path
) -> None:
    stop = threading.Event()

    def work() -> None:
        for number in range(2, 100):
            if stop.is_set():
                return
            write(number % 5 + 1, f"A waiver, number {number}.")
            build(filings, index)

    writer = threading.Thread(target=work)
    writer.start()
    try:
        for number in range(6):
            back_up(index, tmp_path / f"copy{number}")
    finally:
        stop.set()
        writer.join()
    for number in range(6):
        assert verify(tmp_path / f"copy{number}").faults == []


def test_a_copy_is_restored_by_putting_it_into_place(index: Path, write: Write, filings: Path, tmp_path: Path) -> None:
    back_up(index, tmp_path / "kept")
    identity = location.identity(index)
    write(2, "A second waiver.")
    build(filings, index)
    shutil.rmtree(index)
    (tmp_path / "kept").rename(index)
    assert (found(index), location.identity(index)) == (["An old waiver."], identity)
    build(filings, index)
    assert len(found(index)) == 2


def test_what_is_there_is_left_and_what_fails_leaves_nothing(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(IndexerError, match="is there already"):
        back_up(index, tmp_path)
    with pytest.raises(NoIndexError):
        back_up(tmp_path / "none", tmp_path / "copy")

    def full(file: object, target: Path) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(backup, "copy_file", full)
    with pytest.raises(OSError, match="No space"):
        back_up(index, tmp_path / "copy")
    assert not list(tmp_path.glob("copy*"))
