"""What an index holds of a submission, read back: its stored fields, texts and header. No questions here."""

from dataclasses import fields
from pathlib import Path
from typing import Any, Self

from indexer.schema import StoredDocument
from indexer.storage.location import check
from indexer.texts import FOLDER, Address, StoredText, TextStore
from indexer.whoosh_compat.toc import open_reader

_NAMES = frozenset(field.name for field in fields(StoredDocument))


class Contents:
    """An index opened for looking submissions up by accession number."""

    def __init__(self, reader: Any, texts: TextStore) -> None:
        self._reader, self._texts = reader, texts

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index at `folder`; NoIndexError or UnusableIndexError."""
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
