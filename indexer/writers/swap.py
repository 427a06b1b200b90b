"""Make an index that was built in another's folder take its place: with one rename, and nothing to see before it.

The new index's files are linked into the folder, its records are put in place of the old ones, and one table of
contents makes all of it the last commit: a commit like any other.
"""

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from indexer.errors import IndexerError, UnusableIndexError
from indexer.fields.version import VERSION
from indexer.literals.dates import now
from indexer.manifest.manifest import FILE, open_manifest
from indexer.manifest.recording import Recorder
from indexer.manifest.records import program
from indexer.storage import location
from indexer.storage.durable import sync, write_whole
from indexer.texts.text_layout import FOLDER, stored_file
from indexer.whoosh_compat.commits import generation
from indexer.whoosh_compat.toc import read_table, segment_files, write_table
from indexer.writers.cleanup import take_away_orphans


def discard_unless_resumable(folder: Path) -> None:
    """Take away a rebuild that took its place before, or that another version of the program began."""
    child = folder / location.REBUILD
    if child.exists() and (location.is_in_place(child, generation(folder)) or not _is_resumable(child)):
        shutil.rmtree(child)


def _is_resumable(child: Path) -> bool:
    with suppress(IndexerError), open_manifest(child) as manifest:
        return manifest.status().program == program()
    return False


def take_place(child: Path, folder: Path) -> int:
    """Make the index in `child` the one in `folder`, whose lock is held; return the generation it becomes."""
    becomes = max(0, generation(folder)) + 1
    write_whole(child / location.BECOMES, json.dumps({"generation": becomes}).encode())
    _bring(child, folder)
    with _recorder(folder, at=becomes - 1) as recorder:
        recorder.adopt(child / FILE, at=generation(child))
        if location.is_marked_otherwise(folder, becomes - 1):
            location.mark(folder, VERSION, since=becomes)
        recorder.prepare(now(), program())
        _name_all(child, folder, becomes)
    take_away_orphans(folder)
    return becomes


def _recorder(folder: Path, *, at: int) -> Recorder:
    """Open the index's records, to be put aside; begin anew where they cannot be used."""
    with suppress(UnusableIndexError):
        recorder = Recorder.create(folder, at=at)
        if not recorder.check():
            return recorder
        recorder.close()
    for path in folder.glob(f"{FILE}*"):
        path.unlink()
    return Recorder.create(folder, at=at)


def _bring(child: Path, folder: Path) -> None:
    """Have the segments and texts of the index in `child` in `folder` too, where no table of contents names them yet.

    They are linked, not copied, where the file system can: both are there until the child is taken away. Names are
    random, so none is taken.
    """
    (folder / FOLDER).mkdir(exist_ok=True)
    for segment in read_table(child).segments:
        for path in segment_files(child, segment):
            _link(path, folder / path.name)
        for name in segment.texts:
            _link(stored_file(child, name), stored_file(folder, name))
    sync(folder / FOLDER)
    sync(folder)


def _name_all(child: Path, folder: Path, generation: int) -> None:
    """Commit: from this generation on, the index in `folder` has the segments of the one in `child`."""
    table: Any = read_table(child)
    write_table(folder, table.schema, table.segments, generation)


def _link(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)  # left by a rebuild that was cut short here
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copyfile(source, target)
        sync(target)
