"""What reading one file of the corpus may cost: bytes out against bytes on disk, members, seconds.

One budget serves all layers of a file (a gzip file within a zip file spends that of the zip file), and is asked while
they are decompressed, before the next piece is. How archives are read is `archives`' business.
"""

from collections.abc import Callable
from time import process_time

from indexer.limits import Limits

_FREE = 16 << 20
"""Bytes that any file may come to: small files that repeat themselves compress further than large ones."""

_MORE_TIME = 64 << 20
"""Bytes on disk for which a file may take as long again; what compresses tenfold is read in a fifth of it."""


class OverLimitError(Exception):
    """A bound was met: the member or file at hand is left out."""


class SpentError(OverLimitError):
    """A bound on the whole file was met: nothing more of it is read."""


class Budget:
    """What is left of the bounds on reading one file: bytes, members, processor time."""

    def __init__(self, limits: Limits, size: int, *, clock: Callable[[], float] = process_time) -> None:
        """`size`: bytes of the file on disk. The time is that of the clock, which is of processors, from now on."""
        self.limits = limits
        self._out = self._members = 0
        self._clock = clock
        self._until = clock() + limits.file_seconds * (1 + size / _MORE_TIME)

    def take_time(self) -> None:
        """Raise SpentError when the time is up."""
        if self._clock() > self._until:
            raise SpentError(f"reading takes longer than {self.limits.file_seconds:g} s, and as much for each 64 MiB")

    def take_member(self) -> None:
        """Take one more member of an archive; SpentError."""
        self.take_time()
        self._members += 1
        if self._members > self.limits.archive_members:
            raise SpentError(f"more than {self.limits.archive_members:,} members")

    def take(self, size: int, consumed: Callable[[], int]) -> None:
        """Take bytes that were decompressed, when `consumed` bytes of the file have been; OverLimitError, SpentError.

        What would be too much is not counted: the next member has what its own bytes allow.
        """
        self.take_time()
        ratio, out = self.limits.compression_ratio, self._out + size
        if out > _FREE + ratio * consumed():
            raise OverLimitError(f"more than {ratio} bytes out of each compressed byte")
        self._out = out
