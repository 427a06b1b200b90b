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
SECONDS = 1.0
"""Between two looks, at least: so a file is found within about a second of having settled."""


@dataclass(frozen=True, slots=True)
class Watching:
    """Hold what is watched, how often, and who is told of builds and complaints."""

    paths: Sequence[Path]
    settings: Settings
    options: Options
    seconds: float = SECONDS
    """Between two looks, at least."""
    report: Callable[[Summary], None] = lambda summary: None
    """Told of each build that read something, or found something gone."""
    complain: Callable[[str], None] = lambda why: None
    """Told once why there was no build when there should have been, and of paths that are gone or back."""
    log: Log = silent


def watch(watching: Watching) -> None:
    """Build now, and whenever files have come, changed or gone, until the process is asked to stop."""
    listed(watching.paths, index=watching.settings.folder, empty=True)  # NoCorpusError for a path that is not there
    with stoppable() as stop:
        watcher = _Watcher(watching, stop)
        while not stop.requested:
            spent = watcher.look()
            _wait(max(watching.seconds, _SHARE * spent), stop)


class _Watcher:
    """Look again and again, and remember what was seen and said."""

    def __init__(self, watching: Watching, stop: Stop) -> None:
        self._watching, self._stop = watching, stop
        self._seen: Listing | None = None
        """The listing that the index has all of."""
        self._gone: frozenset[str] = frozenset()
        """Files that are gone, as they were reported."""
        self._absent: frozenset[Path] = frozenset()
        """Paths that are gone, as it was said."""
        self._complaint = ""

    def look(self) -> float:
        """Build when the corpus is not what it was; return how many seconds the looking took, without the build."""
        began = time.monotonic()
        try:
            now = self._listed()
            spent = time.monotonic() - began
            if now is not None and now != self._seen:
                self._build(now)
            self._complaint = "" if now is not None else self._complaint
        except (LockedIndexError, NoCorpusError) as error:
            spent = time.monotonic() - began
            self._seen = None
            self._complain(f"{error}; trying again")
        return spent

    def _listed(self) -> Listing | None:
        """List the paths that are there; None when none is. Those that have gone or come back are named."""
        paths, folder = self._watching.paths, self._watching.settings.folder
        present = [path for path in paths if _is_there(path)]
        self._tell(frozenset(paths) - frozenset(present))
        return listed(present, index=folder, empty=True) if present else None

    def _tell(self, absent: frozenset[Path]) -> None:
        for path in sorted(absent - self._absent):
            self._watching.log("gone", path=str(path))
            self._watching.complain(f"no files in {path}, or it is gone: what the index has of it stays")
        for path in sorted(self._absent - absent):
            self._watching.log("back", path=str(path))
            self._watching.complain(f"{path} is back")
        self._absent = absent

    def _build(self, now: Listing) -> None:
        watching = self._watching
        with closing(Build(now.roots, watching.settings, watching.options, log=watching.log)) as build:
            summary = build.run()
        self._stop.requested = self._stop.requested or summary.interrupted
        if summary.submissions or summary.problems or not self._gone.issuperset(summary.vanished):
            watching.report(summary)
        self._gone = frozenset() if watching.options.prune else self._gone.union(summary.vanished)
        self._seen = None if summary.unsettled else now

    def _complain(self, why: str) -> None:
        """Say why there was no build, once as long as it is the same."""
        if why != self._complaint:
            self._watching.complain(why)
        self._complaint = why


def _is_there(path: Path) -> bool:
    """Tell whether there is something to read at a path: an empty folder is a disk that is not mounted, or nothing."""
    try:
        return next(path.iterdir(), None) is not None
    except (NotADirectoryError, PermissionError):  # a file, or what listing it complains of
        return True
    except OSError:
        return False


def _wait(seconds: float, stop: Stop) -> None:
    until = time.monotonic() + seconds
    while not stop.requested and time.monotonic() < until:
        time.sleep(_STEP)
