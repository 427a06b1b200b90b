"""What an index holds of a submission, read back: its stored fields, texts and header. No questions here."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any, Self

from whoosh.index import EmptyIndexError, open_dir

from indexer.errors import NoIndexError, UnusableIndexError
from indexer.schema import VERSION, StoredDocument
from indexer.texts import FOLDER, Address, StoredText, TextStore

FILE = "edgar-index.json"
"""Says which version of the fields an index has; written when it is made."""

_NAMES = frozenset(field.name for field in fields(StoredDocument))


def mark(folder: Path) -> None:
    """Write down which version of the fields the index at `folder` has, where that is not done yet."""
    if not (folder / FILE).exists():
        (folder / FILE).write_text(json.dumps({"schema": VERSION}) + "\n")


def check(folder: Path) -> None:
    """Raise NoIndexError or UnusableIndexError unless this program can read the index at `folder`."""
    try:
        version = json.loads((folder / FILE).read_text())["schema"]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoIndexError(f"no index at {folder}: build one with `indexer build PATH --index {folder}`") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnusableIndexError(f"{folder / FILE} cannot be read ({error}): build the index anew") from error
    if version > VERSION:
        raise UnusableIndexError(
            f"the index at {folder} was made by a newer version of this program (fields {version}, this one knows "
            f"{VERSION}): update the program, or build the index anew"
        )
    if version < VERSION:
        raise UnusableIndexError(
            f"the index at {folder} was made by an older version of this program (fields {version}, this one writes "
            f"{VERSION}): build it anew with `indexer build --rebuild`"
        )


def generation(folder: Path) -> int:
    """Of the index's last commit; -1 before the first."""
    tables = (re.fullmatch(r"_MAIN_(\d+)\.toc", path.name) for path in folder.glob("_MAIN_*.toc"))
    return max((int(table[1]) for table in tables if table), default=-1)


class Contents:
    """An index opened for looking submissions up by accession number."""

    def __init__(self, reader: Any, texts: TextStore) -> None:
        self._reader, self._texts = reader, texts

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index at `folder`; NoIndexError or UnusableIndexError."""
        check(folder)
        try:
            return cls(open_dir(folder).reader(), TextStore(folder / FOLDER))
        except (EmptyIndexError, OSError) as error:
            raise UnusableIndexError(f"the index at {folder} cannot be opened ({error})") from error

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
