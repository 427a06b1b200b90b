"""One writer at a time; the lock says who it is, and is free as soon as that process is gone."""

import errno
import multiprocessing
import os
import re
import signal
import threading
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from indexer.errors import LockedIndexError, UnwritableIndexError
from indexer.storage import lock
from indexer.storage.lock import FILE, UNKNOWN, Lock, held_by, holder, locked


def test_who_has_it_is_said_while_it_is_held(tmp_path: Path) -> None:
    assert held_by(tmp_path) is None
    with Lock(tmp_path) as lock:
        assert lock.abandoned is None
        holding = held_by(tmp_path)
        assert holding is not None and holding.pid == os.getpid()
        with pytest.raises(LockedIndexError, match=re.escape(f"locked by pid {os.getpid()} since {holding.since}")):
            Lock(tmp_path)
    assert held_by(tmp_path) is None
    assert (tmp_path / FILE).read_bytes() == b""


def hold(folder: Path, ready: "multiprocessing.connection.Connection[None, None]") -> None:  # type: ignore[name-defined]
    Lock(folder)
    ready.send(None)
    signal.pause()


def test_what_a_killed_process_held_is_free_and_said_to_be_abandoned(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=hold, args=(tmp_path, there))
    process.start()
    here.recv()
    assert held_by(tmp_path) == holder(tmp_path) is not None
    process.kill()
    process.join()
    assert held_by(tmp_path) is None
    with Lock(tmp_path) as lock:
        assert lock.abandoned is not None and lock.abandoned.pid == process.pid
    here.close()
    there.close()


def test_whoosh_s_own_writer_is_kept_out(tmp_path: Path) -> None:
    theirs = FileStorage(str(tmp_path)).lock("MAIN_WRITELOCK")
    with Lock(tmp_path):
        assert not theirs.acquire()
    assert theirs.acquire()
    with pytest.raises(LockedIndexError, match="another process"):
        Lock(tmp_path)
    theirs.release()


@pytest.mark.parametrize("content", [b"", b"nonsense", b"{}", b'{"pid": 1}'])
def test_a_file_that_says_nothing_sensible_says_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert holder(tmp_path) is None
    Lock(tmp_path).release()


def test_a_place_without_room_for_a_lock_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnwritableIndexError, match=FILE):
        Lock(tmp_path / "absent")


def test_where_the_file_system_keeps_no_locks_the_writer_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    Lock(tmp_path).release()
    monkeypatch.setattr("fcntl.flock", refused)
    assert held_by(tmp_path) == UNKNOWN
    with pytest.raises(UnwritableIndexError, match="its file system keeps no locks"):
        Lock(tmp_path)


def test_who_does_not_say_so_has_it_all_the_same(tmp_path: Path) -> None:
    with Lock(tmp_path):
        (tmp_path / FILE).write_bytes(b"")
        assert held_by(tmp_path) == UNKNOWN
        assert "another process" in str(lock.UNKNOWN)


def test_one_at_a_time(tmp_path: Path) -> None:
    number = tmp_path / "number"
    number.write_text("0")

    def add() -> None:
        for _ in range(50):
            with locked(tmp_path / "deep" / "lock"):
                number.write_text(str(int(number.read_text()) + 1))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert number.read_text() == "200"
