"""Long answers on a terminal go through a pager, as git's do: `less`, $PAGER, or what `--pager` names."""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import PurePath
from shutil import get_terminal_size

from indexer.printing import columns, unmarked

LESS = "less"
_SETTINGS = {"LESS": "FRX", "LV": "-c"}
"""What git sets for pagers where the user has not: less leaves short texts standing, and shows colours."""
_NONE = ("", "cat")


def pager(named: str | None) -> tuple[str, ...]:
    """Say which program shows what is longer than the screen: the one named, $PAGER, or less; empty for none."""
    if os.environ.get("TERM", "dumb") == "dumb":
        return ()
    command = named if named is not None else os.environ.get("PAGER", LESS)
    try:
        words = tuple(shlex.split(command))
    except ValueError as error:  # a quotation mark that nothing closes
        sys.stderr.write(f"the pager {command} cannot be run: {error}\n")
        return ()
    return () if " ".join(words) in _NONE else words


def is_less(command: Sequence[str]) -> bool:
    """Tell whether a pager understands the options of less."""
    return bool(command) and PurePath(command[0]).name == LESS


def show(lines: Iterable[str], command: Sequence[str]) -> None:
    """Print lines; where they are longer than the screen, through a pager.

    BrokenPipeError when the reader left before all was written.
    """
    screen = get_terminal_size()
    rest = iter(lines)
    first, fits = _screenful(rest, screen.columns, screen.lines - 1)
    if fits or not command:
        sys.stdout.writelines(f"{line}\n" for line in chain(first, rest))
    else:
        page(chain(first, rest), command)


def _screenful(lines: Iterator[str], width: int, height: int) -> tuple[list[str], bool]:
    """Take as many lines as fill the screen, and say whether they were all."""
    first = list[str]()
    used = 0
    for line in lines:
        first.append(line)
        used += max(1, -(-columns(unmarked(line)) // max(1, width)))
        if used > height:
            return first, False
    return first, True


def page(lines: Iterable[str], command: Sequence[str]) -> None:
    """Show lines in a pager, and wait for it to be left; without it, print them.

    BrokenPipeError when it was left before all was written.
    """
    sys.stdout.flush()
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, env={**_SETTINGS, **os.environ}, text=True, errors="backslashreplace"
        )
    except OSError as error:
        sys.stderr.write(f"the pager {command[0]} cannot be run: {error.strerror}\n")
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return
    with _waited_for(process):
        assert process.stdin
        process.stdin.writelines(f"{line}\n" for line in lines)
        process.stdin.flush()


@contextmanager
def _waited_for(process: "subprocess.Popen[str]") -> Iterator[None]:
    """Close the pager's input in the end, and leave the terminal to it until it is done; ^C is for it alone."""
    try:
        yield
    finally:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            process.communicate()
        finally:
            signal.signal(signal.SIGINT, before)
