"""Build from end to end: compare, read in workers, update, commit. Progress is a callable; nothing is printed."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from indexer.corpus.walking import CorpusFile
from indexer.engines.engine import is_new, open_writer
from indexer.errors import Problem, ProblemKind
from indexer.manifest.records import Outcome, ProblemRecord, Status
from indexer.pipeline.listing import Listing, listed
from indexer.pipeline.log import Log, silent
from indexer.pipeline.plan import Changes, batches, compare, decided, processes_for
from indexer.pipeline.update import Update
from indexer.storage.durable import writing
from indexer.workers.pool import Progress, read_here, read_in_workers
from indexer.workers.process import Worker, forked
from indexer.workers.stopping import Stop, stoppable
from indexer.workers.task import key
from indexer.workers.worker import Batch, Settings
from indexer.writers.writer import Writer

COMMIT_SECONDS = 30.0
"""Between commits of a long build: what a crash can cost, against what a commit costs (a few fsyncs)."""

TRIED_AGAIN = (ProblemKind.UNREADABLE_FILE, ProblemKind.UNREAD_DOCUMENT, ProblemKind.OVER_LIMIT)
"""What `retry` reads again: it may be better by now, or the bounds may be wider."""


@dataclass(frozen=True, slots=True)
class Options:
    """Say what kind of build it is."""

    processes: int = 1
    retry: bool = False
    """Read files again that could not be read before, or not wholly."""
    prune: bool = False
    """Take out what came from files that are gone."""
    everything: bool = False
    """Read all files, whether or not they have changed."""
    settle_seconds: float = 0.0
    """Leave alone, for the next build, what changed so recently: it may still be being written."""
    forks: bool = False
    """Fork workers of this process for a new index, which is right only where nothing else goes on in it."""
    commit_seconds: float = COMMIT_SECONDS
    batch_bytes: int | None = None
    """Of files that a worker reads at a time; None for as many as make some batches for each."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Sum up what a build did, and what the index holds after it."""

    status: Status
    submissions: int
    """Read in this build, copies passed over included."""
    documents: int
    bytes: int
    """Of the files read in this build."""
    unchanged: int
    """Files not read again."""
    unsettled: int
    """Files left for the next build, because they may still be being written."""
    vanished: tuple[str, ...]
    skipped: int
    """Files read in this build that hold no submission."""
    failed: int
    """Files met in this build that could not be read, or not all of them."""
    problems: tuple[tuple[str, int], ...]
    """Met in this build: how many of each kind, most frequent first."""
    seconds: float
    interrupted: bool = False
    pruned: bool = False
    """Whether what came from the files that have vanished was taken out."""


@dataclass(slots=True)
class _Tally:
    """Count what has been read so far."""

    submissions: int = 0
    documents: int = 0
    bytes: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    unreadable: set[str] = field(default_factory=set)

    def add(self, batch: Batch) -> None:
        self.submissions += len(batch.submissions)
        self.documents += sum(record.documents for record in batch.submissions)
        self.bytes += sum(record.size for record in batch.files)
        self.outcomes.update(record.outcome for record in batch.files)
        self.problems.update(record.problem.kind.value for record in batch.problems)
        self.unreadable.update(record.path for record in batch.problems if _is_lost(record))


def _is_lost(record: ProblemRecord) -> bool:
    """Tell whether a file, a member or a submission was left out because of this problem."""
    kind = record.problem.kind
    return kind is ProblemKind.UNREADABLE_FILE or (kind is ProblemKind.OVER_LIMIT and not record.accession)


