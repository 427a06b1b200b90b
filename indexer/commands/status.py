"""`indexer status`: what is in the index, since when, and whether it is being written to."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from indexer.commands.terminal import INDEX_OPTION, JSON_OPTION, PAGER_OPTION, json_lines, print_lines
from indexer.printing import count, size

if TYPE_CHECKING:
    from indexer.manifest.manifest import Manifest
    from indexer.manifest.records import Commit, Status
    from indexer.storage.condition import IndexCondition

# ruff: noqa: PLC0415  (a command imports what it needs when it runs, so that none waits for another's libraries)

VERSION = 1
"""Of the JSON's shape; see docs/reliability.md."""


class _Report(NamedTuple):
    now: "Status"
    roots: dict[str, str]
    forms: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    condition: "IndexCondition"


@click.command()
@INDEX_OPTION
@JSON_OPTION
@click.option("--generation", type=click.IntRange(0), help="As it was at an earlier commit.")
@click.option("--history", is_flag=True, help="List the commits instead.")
@PAGER_OPTION
def status(folder: Path, generation: int | None, *, as_json: bool, history: bool, pager: str | None) -> None:
    """Say what is in the index."""
    from indexer.engines.engine import open_manifest

    with open_manifest(folder, at=generation) as manifest:
        if history:
            print_lines(map(_commit_json if as_json else _commit_line, manifest.commits()), pager)
            return
        report = _report(manifest, folder)
    print_lines(json_lines(_as_json(report, folder), indent=2) if as_json else _lines(report, folder), pager)


def _report(manifest: "Manifest", folder: Path) -> _Report:
    from indexer.engines.engine import condition

    roots, forms, kinds = dict(manifest.roots), manifest.forms(), manifest.problem_kinds()
    return _Report(manifest.status(), roots, forms, kinds, condition(folder))


def _as_json(report: _Report, folder: Path) -> dict[str, object]:
    from indexer.storage.lock import UNKNOWN

    writer = report.condition.writer
    return {
        "version": VERSION,
        "index": str(folder),
        "identity": report.condition.identity,
        "roots": report.roots,
        **asdict(report.now),
        "size": report.condition.size,
        "writer": "unknown" if writer == UNKNOWN else asdict(writer) if writer else None,
        "forms": dict(report.forms),
        "problem_kinds": dict(report.kinds),
    }


def _commit_json(commit: "Commit") -> str:
    [line] = json_lines({"type": "commit", "version": VERSION, **asdict(commit)})
    return line


def _commit_line(commit: "Commit") -> str:
    return (
        f"{commit.generation:>6}  {commit.committed}  +{commit.added:,} -{commit.removed:,} submissions  "
        f"by {commit.program}"
    )


def _lines(report: _Report, folder: Path) -> Iterator[str]:
    from indexer.storage.lock import UNKNOWN

    now, writer = report.now, report.condition.writer
    passed = f" ({count(now.copies, 'further copy', 'further copies')} passed over)" if now.copies else ""
    yield (f"{folder}: generation {now.generation}, committed {now.committed or 'never'} by {now.program}")
    if writer == UNKNOWN:
        yield ("  writer unknown")
    elif writer:
        yield (f"  being written to by {writer}")
    yield (f"  submissions  {now.submissions:,}{passed}")
    yield (f"  filed        {_day(now.first_filed)} to {_day(now.last_filed)}")
    yield (f"  documents    {now.documents:,}")
    for name in ("text", "empty", "binary", "rendered", "unread"):
        yield (f"    {name:<10} {getattr(now, name):>8,}")
    yield (f"  text         {now.characters:,} characters of {size(now.bytes)} read")
    yield (f"  files        {now.files:,} ({now.skipped:,} without a submission, {now.failed:,} unreadable)")
    yield (f"  size         {size(report.condition.size)}")
    for name, place in report.roots.items():
        yield (f"  corpus       {place} ({name}/)")
    yield from _count_lines("forms", report.forms)
    yield from _count_lines("problems", report.kinds)


def _count_lines(title: str, counts: list[tuple[str, int]]) -> Iterator[str]:
    if counts:
        yield (f"  {title}")
        for value, number in counts:
            yield (f"    {value or '(none)':<24} {number:>8,}")


def _day(number: int | None) -> str:
    return f"{number // 10000}-{number // 100 % 100:02}-{number % 100:02}" if number else "?"
