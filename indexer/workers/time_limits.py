"""Bound how long something may take, for code that does not know of it. Only in a process's main thread."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 1.0
"""Seconds after which the interruption is tried again, where it was swallowed (in a callback of a C library, say)."""


class OverTimeError(BaseException):
    """Raised when time is up. Not an `Exception`, so that no reader takes it for a fault of the document."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise OverTimeError in the block when it takes longer; no bound where the system has no timer signals.

    A single call into a C library is not interrupted, only what comes after it; the pool ends a worker that hangs.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _raise)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _raise(number: int, frame: FrameType | None) -> None:
    raise OverTimeError
