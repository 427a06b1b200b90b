"""Building an index anew beside the old one, which is asked until the new one takes its place.

The new index grows in a folder within the old one's, with commits of its own, so that a rebuild that is cut short goes
on where it stopped. When it is done its files are linked into the index's folder, its records are put in place of the
old ones, and one table of contents makes all of it current: a commit like any other.
"""

import json
import shutil
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from indexer.errors import IndexerError, UnusableIndexError
from indexer.manifest.manifest import FILE, Manifest
from indexer.manifest.recording import Recorder
from indexer.pipeline.build import Build, Options, Summary
from indexer.pipeline.log import Log, silent
from indexer.pipeline.update import PROGRAM, now
from indexer.schema import VERSION
from indexer.storage import location
from indexer.storage.durable import write_whole, writing
from indexer.storage.location import BECOMES, REBUILD
from indexer.storage.lock import Lock
from indexer.workers.pool import Progress
from indexer.workers.worker import Settings
from indexer.writers.cleanup import take_away_orphans
from indexer.writers.swap import bring, name_all


class Rebuild:
    """A rebuild; used as a `Build` is."""

    def __init__(self, paths: Sequence[Path], settings: Settings, options: Options, *, log: Log = silent) -> None:
        """Raises as `Build` does, but not for an index that is damaged or of another version."""
        self._folder, self._child = settings.folder, settings.folder / REBUILD
        location.make(self._folder)
        with ExitStack() as opening:
            opening.enter_context(Lock(self._folder))
            with writing(self._folder):
                _discard_unless_resumable(self._folder)
            child = replace(settings, folder=self._child)
            self._build = Build(paths, child, options, log=log, around=self._folder)
            opening.callback(self._build.close)
            self._opened = opening.pop_all()
        self._log = log

    @property
    def size(self) -> int:
        """Bytes to read."""
        return self._build.size

    def run(self, progress: Progress = lambda submissions, size: None) -> Summary:
        """Read everything; at the end, and not before, the new index takes the old one's place."""
        summary = self._build.run(progress)
        self._build.close()
        if summary.interrupted or not summary.status.submissions:
            return summary
        with writing(self._folder):
            generation = graft(self._child, self._folder)
        self._log("rebuilt", generation=generation)
        with Manifest.open(self._folder, at=generation) as manifest:
            return replace(summary, status=manifest.status())

    def close(self) -> None:
        """Release the lock."""
        self._opened.close()


def _discard_unless_resumable(folder: Path) -> None:
    """Take away a rebuild that took its place before, or that another version of the program began."""
    child = folder / REBUILD
    if child.exists() and (location.is_grafted(child, location.generation(folder)) or not _is_resumable(child)):
        shutil.rmtree(child)


def _is_resumable(child: Path) -> bool:
    with suppress(IndexerError):
        location.check(child)
        with Manifest.open(child, at=location.generation(child)) as manifest:
            return manifest.status().program == PROGRAM
    return False


def graft(child: Path, folder: Path) -> int:
    """Make the index in `child` the one in `folder`, whose lock is held; the generation it becomes."""
    generation = max(0, location.generation(folder)) + 1
    write_whole(child / BECOMES, json.dumps({"generation": generation}).encode())
    bring(child, folder)
    with _recorder(folder, at=generation - 1) as recorder:
        recorder.adopt(child / FILE, at=location.generation(child))
        if location.is_marked_otherwise(folder, VERSION):
            location.mark(folder, VERSION, since=generation)
        recorder.prepare(now(), PROGRAM)
        name_all(child, folder, generation)
    take_away_orphans(folder)
    return generation


def _recorder(folder: Path, *, at: int) -> Recorder:
    """The index's records, to be put aside; begun anew where they cannot be used."""
    with suppress(UnusableIndexError):
        recorder = Recorder.create(folder, at=at)
        if not recorder.check():
            return recorder
        recorder.close()
    for path in folder.glob(f"{FILE}*"):
        path.unlink()
    return Recorder.create(folder, at=at)
