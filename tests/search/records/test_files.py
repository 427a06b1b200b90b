"""Files written whole or not at all."""

import os
import threading
from pathlib import Path

import pytest

from indexer.storage.durable import replacing
from search.records.files import write_lines


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    write_lines(tmp_path / "a", ["één", "two"])
    assert (tmp_path / "a").read_bytes() == "één\ntwo\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_fails_on_the_way_leaves_what_was_there(tmp_path: Path) -> None:
    def lines():  # type: ignore[no-untyped-def]
        yield "new"
        raise KeyboardInterrupt

    (tmp_path / "a").write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_lines(tmp_path / "a", lines())
    assert (tmp_path / "a").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_lines(tmp_path / "link", ["new"])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new\n"


def test_a_pipe_is_written_directly(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    read = list[str]()
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_text()))
    reader.start()
    write_lines(tmp_path / "pipe", ["a"])
    reader.join()
    assert read == ["a\n"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught, replacing(tmp_path / "none" / "a") as beside:
        beside.write_text("x")
    assert caught.value.filename == str(tmp_path / "none" / "a")
