"""`indexer problems`: what could not be read, or not as it should be, and what was done about it."""

from dataclasses import asdict
from pathlib import Path

import click

from indexer.commands.terminal import INDEX_OPTION, echo, echo_json
from indexer.errors import ProblemKind

VERSION = 1
"""Of the JSON's shape; see docs/reliability.md."""
_KINDS = [kind.value for kind in ProblemKind]


@click.command(short_help="List what could not be read, and what was done about it.")
@INDEX_OPTION
@click.option("--kind", type=click.Choice(_KINDS), metavar="KIND", help=f"Only those of one kind: {', '.join(_KINDS)}.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def problems(folder: Path, kind: str | None, *, as_json: bool) -> None:
    """List what could not be read, or not as it should be, and what was done about it."""
    from indexer.manifest.manifest import open_manifest  # noqa: PLC0415  (loads SQLite)

    with open_manifest(folder) as manifest:
        for record in manifest.problems(kind):
            row = {
                "type": "problem",
                "version": VERSION,
                "accession": record.accession,
                "file": record.path,
                **asdict(record.problem),
            }
            if as_json:
                echo_json(row)
            else:
                echo(f"{record.problem.kind}  {record.problem}")
