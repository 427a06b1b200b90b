"""The `indexer` command: what a person types, what they read back, and the exit codes. The work is done elsewhere.

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
from typing import Any

import click

from indexer import contents
from indexer.errors import IndexerError, NoCorpusError
from indexer.manifest import Manifest, Status

DONE, DONE_WITH_FAILURES, COULD_NOT, INTERRUPTED = 0, 1, 2, 130

INDEX_OPTION = click.option(
    "--index",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="EDGAR_INDEX",
    default=Path("index"),
    help="The index's folder; $EDGAR_INDEX, else ./index.",
)


@contextmanager
def _errors_as_lines() -> Iterator[None]:
    """Whatever stops a command becomes one line and an exit code."""
    try:
        yield
    except IndexerError as error:
        raise SystemExit(_fail(str(error))) from error
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes
        raise SystemExit(DONE) from None
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise SystemExit(_fail(f"{where}{error.strerror}")) from error


def _fail(message: str) -> int:
    click.echo(f"indexer: {message}", err=True)
    return COULD_NOT


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="edgar-corpus-search")
def main() -> None:
    """Build and look after a full-text index of EDGAR submission files."""


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@INDEX_OPTION
@click.option("--processes", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="one per core")
@click.option("--retry", is_flag=True, help="Read files again that could not be read before.")
@click.option("--prune", is_flag=True, help="Take out submissions whose files are gone.")
def build(paths: tuple[Path, ...], folder: Path, processes: int, *, retry: bool, prune: bool) -> None:
    """Index the submissions in PATHS: files, folders, .gz, .tar.gz, .zip.

    Only new and changed files are read when the index exists already.
    """
    from indexer.build.pipeline import Build, Options  # noqa: PLC0415  (the other commands start without it)
    from indexer.build.worker import Settings  # noqa: PLC0415

    with _errors_as_lines():
        options = Options(processes=processes, retry=retry, prune=prune)
        with closing(Build(paths, Settings(folder), options)) as building, _progress(building.size) as progress:
            summary = building.run(progress)
        if not summary.status.submissions and not summary.interrupted:
            looked = summary.skipped + summary.unchanged
            raise NoCorpusError(
                f"no submission in {', '.join(map(str, paths))} ({looked:,} files looked at): see `indexer problems`"
            )
    _print_summary(summary, folder)
    failed = any(record.problem.kind == "unreadable-file" for record in summary.problems)
    raise SystemExit(INTERRUPTED if summary.interrupted else DONE_WITH_FAILURES if failed else DONE)


@contextmanager
def _progress(size: int) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    from tqdm import tqdm  # noqa: PLC0415

    with tqdm(total=size, unit="B", unit_scale=True, disable=None, leave=False, desc="reading") as bar:

        def advance(submissions: int, read: int) -> None:
            bar.set_postfix_str(f"{submissions:,} submissions", refresh=False)
            bar.update(read - bar.n)

        yield advance


def _print_summary(summary: Any, folder: Path) -> None:
    verb = "Interrupted: read" if summary.interrupted else "Read"
    click.echo(
        f"{verb} {_count(summary.submissions, 'submission')}, {_count(summary.documents, 'document')}, "
        f"{_bytes(summary.bytes)} in {summary.seconds:.1f} s."
    )
    for count, what in (
        (summary.unchanged, "unchanged, not read again"),
        (summary.skipped, "without a submission, skipped"),
        (len(summary.vanished), "gone since the last build (`--prune` takes out what came from them)"),
    ):
        if count:
            click.echo(f"  {_count(count, 'file')} {what}")
    if summary.problems:
        click.echo(f"  {_count(len(summary.problems), 'problem')}: see `indexer problems`")
    status = summary.status
    click.echo(f"{folder} holds {_count(status.submissions, 'submission')}, {_count(status.documents, 'document')}.")


@main.command()
@INDEX_OPTION
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def status(folder: Path, *, as_json: bool) -> None:
    """Say what is in the index."""
    with _errors_as_lines(), closing(_manifest(folder)) as manifest:
        now, forms, kinds = manifest.status(), manifest.forms(), manifest.problem_kinds()
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        if as_json:
            report = {"version": 1, "index": str(folder), **asdict(now), "size": size}
            click.echo(json.dumps({**report, "forms": dict(forms), "problem_kinds": dict(kinds)}, indent=2))
        else:
            _print_status(now, folder, size)
            _print_counts("forms", forms)
            _print_counts("problems", kinds)


def _manifest(folder: Path) -> Manifest:
    contents.check(folder)
    return Manifest.open(folder, at=contents.generation(folder))


def _print_status(now: Status, folder: Path, size: int) -> None:
    passed = f" ({_count(now.copies, 'further copy', 'further copies')} passed over)" if now.copies else ""
    click.echo(f"{folder}: generation {now.generation}, committed {now.committed or 'never'} by {now.program}")
    click.echo(f"  submissions  {now.submissions:,}{passed}")
    click.echo(f"  filed        {_day(now.first_filed)} to {_day(now.last_filed)}")
    click.echo(f"  documents    {now.documents:,}")
    for name in ("text", "empty", "binary", "rendered", "unread"):
        click.echo(f"    {name:<10} {getattr(now, name):>8,}")
    click.echo(f"  text         {now.characters:,} characters of {_bytes(now.bytes)} read")
    click.echo(f"  files        {now.files:,} ({now.skipped:,} without a submission, {now.failed:,} unreadable)")
    click.echo(f"  index size   {_bytes(size)}")


def _print_counts(title: str, counts: list[tuple[str, int]]) -> None:
    if counts:
        click.echo(f"  {title}")
        for value, count in counts:
            click.echo(f"    {value or '(none)':<24} {count:>8,}")


@main.command()
@INDEX_OPTION
@click.option("--kind", help="Only problems of this kind.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def problems(folder: Path, kind: str | None, *, as_json: bool) -> None:
    """List what could not be read, or not as it should be, and what was done about it."""
    with _errors_as_lines(), closing(_manifest(folder)) as manifest:
        for record in manifest.problems():
            if kind is None or record.problem.kind == kind:
                row = {"accession": record.accession, **asdict(record.problem)}
                line = f"{record.problem.kind}  {record.problem}"
                click.echo(json.dumps(row, ensure_ascii=False) if as_json else line)


@main.command()
@click.argument("what", metavar="FILE_OR_ACCESSION[:FILENAME]")
@INDEX_OPTION
@click.option("--json", "form", flag_value="json", help="Everything that was read, as JSON.")
@click.option("--text", "form", flag_value="text", help="The text of the document, or of all.")
@click.option("--header", "form", flag_value="header", help="The header as it stood.")
@click.option("--at", "place", metavar="START[..END]", help="With --text: only these characters of it.")
def show(what: str, folder: Path, form: str | None, place: str | None) -> None:
    """Print what was read of a submission file (no index needed), or of a submission in the index."""
    from indexer.limits import Limits  # noqa: PLC0415
    from indexer.show import from_file, from_index  # noqa: PLC0415

    with _errors_as_lines():
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


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _bytes(number: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if number < 1000 or unit == "GB":
            break
        number /= 1000
    return f"{number:,.0f} {unit}" if unit == "bytes" else f"{number:,.1f} {unit}"


def _day(number: int | None) -> str:
    return f"{number // 10000}-{number // 100 % 100:02}-{number % 100:02}" if number else "?"
