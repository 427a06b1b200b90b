"""Where an answer is printed: the terminal, a pipe, or a file written whole. The formats are in `search.output`."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from indexer.harmless import harmless
from indexer.storage.durable import replacing
from search.errors import SearchError
from search.output.style import Style, style
from search.records.files import write_lines


class Destination:
    """Take an answer to standard output, or to the file named in its place."""

    def __init__(self, output: Path | None = None, *, color: str = "auto", end: str = "\n") -> None:
        """Write to `output`, or print, each line ended by `end`; mark text with colour `auto`, `always` or `never`."""
        self._output = output
        self._end = end
        self._color = color

    def lines(self, lines: Iterable[str]) -> None:
        """Print lines, or write the file of them whole."""
        if self._output:
            write_lines(self._output, lines)
            say(f"written to {self._output}")
            return
        for line in lines:
            sys.stdout.write(f"{line}{self._end}")

    def file(self, write: Callable[[Path], None], kind: str, suffix: str) -> None:
        """Have `write` write the file whole; SearchError when standard output would have to take it."""
        if not self._output:
            raise SearchError(f"{kind} is not printed: name it with --output FILE{suffix}")
        with replacing(self._output) as beside:
            write(beside)
        say(f"written to {self._output}")

    def say(self, line: str) -> None:
        """Tell the user something that is not part of the answer."""
        say(line)

    @property
    def style(self) -> Style:
        """Mark with colour and links, and break lines, on a terminal only."""
        on_terminal = sys.stdout.isatty() and not self._output
        allowed = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        coloured = self._color == "always" or (self._color == "auto" and on_terminal and allowed)
        return style(
            coloured=coloured and not self._output,
            links=coloured and on_terminal,
            width=_columns() if on_terminal else None,
            unicode=bool(self._output) or (sys.stdout.encoding or "").lower().startswith("utf"),
        )


def say(line: str) -> None:
    """Tell the user, on standard error, something that is not part of the answer."""
    sys.stdout.flush()
    sys.stderr.write(f"{harmless(line)}\n")


def _columns() -> int:
    from shutil import get_terminal_size  # noqa: PLC0415  (a pipe need not wait for it)

    return get_terminal_size().columns
