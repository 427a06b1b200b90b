"""`indexer build`: make an index of a corpus, or bring it up to date."""

import os
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from indexer.commands.options import (
    PARTLY_DONE,
    ReadingOptions,
    logged,
    looking_through,
    paths_or_default,
    progress_bar,
    reading_options,
)
from indexer.commands.terminal import DONE, INDEX_OPTION, INTERRUPTED, echo
from indexer.errors import IndexerError, NoCorpusError, ProblemKind
from indexer.printing import count, size

if TYPE_CHECKING:
    from indexer.pipeline.build import Summary

# ruff: noqa: PLC0415  (a command imports what it needs when it runs, so that none waits for another's libraries)


@click.command(short_help="Make an index of submission files, or bring it up to date.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@INDEX_OPTION
@click.option("--rebuild", is_flag=True, help="Read everything anew; the old index is asked until the new one is done.")
@click.option("--retry", is_flag=True, help="Read files again that could not be read before, or not wholly.")
@click.option("--prune", is_flag=True, help="Take out submissions whose files are gone.")
@click.option("--dry-run", is_flag=True, help="Say what would be read and, with --prune, taken out; change nothing.")
@reading_options
def build(paths: tuple[Path, ...], folder: Path, reading: ReadingOptions, *, rebuild: bool, **kind: bool) -> int:
    """Index the submissions in PATHS: files, folders, .gz, .tar.gz, .zip; without any, the defaults file's corpus.

    Only new and changed files are read when the index exists already.
    """
    paths = paths_or_default(paths)
    if kind.pop("dry_run"):
        if rebuild or kind["retry"]:
            raise IndexerError("--dry-run goes with --prune, not with --rebuild or --retry")
        return _would_build(paths, folder, prune=kind["prune"])
    with logged(reading.log_file) as log:
        with looking_through(paths):
            from indexer.pipeline.build import Build, Options
            from indexer.pipeline.rebuild import Rebuild

            options = Options(processes=reading.processes, forks=True, **kind)
            building = (Rebuild if rebuild else Build)(paths, reading.settings(folder), options, log=log)
        with closing(building), progress_bar(building.size) as progress:
            summary = building.run(progress)
    if not summary.status.submissions and not summary.interrupted:
        looked = count(summary.skipped + summary.unchanged, "file")
        where = ", ".join(map(str, paths))
        raise NoCorpusError(f"no submission in {where} ({looked} looked at): see `indexer problems --index {folder}`")
    return report(summary, folder)


ABOUT: Mapping[ProblemKind, str] = {
    ProblemKind.NOT_A_SUBMISSION: "files without a submission, passed over",
    ProblemKind.UNREADABLE_FILE: "files that could not be read at all",
    ProblemKind.NO_HEADER: "documents without a header: form, company and date are not known",
    ProblemKind.NO_DOCUMENTS: "headers without documents: there is no text",
    ProblemKind.TRUNCATED: "submissions that end too soon; what is there was read",
    ProblemKind.UNPLACED: "header lines that fit no known place; kept as they are",
    ProblemKind.BAD_VALUE: "header values that make no sense; left out",
    ProblemKind.UNREAD_DOCUMENT: "documents whose text could not be got at",
    ProblemKind.DAMAGED_DOCUMENT: "documents read as far as they are whole",
    ProblemKind.CHARACTERS: "texts in other characters than they say; repaired",
    ProblemKind.LEFT_OUT: "text that the page hides; left out",
    ProblemKind.UNLOCATED_ITEM: "items not found in the text; the text itself is there",
    ProblemKind.DISPUTED_ITEM: "items that two ways of looking find in different places",
    ProblemKind.OVERLONG_ITEM: "items that are nearly all of a text, and likely hold others",
    ProblemKind.OVER_LIMIT: "bounds that were met; what is beyond them is left out",
    ProblemKind.DUPLICATE: "submissions that are there twice; the fuller copy was kept",
}
"""What each kind of problem is, and what became of it, in a few words."""


def _option(folder: Path) -> str:
    """Write the option that the next command needs for this index; none for the one that is asked anyway."""
    asked = click.get_current_context().lookup_default("folder") or os.environ.get("EDGAR_INDEX") or "index"
    return "" if Path(os.environ.get("EDGAR_INDEX") or asked) == folder else f" --index {quote(str(folder))}"


def _would_build(paths: tuple[Path, ...], folder: Path, *, prune: bool) -> int:
    from indexer.pipeline.plan import plan_build

    plan = plan_build(paths, folder)
    echo(
        f"Nothing was changed: {count(plan.wanted, 'file')} ({size(plan.bytes)}) would be read, {plan.unchanged:,} not."
    )
    for path in plan.vanished:
        echo(f"  gone: {path}")
    for record in plan.taken_out if prune else ():
        echo(f"  would take out {record.accession}  {record.form}  {record.source}")
    return DONE


_GONE = "gone since the last build (`--prune` takes out what came from them)"
_PRUNED = "gone since the last build, and what came from them taken out"


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
        (len(summary.vanished), _PRUNED if summary.pruned else _GONE),
    ):
        if number:
            echo(f"  {count(number, 'file')} {what}")
    for kind, number in summary.problems:
        echo(f"  {number:,} {kind}: {ABOUT[ProblemKind(kind)]}")
    if summary.problems:
        echo(f"  (`indexer problems{_option(folder)}` lists them, and what was done about each)")
    status = summary.status
    echo(f"{folder} holds {count(status.submissions, 'submission')}, {count(status.documents, 'document')}.")
    if sys.stdout.isatty() and status.submissions:
        echo(f"Now ask it: search{_option(folder)} 'going concern' --form 10-K")
    return INTERRUPTED if summary.interrupted else PARTLY_DONE if summary.failed else DONE
