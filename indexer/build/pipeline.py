"""A build from end to end: compare, read in workers, update, commit. Progress is a callable; nothing is printed."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer import contents
from indexer.build.plan import Changes, Task, batches, compare, key
from indexer.build.pool import Progress, read_here, read_in_workers
from indexer.build.update import Update
from indexer.build.worker import Batch, Settings
from indexer.corpus import CorpusFile, files
from indexer.errors import NoCorpusError, Problem
from indexer.manifest import ProblemRecord, Status

COMMIT_SECONDS = 30.0
"""Between commits of a long build: what a crash can cost, against what a commit costs (a few fsyncs)."""


@dataclass(frozen=True, slots=True)
class Options:
    """What kind of build."""

    processes: int = 1
    retry: bool = False
    """Read files again that could not be read before."""
    prune: bool = False
    """Take out what came from files that are gone."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did, and what the index holds after it."""

    status: Status
    submissions: int
    """Read in this build, copies passed over included."""
    documents: int
    bytes: int
    """Of the files read in this build."""
    unchanged: int
    """Files not read again."""
    vanished: tuple[str, ...]
    skipped: int
    """Files read in this build that hold no submission."""
    problems: tuple[ProblemRecord, ...]
    """Met in this build."""
    seconds: float
    interrupted: bool = False


def _make(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        contents.check(folder)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        contents.mark(folder)


class Build:
    """One build: opened with the index's lock, run once, closed."""

    def __init__(self, paths: Sequence[Path], settings: Settings, options: Options) -> None:
        """Raises NoCorpusError for a path that does not exist, before anything is written, and LockedIndexError."""
        self._began = time.monotonic()
        self._roots = [path.resolve() for path in paths]
        listed = list(files(self._roots))
        found = [file for file in listed if isinstance(file, CorpusFile)]
        if not listed:
            raise NoCorpusError(f"no files in {', '.join(map(str, paths))}")
        _make(settings.folder)
        self._settings, self._options = settings, options
        self._update = Update(settings.folder)
        self._changes = self._compare(found)
        self._wanted = self._forget()
        self._batches = [self._unlisted([each for each in listed if isinstance(each, Problem)])]

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(file.size for file in self._wanted)

    def _compare(self, found: Sequence[CorpusFile]) -> Changes:
        known = self._update.manifest.files()
        return compare(found, known, roots=map(str, self._roots), retry=self._options.retry)

    def _forget(self) -> list[CorpusFile]:
        """Take out what is to be read anew; the files to read, those included that hold a copy of what was taken."""
        changes, manifest = self._changes, self._update.manifest
        gone = [*map(key, changes.wanted), *(changes.vanished if self._options.prune else ())]
        others = {path for each in gone for path in manifest.passed_over_for(each)}
        copies = [file for file in changes.unchanged if key(file) in others]
        self._update.forget([*gone, *map(key, copies)])
        return [*changes.wanted, *copies]

    def _unlisted(self, problems: list[Problem]) -> Batch:
        """What could not even be listed; it is said anew by each build that meets it."""
        self._update.forget(problem.source for problem in problems)
        batch = Batch(problems=[ProblemRecord(problem.source, "", problem) for problem in problems])
        if problems:
            self._update.take(batch)
        return batch

    def run(self, progress: Progress) -> Summary:
        """Read, and commit now and then and at the end; an interrupt ends the reading and commits what is done."""
        tasks = list(batches(self._wanted, self._options.processes))
        interrupted = False
        committed = time.monotonic()
        try:
            for batch in self._read(tasks, progress):
                self._update.take(batch)
                self._batches.append(batch)
                if time.monotonic() - committed > COMMIT_SECONDS:
                    self._update.commit()
                    committed = time.monotonic()
        except KeyboardInterrupt:
            interrupted = True
        self._update.commit()
        return self._summary(interrupted=interrupted)

    def _read(self, tasks: list[Task], progress: Progress) -> Iterator[Batch]:
        processes = min(self._options.processes, len(tasks))
        if processes <= 1:
            return read_here(tasks, self._settings, progress)
        return read_in_workers(tasks, self._settings, progress, processes=processes)

    def _summary(self, *, interrupted: bool) -> Summary:
        submissions = [record for batch in self._batches for record in batch.submissions]
        read = [record for batch in self._batches for record in batch.files]
        return Summary(
            status=self._update.manifest.status(),
            submissions=len(submissions),
            documents=sum(record.documents for record in submissions),
            bytes=sum(record.size for record in read),
            unchanged=len(self._changes.unchanged) - (len(self._wanted) - len(self._changes.wanted)),
            vanished=self._changes.vanished,
            skipped=sum(record.outcome == "skipped" for record in read),
            problems=(*(each for batch in self._batches for each in batch.problems), *self._update.passed_over),
            seconds=time.monotonic() - self._began,
            interrupted=interrupted,
        )

    def close(self) -> None:
        """Release the lock."""
        self._update.close()
