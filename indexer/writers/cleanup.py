"""Take away what lies in an index's folder and no table of contents names: left by builds that were cut short, or
superseded.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from indexer.storage.location import REBUILD, is_in_place
from indexer.texts.text_layout import stored_files
from indexer.whoosh_compat.commits import generation_of, is_unfinished, segment_of
from indexer.whoosh_compat.toc import read_table


def take_away_orphans(folder: Path) -> None:
    """Delete what no table of contents names; the lock is held, and no worker is writing."""
    for path in orphans(folder):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def orphans(folder: Path) -> list[Path]:
    """List what the table of contents does not name, or not any more.

    No text file is among them when a segment does not say which it needs (one that Whoosh's own writer made).
    """
    table = read_table(folder)
    segments: Sequence[Any] = table.segments
    generation = table.generation
    named = {segment.segment_id() for segment in segments}
    found = [path for path in sorted(folder.iterdir()) if _is_orphan(path, named, generation)]
    if all(hasattr(segment, "texts") for segment in segments):
        needed = {file for segment in segments for file in segment.texts}
        found += [path for path in stored_files(folder) if path.stem not in needed]
    return found


def _is_orphan(path: Path, named: set[str], generation: int) -> bool:
    if path.name == REBUILD:
        return is_in_place(path, generation)
    if (table := generation_of(path.name)) is not None:
        return table < generation
    if (segment := segment_of(path.name)) is not None:
        return segment not in named
    return is_unfinished(path.name)


def superseded_tables(folder: Path, generation: int) -> list[Path]:
    """List the tables of contents of the generations before this one."""
    tables = ((path, generation_of(path.name)) for path in folder.iterdir())
    return [path for path, number in tables if number is not None and number < generation]
