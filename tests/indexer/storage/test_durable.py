"""Small files are written whole or not at all; what the system says against writing is one error."""

import errno
import os
from pathlib import Path

import pytest

from indexer.errors import UnwritableIndexError
from indexer.storage.durable import write_whole, writing


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    for content in (b"one", b"another"):
        write_whole(tmp_path / "file", content)
        assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", content)]


def test_a_file_that_cannot_be_replaced_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "file", b"one")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableIndexError, match="No space left on device"), writing(tmp_path):
        write_whole(tmp_path / "file", b"another")
    assert (tmp_path / "file").read_bytes() == b"one"
