"""Build an index anew beside the old one, which is asked until the new one takes its place.

The new index grows with commits of its own, so that a rebuild that is cut short goes on where it stopped. How it takes
the old one's place is the engine's business (`indexer.writers.writer.Replacement`).
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indexer.engines.engine import open_manifest, open_replacement
from indexer.pipeline.build import Build, Options, Summary
from indexer.pipeline.log import Log, silent
from indexer.storage.durable import writing
from indexer.workers.pool import Progress
from indexer.workers.worker import Settings
from indexer.writers.writer import Replacement


class Rebuild:
    """Build anew; used as a `Build` is."""

    def __init__(self, paths: Sequence[Path], settings: Settings, options: Options, *, log: Log = silent) -> None:
        """Open it. Raises as `Build` does, but not for an index that is damaged or of another version."""
        self._address, self._log = settings.folder, log
        self._writer: Replacement
        self._build = Build(paths, settings, options, log=log, opened=self._open)

    def _open(self, address: Path) -> Replacement:
        self._writer = open_replacement(address)
        return self._writer

    @property
    def size(self) -> int:
        """Count the bytes to read."""
        return self._build.size

    def run(self, progress: Progress = lambda submissions, size: None) -> Summary:
        """Read everything; at the end, and not before, the new index takes the old one's place."""
        summary = self._build.run(progress)
        if summary.interrupted or not summary.status.submissions:
            return summary
        with writing(self._address):
            generation = self._writer.take_place()
        self._log("rebuilt", generation=generation)
        with open_manifest(self._address, at=generation) as manifest:
            return replace(summary, status=manifest.status())

    def close(self) -> None:
        """Release the lock."""
        self._build.close()
