"""`indexer build`: make an index of a corpus, or bring it up to date."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.options import PARTLY_DONE, ReadingOptions, logged, progress_bar, reading_options
from indexer.commands.terminal import DONE, INDEX_OPTION, INTERRUPTED, echo
from indexer.errors import NoCorpusError
from indexer.printing import count, size

if TYPE_CHECKING:
    from indexer.pipeline.build import Summary

# ruff: noqa: PLC0415  (a command imports what it needs when it runs, so that none waits for another's libraries)


@click.command(short_help="Make an index of submission files, or bring it up to date.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@INDEX_OPTION
@click.option("--rebuild", is_flag=True, help="Read everything anew; the old index is asked until the new one is done.")
@click.option("--retry", is_flag=True, help="Read files again that could not be read before, or not wholly.")
@click.option("--prune", is_flag=True, help="Take out submissions whose files are gone.")
@reading_options
def build(paths: tuple[Path, ...], folder: Path, reading: ReadingOptions, *, rebuild: bool, **kind: bool) -> int:
    """Index the submissions in PATHS: files, folders, .gz, .tar.gz, .zip.

    Only new and changed files are read when the index exists already.
    """
    from indexer.pipeline.build import Build, Options
    from indexer.pipeline.rebuild import Rebuild

    kind_of_build = Rebuild if rebuild else Build
    options = Options(processes=reading.processes, **kind)
    with (
        logged(reading.log_file) as log,
        closing(kind_of_build(paths, reading.settings(folder), options, log=log)) as building,
        progress_bar(building.size) as progress,
    ):
        summary = building.run(progress)
    if not summary.status.submissions and not summary.interrupted:
        looked = count(summary.skipped + summary.unchanged, "file")
        where = ", ".join(map(str, paths))
        raise NoCorpusError(f"no submission in {where} ({looked} looked at): see `indexer problems --index {folder}`")
    return report(summary, folder)


def report(summary: "Summary", folder: Path) -> int:
    """Say what was read and what the index holds; the exit code."""
    verb = "Interrupted: read" if summary.interrupted else "Read"
    echo(
        f"{verb} {count(summary.submissions, 'submission')}, {count(summary.documents, 'document')}, "
        f"{size(summary.bytes)}, with {count(sum(number for _, number in summary.problems), 'problem')}, "
        f"in {summary.seconds:.1f} s."
    )
    for number, what in (
        (summary.unchanged, "unchanged, not read again"),
        (summary.skipped, "without a submission, skipped"),
        (summary.unsettled, "too new, left for the next time"),
        (len(summary.vanished), "gone since the last build (`--prune` takes out what came from them)"),
    ):
        if number:
            echo(f"  {count(number, 'file')} {what}")
    for kind, number in summary.problems:
        echo(f"  {number:,} {kind}")
    if summary.problems:
        echo(f"  (`indexer problems --index {folder}` lists them)")
    status = summary.status
    echo(f"{folder} holds {count(status.submissions, 'submission')}, {count(status.documents, 'document')}.")
    return INTERRUPTED if summary.interrupted else PARTLY_DONE if summary.failed else DONE
