"""`indexer show`: what was read of a submission, from its file or from the index."""

import re
from collections.abc import Iterable
from pathlib import Path

import click

from indexer.commands.terminal import INDEX_OPTION, PAGER_OPTION, json_lines, print_lines
from indexer.errors import IndexerError

# ruff: noqa: PLC0415  (a command imports what it needs when it runs, so that none waits for another's libraries)


@click.command(short_help="Print what was read of a submission.")
@click.argument("what", metavar="FILE_OR_ACCESSION[:FILENAME]")
@INDEX_OPTION
@click.option("--json", "form", flag_value="json", help="Everything that was read, as JSON.")
@click.option("--text", "form", flag_value="text", help="The text of the document, or of all.")
@click.option("--header", "form", flag_value="header", help="The header as it stood.")
@click.option("--at", "place", metavar="START[..END]", help="With --text: only these characters of it.")
@PAGER_OPTION
def show(what: str, folder: Path, form: str | None, *, place: str | None, pager: str | None) -> None:
    """Print what was read of a submission file (no index needed), or of a submission in the index."""
    from indexer.commands.shown_submission import from_file, from_index
    from indexer.limits import Limits

    span = _span(place) if place else None
    shown = from_file(what, Limits()) or from_index(what, folder)
    match form:
        case "json":
            lines: Iterable[str] = json_lines(shown.plain(), indent=2)
        case "header":
            lines = (shown.submission.header_text,)
        case "text":
            lines = shown.text(span)
        case _:
            lines = shown.summary()
    print_lines(lines, pager)


def _span(place: str) -> tuple[int, int | None]:
    match = re.fullmatch(r"(\d+)(?:\.\.(\d+))?", place)
    if not match:
        raise IndexerError(f"--at takes START or START..END, in characters, not {place!r}")
    return int(match[1]), int(match[2]) if match[2] else None
