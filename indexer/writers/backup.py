"""Copy an index while it is asked and written to: its last commit, whole, or nothing.

What a commit names is never written over, only taken away by a later one; so all is opened first and copied then. The
records are copied by SQLite; rows of a commit that the copy has not are taken back by its next writer.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, BinaryIO

from indexer.addresses import refuse_within
from indexer.errors import IndexerError
from indexer.manifest.database import connect
from indexer.manifest.manifest import FILE
from indexer.storage import location
from indexer.storage.durable import sync
from indexer.texts.text_layout import FOLDER, stored_file, stored_files
from indexer.whoosh_compat.commits import check, retried, table_path
from indexer.whoosh_compat.toc import read_table, segment_files


def back_up(folder: Path, target: Path) -> int:
    """Copy the last commit of an index into a new folder; return its generation.

    Raises IndexerError where something is there already, UnwritableIndexError in the index, NoIndexError,
    UnusableIndexError and OSError.
    """
    check(folder)
    refuse_within(folder, target)
    if target.exists():
        raise IndexerError(f"{target} is there already: an index is backed up into a new folder")
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        generation = _copied(folder, beside)
        beside.rename(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    sync(target.parent)
    return generation


def _copied(folder: Path, target: Path) -> int:
    (target / FOLDER).mkdir(parents=True)
    with ExitStack() as opening:
        generation, files = retried(lambda: _opened(folder, opening))
        for path, file in files:
            copy_file(file, target / path.relative_to(folder))
        with closing(connect(folder / FILE, "mode=ro")) as records, closing(connect(target / FILE, "mode=rwc")) as copy:
            records.backup(copy)
    for each in (target / FILE, target / FOLDER, target):
        sync(each)
    return generation


def copy_file(file: BinaryIO, target: Path) -> None:
    """Copy an open file, from its beginning, to the disk."""
    with target.open("xb") as copy:
        shutil.copyfileobj(file, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())


def _opened(folder: Path, opening: ExitStack) -> tuple[int, list[tuple[Path, BinaryIO]]]:
    """Open all that the last commit names; FileNotFoundError when a later one has taken any of it away."""
    table = read_table(folder)
    paths = [table_path(folder, table.generation), folder / location.FILE, *_named(folder, table.segments)]
    return table.generation, [(path, opening.enter_context(path.open("rb"))) for path in paths]


def _named(folder: Path, segments: list[Any]) -> Iterator[Path]:
    for segment in segments:
        yield from segment_files(folder, segment)
    if all(hasattr(segment, "texts") for segment in segments):
        yield from {stored_file(folder, name): None for segment in segments for name in segment.texts}
    else:
        yield from stored_files(folder)
