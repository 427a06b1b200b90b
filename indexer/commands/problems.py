"""`indexer problems`: what could not be read, or not as it should be, and what was done about it."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.terminal import INDEX_OPTION, PAGER_OPTION, json_lines, print_lines
from indexer.errors import ProblemKind

if TYPE_CHECKING:
    from indexer.manifest.records import ProblemRecord

VERSION = 1
"""Of the JSON's shape; see docs/reliability.md."""
_KINDS = [kind.value for kind in ProblemKind]


@click.command(short_help="List what could not be read, and what was done about it.")
@INDEX_OPTION
@click.option("--kind", type=click.Choice(_KINDS), metavar="KIND", help=f"Only those of one kind: {', '.join(_KINDS)}.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@PAGER_OPTION
def problems(folder: Path, kind: str | None, *, as_json: bool, pager: str | None) -> None:
    """List what could not be read, or not as it should be, and what was done about it."""
    from indexer.engines.engine import open_manifest  # noqa: PLC0415  (loads SQLite)

    said = _json_line if as_json else _line
    with open_manifest(folder) as manifest:
        print_lines(map(said, manifest.problems(kind)), pager)


def _line(record: "ProblemRecord") -> str:
    return f"{record.problem.kind}  {record.problem}"


def _json_line(record: "ProblemRecord") -> str:
    names = {"type": "problem", "version": VERSION, "accession": record.accession, "file": record.path}
    [line] = json_lines({**names, **asdict(record.problem)})
    return line
