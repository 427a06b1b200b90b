"""Bound how long something may take, for code that does not know of it. Only in a process's main thread.

What counts is the time of the processor, so that what is read does not depend on what else the machine is doing; that
much more time passes at most keeps something that waits, and computes nothing, from waiting for ever.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PASSING = 20
"""How many times as many seconds may pass as the processor may take."""

_AGAIN = 1.0
"""Seconds after which the interruption is tried again, where it was swallowed (in a callback of a C library, say)."""


_TIMERS = (
    ((signal.SIGPROF, signal.ITIMER_PROF, 1), (signal.SIGALRM, signal.ITIMER_REAL, PASSING))
    if hasattr(signal, "setitimer")
    else ()
)
"""Signals, the timers that send them, and how many seconds of theirs stand for one of the bound."""


class OverTimeError(BaseException):
    """Raised when time is up. Not an `Exception`, so that no reader takes it for a fault of the document."""


class Allowance:
    """Seconds of processor time for several steps, counted from its making."""

    def __init__(self, seconds: float) -> None:
        self._until = time.process_time() + seconds
        self._passed = time.monotonic() + PASSING * seconds

    def spend(self) -> None:
        """Leave nothing of it: the system's timers may be early by the length of a tick."""
        self._until = 0.0

    @property
    def left(self) -> float:
        """Return the seconds that are left; negative when it is spent."""
        return min(self._until - time.process_time(), (self._passed - time.monotonic()) / PASSING)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise OverTimeError in the block when it takes longer; no bound where the system has no timer signals.

    A single call into a C library is not interrupted, only what comes after it; the pool ends a worker that hangs.
    """
    if seconds <= 0:
        raise OverTimeError
    if not _TIMERS or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = [(number, signal.signal(number, _raise)) for number, _, _ in _TIMERS]
    for _, timer, times in _TIMERS:
        signal.setitimer(timer, times * seconds, _AGAIN)
    try:
        yield
    finally:
        for _, timer, _ in _TIMERS:
            signal.setitimer(timer, 0)
        for number, handler in before:
            signal.signal(number, handler)


def _raise(number: int, frame: FrameType | None) -> None:
    raise OverTimeError
