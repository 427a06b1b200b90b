"""The pace of requests, of one process and of several, and the quiet they keep; with clocks that do as they like."""

import json
import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import DownloadError, QuietError
from indexer.http.pace import SECOND, Clock, Pace


class Times:
    """Clocks that go on only when somebody sleeps, and that can be set."""

    def __init__(self, *, now: int = 1_000 * SECOND, wall: float = 1.7e9, boot: str = "one") -> None:
        self.now, self.wall, self.boot = now, wall, boot
        self.clock = Clock(lambda: self.now, lambda: self.boot, lambda: self.wall)

    def sleep(self, seconds: float) -> None:
        self.now += int(seconds * SECOND)
        self.wall += seconds

    def pace(self, file: Path, rate: float = 8.0) -> Pace:
        return Pace(file, rate=rate, clock=self.clock, sleep=self.sleep)


def most_in_a_second(granted: list[int]) -> int:
    """The largest number of turns in any second, both ends included."""
    granted = sorted(granted)
    return max(sum(low <= each <= low + SECOND for each in granted) for low in granted)


def test_turns_are_evenly_apart(tmp_path: Path) -> None:
    times = Times()
    pace = times.pace(tmp_path / "pace")
    granted = [pace.turn() for _ in range(30)]
    apart = {after - before for before, after in pairwise(granted)}
    assert apart == {SECOND // 8 + 1}
    assert most_in_a_second(granted) == 8


def test_an_idle_time_is_no_credit(tmp_path: Path) -> None:
    times = Times()
    pace = times.pace(tmp_path / "pace")
    pace.turn()
    times.sleep(3600)
    assert most_in_a_second([pace.turn() for _ in range(20)]) == 8


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_never_above_the_rate_whoever_asks_and_whenever_they_wake(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Several processes with one file, each of which wakes later than it wanted."""
    times = Times()
    rate = data.draw(st.sampled_from([1.0, 3.0, 8.0, 10.0]))
    late = st.floats(0, 0.4)

    def sleep(seconds: float) -> None:
        times.sleep(seconds + data.draw(late))

    file = tmp_path_factory.mktemp("pace") / "pace"
    paces = [Pace(file, rate=rate, clock=times.clock, sleep=sleep) for _ in range(3)]
    granted = [paces[data.draw(st.integers(0, 2))].turn() for _ in range(40)]
    assert most_in_a_second(granted) <= rate


def test_threads_of_a_process_share_it(tmp_path: Path) -> None:
    granted: list[int] = []
    pace = Pace(tmp_path / "pace", rate=200)
    threads = [threading.Thread(target=lambda: granted.extend(pace.turn() for _ in range(40))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(granted)) == 160
    assert most_in_a_second(granted) <= 200


# Clocks that jump


def test_the_clock_on_the_wall_does_not_matter(tmp_path: Path) -> None:
    times = Times()
    pace = times.pace(tmp_path / "pace")
    granted = []
    for wall in (0.0, 4e9, 1.7e9, -1e6):
        times.wall = wall
        granted += [pace.turn() for _ in range(10)]
    assert most_in_a_second(granted) == 8
    times.wall = 1.7e9
    pace.keep_quiet(600, "told so")
    times.wall = 4e9
    with pytest.raises(QuietError):
        pace.turn()
    times.wall = 0.0
    times.now += 601 * SECOND
    assert pace.turn() == times.now


def test_after_a_restart_the_last_request_may_have_been_just_now(tmp_path: Path) -> None:
    before = Times(now=5_000_000 * SECOND)
    before.pace(tmp_path / "pace").turn()
    after = Times(now=7 * SECOND, boot="two")
    assert after.pace(tmp_path / "pace").turn() == 7 * SECOND + SECOND // 8 + 1


def test_a_time_that_is_still_to_come_is_from_another_machine(tmp_path: Path) -> None:
    """Where the system does not say when it was started, or two machines share the folder."""
    Times(now=5_000_000 * SECOND, boot="").pace(tmp_path / "pace").turn()
    times = Times(now=7 * SECOND, boot="")
    assert most_in_a_second([times.pace(tmp_path / "pace").turn() for _ in range(20)]) == 8
    assert times.now < 11 * SECOND


@pytest.mark.parametrize(
    ("wall", "left"),
    [(1.7e9 + 60, 540), (1.7e9 + 700, 0), (1.7e9 - 1e6, 600), (0.0, 600)],
    ids=["a minute later", "when it is over", "with a clock set back", "with no clock"],
)
def test_a_quiet_outlives_a_restart_and_never_grows(tmp_path: Path, wall: float, left: float) -> None:
    Times().pace(tmp_path / "pace").keep_quiet(600, "told so")
    times = Times(now=3 * SECOND, wall=wall, boot="two")
    pace = times.pace(tmp_path / "pace")
    if left:
        with pytest.raises(QuietError):
            pace.turn()
    times.now += int(left * SECOND) + 1
    assert pace.turn() <= times.now


# Quiet


def test_all_processes_keep_quiet_until_it_ends(tmp_path: Path) -> None:
    times = Times()
    one, other = times.pace(tmp_path / "pace"), times.pace(tmp_path / "pace")
    error = one.keep_quiet(120, "EDGAR says so")
    assert str(error).startswith("EDGAR says so: nothing is asked until 20")
    for pace in (one, other):
        with pytest.raises(QuietError, match="EDGAR says so"):
            pace.turn()
        with pytest.raises(QuietError, match="EDGAR says so"):
            pace.check()
    times.sleep(120)
    other.check()
    assert other.turn() == times.now


def test_a_longer_quiet_stays(tmp_path: Path) -> None:
    times = Times()
    pace = times.pace(tmp_path / "pace")
    pace.keep_quiet(600, "long")
    pace.keep_quiet(10, "short")
    times.sleep(599)
    with pytest.raises(QuietError, match="long"):
        pace.turn()


# The file


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\x00" * 2000, b'{"boot": 3, "last": "x"}', b"{" * 1024])
def test_a_file_that_makes_no_sense_is_written_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pace").write_bytes(content)
    times = Times()
    pace = times.pace(tmp_path / "pace")
    assert most_in_a_second([pace.turn() for _ in range(20)]) == 8
    assert json.loads((tmp_path / "pace").read_bytes()[:1024])["last"] == times.now


def test_a_cache_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DownloadError, match=r"cannot be written .* keeps the pace"):
        Pace(tmp_path / "file/pace", rate=8).turn()


def test_a_long_reason_fits(tmp_path: Path) -> None:
    times = Times()
    times.pace(tmp_path / "pace").keep_quiet(60, "ø" * 5000)
    with pytest.raises(QuietError, match="øøø"):
        times.pace(tmp_path / "pace").turn()


TAKES_TURNS = """
import sys
from pathlib import Path
from indexer.http.pace import Pace
pace = Pace(Path(sys.argv[1]), rate=100)
print(*[pace.turn() for _ in range(40)])
"""


def test_three_processes_at_once_keep_to_one_rate(tmp_path: Path) -> None:
    """By the times at which they were granted, so that a busy machine cannot change what is counted."""
    program = [sys.executable, "-c", TAKES_TURNS, str(tmp_path / "pace")]
    processes = [subprocess.Popen(program, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    granted = [int(each) for process in processes for each in process.communicate()[0].split()]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(granted) == 120
    assert most_in_a_second(granted) <= 100
