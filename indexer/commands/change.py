"""`indexer add`, `indexer remove`, `indexer relocate` and `indexer watch`: change an index file by file."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.build import report
from indexer.commands.options import (
    PARTLY_DONE,
    ReadingOptions,
    logged,
    paths_or_default,
    progress_bar,
    reading_options,
)
from indexer.commands.terminal import COULD_NOT, DONE, INDEX_OPTION, INTERRUPTED, echo
from indexer.printing import count

if TYPE_CHECKING:
    from indexer.pipeline.build import Summary

# ruff: noqa: PLC0415  (a command imports what it needs when it runs, so that none waits for another's libraries)


@click.command(short_help="Read files into the index now, changed or not.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@INDEX_OPTION
@reading_options
def add(files: tuple[Path, ...], folder: Path, reading: ReadingOptions) -> int:
    """Read these FILES into the index now, whether or not they have changed."""
    from indexer.pipeline.build import Build, Options

    options = Options(processes=reading.processes, everything=True)
    with (
        logged(reading.log_file) as log,
        closing(Build(files, reading.settings(folder), options, log=log)) as building,
        progress_bar(building.size) as progress,
    ):
        return report(building.run(progress), folder)


@click.command()
@click.argument("accessions", metavar="ACCESSION...", nargs=-1, required=True)
@INDEX_OPTION
@click.option("--dry-run", is_flag=True, help="Say what would be taken out, and leave it.")
@click.option("--log", "log_file", type=click.Path(path_type=Path), help="Append JSON lines of what happens.")
def remove(accessions: tuple[str, ...], folder: Path, log_file: Path | None, *, dry_run: bool) -> int:
    """Take submissions out of the index, with all their copies.

    Their files are not read again until they change.
    """
    from indexer.pipeline.remove import remove

    if dry_run:
        return _would_remove(folder, accessions)
    with logged(log_file) as log:
        removal = remove(folder, accessions, log=log)
    for accession in removal.missing:
        echo(f"indexer: no submission {accession} in the index at {folder}", err=True)
    if not removal.removed:
        return COULD_NOT
    echo(f"Removed {count(len(removal.removed), 'submission')}.")
    status = removal.status
    echo(f"{folder} holds {count(status.submissions, 'submission')}, {count(status.documents, 'document')}.")
    return PARTLY_DONE if removal.missing else DONE


def _would_remove(folder: Path, accessions: tuple[str, ...]) -> int:
    from indexer.pipeline.remove import plan_removal

    found = plan_removal(folder, accessions)
    for accession, copies in found.items():
        for copy in copies:
            echo(f"would take out {accession}  {copy.form}  {copy.source}")
        if not copies:
            echo(f"indexer: no submission {accession} in the index at {folder}", err=True)
    there = sum(map(bool, found.values()))
    echo(f"Nothing was changed: {count(there, 'submission')} would be taken out.")
    return DONE if all(found.values()) else PARTLY_DONE if there else COULD_NOT


@click.command(short_help="Say that the corpus, or a part of it, lies elsewhere.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@INDEX_OPTION
def relocate(old: Path, new: Path, folder: Path) -> int:
    """Tell the index that the folder OLD of its corpus, or a part of it, lies at NEW. Nothing is read anew.

    Exit code 1 when not all of its files are there.
    """
    from indexer.pipeline.relocate import relocate

    found = relocate(folder, old, new)
    echo(f"{count(found.files, 'file')} of {old} are at {new} now: {found.there:,} are there.")
    return DONE if found.there == found.files else PARTLY_DONE


@click.command(short_help="Keep the index current as files arrive, change or go.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@INDEX_OPTION
@click.option("--every", type=click.FloatRange(0.1), default=1.0, show_default=True, help="Seconds between two looks.")
@click.option(
    "--settle",
    type=click.FloatRange(0),
    default=2.0,
    show_default=True,
    help="Seconds for which a file must not have changed before it is read.",
)
@click.option("--prune", is_flag=True, help="Take out submissions whose files are gone.")
@reading_options
def watch(paths: tuple[Path, ...], folder: Path, reading: ReadingOptions, **how: float) -> int:
    """Keep the index current as files arrive in PATHS, change or go; until ^C."""
    paths = paths_or_default(paths)
    from indexer.pipeline.build import Options
    from indexer.pipeline.watch import Watching, watch

    def tell(summary: "Summary") -> None:
        report(summary, folder)

    with logged(reading.log_file) as log:
        options = Options(processes=reading.processes, prune=bool(how["prune"]), settle_seconds=how["settle"])
        watch(
            Watching(
                paths=paths,
                settings=reading.settings(folder),
                options=options,
                seconds=how["every"],
                report=tell,
                complain=lambda why: echo(f"indexer: {why}", err=True),
                log=log,
            )
        )
    return INTERRUPTED
