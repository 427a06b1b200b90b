"""Write lines of text to a file; `indexer.storage.durable` has what makes it whole or not there at all."""

from collections.abc import Iterable
from pathlib import Path

from indexer.storage.durable import replacing


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines to a file, in UTF-8, whole or not at all."""
    with replacing(path) as beside, beside.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
