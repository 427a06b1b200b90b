"""What lies in an index's folder that no table of contents names: left by builds that were cut short, or superseded."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh.index import _DEF_INDEX_NAME as NAME
from whoosh.index import TOC

from indexer.storage.location import REBUILD, is_grafted
from indexer.texts import FOLDER
from indexer.whoosh_compat.toc import read_table


def take_away_orphans(folder: Path) -> None:
    """Delete what no table of contents names; the lock is held, and no worker is writing."""
    for path in orphans(folder):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def orphans(folder: Path) -> list[Path]:
    """What the table of contents does not name, or not any more: left by builds that were cut short, or superseded.

    No text file is among them when a segment does not say which it needs (one that Whoosh's own writer made).
    """
    table = read_table(folder)
    segments: Sequence[Any] = table.segments
    generation = table.generation
    named = {segment.segment_id() for segment in segments}
    found = [path for path in sorted(folder.iterdir()) if _is_orphan(path, named, generation)]
    if all(hasattr(segment, "texts") for segment in segments):
        needed = {file for segment in segments for file in segment.texts}
        found += [path for path in sorted((folder / FOLDER).glob("*.zst")) if path.stem not in needed]
    return found


def _is_orphan(path: Path, named: set[str], generation: int) -> bool:
    file = path.name
    if file == REBUILD:
        return is_grafted(path, generation)
    if table := TOC._pattern(NAME).match(file):
        return int(table.group(1)) < generation
    if segment := TOC._segment_pattern(NAME).match(file):
        return segment.group(1) not in named
    return file.startswith((f"_{NAME}_", "tmp-")) or file.endswith(".tmp")
