"""Keep an index current: build again whenever the corpus has changed. Files are looked at, not waited for.

Looking costs about ten microseconds a file, works on every file system (network ones report no changes), and misses
nothing that happened while nobody looked.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import LockedIndexError, NoCorpusError
from indexer.pipeline.build import Build, Options, Summary
from indexer.pipeline.listing import Listing, listed
from indexer.pipeline.log import Log, silent
from indexer.workers.stopping import Stop, stoppable
from indexer.workers.worker import Settings

_STEP = 0.1
_SHARE = 20
"""Of the time, at most one part in so many is spent looking."""


@dataclass(frozen=True, slots=True)
class Watching:
    """Say what is watched, and who is told."""

    paths: Sequence[Path]
    settings: Settings
    options: Options
    seconds: float = 5.0
    """Between two looks, at least."""
    report: Callable[[Summary], None] = lambda summary: None
    """Told of each build that read something."""
    complain: Callable[[str], None] = lambda why: None
    """Told why there was no build when there should have been."""
    log: Log = silent


def watch(watching: Watching) -> None:
    """Build now, and whenever files have come, changed or gone, until the process is asked to stop."""
    listed(watching.paths, index=watching.settings.folder, empty=True)  # NoCorpusError for a path that is not there
    with stoppable() as stop:
        seen: Listing | None = None
        while not stop.requested:
            began = time.monotonic()
            seen = _look(watching, seen, stop)
            spent = time.monotonic() - began
            _wait(max(watching.seconds, _SHARE * spent), stop)


def _look(watching: Watching, seen: Listing | None, stop: Stop) -> Listing | None:
    """Build when the corpus is not what it was; return the listing the index now has all of, or None."""
    try:
        now = listed(watching.paths, index=watching.settings.folder, empty=True)
        if now == seen:
            return seen
        with closing(Build(watching.paths, watching.settings, watching.options, log=watching.log)) as build:
            summary = build.run()
    except (LockedIndexError, NoCorpusError) as error:
        watching.complain(str(error))
        return None
    stop.requested = stop.requested or summary.interrupted
    if summary.submissions or summary.problems:
        watching.report(summary)
    return None if summary.unsettled else now


def _wait(seconds: float, stop: Stop) -> None:
    until = time.monotonic() + seconds
    while not stop.requested and time.monotonic() < until:
        time.sleep(_STEP)
