"""`indexer status`: what is in the index, since when, and whether it is being written to."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from indexer.commands.terminal import INDEX_OPTION, JSON_OPTION, echo, echo_json
from indexer.printing import count, size

if TYPE_CHECKING:
    from indexer.manifest.manifest import Manifest
    from indexer.manifest.records import Commit, Status
    from indexer.storage.lock import Holder

# ruff: noqa: PLC0415  (a command imports what it needs when it runs, so that none waits for another's libraries)

VERSION = 1
"""Of the JSON's shape; see docs/reliability.md."""


class _Report(NamedTuple):
    now: "Status"
    identity: str
    roots: dict[str, str]
    forms: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    size: int
    writer: "Holder | None"


@click.command()
@INDEX_OPTION
@JSON_OPTION
@click.option("--generation", type=click.IntRange(0), help="As it was at an earlier commit.")
@click.option("--history", is_flag=True, help="List the commits instead.")
def status(folder: Path, generation: int | None, *, as_json: bool, history: bool) -> None:
    """Say what is in the index."""
    from indexer.manifest.manifest import open_manifest

    with open_manifest(folder, at=generation) as manifest:
        if history:
            for commit in manifest.commits():
                if as_json:
                    echo_json({"type": "commit", "version": VERSION, **asdict(commit)})
                else:
                    echo(_commit_line(commit))
            return
        report = _report(manifest, folder)
    if as_json:
        echo_json(_as_json(report, folder), indent=2)
    else:
        _print(report, folder)


def _report(manifest: "Manifest", folder: Path) -> _Report:
    from indexer.addresses import scheme
    from indexer.storage.location import identity
    from indexer.storage.lock import held_by

    if scheme(folder):
        return _report_of_cluster(manifest, folder)
    on_disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    roots = dict(manifest.roots)
    return _Report(
        manifest.status(), identity(folder), roots, manifest.forms(), manifest.problem_kinds(), on_disk, held_by(folder)
    )


def _report_of_cluster(manifest: "Manifest", folder: Path) -> _Report:
    from indexer.cluster import submissions_there as contents
    from indexer.storage.lock import Holder

    writers = [Holder(each.pid, each.begun, each.host) for each in contents.at_work(folder)]
    counts = manifest.forms(), manifest.problem_kinds(), contents.size(folder)
    return _Report(manifest.status(), "", {}, *counts, writers[0] if writers else None)


def _as_json(report: _Report, folder: Path) -> dict[str, object]:
    from indexer.storage.lock import UNKNOWN

    return {
        "version": VERSION,
        "index": str(folder),
        "identity": report.identity,
        "roots": report.roots,
        **asdict(report.now),
        "size": report.size,
        "writer": "unknown" if report.writer == UNKNOWN else asdict(report.writer) if report.writer else None,
        "forms": dict(report.forms),
        "problem_kinds": dict(report.kinds),
    }


def _commit_line(commit: "Commit") -> str:
    return (
        f"{commit.generation:>6}  {commit.committed}  +{commit.added:,} -{commit.removed:,} submissions  "
        f"by {commit.program}"
    )


def _print(report: _Report, folder: Path) -> None:
    from indexer.storage.lock import UNKNOWN

    now = report.now
    passed = f" ({count(now.copies, 'further copy', 'further copies')} passed over)" if now.copies else ""
    echo(f"{folder}: generation {now.generation}, committed {now.committed or 'never'} by {now.program}")
    if report.writer == UNKNOWN:
        echo("  writer unknown")
    elif report.writer:
        echo(f"  being written to by {report.writer}")
    echo(f"  submissions  {now.submissions:,}{passed}")
    echo(f"  filed        {_day(now.first_filed)} to {_day(now.last_filed)}")
    echo(f"  documents    {now.documents:,}")
    for name in ("text", "empty", "binary", "rendered", "unread"):
        echo(f"    {name:<10} {getattr(now, name):>8,}")
    echo(f"  text         {now.characters:,} characters of {size(now.bytes)} read")
    echo(f"  files        {now.files:,} ({now.skipped:,} without a submission, {now.failed:,} unreadable)")
    echo(f"  size         {size(report.size)}")
    for name, place in report.roots.items():
        echo(f"  corpus       {place} ({name}/)")
    _print_counts("forms", report.forms)
    _print_counts("problems", report.kinds)


def _print_counts(title: str, counts: list[tuple[str, int]]) -> None:
    if counts:
        echo(f"  {title}")
        for value, number in counts:
            echo(f"    {value or '(none)':<24} {number:>8,}")


def _day(number: int | None) -> str:
    return f"{number // 10000}-{number // 100 % 100:02}-{number % 100:02}" if number else "?"
