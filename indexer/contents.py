"""An index's folder: whether it is one, of which version, at which generation; and what it holds of a submission.

No questions here; those are `search`'s. Who writes to the index is `lock`'s business.
"""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any, Self

from indexer.durable import sync_folder, write_whole
from indexer.errors import NoIndexError, UnusableIndexError, UnwritableIndexError
from indexer.lock import FILE as LOCK_FILE
from indexer.schema import VERSION, StoredDocument
from indexer.texts import FOLDER, Address, StoredText, TextStore

FILE = "edgar-index.json"
"""Says which version of the fields an index has; written when it is made."""

_NAMES = frozenset(field.name for field in fields(StoredDocument))


def make(folder: Path) -> None:
    """Have an index's folder there: made, or found to be one. UnusableIndexError, UnwritableIndexError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = [] if (folder / FILE).exists() else sorted(filter(_is_foreign, folder.iterdir()))
        if foreign:
            said = f"{folder} holds other things ({foreign[0].name})"
            raise UnusableIndexError(f"{said}: give the index a folder of its own")
        if not (folder / FILE).exists():
            mark(folder, VERSION)
            sync_folder(folder.parent)
    except FileExistsError as error:
        raise UnusableIndexError(f"{folder} is a file: give the index a folder of its own") from error
    except OSError as error:
        raise UnwritableIndexError(f"{folder} cannot be written: {error.strerror}") from error


def _is_foreign(path: Path) -> bool:
    """Whether something in a folder is not what an index begins with."""
    return path.name != LOCK_FILE and not path.name.startswith(FILE)


def mark(folder: Path, version: int, *, since: int | None = None) -> None:
    """Write down which version of the fields the index has, from generation `since` on where it was another before."""
    before = {} if since is None else {"before": {"schema": version_of(folder), "generation": since}}
    write_whole(folder / FILE, json.dumps({"schema": version, **before}).encode() + b"\n")


def version_of(folder: Path) -> int:
    """Which version of the fields the index has; NoIndexError, UnusableIndexError."""
    try:
        marked = json.loads((folder / FILE).read_bytes())
        before = marked.get("before")
        if before and generation(folder) < before["generation"]:
            return int(before["schema"])
        return int(marked["schema"])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoIndexError(f"no index at {folder}: build one with `indexer build PATH --index {folder}`") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableIndexError(
            f"{folder / FILE} cannot be read ({error}): build the index anew with `indexer build PATH --rebuild`"
        ) from error


def check(folder: Path) -> None:
    """Raise NoIndexError or UnusableIndexError unless this program can read the index at `folder`."""
    version = version_of(folder)
    if version > VERSION:
        raise UnusableIndexError(
            f"the index at {folder} was made by a newer version of this program (fields {version}, this one knows "
            f"{VERSION}): update the program, or build the index anew with `indexer build PATH --rebuild`"
        )
    if version < VERSION:
        raise UnusableIndexError(
            f"the index at {folder} was made by an older version of this program (fields {version}, this one writes "
            f"{VERSION}): build it anew with `indexer build PATH --rebuild`"
        )


def generation(folder: Path) -> int:
    """Of the index's last commit; -1 before the first. Cheap enough to be asked for every second."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return -1
    tables = (re.fullmatch(r"_MAIN_(\d+)\.toc", name) for name in names)
    return max((int(table[1]) for table in tables if table), default=-1)


class Contents:
    """An index opened for looking submissions up by accession number."""

    def __init__(self, reader: Any, texts: TextStore) -> None:
        self._reader, self._texts = reader, texts

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index at `folder`; NoIndexError or UnusableIndexError."""
        from indexer.writers.tables import open_reader  # noqa: PLC0415  (what asks only for the version needs no engine)

        check(folder)
        return cls(open_reader(folder), TextStore(folder / FOLDER))

    def documents(self, accession: str) -> list[StoredDocument]:
        """A submission's documents in their order; none when the index does not hold it."""
        word = accession.lower()
        if ("accession", word) not in self._reader:
            return []
        matcher = self._reader.postings("accession", word)
        kept = (self._reader.stored_fields(number) for number in matcher.all_ids())
        found = [StoredDocument(**{name: each[name] for name in each if name in _NAMES}) for each in kept]
        return sorted(found, key=lambda document: document.ordinal)

    def text(self, document: StoredDocument) -> StoredText:
        """A document's text."""
        return self._texts[Address.parse(document.text)]

    def header(self, document: StoredDocument) -> str:
        """The header of a document's submission, as it stood."""
        return self._texts[Address.parse(document.header)].whole()

    def close(self) -> None:
        """Release files."""
        self._reader.close()
        self._texts.close()
