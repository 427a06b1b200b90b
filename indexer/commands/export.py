"""`indexer export`: the index as a plain Whoosh index; `indexer backup`: the index as it is."""

from pathlib import Path

import click

from indexer.commands.terminal import INDEX_OPTION, echo
from indexer.printing import count

# ruff: noqa: PLC0415  (a command imports what it needs when it runs, so that none waits for another's libraries)


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@INDEX_OPTION
def export(target: Path, folder: Path) -> None:
    """Write the index into the new folder DIR as a plain Whoosh index.

    Any Whoosh 2.7.4 opens it, without this program. The texts themselves are not copied.
    """
    from indexer.engines.engine import export

    documents = export(folder, target)
    echo(f"{target} holds {count(documents, 'document')}.")


@click.command(short_help="Copy the index, while it is asked and written to.")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@INDEX_OPTION
def backup(target: Path, folder: Path) -> None:
    """Copy the index into the new folder DIR, as of its last commit; it may be asked and written to meanwhile.

    The copy is an index like any other: to restore it, put it in the place of the old one.
    """
    from indexer.engines.engine import back_up

    generation = back_up(folder, target)
    echo(f"{target} is {folder} at generation {generation}; `indexer verify --index {target}` checks it.")
