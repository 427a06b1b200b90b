"""Evidence written as JSON, line by line: what it takes to repeat a lookup and to check it, with its SHA-256."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from indexer.manifest.records import Status, program
from search.evidence.differences import CoveredFiling
from search.evidence.evidence_file import COVERED, DIGEST, KIND, PROBLEMS, UNREAD, VERSION
from search.evidence.evidence_values import Basis, Terms
from search.evidence.packed_text import packed
from search.output.json import dumped, plain, separated
from search.results import Hit, Results
from search.searchers.searcher import Verified


@dataclass(frozen=True, slots=True)
class IndexState:
    """Which index answered, and when."""

    path: str
    identity: str
    generation: int
    begun: str
    """When it was first committed to, ISO 8601 in UTC."""
    corpus: Status
    """What it covered."""
    verified: Verified | None = None
    """What of it was compared with its checksums before anything was written."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What was asked, by whom, when, and of which index."""

    terms: Terms
    asked_by: str
    made: str
    """Now, ISO 8601 in UTC."""
    state: IndexState


def evidence_lines(results: Results, hits: Iterable[Hit], asked: Inquiry, basis: Basis) -> Iterator[str]:
    """Write evidence as JSON, line by line. Hits come with all their documents."""
    hashed = hashlib.sha256()
    for line in _lines(results, hits, asked, basis):
        hashed.update(f"{line}\n".encode())
        yield line
    yield f'{DIGEST}{hashed.hexdigest()}"'
    yield "}"


def _lines(results: Results, hits: Iterable[Hit], asked: Inquiry, basis: Basis) -> Iterator[str]:
    head = {
        "kind": KIND,
        "version": VERSION,
        "made": asked.made,
        "asked_by": asked.asked_by,
        "program": program(),
        **plain(asked.terms),
        "understood": results.understood,
        "index": plain(asked.state),
        "coverage": plain(basis.coverage),
        "companies": plain(basis.companies),
        "completeness": plain(basis.completeness),
        "filings": results.filings,
        "documents": results.documents,
    }
    yield dumped(head, indent=2).removesuffix("\n}") + ","
    for name, list_ in _lists(basis):
        yield f'  "{name}": {dumped(list_)},'
    yield '  "hits": ['
    yield from separated(f"    {dumped(plain(hit))}" for hit in hits)
    yield "  ],"


def _lists(basis: Basis) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "covered", packed(COVERED, map(_row, basis.covered))
    yield "unread", packed(UNREAD, map(tuple, basis.unread))
    yield "problems", packed(PROBLEMS, map(tuple, basis.problems))


def _row(filing: CoveredFiling) -> tuple[object, ...]:
    """Make the row of a covered filing; its parties are rows of their own."""
    return tuple([*map(tuple, each)] if name == "parties" else each for name, each in filing._asdict().items())