class Build:
    """Build once: opened with the index's lock, run, closed."""

    def __init__(
        self,
        paths: Sequence[Path],
        settings: Settings,
        options: Options = Options(),
        *,
        log: Log = silent,
        opened: Callable[[Path], Writer] = open_writer,
    ) -> None:
        """Open it. Raises NoCorpusError before anything is written, then LockedIndexError and what else stops a build.

        `opened` opens the writer of the index at `settings.folder`.
        """
        self._began = time.monotonic()
        self._settings, self._options, self._log = settings, options, log
        self._listing = listed(paths, index=settings.folder)
        self._tally = _Tally()
        self._read_again: set[str] = set()
        with writing(settings.folder), ExitStack() as opening:
            self._workers = self._forked()
            opening.callback(self._dismiss)
            self._writer = opened(settings.folder)
            opening.callback(self._writer.close)
            self._writer.take_roots(self._listing.roots)
            self._settings = replace(settings, folder=self._writer.address)
            self._update = Update(self._writer)
            self._changes = self._compare(self._listing)
            self._opened = opening.pop_all()
        log("begin", **self._planned())

    def _forked(self) -> list[Worker]:
        """Have workers at hand early, before there is a lock to inherit, where all that is listed will be read."""
        folder, files = self._settings.folder, self._listing.files
        if not self._options.forks or (processes := processes_for(files, self._options.processes)) == 1:
            return []
        return forked(processes) if is_new(folder) else []

    def _dismiss(self) -> None:
        for worker in self._workers:
            worker.close()

    def _planned(self) -> dict[str, object]:
        changes = self._changes
        planned = {"index": str(self._settings.folder), "paths": list(map(str, self._listing.roots))}
        counts = {"wanted": len(changes.wanted), "unchanged": len(changes.unchanged), "gone": len(changes.vanished)}
        return {**planned, **counts, "bytes": self.size, "generation": self._update.generation}

    @property
    def size(self) -> int:
        """Count the bytes to read."""
        return sum(file.size for file in self._changes.wanted)

    def _compare(self, listing: Listing) -> Changes:
        manifest, options = self._update.manifest, self._options
        known = manifest.files()
        again: set[str] = set(listing.by_path) if options.everything else set()
        if options.retry:
            again |= manifest.with_problems(*TRIED_AGAIN)
            again |= {path for path, record in known.items() if record.outcome == Outcome.FAILED}
        now = time.time_ns()
        changes = compare(
            listing.files,
            known,
            roots=map(str, listing.roots),
            unlisted=(problem.source for problem in listing.problems),
            again=again,
            settling_ns=(now - int(options.settle_seconds * 1e9), now) if options.settle_seconds else None,
        )
        changes, fresh = decided(changes, known, threads=options.processes)
        manifest.refresh(fresh)
        return changes

    def run(self, progress: Progress = lambda submissions, size: None) -> Summary:
        """Read, and commit now and then and at the end; an interrupt ends the reading and commits what is done."""
        with stoppable() as stop, writing(self._settings.folder):
            self._note_unlisted()
            if self._options.prune:
                self._update.forget(self._changes.vanished)
            wanted: Sequence[CorpusFile] = self._changes.wanted or self._again()
            while wanted and not stop.requested:
                self._read(wanted, self._after(progress), stop)
                wanted = self._again()
            self._commit()
        summary = self._summary(interrupted=stop.requested)
        self._log("end", **{**asdict(summary), "vanished": len(summary.vanished), "problems": dict(summary.problems)})
        return summary

    def _after(self, progress: Progress) -> Progress:
        """Count the progress on from what has been read before."""
        submissions, size = self._tally.submissions, self._tally.bytes
        return lambda more, further: progress(submissions + more, size + further)

    def _read(self, files: Sequence[CorpusFile], progress: Progress, stop: Stop) -> None:
        committed = time.monotonic()
        for batch in self._batches(files, progress, stop):
            self._take(batch)
            if time.monotonic() - committed > self._options.commit_seconds:
                self._commit()
                committed = time.monotonic()

    def _batches(self, files: Sequence[CorpusFile], progress: Progress, stop: Stop) -> Iterator[Batch]:
        size = self._options.batch_bytes
        processes = self._options.processes if size else processes_for(files, self._options.processes)
        tasks = list(batches(files, processes, size=size))
        if size and not any(task.part_bytes for task in tasks):
            processes = min(processes, len(tasks))
        if processes > 1 or self._writer.was_abandoned:  # who wrote before may have died of one of these files
            workers, self._workers = self._workers, []
            return read_in_workers(tasks, self._settings, progress, stop, processes=processes, workers=workers)
        return read_here(tasks, self._settings, progress, stop)

    def _take(self, batch: Batch) -> None:
        self._update.take(batch)
        self._tally.add(batch)
        for record in batch.problems:
            self._log("problem", accession=record.accession, **asdict(record.problem))

    def _commit(self) -> None:
        began = time.monotonic()
        if self._update.commit():
            self._log("commit", generation=self._update.generation, seconds=round(time.monotonic() - began, 3))

    def _again(self) -> list[CorpusFile]:
        """List the files to be read for the sake of copies they hold, each once in a build."""
        paths = [path for path in self._update.manifest.to_read_again() if path not in self._read_again]
        self._read_again.update(paths)
        return [file for file in map(self._listing.file, paths) if file is not None]

    def _note_unlisted(self) -> None:
        """Record what could not be listed, and what now can."""
        now = {problem.source: problem for problem in self._listing.problems}
        before = self._update.manifest.unlisted()
        roots = tuple(f"{root}/" for root in self._listing.roots)
        mended = [path for path in before if path not in now and f"{path}/".startswith(roots)]
        changed = [path for path in now if before.get(path) != now[path]]
        self._update.forget([*mended, *(path for path in changed if path in before)])
        self._tally.add(Batch(problems=[_unlisted(now[path]) for path in now.keys() - set(changed)]))
        if changed:
            self._take(Batch(problems=[_unlisted(now[path]) for path in changed]))

    def _summary(self, *, interrupted: bool) -> Summary:
        tally, changes = self._tally, self._changes
        return Summary(
            status=self._update.manifest.status(at=self._update.generation),
            submissions=tally.submissions,
            documents=tally.documents,
            bytes=tally.bytes,
            unchanged=len({key(file) for file in changes.unchanged} - self._read_again),
            unsettled=len(changes.unsettled),
            vanished=changes.vanished,
            skipped=tally.outcomes[Outcome.SKIPPED],
            failed=len(tally.unreadable),
            problems=tuple((tally.problems + self._update.passed_over).most_common()),
            seconds=time.monotonic() - self._began,
            interrupted=interrupted,
            pruned=self._options.prune,
        )

    def close(self) -> None:
        """Release the lock."""
        self._opened.close()


def _unlisted(problem: Problem) -> ProblemRecord:
    return ProblemRecord(problem.source, "", problem)
