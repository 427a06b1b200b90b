"""Check an index that is no folder: that each filing is there once, and every text of it as it was written.

Its engine checks its own files; what could still be wrong is what nobody but this program knows.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from indexer.errors import IndexerError
from indexer.fields.entries import StoredDocument
from indexer.verify.findings import REPAIR, Fault, Finding
from indexer.verify.segments import Checked, Progress
from indexer.writers.writer import Copy


class ReadableFiling(Protocol):
    """A filing of an index that is read back whole."""

    @property
    def accession(self) -> str:
        """Return its accession number."""

    @property
    def source(self) -> str:
        """Return where it was read from."""

    @property
    def documents(self) -> Sequence[StoredDocument]:
        """Return what is kept of its documents."""


Filing = TypeVar("Filing", bound=ReadableFiling)


class ReadableFilings(Protocol[Filing]):
    """Every filing of an index, to be held against its records."""

    @property
    def generation(self) -> int:
        """Return the generation they are of."""

    def every(self) -> Iterator[Filing]:
        """Yield every filing, by accession number."""

    def characters_of(self, filing: Filing) -> int:
        """Read a filing's header and texts; return how many characters these have. IndexerError for a damaged one."""


def check(filings: ReadableFilings[Filing], progress: Progress) -> Checked:
    """Read every filing back, and say what was found."""
    held, findings, characters = Counter[Copy](), list[Finding](), 0
    for filing in filings.every():
        held[Copy(filing.accession, filing.source)] += len(filing.documents)
        try:
            characters += filings.characters_of(filing)
        except (IndexerError, ValueError, KeyError) as error:
            findings += _finding(filing, error)
        progress(len(filing.documents))
    return Checked(held, findings, characters)


def _finding(filing: ReadableFiling, error: Exception) -> Iterator[Finding]:
    copy = Copy(filing.accession, filing.source)
    yield Finding(Fault.TEXT, filing.accession, str(error), REPAIR, (copy,))
