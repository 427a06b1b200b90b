"""More than `--help` has: the query language and the output as pages, the defaults file, and the manual page."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click

from indexer.commands import defaults, manual
from search.commands.request import FOUND, Request
from search.output.printer import Report

_FOLDER = "docs"
"""Of the pages: within the package where it was installed, beside it in a checkout."""


def query(request: Request) -> int:
    """Print the page of the query language."""
    return _printed(request, _page("query-language.md"))


def output(request: Request) -> int:
    """Print the page of the output."""
    return _printed(request, _page("output.md"))


def config(request: Request) -> int:
    """Print where the defaults file is, what holds now, and what can be in it."""
    return _printed(request, defaults.lines())


def manual_page(request: Request) -> int:
    """Print the manual page."""
    command = click.get_current_context().command
    for line in manual.page(command, "search", files=[str(defaults.file())]):
        click.echo(line)
    return FOUND


def _printed(request: Request, lines: Iterator[str]) -> int:
    request.printer.report(Report(lines))
    return FOUND


def _page(name: str) -> Iterator[str]:
    packaged = files("search") / _FOLDER / name
    path = packaged if packaged.is_file() else Path(__file__).parents[2] / _FOLDER / name
    return iter(path.read_text(encoding="utf-8").splitlines())
