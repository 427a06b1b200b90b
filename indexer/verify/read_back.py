"""Check an index that is no folder: that each filing is there once, and every text of it as it was written.

Its engine checks its own files; what could still be wrong is what nobody but this program knows.
"""

from collections import Counter
from collections.abc import Iterator

from indexer.errors import IndexerError
from indexer.verify.findings import REPAIR, Fault, Finding
from indexer.verify.segments import Checked, Progress
from indexer.writers.writer import Copy, ReadableFiling, ReadableFilings


def check(filings: ReadableFilings, progress: Progress) -> Checked:
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
