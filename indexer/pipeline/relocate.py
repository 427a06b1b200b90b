"""Tell an index that its corpus, or a part of it, lies elsewhere. Nothing is read anew."""

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from indexer.engines.engine import open_writer
from indexer.errors import IndexerError, NoCorpusError
from indexer.printing import printable
from indexer.storage.durable import writing


class Relocation(NamedTuple):
    """Say what came of it."""

    files: int
    """Files that the index has read and that are now looked for at the new place."""
    there: int
    """Those of them that are there."""


def relocate(folder: Path, old: Path, new: Path) -> Relocation:
    """Note that what lay at `old`, a root of the corpus or a folder within or above one, lies at `new`.

    Raises NoCorpusError when there is no folder `new`, IndexerError when no file of the index lies under `old`, and
    what opening an index for writing raises.
    """
    target, source = printable(str(new.resolve())), printable(str(old.absolute()))
    if not new.is_dir():
        raise NoCorpusError(f"{new}: no such folder")
    with writing(folder), closing(open_writer(folder, create=False)) as writer:
        names = [path for path in writer.manifest.files() if path.startswith(f"{source}/")]
        if not names:
            roots = ", ".join(sorted({place for _, place in writer.manifest.roots})) or "none"
            raise IndexerError(f"no file of the index at {folder} lies under {source}; its roots: {roots}")
        writer.relocate(source, target)
        there = sum(Path(target + path[len(source) :]).is_file() for path in names)
    return Relocation(len(names), there)
