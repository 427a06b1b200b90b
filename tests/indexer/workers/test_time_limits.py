"""Time that the processor took is bounded, and much more of it that merely passed."""

import signal
import time

import pytest

from indexer.workers import time_limits
from indexer.workers.time_limits import Allowance, OverTimeError, within


def compute(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        sum(range(1000))


def test_what_computes_too_long_is_interrupted() -> None:
    with pytest.raises(OverTimeError), within(0.1):
        compute(60)


def test_what_waits_is_not_until_much_more_time_has_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    with within(0.5):
        time.sleep(0.6)
    monkeypatch.setattr(time_limits, "_TIMERS", ((signal.SIGALRM, signal.ITIMER_REAL, 2),))
    with pytest.raises(OverTimeError), within(0.1):
        time.sleep(60)


def test_nothing_is_begun_when_the_time_is_spent() -> None:
    with pytest.raises(OverTimeError), within(0):
        raise AssertionError


def test_an_allowance_is_spent_by_computing_and_hardly_by_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    passed = [0.0]
    monkeypatch.setattr(time_limits.time, "monotonic", lambda: passed[0])
    allowance = Allowance(1.0)
    passed[0] += 0.4
    left = allowance.left
    assert left > 0.9
    compute(0.2)
    assert allowance.left < left - 0.1
    compute(1.0)
    assert allowance.left < 0
