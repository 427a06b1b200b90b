"""Tell whether the rows of the manifest are as they were written: a digest of each table, kept beside it.

The digest of a table is the sum of the CRC-32 of its rows, so that a row that comes, changes or goes changes it at
once: triggers of the writer's connection keep it. It covers all that a row says, the generations it holds in, and
whether the row is there. That the indexes of a table lead to its rows is SQLite's own check.
"""

import sqlite3
from collections.abc import Iterator
from zlib import crc32

SCHEMA = "CREATE TABLE digest (name TEXT PRIMARY KEY, total INTEGER);"
_FUNCTION = "row_crc"


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the function of SQL that both sides use."""
    connection.create_function(_FUNCTION, -1, _row_crc, deterministic=True)


def _row_crc(*values: object) -> int:
    return crc32(repr(values).encode("utf-8", "surrogatepass"))


def keep(connection: sqlite3.Connection, table: str) -> None:
    """Have whatever this connection writes to a table change its digest as well."""
    connection.execute("INSERT OR IGNORE INTO digest VALUES (?, 0)", (table,))
    new, old = (_row(connection, table, of) for of in ("NEW.", "OLD."))
    for event, change in (("INSERT", f"+ {new}"), ("DELETE", f"- {old}"), ("UPDATE", f"+ {new} - {old}")):
        connection.execute(
            f"CREATE TEMP TRIGGER {table}_{event} AFTER {event} ON main.{table} BEGIN "
            f"UPDATE digest SET total = total {change} WHERE name = '{table}'; END"
        )


def altered(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """Say what of a table is not as it was written; nothing when all is. Reads every row: 2 microseconds each.

    Raises sqlite3.DatabaseError, also where there are no digests: an unreleased program wrote none.
    """
    total = f"SELECT COALESCE(SUM({_row(connection, table)}), 0) FROM {table} NOT INDEXED"
    [(same,)] = connection.execute(f"SELECT (SELECT total FROM digest WHERE name = ?) IS ({total})", (table,))
    if not same:
        yield f"rows of the table {table} are not as they were written"
    yield from (said for (said,) in connection.execute(f"PRAGMA integrity_check({table})") if said != "ok")


def _row(connection: sqlite3.Connection, table: str, of: str = "") -> str:
    """Write the call for the CRC-32 of a row in SQL; `of` says which row, in a trigger."""
    columns = connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
    names = ", ".join(f"{of}{name}" for name in ("rowid", *(name for (name,) in columns)))
    return f"{_FUNCTION}({names})"
