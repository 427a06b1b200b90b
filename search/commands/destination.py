"""Where an answer is printed: the terminal, a pipe, or a file written whole. The formats are in `search.output`."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from indexer.first_use import dataclass
from indexer.harmless import harmless
from indexer.printing import broken
from indexer.storage.durable import replacing
from search.errors import SearchError
from search.output.style import Style, style

# What only a terminal needs is imported where there is one, and what only a file does likewise.
# ruff: noqa: PLC0415

MARK = "\ufeff"
"""Tells a spreadsheet that a file of text is in UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Take an answer to standard output, or to the file named in its place."""

    output: Path | None = None
    color: str = "auto"
    """`auto`, `always` or `never`."""
    end: str = "\n"
    """Of each line."""
    marked: bool = False
    """Begin with a byte-order mark."""
    pager: str | None = None
    """The program that shows what is longer than the screen; None: the user's, empty: none."""

    def lines(self, lines: Iterable[str]) -> None:
        """Print lines, or write the file of them whole; BrokenPipeError when the reader has left."""
        lines = _with_mark(lines) if self.marked else lines
        if self.output:
            from search.records.files import write_lines

            write_lines(self.output, lines)
            say(f"written to {self.output}")
        elif sys.stdout.isatty() and self.end == "\n":
            from indexer.commands import pager

            pager.show(lines, pager.pager(self.pager))
        else:
            sys.stdout.writelines(f"{line}{self.end}" for line in lines)

    def file(self, write: Callable[[Path], None], kind: str, suffix: str) -> None:
        """Have `write` write the file whole; SearchError when standard output would have to take it."""
        if not self.output:
            raise SearchError(f"{kind} is not printed: name it with --output FILE{suffix}")
        with replacing(self.output) as beside:
            write(beside)
        say(f"written to {self.output}")

    def beside(self, suffix: str, lines: Iterable[str]) -> None:
        """Write the lines of a file beside the one that was named, whole; SearchError when none was."""
        if not self.output:
            raise SearchError("name the file that it is to stand beside with --output")
        from search.records.files import write_lines

        path = self.output.with_name(self.output.name + suffix)
        write_lines(path, lines)
        say(f"written to {path}")

    def say(self, line: str) -> None:
        """Tell the user something that is not part of the answer."""
        say(line)

    @property
    def style(self) -> Style:
        """Return how what is printed is marked: with colour, links and broken lines on a terminal only."""
        on_terminal = sys.stdout.isatty() and not self.output
        allowed = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        coloured = self.color == "always" or (self.color == "auto" and on_terminal and allowed)
        return style(
            coloured=coloured and not self.output,
            links=coloured and on_terminal,
            width=_columns() if on_terminal else None,
            unicode=bool(self.output) or (sys.stdout.encoding or "").lower().startswith("utf"),
        )


def say(line: str) -> None:
    """Tell the user, on standard error, something that is not part of the answer."""
    sys.stdout.flush()
    width = _columns() if sys.stderr.isatty() else None
    sys.stderr.writelines(f"{part}\n" for part in broken(harmless(line), width))


def _with_mark(lines: Iterable[str]) -> Iterator[str]:
    mark = MARK
    for line in lines:
        yield mark + line
        mark = ""


def _columns() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns
