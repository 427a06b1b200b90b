"""What arrives while `fetch` runs: counted for the person who waits, and indexed now and then. No command here."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.commands.build import report
from indexer.commands.options import ReadingOptions
from indexer.limits import DEFAULT_LIMITS, MEMORY
from indexer.printing import count, size

if TYPE_CHECKING:
    from indexer.download.fetching import FilingOutcome
    from indexer.download.journal import Counts
    from indexer.pipeline.build import Summary

# ruff: noqa: PLC0415  (a command imports what it needs when it runs, so that none waits for another's libraries)

BUILD_SECONDS = 30.0
"""Between two builds while filings arrive, at least."""
_SHARE = 5
"""Builds take at most one part in so many of the time."""


@dataclass(slots=True)
class Tally:
    """What has come of a request so far, in filings."""

    found: int
    here: int = 0
    fetched: int = 0
    bytes: int = 0
    absent: int = 0
    failed: int = 0

    def add(self, outcome: "FilingOutcome") -> str:
        """Count what came of a filing; what is to be said of it, where something is."""
        from indexer.download.fetching import Fetched, Here, Missed
        from indexer.download.journal import State

        match outcome:
            case Here():
                self.here += 1
            case Fetched():
                self.fetched += 1
                self.bytes += outcome.size
            case Missed(filing, state, why):
                self.absent += state is State.ABSENT
                self.failed += state is not State.ABSENT
                return f"{filing.accession}: {why}"
        return ""

    @property
    def left(self) -> int:
        """Count the filings that nobody has come to."""
        return self.found - self.here - self.fetched - self.absent - self.failed

    @property
    def counts(self) -> "Counts":
        """Say what came of the filings, as the journal keeps it."""
        from indexer.download.journal import Counts

        return Counts(self.found, self.here, self.fetched, self.absent, self.failed)

    def __str__(self) -> str:
        parts = [
            f"{count(self.found, 'filing')} listed: {self.fetched:,} fetched ({size(self.bytes)})",
            f"{self.here:,} here already",
            *([f"{self.absent:,} listed and not in the archive"] if self.absent else []),
            *([f"{self.failed:,} failed"] if self.failed else []),
            *([f"{self.left:,} left"] if self.left else []),
        ]
        return f"{', '.join(parts)}."


class Indexing:
    """Builds an index of a corpus while it grows, in the pauses between filings."""

    def __init__(self, corpus: Path, index: Path) -> None:
        self._corpus, self._index = corpus, index
        self._again = time.monotonic() + BUILD_SECONDS

    def now_and_then(self) -> None:
        """Build when the last build is long enough ago; KeyboardInterrupt when it was interrupted."""
        if time.monotonic() >= self._again:
            began = time.monotonic()
            if self._build().interrupted:
                raise KeyboardInterrupt
            ended = time.monotonic()
            self._again = ended + max(BUILD_SECONDS, _SHARE * (ended - began))

    def finish(self) -> int:
        """Build once more and say what the index holds; the exit code."""
        return report(self._build(), self._index)

    def _build(self) -> "Summary":
        from indexer.pipeline.build import Build, Options

        reading = ReadingOptions(os.cpu_count() or 1, DEFAULT_LIMITS, MEMORY, None)
        options = Options(processes=reading.processes)
        with closing(Build([self._corpus], reading.settings(self._index), options)) as building:
            return building.run()


@contextmanager
def filings_bar(total: int) -> Iterator[Callable[[str], None]]:
    """Show a bar on a terminal, nothing elsewhere; what is said of a filing is printed above it, to standard error."""
    from tqdm import tqdm

    with tqdm(total=total, unit=" filings", disable=None, leave=False, desc="fetching") as bar:

        def advance(said: str) -> None:
            if said:
                bar.write(f"indexer: {said}", file=sys.stderr)
            bar.update()

        yield advance
