"""What several commands take: bounds, memory, the number of processes, a log file. No command here."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from indexer.commands import defaults
from indexer.limits import MEMORY, Limits
from indexer.printing import columns, count, spaced

if TYPE_CHECKING:
    from indexer.pipeline.log import Log
    from indexer.workers.worker import Settings

PARTLY_DONE = 1
"""The exit code for: done, but some files could not be read, or something is wrong."""

LEAST_MEMORY = 128 << 20
"""Bytes: with less, little would be left for words beside the program itself."""

_ABOUT_MEMORY = (
    "Memory each process may take, about, whatever the size of the corpus. "
    "One submission is read whole, which takes more for the very largest."
)

UNITS = {"k": 10**3, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
"""What a bound's value may end in; `64M` is 64 MiB."""


class ReadingOptions(NamedTuple):
    """How submissions are to be read."""

    processes: int
    limits: Limits
    memory: int
    """Bytes that a process may take, about."""
    log_file: Path | None

    def settings(self, folder: Path) -> "Settings":
        """Say how a worker is to read into that index."""
        from indexer.workers.worker import Settings, words_within  # noqa: PLC0415  (loads what reading needs)

        return Settings(folder, self.limits, words=words_within(self.memory))


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that reads submissions, which it takes as `reading`."""

    @wraps(command)
    def wrapped(processes: int, limits: Limits, memory: int, log_file: Path | None, **others: Any) -> Any:
        return command(reading=ReadingOptions(processes, limits, memory, log_file), **others)

    for option in (
        click.option("--log", "log_file", type=click.Path(path_type=Path), help="Append JSON lines of what happens."),
        click.option("--limit", "limits", multiple=True, metavar="NAME=VALUE", callback=_limits, help=_about_limits()),
        click.option(
            "--memory",
            metavar="SIZE",
            default=f"{MEMORY >> 20}M",
            show_default=True,
            callback=_memory,
            help=_ABOUT_MEMORY,
        ),
        click.option(
            "--processes",
            type=click.IntRange(1),
            metavar="NUMBER",
            default=os.cpu_count() or 1,
            help="Processes that read; one for each core where this is left away.",
        ),
    ):
        wrapped = option(wrapped)
    return wrapped


def _about_limits() -> str:
    return f"A bound on what is read, such as document_bytes=16M: {', '.join(each.name for each in fields(Limits))}."


def _limits(context: click.Context, parameter: click.Parameter, values: Iterable[str]) -> Limits:
    try:
        return replace(Limits(), **dict(map(_limit, values)))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _limit(text: str) -> tuple[str, Any]:
    """A bound's name and value.

    >>> _limit("document_bytes=64M"), _limit("pdf_seconds=2.5")
    (('document_bytes', 67108864), ('pdf_seconds', 2.5))
    """
    name, _, value = text.partition("=")
    default = {each.name: each.default for each in fields(Limits)}.get(name)
    if default is None:
        raise ValueError(f"{name!r} is no bound; they are {', '.join(each.name for each in fields(Limits))}")
    try:
        number = _number(value, float if isinstance(default, float) else int)
    except ValueError:
        raise ValueError(f"{name}={value}: {value!r} is not a number") from None
    if not number > 0:
        raise ValueError(f"{name}={value}: a bound is more than nothing")
    return name, number


def _number(value: str, kind: type[int] | type[float]) -> int | float:
    """A number with or without a unit; ValueError.

    >>> _number("64M", int), _number("2.5", float), _number("2k", int)
    (67108864, 2.5, 2000)
    """
    digits, unit = (value[:-1], UNITS[value[-1]]) if value[-1:] in UNITS else (value, 1)
    return kind(digits) * unit


def _memory(context: click.Context, parameter: click.Parameter, value: str) -> int:
    try:
        memory = int(_number(value, int))
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a size, such as 400M or 2G") from None
    if memory < LEAST_MEMORY:
        raise click.BadParameter(f"{value} is too little: a process takes {LEAST_MEMORY >> 20}M at least")
    return memory


def paths_or_default(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Take the paths that were typed, or those of the defaults file; UsageError without either."""
    context = click.get_current_context()
    found = paths or context.lookup_default("paths")
    if not found:
        raise click.UsageError(
            f"name the files or folders: `{context.command_path} PATH`, or set corpus in {defaults.file()}", context
        )
    return tuple(found)


@contextmanager
def logged(path: Path | None) -> Iterator["Log"]:
    """Open where events go: a file, or nowhere."""
    from indexer.pipeline.log import LogFile, silent  # noqa: PLC0415

    if path is None:
        yield silent
    else:
        with LogFile(path) as log:
            yield log


@contextmanager
def looking_through(paths: Iterable[Path]) -> Iterator[None]:
    """Say on a terminal that files are being looked for, from before anything is loaded until they are found."""
    from shutil import get_terminal_size  # noqa: PLC0415  (loads what unpacks archives)

    width = get_terminal_size().columns - 1 if sys.stderr.isatty() else 0
    said = spaced(f"looking for submissions in {', '.join(map(str, paths))} ...")[:width]
    sys.stderr.write(f"{said}\r" if said else "")
    sys.stderr.flush()
    try:
        yield
    finally:
        sys.stderr.write(f"{' ' * columns(said)}\r" if said else "")
        sys.stderr.flush()


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal, nothing elsewhere."""
    from tqdm import tqdm  # noqa: PLC0415  (slow to load; only reading shows progress)

    with tqdm(total=total, unit="B", unit_scale=True, disable=None, leave=False, desc="reading") as bar:

        def advance(submissions: int, read: int) -> None:
            bar.set_postfix_str(count(submissions, "submission"), refresh=False)
            bar.update(read - bar.n)

        yield advance
