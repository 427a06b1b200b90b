"""How long answering may take: a bound on what runs within a block, looked at between the steps of its work.

The bound is of the thread and the block, so that no function in between need hand it on.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from search.errors import SearchTimeoutError


class _Deadline(NamedTuple):
    """When to give up, by the monotonic clock, and how many seconds there were until then."""

    at: float
    seconds: float


_deadline: ContextVar[_Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def fail_after(seconds: float | None) -> Iterator[None]:
    """Bound what runs within the block; None bounds nothing more. An earlier bound around it holds as well."""
    around = _deadline.get()
    wanted = None if seconds is None else _Deadline(time.monotonic() + seconds, seconds)
    if wanted is None or (around is not None and around.at <= wanted.at):
        yield
        return
    token = _deadline.set(wanted)
    try:
        yield
    finally:
        _deadline.reset(token)


def check() -> None:
    """Raise SearchTimeoutError when the time of the block is up."""
    deadline = _deadline.get()
    if deadline is not None and time.monotonic() >= deadline.at:
        raise SearchTimeoutError(deadline.seconds)
