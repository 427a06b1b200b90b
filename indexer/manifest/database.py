"""Open the manifest's SQLite file, of this version or not at all. What its tables hold is asked in `manifest`."""

import sqlite3
from pathlib import Path

from indexer.errors import OtherVersionError, UnusableIndexError
from indexer.manifest.digests import add_functions

VERSION = 2
"""Of the tables."""
DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What damaged pages raise: the message of an error may quote them, and they may be no UTF-8."""


def opened(path: Path) -> sqlite3.Connection:
    """Connect for reading, also where nothing can be written: SQLite would make a file beside one in WAL mode."""
    try:
        return checked(connect(path, "mode=ro"), path)
    except sqlite3.OperationalError:
        pass
    wal = path.with_name(f"{path.name}-wal")
    try:
        if not wal.exists():
            return checked(connect(path, "immutable=1"), path)
        return _copied(path, wal)
    except sqlite3.OperationalError as error:
        raise UnusableIndexError(f"{path} cannot be read ({error})") from error


def _copied(path: Path, wal: Path) -> sqlite3.Connection:
    """Connect to a copy of a file and of what waits to be written to it."""
    import shutil  # noqa: PLC0415  (seldom; it loads what unpacks archives)
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as copied:
        for each in (path, wal):
            shutil.copy(each, copied)
        return checked(connect(Path(copied) / path.name, "mode=rw"), path)


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open a database, for any thread; `mode` is a parameter of SQLite's file URIs."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, check_same_thread=False)
    add_functions(connection)
    return connection


def checked(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Return a connection to a manifest of this version. Raises UnusableIndexError, or OperationalError as it comes."""
    try:
        [(version,)] = connection.execute("PRAGMA user_version")
        [(digests,)] = connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'digest'")
    except sqlite3.OperationalError:
        connection.close()
        raise
    except DAMAGE as error:
        connection.close()
        raise UnusableIndexError(f"{path} is damaged ({error}): run `indexer verify`") from error
    if version != VERSION or not digests:
        connection.close()
        raise OtherVersionError(f"{path} is of another version of this program: `indexer build --rebuild` makes it new")
    return connection
