"""Making an index that was built beside another take its place: with one rename, and nothing to see before it."""

import os
import shutil
from pathlib import Path
from typing import Any

from indexer.storage.durable import sync_folder
from indexer.texts import FOLDER
from indexer.whoosh_compat.toc import Storage, read_table, write_table


def bring(child: Path, folder: Path) -> None:
    """Have the segments and texts of the index in `child` in `folder` too, where no table of contents names them yet.

    They are linked, not copied, where the file system can: both are there until the child is taken away. Names are
    random, so none is taken.
    """
    texts = folder / FOLDER
    texts.mkdir(exist_ok=True)
    for segment in read_table(child).segments:
        for name in segment.list_files(Storage(str(child))):
            _link(child / name, folder / name)
        for file in segment.texts:
            _link(child / FOLDER / f"{file}.zst", texts / f"{file}.zst")
    sync_folder(texts)
    sync_folder(folder)


def name_all(child: Path, folder: Path, generation: int) -> None:
    """Commit: from this generation on, the index in `folder` has the segments of the one in `child`."""
    table: Any = read_table(child)
    write_table(folder, table.schema, table.segments, generation)


def _link(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)  # left by a rebuild that was cut short here
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copyfile(source, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())
