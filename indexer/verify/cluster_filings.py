"""Check the filings of an index on a cluster: that each is there once, and every text of it as it was written.

The cluster checks its own files; what could still be wrong is what nobody but this program knows.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from indexer.cluster.submissions_there import ClusterContents, FilingThere
from indexer.errors import IndexerError
from indexer.verify.findings import REPAIR, Fault, Finding
from indexer.verify.segments import Checked, Progress
from indexer.writers.writer import Copy


def check(address: Path, progress: Progress) -> tuple[int, Checked]:
    """Check all filings of the last commit; return its generation, and what was found."""
    contents = ClusterContents.open(address)
    held, findings, characters = Counter[Copy](), list[Finding](), 0
    try:
        for filing in contents.every():
            held[Copy(filing.accession, filing.source)] += len(filing.documents)
            wrong, read = _texts(contents, filing)
            findings += wrong
            characters += read
            progress(len(filing.documents))
        return contents.generation, Checked(held, findings, characters)
    finally:
        contents.close()


def _texts(contents: ClusterContents, filing: FilingThere) -> tuple[list[Finding], int]:
    """Read the texts of a filing, and its header; return what is wrong, and how many characters there are."""
    try:
        contents.header_of(filing)
        return [], sum(len(text.content) for text in contents.texts_of(filing))
    except (IndexerError, ValueError, KeyError) as error:
        return list(_finding(filing, error)), 0


def _finding(filing: FilingThere, error: Exception) -> Iterator[Finding]:
    copy = Copy(filing.accession, filing.source)
    yield Finding(Fault.TEXT, filing.accession, str(error), REPAIR, (copy,))
