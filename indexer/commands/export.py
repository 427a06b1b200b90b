"""`indexer export`: the index as a plain Whoosh index."""

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
    from indexer.whoosh_compat.commits import check
    from indexer.whoosh_compat.export import export

    check(folder)
    documents = export(folder, target)
    echo(f"{target} holds {count(documents, 'document')}.")
