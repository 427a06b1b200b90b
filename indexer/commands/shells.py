"""Scripts that have a shell complete a command: `search --completion`, `indexer --completion`. No command here."""

import click
from click.shell_completion import get_completion_class

_ZSH = "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }\n"
"""zsh knows `compdef` only where compinit was set up, which a bare ~/.zshrc does not do."""


def script(command: click.Command, name: str, shell: str) -> str:
    """Write the script for bash, zsh or fish."""
    kind = get_completion_class(shell)
    assert kind, shell
    source = kind(command, {}, name, f"_{name.upper()}_COMPLETE").source()
    if shell != "zsh":
        return source
    heading, line, rest = source.partition(f"#compdef {name}\n")
    return f"{heading}{line}{_ZSH}{rest}"
