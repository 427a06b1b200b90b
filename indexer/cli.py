"""The `indexer` command: the group of its commands, which are in `indexer.commands`, a module each."""

import shlex
import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from indexer.commands import defaults
from indexer.commands.build import build
from indexer.commands.change import add, relocate, remove, watch
from indexer.commands.compare import compare
from indexer.commands.export import backup, export
from indexer.commands.fetch import fetch
from indexer.commands.problems import problems
from indexer.commands.show import show
from indexer.commands.status import status
from indexer.commands.terminal import let_go, run
from indexer.commands.verify import verify
from indexer.errors import IndexerError


class Commands(click.Group):
    """Know the commands, and what was meant by one that there is none of."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; UsageError that points to `search`, or names the nearest."""
        if args[0] in self.commands or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        if args[0] in ("search", "find", "query"):
            raise click.UsageError(f"indexer builds indexes; to ask one: {shlex.join(['search', *args[1:]])}", ctx)
        from difflib import get_close_matches  # noqa: PLC0415  (only now)

        meant = get_close_matches(args[0], self.commands, 1)
        hint = f"did you mean `indexer {meant[0]}`?" if meant else f"there are {', '.join(self.commands)}"
        raise click.UsageError(f"indexer has no command {args[0]}; {hint}", ctx)


def _aside(
    write: Callable[[click.Context, Any], Iterable[str]],
) -> Callable[[click.Context, click.Parameter, Any], None]:
    """Have an option print something in place of a command."""

    def printed(context: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value and not context.resilient_parsing:
            for line in write(context, value):
                click.echo(line)
            context.exit()

    return printed


def _defaults(context: click.Context, _: bool) -> Iterable[str]:
    return defaults.lines()


def _manual(context: click.Context, _: bool) -> Iterable[str]:
    from indexer.commands import manual  # noqa: PLC0415

    return manual.page(context.command, "indexer", files=[str(defaults.file())])


def _completion(context: click.Context, shell: str) -> Iterable[str]:
    from indexer.commands import shells  # noqa: PLC0415

    return [shells.script(context.command, "indexer", shell)]


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option("--help-config", is_flag=True, is_eager=True, expose_value=False, callback=_aside(_defaults),
              help="Show the defaults file: where it is, what holds now, what can be in it.")  # fmt: skip
@click.option("--man", is_flag=True, is_eager=True, expose_value=False, callback=_aside(_manual),
              help="Print the manual page: indexer --man | man -l -")  # fmt: skip
@click.option("--completion", type=click.Choice(["bash", "zsh", "fish"]), is_eager=True, expose_value=False,
              callback=_aside(_completion), help="Print the completion script for a shell.")  # fmt: skip
@click.version_option(package_name="edgar-corpus-search")
@click.pass_context
def commands(context: click.Context) -> None:
    """Build and look after a full-text index of EDGAR submission files.

    \b
    indexer build corpus    index the submissions of a folder
    indexer status          what is in the index
    indexer problems        what could not be read
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (build, add, remove, relocate, watch, fetch, compare, status, problems, verify, show, backup, export):
    commands.add_command(command)


def main() -> None:
    """Run the console script."""
    code = run(commands, "indexer", (IndexerError,))
    let_go()
    sys.exit(code)
