"""The pace of requests: one clock for all processes of a user on a machine, and the quiet that EDGAR has asked for.

What was last done stands in a small file in the cache folder, locked for the moment it takes to look and to write. A
request is granted when the spacing has passed since the last one that any process was granted; its time is written
down then, so that nothing is reserved that a stopped or killed process would not use, and nobody sleeps with the lock.

Time is the machine's clock since it was started, which no one can set and all processes share. After a restart, or
where the file comes from another machine, nothing is known of when the last request was: it counts as just now.
"""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from indexer.errors import DownloadError, QuietError

SECOND = 1_000_000_000
_LENGTH = 1024
"""Bytes of the file, always the same: on a full disk it can still be written."""
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def _since_start() -> int:
    """Nanoseconds since the machine was started, sleep included where the system counts it."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() if clock is None else time.clock_gettime_ns(clock)


def _boot() -> str:
    """What tells one start of this machine from another; empty where the system does not say."""
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class Clock:
    """The times that a pace goes by."""

    now: Callable[[], int] = _since_start
    """Nanoseconds; the same for all processes of the machine, and never set back while it runs."""
    boot: Callable[[], str] = _boot
    wall: Callable[[], float] = time.time
    """Seconds since 1970, as the machine believes; it may jump."""


class _Record(NamedTuple):
    boot: str = ""
    last: int = 0
    """When a request was last granted, by `Clock.now`."""
    quiet: int = 0
    """Until when there is to be none, by `Clock.now`."""
    until: float = 0.0
    """The same by `Clock.wall`, for after a restart."""
    seconds: float = 0.0
    """How long the quiet is in all: no clock can make it longer."""
    why: str = ""


class Pace:
    """Gives turns to send requests, `rate` a second at most over all processes that use the same file."""

    def __init__(
        self, file: Path, *, rate: float, clock: Clock = Clock(), sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._file, self._clock, self._sleep = file, clock, sleep
        self._spacing = int(SECOND / rate) + 1
        """One more than the quotient: two turns that are `rate` turns apart are more than a second apart."""

    def turn(self) -> int:
        """Wait for a turn to send one request; its time by `Clock.now`. QuietError while there is to be none."""
        while (wait := self._try()) > 0:
            self._sleep(wait / SECOND)
        return -wait

    def _try(self) -> int:
        """Take a turn, minus its time; or the nanoseconds until it is worth trying again."""
        with self._held() as held:
            record, now = self._allowed(held)
            due = record.last + self._spacing
            if due > now:
                return due - now
            _write(held, record._replace(last=now))
            return -now

    def keep_quiet(self, seconds: float, why: str) -> QuietError:
        """Have all processes send nothing for so long; the error to raise. A longer quiet that holds already stays."""
        with self._held() as held:
            now = self._clock.now()
            record = self._current(held, now)
            until = now + int(seconds * SECOND)
            if until > record.quiet:
                wall = self._clock.wall() + seconds
                record = record._replace(quiet=until, until=wall, seconds=seconds, why=why)
                _write(held, record)
            return self._refusal(record, now)

    def check(self) -> None:
        """Raise QuietError while there is to be no request."""
        with self._held() as held:
            self._allowed(held)

    def _allowed(self, held: int) -> tuple[_Record, int]:
        """What stands in the file, and the time; QuietError while there is to be no request."""
        now = self._clock.now()
        record = self._current(held, now)
        if record.quiet > now:
            raise self._refusal(record, now)
        return record, now

    def _current(self, held: int, now: int) -> _Record:
        """What stands in the file, in terms of this machine's clock since it was last started."""
        record, boot = _read(held), self._clock.boot()
        if record.boot == boot and record.last <= now:
            return record
        left = min(max(0.0, record.until - self._clock.wall()), record.seconds)
        record = record._replace(boot=boot, last=now, quiet=now + int(left * SECOND))
        _write(held, record)
        return record

    def _refusal(self, record: _Record, now: int) -> QuietError:
        """What is said of a quiet: its end by the clock on the wall, for people."""
        end = datetime.fromtimestamp(self._clock.wall() + (record.quiet - now) / SECOND, UTC).astimezone()
        return QuietError(f"{record.why}: nothing is asked until {end:%Y-%m-%d %H:%M:%S}, because asking extends it")

    @contextmanager
    def _held(self) -> Iterator[int]:
        """Open and lock the file, made when missing."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise DownloadError(f"{self._file} cannot be written ({error.strerror}), and keeps the pace") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)


def _read(descriptor: int) -> _Record:
    """Read the record; where there is none, or none that can be read, one of no known start of any machine."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        return _checked(_Record(**json.loads(os.read(descriptor, _LENGTH))))
    except (ValueError, TypeError):
        return _Record(boot="?")


def _checked(record: _Record) -> _Record:
    boot, last, quiet, until, seconds, why = record
    return _Record(str(boot), int(last), int(quiet), float(until), float(seconds), str(why))


def _write(descriptor: int, record: _Record) -> None:
    content = json.dumps(record._replace(why=record.why[:120])._asdict()).encode().ljust(_LENGTH)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, content)
