"""The `indexer` command: the group of its commands, which are in `indexer.commands`, a module each."""

import sys

import click

from indexer.commands.build import build
from indexer.commands.change import add, relocate, remove, watch
from indexer.commands.compare import compare
from indexer.commands.export import export
from indexer.commands.fetch import fetch
from indexer.commands.problems import problems
from indexer.commands.show import show
from indexer.commands.status import status
from indexer.commands.terminal import let_go, run
from indexer.commands.verify import verify
from indexer.errors import IndexerError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="edgar-corpus-search")
def commands() -> None:
    """Build and look after a full-text index of EDGAR submission files."""


for command in (build, add, remove, relocate, watch, fetch, compare, status, problems, verify, show, export):
    commands.add_command(command)


def main() -> None:
    """Run the console script."""
    code = run(commands, "indexer", (IndexerError,))
    let_go()
    sys.exit(code)
