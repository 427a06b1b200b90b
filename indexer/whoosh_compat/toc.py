"""Read and write the table of contents of a Whoosh index, which names its segments: checked and durable.

The file is Whoosh's own, with a checksum behind it that Whoosh does not look at. Writing one is what makes a commit:
everything it names is on disk before it gets its name.
"""

import secrets
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import _CURRENT_TOC_VERSION, TOC

from indexer.errors import IndexerError, NoIndexError, UnusableIndexError
from indexer.storage.durable import sync
from indexer.whoosh_compat.commits import MAGIC, NAME, SEGMENT, TRAILER, Opened, generation, retried, table_bytes
from indexer.whoosh_compat.pickles import loads


class Storage(FileStorage):  # type: ignore[misc]
    """Make Whoosh's folder of files durable: what is renamed into place is on disk first."""

    temporary: "Storage | None" = None
    """Where a builder's temporary files go, so that one call takes them all away."""

    def temp_storage(self, name: str | None = None) -> "Storage":
        """Make this builder's own folder for temporary files (Whoosh shares one, and empties it under the others)."""
        if self.temporary is None:
            folder = Path(self.folder) / f"tmp-{secrets.token_hex(8)}"
            folder.mkdir()
            self.temporary = Storage(str(folder))
        return self.temporary

    def destroy(self) -> None:
        """Take the temporary files away."""
        if self.temporary is not None:
            shutil.rmtree(self.temporary.folder, ignore_errors=True)
            self.temporary = None

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename, having synced the file before and the folder after."""
        sync(Path(self.folder) / oldname)
        (Path(self.folder) / oldname).rename(Path(self.folder) / newname)
        sync(Path(self.folder))


class _TableStorage(Storage):
    """Write a table: it gets its checksum when it is finished, just before it is renamed."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename the table into place."""
        with (Path(self.folder) / oldname).open("r+b") as file:
            file.write(TRAILER.pack(MAGIC, crc32(file.read())))
        super().rename_file(oldname, newname, safe)


def write_table(folder: Path, schema: Any, segments: list[Any], generation: int) -> None:
    """Commit: have all of the folder's files on disk, then the table that names the segments."""
    sync(folder)
    TOC(schema, segments, generation).write(_TableStorage(str(folder)), NAME)


def segment_files(folder: Path, segment: Any) -> list[Path]:
    """List a segment's files in an index's folder."""
    return [folder / name for name in segment.list_files(FileStorage(str(folder)))]


def read_table(folder: Path) -> Any:
    """Read the last commit's table (`whoosh.index.TOC`: its `schema`, `segments`, `generation`); see `open_last`."""
    return open_last(folder, lambda table: table)


def open_last(folder: Path, opened: Callable[[Any], Opened]) -> Opened:
    """Return what `opened` makes of the last commit's table. Raises NoIndexError, UnusableIndexError.

    A commit may take away the table, or files it names, before they are opened: then the new one is read.
    """
    return retried(lambda: _open_once(folder, opened))


def _open_once(folder: Path, opened: Callable[[Any], Opened]) -> Opened:
    try:
        return opened(_read(folder))
    except (FileNotFoundError, IndexerError):
        raise
    except Exception as error:  # whatever reading damaged bytes may raise
        raise UnusableIndexError(f"the index at {folder} is damaged ({error!r}): run `indexer verify`") from error


def _read(folder: Path) -> Any:
    last = generation(folder)
    if last < 0:
        raise NoIndexError(f"no index at {folder}: build one with `indexer build PATH --index {folder}`")
    return _table(StructFile(BytesIO(table_bytes(folder, last))), last)


def _table(stream: Any, last: int) -> Any:
    """Read the table in a stream, as `TOC.read` reads it; ValueError where it is none, or leads out of the folder."""
    sizes = [stream.read_varint() for _ in range(3)]
    order, version = stream.read_int(), stream.read_int()
    if (order, version) != (-12345, _CURRENT_TOC_VERSION):
        raise ValueError(f"not a table of contents of Whoosh 2.7.4: {sizes}, {order}, {version}")
    release = tuple(stream.read_varint() for _ in range(3))
    schema = loads(stream.read_string())
    stream.read_int()  # the generation, which its name says
    stream.read_int()
    segments = stream.read_pickle()
    if not all(SEGMENT.fullmatch(segment.segment_id()) for segment in segments):
        raise ValueError("its table of contents names a segment that would lie elsewhere")
    return TOC(schema, segments, last, version=version, release=release)
