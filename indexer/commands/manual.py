"""A manual page (`man`) of a command, made of its help: `search --man`, `indexer --man`. No command here."""

import inspect
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version

import click

_WIDE = 10_000
"""Columns of a help that breaks no line."""


def page(command: click.Command, name: str, *, files: Iterable[str] = ()) -> Iterator[str]:
    """Write the page in roff, a line at a time: of a group also each of its commands. `files` are what it reads."""
    context = click.Context(command, info_name=name, max_content_width=_WIDE, terminal_width=_WIDE)
    about = _about(command)
    yield f'.TH {name.upper()} 1 "" "edgar-corpus-search {version("edgar-corpus-search")}" "User Commands"'
    yield ".ad l"
    yield from (".SH NAME", f"{name} \\- {_plain(about[0].rstrip('.'))}", ".SH SYNOPSIS")
    yield f"\\fB{name}\\fR {_plain(' '.join(command.collect_usage_pieces(context)))}"
    yield ".SH DESCRIPTION"
    yield from _paragraphs(about)
    yield from _options(command, context)
    if isinstance(command, click.Group):
        yield ".SH COMMANDS"
        for each in command.list_commands(context):
            yield from _subcommand(command, context, each)
    yield ".SH EXIT STATUS"
    yield "0: found, or done. 1: nothing found, or done but for some files. 2: an error, one message on standard error."
    yield "130: interrupted."
    yield from (".SH FILES", *(line for each in files for line in (".TP", _plain(each))))


def _about(command: click.Command) -> list[str]:
    """Take what the help says of a command apart into paragraphs; those that are examples keep their lines."""
    parts = re.split(r"\n\s*\n", inspect.cleandoc(command.help or ""))
    return [part if part.startswith("\b") else " ".join(part.split()) for part in parts if part.strip()]


def _paragraphs(paragraphs: Iterable[str]) -> Iterator[str]:
    for each in paragraphs:
        if each.startswith("\b"):
            yield from (".PP", ".nf", *map(_plain, each.splitlines()[1:]), ".fi")
        else:
            yield from (".PP", _plain(each))


def _options(command: click.Command, context: click.Context, heading: str = ".SH OPTIONS") -> Iterator[str]:
    """Write the options as the help has them, under the names of their groups where they have any."""
    group = ""
    yield heading
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if record is None or not record[1]:
            continue
        if (named := getattr(param, "group", "")) != group:
            group = named
            yield f".SS {_plain(group)}"
        yield from (".TP", f"\\fB{_plain(record[0])}\\fR", _plain(record[1]))


def _subcommand(group: click.Group, context: click.Context, name: str) -> Iterator[str]:
    command = group.get_command(context, name)
    assert command
    within = click.Context(command, info_name=name, parent=context)
    yield f".SS {_plain(f'{context.info_name} {name} ' + ' '.join(command.collect_usage_pieces(within)))}"
    yield from _paragraphs(_about(command))
    yield from _options(command, within, ".PP")


def _plain(text: str) -> str:
    r"""Escape what roff would read.

    >>> print(_plain("-n, --limit  .x"), _plain(".x"))
    \-n, \-\-limit  .x \&.x
    """
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
