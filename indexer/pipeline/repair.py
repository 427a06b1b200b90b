"""Mend an index: what is wrong is taken out, and the submissions are read again from their files."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from indexer.engines.engine import open_writer
from indexer.pipeline.build import Build, Options, Summary
from indexer.pipeline.log import Log, silent
from indexer.pipeline.update import Update
from indexer.storage.durable import writing
from indexer.verify.findings import Fault, Finding
from indexer.workers.pool import Progress
from indexer.workers.worker import Settings
from indexer.writers.writer import Copy

BEYOND = frozenset({Fault.TABLE, Fault.MANIFEST})
"""What only building anew mends."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Say what was mended."""

    lost: tuple[str, ...]
    """Accession numbers of submissions that are gone from the index, because their files are gone too."""
    summary: Summary | None
    """Of reading again; None when nothing had to be read."""


def repair(
    settings: Settings,
    findings: Sequence[Finding],
    options: Options,
    *,
    log: Log = silent,
    progress: Progress = lambda submissions, size: None,
) -> Repair:
    """Mend what `verify` found, but what is `BEYOND`; raises as `Build` does."""
    folder = settings.folder
    with writing(folder), closing(open_writer(folder, create=False)) as writer:
        update = Update(writer)
        paths = _taken_out(update, [finding for finding in findings if finding.fault not in BEYOND])
        lost = [copy for path, copies in paths.items() if not Path(path).is_file() for copy in copies]
        update.lose(lost)
        there = [path for path in update.manifest.to_read_again() if Path(path).is_file()]
        update.commit()
    log("repair", damaged=[finding.where for finding in findings], files=there, lost=lost)
    names = tuple(copy.accession for copy in lost)
    if not there:
        return Repair(names, None)
    with closing(Build([Path(path) for path in there], settings, options, log=log)) as build:
        return Repair(names, build.run(progress))


def _taken_out(update: Update, findings: Sequence[Finding]) -> dict[str, list[Copy]]:
    """Take the damaged submissions out; return the files to read again for them, and the submissions of each."""
    update.drop({finding.segment for finding in findings if finding.segment})
    wrong = {copy for finding in findings for copy in finding.copies}
    update.take_out(wrong)
    paths: dict[str, list[Copy]] = {}
    for record in update.manifest.submissions():
        if record.kept and (copy := Copy(record.accession, record.source)) in wrong:
            paths.setdefault(record.path, []).append(copy)
    for path in paths:
        update.manifest.read_again(path)
    return paths
