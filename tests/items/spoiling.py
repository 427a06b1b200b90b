"""Headings spoiled in the files of the table, so that there are items located wrongly, and how sure each was.

What is located in place of a spoiled heading is wrong, and so is a neighbour that begins elsewhere than it did.
"""

import random
from collections.abc import Iterator
from pathlib import Path

from indexer.envelope.submission import parse_submission
from indexer.extract.document import extract_text
from indexer.filings import Document, Submission
from tests.items import judge
from tests.items.table import Key, Row


def spoiled(content: bytes, rows: list[Row], draw: random.Random, share: float) -> tuple[bytes, set[str]]:
    """The file with some headings spoiled, and the items of these."""
    chosen = [row for row in rows if row.must and row.item != "-" and draw.random() < share]
    changed = bytearray(content)
    for row in chosen:
        if changed[row.offset : row.offset + 4].lower() == b"item":
            changed[row.offset : row.offset + 4] = b"Area"
    return bytes(changed), {row.item for row in chosen if changed[row.offset : row.offset + 4] == b"Area"}


def outcomes(task: tuple[judge.Work, int, float]) -> list[tuple[float, bool]]:
    """The certainty of each item that is located in a file, and whether it is right."""
    work, seed, share = task
    return [each for key, rows in work.documents for each in _of_document(work.file, key, rows, f"{seed} {key}", share)]


def _of_document(file: Path, key: Key, rows: list[Row], seed: str, share: float) -> Iterator[tuple[float, bool]]:
    content, gone = spoiled(file.read_bytes(), rows, random.Random(seed), share)
    submission = parse_submission(content, name=file.name)
    if not submission.documents:
        submission = Submission(submission.header, (Document(key.form, 1, key.path, "", content),))
    documents = {each.ordinal: each for each in submission.documents}
    document, following = documents[key.ordinal], documents.get(key.ordinal + 1)
    header = submission.header
    read = extract_text(document, form=header.form or key.form, filed=header.filed)
    stretch = slice(document.offset, following.offset if following else len(content))
    located = judge._located(read, judge._decoded(content[stretch]))
    wanted = [each for each in judge._wanted(content, stretch.start, rows) if each.item not in gone]
    sections = filter(judge._is_item, read.sections)
    for place, section in zip(located, sections, strict=True):
        met = [each for each in wanted if each.item == place.item and abs(each.start - place.start) <= judge.NEAR]
        if all(each.must for each in met):
            yield section.certainty, bool(met)
