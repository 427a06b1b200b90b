"""What people type, and what it must find and must not: each table in `data/asked` over the submissions beside it.

`NAME.tsv` is asked of the submissions in the folder `NAME`, through the command line's own reading of it, on the index
that `indexer build` makes and on the reference engine. Its columns: what is typed, options, the accession numbers that
must be found, those that must not be, and a note. A `*` among those to be found allows others besides. A note that
begins with `refused:` is what an error says.
"""

import csv
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from click import UsageError

from indexer.envelope.submission import parse_submission
from indexer.extract.document import extract_text
from indexer.fields.entries import IndexedDocument, document_names
from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings
from search.ask import Index, Wanted
from search.cli import commands
from search.commands.arguments import Arguments
from search.commands.request import request_of
from search.errors import SearchError
from search.lookups.lookup import Lookup
from search.results import Question
from search.searchers.memory import MemorySearcher

REFUSED = "refused: "
DATA = Path(__file__).resolve().parent / "data" / "asked"


class Row(NamedTuple):
    """A row of a table."""

    table: str
    typed: str
    options: str
    found: frozenset[str]
    not_found: frozenset[str]
    note: str


def rows() -> Iterator[Row]:
    for path in sorted(DATA.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as table:
            for typed, options, found, not_found, note in list(csv.reader(table, "excel-tab", quoting=csv.QUOTE_NONE))[
                1:
            ]:
                yield Row(path.stem, typed, options, _accessions(found), _accessions(not_found), note)


def _accessions(cell: str) -> frozenset[str]:
    return frozenset(cell.replace(",", " ").split())


ROWS = list(rows())


@cache
def index(table: str) -> tuple[TemporaryDirectory[str], Index]:
    folder = TemporaryDirectory()
    build = Build([DATA / table], Settings(Path(folder.name) / "index"), Options())
    build.run(lambda _submissions, _bytes: None)
    build.close()
    return folder, Index(Path(folder.name) / "index")


@cache
def memory(table: str) -> MemorySearcher:
    entries = []
    for path in sorted((DATA / table).iterdir()):
        submission = parse_submission(path.read_bytes(), name=path.name)
        names = document_names(submission.documents)
        entries += [
            IndexedDocument(submission.header, document, extract_text(document), path.name, name=name)
            for document, name in zip(submission.documents, names, strict=True)
        ]
    return MemorySearcher.of(entries)


def lookup(row: Row) -> Lookup:
    context = commands.make_context("search", [*shlex.split(row.options), *filter(None, [row.typed])])
    return request_of(Arguments(**context.params)).resolved()


def test_each_row_is_asked_once() -> None:
    assert len({row[:3] for row in ROWS}) == len(ROWS) >= 50


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.table}: {row.typed} {row.options}".strip())
def test_finds_what_it_must_on_both_engines(row: Row) -> None:
    _, opened = index(row.table)
    if row.note.startswith(REFUSED):
        with pytest.raises((SearchError, UsageError), match=re.escape(row.note.removeprefix(REFUSED))):
            opened.tree(lookup(row))
        return
    asked = lookup(row)
    results = opened.find(asked, Wanted(limit=None, snippets=0))
    found = {hit.accession for hit in results.hits}
    reference = {hit.accession for hit in memory(row.table).search(Question(opened.tree(asked), limit=None)).hits}
    assert found == reference
    assert found >= row.found - {"*"}
    assert not found & row.not_found
    assert "*" in row.found or found == row.found
    missing = opened.coverage(asked).missing if row.note.startswith("company ") else ()
    assert row.note in "\n".join((*results.notes, *missing))
