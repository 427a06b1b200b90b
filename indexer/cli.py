"""The `indexer` command: what a person types, and what they read back. The work is done elsewhere.

Exit codes: 0 done; 1 done, but some files could not be read; 2 could not; 130 interrupted.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.errors import IndexerError, NoCorpusError
from indexer.terminal import DONE, INDEX_OPTION, INTERRUPTED, count, run, size

if TYPE_CHECKING:
    from indexer.build.pipeline import Summary
    from indexer.manifest import Manifest, Status

# Commands import what they need when they run, so that none waits for another's libraries.
# ruff: noqa: PLC0415

DONE_WITH_FAILURES = 1


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="edgar-corpus-search")
def commands() -> None:
    """Build and look after a full-text index of EDGAR submission files."""


def main() -> None:
    """The console script."""
    sys.exit(run(commands, "indexer", (IndexerError,)))


@commands.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@INDEX_OPTION
@click.option("--processes", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="one per core")
@click.option("--retry", is_flag=True, help="Read files again that could not be read before.")
@click.option("--prune", is_flag=True, help="Take out submissions whose files are gone.")
def build(paths: tuple[Path, ...], folder: Path, processes: int, *, retry: bool, prune: bool) -> int:
    """Index the submissions in PATHS: files, folders, .gz, .tar.gz, .zip.

    Only new and changed files are read when the index exists already.
    """
    from indexer.build.pipeline import Build, Options
    from indexer.build.worker import Settings

    options = Options(processes=processes, retry=retry, prune=prune)
    with closing(Build(paths, Settings(folder), options)) as building, _progress(building.size) as progress:
        summary = building.run(progress)
    if not summary.status.submissions and not summary.interrupted:
        looked = count(summary.skipped + summary.unchanged, "file")
        where = ", ".join(map(str, paths))
        raise NoCorpusError(f"no submission in {where} ({looked} looked at): see `indexer problems --index {folder}`")
    _print_summary(summary, folder)
    failed = any(record.problem.kind == "unreadable-file" for record in summary.problems)
    return INTERRUPTED if summary.interrupted else DONE_WITH_FAILURES if failed else DONE


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    from tqdm import tqdm

    with tqdm(total=total, unit="B", unit_scale=True, disable=None, leave=False, desc="reading") as bar:

        def advance(submissions: int, read: int) -> None:
            bar.set_postfix_str(count(submissions, "submission"), refresh=False)
            bar.update(read - bar.n)

        yield advance


def _print_summary(summary: "Summary", folder: Path) -> None:
    verb = "Interrupted: read" if summary.interrupted else "Read"
    click.echo(
        f"{verb} {count(summary.submissions, 'submission')}, {count(summary.documents, 'document')}, "
        f"{size(summary.bytes)}, with {count(len(summary.problems), 'problem')}, in {summary.seconds:.1f} s."
    )
    for number, what in (
        (summary.unchanged, "unchanged, not read again"),
        (summary.skipped, "without a submission, skipped"),
        (len(summary.vanished), "gone since the last build (`--prune` takes out what came from them)"),
    ):
        if number:
            click.echo(f"  {count(number, 'file')} {what}")
    for kind, number in _kinds(summary):
        click.echo(f"  {number:,} {kind}")
    if summary.problems:
        click.echo(f"  (`indexer problems --index {folder}` lists them)")
    status = summary.status
    click.echo(f"{folder} holds {count(status.submissions, 'submission')}, {count(status.documents, 'document')}.")


def _kinds(summary: "Summary") -> list[tuple[str, int]]:
    from collections import Counter

    return Counter(record.problem.kind.value for record in summary.problems).most_common()


@commands.command()
@INDEX_OPTION
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def status(folder: Path, *, as_json: bool) -> None:
    """Say what is in the index."""
    with closing(_manifest(folder)) as manifest:
        now, forms, kinds = manifest.status(), manifest.forms(), manifest.problem_kinds()
    on_disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if as_json:
        report = {"version": 1, "index": str(folder), **asdict(now), "size": on_disk}
        click.echo(json.dumps({**report, "forms": dict(forms), "problem_kinds": dict(kinds)}, indent=2))
    else:
        _print_status(now, folder, on_disk)
        _print_counts("forms", forms)
        _print_counts("problems", kinds)


def _manifest(folder: Path) -> "Manifest":
    from indexer import contents
    from indexer.manifest import Manifest

    contents.check(folder)
    return Manifest.open(folder, at=contents.generation(folder))


def _print_status(now: "Status", folder: Path, on_disk: int) -> None:
    passed = f" ({count(now.copies, 'further copy', 'further copies')} passed over)" if now.copies else ""
    click.echo(f"{folder}: generation {now.generation}, committed {now.committed or 'never'} by {now.program}")
    click.echo(f"  submissions  {now.submissions:,}{passed}")
    click.echo(f"  filed        {_day(now.first_filed)} to {_day(now.last_filed)}")
    click.echo(f"  documents    {now.documents:,}")
    for name in ("text", "empty", "binary", "rendered", "unread"):
        click.echo(f"    {name:<10} {getattr(now, name):>8,}")
    click.echo(f"  text         {now.characters:,} characters of {size(now.bytes)} read")
    click.echo(f"  files        {now.files:,} ({now.skipped:,} without a submission, {now.failed:,} unreadable)")
    click.echo(f"  size         {size(on_disk)}")


def _print_counts(title: str, counts: list[tuple[str, int]]) -> None:
    if counts:
        click.echo(f"  {title}")
        for value, number in counts:
            click.echo(f"    {value or '(none)':<24} {number:>8,}")


def _day(number: int | None) -> str:
    return f"{number // 10000}-{number // 100 % 100:02}-{number % 100:02}" if number else "?"


@commands.command()
@INDEX_OPTION
@click.option("--kind", help="Only problems of this kind.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def problems(folder: Path, kind: str | None, *, as_json: bool) -> None:
    """List what could not be read, or not as it should be, and what was done about it."""
    with closing(_manifest(folder)) as manifest:
        for record in manifest.problems():
            if kind is None or record.problem.kind == kind:
                row = {"accession": record.accession, **asdict(record.problem)}
                line = f"{record.problem.kind}  {record.problem}"
                click.echo(json.dumps(row, ensure_ascii=False) if as_json else line)


@commands.command()
@click.argument("what", metavar="FILE_OR_ACCESSION[:FILENAME]")
@INDEX_OPTION
@click.option("--json", "form", flag_value="json", help="Everything that was read, as JSON.")
@click.option("--text", "form", flag_value="text", help="The text of the document, or of all.")
@click.option("--header", "form", flag_value="header", help="The header as it stood.")
@click.option("--at", "place", metavar="START[..END]", help="With --text: only these characters of it.")
def show(what: str, folder: Path, form: str | None, place: str | None) -> None:
    """Print what was read of a submission file (no index needed), or of a submission in the index."""
    from indexer.limits import Limits
    from indexer.show import from_file, from_index

    span = _span(place) if place else None
    shown = from_file(what, Limits()) or from_index(what, folder)
    match form:
        case "json":
            lines: Iterable[str] = (shown.json(),)
        case "header":
            lines = (shown.submission.header_text,)
        case "text":
            lines = shown.text(span)
        case _:
            lines = shown.summary()
    for line in lines:
        click.echo(line)


def _span(place: str) -> tuple[int, int | None]:
    match = re.fullmatch(r"(\d+)(?:\.\.(\d+))?", place)
    if not match:
        raise IndexerError(f"--at takes START or START..END, in characters, not {place!r}")
    return int(match[1]), int(match[2]) if match[2] else None
