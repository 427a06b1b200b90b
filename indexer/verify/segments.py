"""Check one segment against its checksums, its stored texts, and its own words."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from indexer.errors import IndexerError
from indexer.texts.text_layout import FOLDER, TextAddress
from indexer.texts.text_store import TextStore
from indexer.verify.findings import REPAIR, Fault, Finding
from indexer.verify.words import fingerprint, fingerprints, indexed_section_edges, section_edges
from indexer.whoosh_compat.segment_reader import AnySegment
from indexer.writers.checksums import damage
from indexer.writers.writer import Copy

Progress = Callable[[int], None]
"""Told of so many more documents."""


class Checked(NamedTuple):
    """Say what is in a segment, and what is wrong with it."""

    held: Counter[Copy]
    """The submissions, and how many documents it has of each."""
    findings: list[Finding]
    characters: int
    """Of texts compared."""


def check(folder: Path, schema: Any, segment: Any, progress: Progress) -> Checked:
    """Check a segment that the table of contents of the index in `folder` names, by that table's schema."""
    name = segment.segment_id()
    faults = damage(folder, segment)
    if faults:
        return Checked(Counter(), [_unusable(name, fault) for fault in faults], 0)
    try:
        reader = AnySegment(folder, schema, segment)
    except Exception as error:  # whatever reading damaged bytes may raise
        return Checked(Counter(), [_unusable(name, f"cannot be opened ({error!r})")], 0)
    try:
        return _check_documents(folder, segment, reader, progress)
    except Exception as error:  # as above
        return Checked(Counter(), [_unusable(name, f"cannot be read ({error!r})")], 0)
    finally:
        reader.close()


def _unusable(name: str, message: str) -> Finding:
    return Finding(Fault.SEGMENT, name, message, REPAIR, segment=name, cause=name)


def _check_documents(folder: Path, segment: Any, reader: AnySegment, progress: Progress) -> Checked:
    expected, edges = fingerprints(segment, reader, folder), indexed_section_edges(reader)
    checked = Checked(Counter(), [], 0)
    texts = TextStore(folder / FOLDER)
    characters = 0
    for number, document in reader.documents():
        copy = Copy(document.accession, document.source)
        checked.held[copy] += 1
        try:
            texts[TextAddress.parse(document.header)].whole()
            stored = texts[TextAddress.parse(document.text)]
            text, parts = stored.whole(), stored.parts()
        except (IndexerError, ValueError) as error:
            cause = document.text.partition(":")[0]
            checked.findings.append(Finding(Fault.TEXT, document.id, str(error), REPAIR, (copy,), cause=cause))
            continue
        words = fingerprint(text) == int(expected[number])
        if not words or section_edges(text, parts.sections) != edges.get(number, set()):
            said = f"the {'sections' if words else 'words'} that a search finds are not those of its text"
            checked.findings.append(Finding(Fault.WORDS, document.id, said, REPAIR, (copy,)))
        characters += len(text)
        progress(1)
    texts.close()
    return checked._replace(characters=characters)
