"""The table of contents of a Whoosh index: which segments an index has; read and written, checked and durable.

The file is Whoosh's own, with a checksum behind it that Whoosh does not look at. Writing one is what makes a commit:
everything it names is on disk before it gets its name.
"""

import re
import secrets
import shutil
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import _CURRENT_TOC_VERSION, TOC, FileIndex
from whoosh.index import _DEF_INDEX_NAME as NAME

from indexer.errors import IndexerError, NoIndexError, UnusableIndexError
from indexer.storage import location
from indexer.storage.durable import sync, sync_folder
from indexer.whoosh_compat.pickles import loads

_ATTEMPTS, _PAUSE = 20, 0.02
_SEGMENT = re.compile(f"{NAME}_[0-9a-z]+")

Opened = TypeVar("Opened")


class Storage(FileStorage):  # type: ignore[misc]
    """Whoosh's folder of files, made durable: what is renamed into place is on disk first."""

    temporary: "Storage | None" = None
    """Where a builder's temporary files go, so that one call takes them all away."""

    def temp_storage(self, name: str | None = None) -> "Storage":
        """This builder's own folder for temporary files (Whoosh shares one, and empties it under the others)."""
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
        sync_folder(Path(self.folder))


class _TableStorage(Storage):
    """Where a table is written: it gets its checksum when it is finished, just before it is renamed."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename the table into place."""
        with (Path(self.folder) / oldname).open("r+b") as file:
            file.write(location.TRAILER.pack(location.MAGIC, crc32(file.read())))
        super().rename_file(oldname, newname, safe)


def write_table(folder: Path, schema: Any, segments: list[Any], generation: int) -> None:
    """Commit: have all of the folder's files on disk, then the table that names the segments."""
    sync_folder(folder)
    TOC(schema, segments, generation).write(_TableStorage(str(folder)), NAME)


def read_table(folder: Path) -> Any:
    """The last commit's table (`whoosh.index.TOC`); see `open_last`."""
    return open_last(folder, lambda table: table)


def open_reader(folder: Path) -> Any:
    """Whoosh's reader of the last commit; see `open_last`."""
    storage = FileStorage(str(folder))
    return open_last(folder, lambda table: FileIndex._reader(storage, table.schema, table.segments, table.generation))


def open_last(folder: Path, opened: Callable[[Any], Opened]) -> Opened:
    """What `opened` makes of the last commit's table. NoIndexError, UnusableIndexError.

    A commit may take away the table, or files it names, before they are opened: then the new one is read.
    """
    for _ in range(_ATTEMPTS):
        try:
            return opened(_read(folder))
        except FileNotFoundError as error:
            missing = error.filename or folder
            time.sleep(_PAUSE)
        except IndexerError:
            raise
        except Exception as error:  # whatever reading damaged bytes may raise
            raise UnusableIndexError(f"the index at {folder} is damaged ({error!r}): run `indexer verify`") from error
    raise UnusableIndexError(f"{missing} is missing: run `indexer verify`")


def _read(folder: Path) -> Any:
    generation = location.generation(folder)
    if generation < 0:
        raise NoIndexError(f"no index at {folder}: build one with `indexer build PATH --index {folder}`")
    return _table(StructFile(BytesIO(location.table(folder, generation))), generation)


def _table(stream: Any, generation: int) -> Any:
    """The table in a stream, as `TOC.read` reads it; ValueError where it is none, UnusableIndexError."""
    sizes = [stream.read_varint() for _ in range(3)]
    order, version = stream.read_int(), stream.read_int()
    if (order, version) != (-12345, _CURRENT_TOC_VERSION):
        raise ValueError(f"not a table of contents of Whoosh 2.7.4: {sizes}, {order}, {version}")
    release = tuple(stream.read_varint() for _ in range(3))
    schema = loads(stream.read_string())
    stream.read_int()  # the generation, which its name says
    stream.read_int()
    segments = stream.read_pickle()
    if not all(_SEGMENT.fullmatch(segment.segment_id()) for segment in segments):
        raise UnusableIndexError("its table of contents names a segment that would lie elsewhere")
    return TOC(schema, segments, generation, version=version, release=release)
