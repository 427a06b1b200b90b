"""Reads documents as often as it is asked to and says how long that took: one side of `versus.py OLD --extract`.

    CHECKOUT/.venv/bin/python bench/extraction_times.py SHARED

Uses only what checkouts old and new have, and is run by the Python of either. Prints the megabytes of each kind, then
for each line of its input, the name of a kind, the seconds of processor time in which each of its documents was read.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from csv import DictReader
from datetime import date
from pathlib import Path
from typing import NamedTuple

from indexer.envelope.submission import parse_submission
from indexer.extract.document import extract_text
from indexer.filings import Document

try:
    from indexer.extract.document_kind import kind
except ImportError:  # an older checkout's place for it
    from indexer.extract.document import kind

TEXTS = ("HTML", "plain text", "XML")


class Source(NamedTuple):
    """A document, and what is known of the submission it stands in."""

    document: Document
    form: str
    filed: date | None


def main() -> None:
    """Answer until the input ends."""
    chosen = defaultdict(list)
    for source in sources(Path(sys.argv[1])):
        chosen[kind(source.document).value].append(source)
    print(json.dumps({name: sum(len(each.document.content) for each in chosen[name]) / 1e6 for name in TEXTS}))
    sys.stdout.flush()
    for line in sys.stdin:
        print(json.dumps([seconds(each) for each in chosen[line.strip()]]), flush=True)


def sources(shared: Path) -> Iterator[Source]:
    """Yield the documents of the submissions, and those that stand alone."""
    for path in sorted((shared / "filings").rglob("*")):
        if path.is_file() and path.suffix != ".tsv":
            submission = parse_submission(path.read_bytes())
            for document in submission.documents:
                yield Source(document, submission.header.form, submission.header.filed)
    with (shared / "documents" / "index.tsv").open(encoding="utf-8") as file:
        for row in DictReader(file, delimiter="\t"):
            content = (shared / "documents" / row["path"]).read_bytes()
            yield Source(Document(row["form"], 1, row["path"], "", content), row["form"], None)


def seconds(source: Source) -> float:
    """Return the processor time in which a document is read."""
    began = time.process_time()
    extract_text(source.document, form=source.form, filed=source.filed)
    return time.process_time() - began


if __name__ == "__main__":
    main()
