"""`indexer verify`: whether the index is sound, what is wrong with it if not, and mending it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.build import report
from indexer.commands.options import PARTLY_DONE, ReadingOptions, logged, progress_bar, reading_options
from indexer.commands.terminal import DONE, INDEX_OPTION, JSON_OPTION, echo, echo_json
from indexer.printing import count

if TYPE_CHECKING:
    from indexer.verify.findings import Finding
    from indexer.verify.inspection import Inspection

# ruff: noqa: PLC0415  (a command imports what it needs when it runs, so that none waits for another's libraries)

_NAMED = 3
"""Findings that are named beside the one that is behind them."""
VERSION = 1
"""Of the JSON's shape; see docs/reliability.md."""


@click.command(short_help="Check that the index is sound, and mend it.")
@INDEX_OPTION
@click.option("--repair", is_flag=True, help="Take out what is wrong and read those submissions again.")
@JSON_OPTION
@reading_options
def verify(folder: Path, reading: ReadingOptions, *, repair: bool, as_json: bool) -> int:
    """Check every checksum, every document against its stored text, and the manifest against the index.

    Exit code 0 when the index is sound, 1 when something is wrong.
    """
    from indexer.engines.engine import inspect

    with _documents_bar(folder) as progress:
        inspection = inspect(folder, progress)
    if as_json:
        echo_json({"version": VERSION, "sound": not inspection.faults, **asdict(inspection)}, indent=2)
    else:
        _print(inspection, folder)
    if not inspection.faults:
        return DONE
    return _repair(inspection, folder, reading) if repair else PARTLY_DONE


@contextmanager
def _documents_bar(folder: Path) -> Iterator[Callable[[int], None]]:
    from tqdm import tqdm

    with tqdm(unit=" documents", disable=None, leave=False, desc="checking") as bar:

        def advance(documents: int) -> None:
            bar.update(documents)

        yield advance


def _print(inspection: "Inspection", folder: Path) -> None:
    from indexer.verify.findings import by_cause

    for group in by_cause(inspection.findings):
        for line in _group_lines(group):
            echo(line)
    causes = count(len(by_cause(inspection.faults)), "fault")
    wrong = causes if inspection.faults else "sound"
    echo(
        f"{folder}, generation {inspection.generation}: {count(inspection.segments, 'segment')}, "
        f"{count(inspection.documents, 'document')} and {count(inspection.recorded, 'submission')} checked, {wrong}."
    )


def _group_lines(group: "Sequence[Finding]") -> Iterator[str]:
    """Say what is wrong, and what else is for the same cause: few by name, of many how many they are."""
    yield str(group[0])
    more = group[1:]
    for finding in more[:_NAMED]:
        yield f"  with it: {finding}"
    if len(more) > _NAMED:
        yield f"  and {len(more) - _NAMED:,} more for the same cause; --json has them all"


def _repair(inspection: "Inspection", folder: Path, reading: ReadingOptions) -> int:
    from indexer.pipeline.build import Options
    from indexer.pipeline.repair import BEYOND, repair

    beyond = [finding for finding in inspection.findings if finding.fault in BEYOND]
    if beyond:
        echo(f"indexer: not mended: {beyond[0].mend}", err=True)
        return PARTLY_DONE
    with logged(reading.log_file) as log, progress_bar(0) as progress:
        options = Options(processes=reading.processes)
        mended = repair(reading.settings(folder), inspection.findings, options, log=log, progress=progress)
    for accession in mended.lost:
        echo(f"indexer: {accession} is lost: its file is gone", err=True)
    code = report(mended.summary, folder) if mended.summary else DONE
    return code or (PARTLY_DONE if mended.lost else DONE)
