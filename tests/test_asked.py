"""What people type, and what they must be shown: each table in `data/asked`, asked of both engines.

A table `NAME.tsv` asks the submissions in the folder `NAME` beside it. Its columns: the query as typed; options of
`search`; the accession numbers that must be found, and those that must not be; a line that must be said.
"""

import json
import shlex
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.commands.terminal import run
from indexer.corpus.walking import walk
from indexer.envelope.submission import parse_submission
from indexer.errors import IndexerError, Problem
from indexer.extract.document import extract_text
from indexer.pipeline.build import Build, Options
from indexer.schema import IndexedDocument
from indexer.workers.worker import Settings
from search.cli import commands
from search.errors import SearchError
from search.parsing.parser import parse_query
from search.results import Question
from search.searchers.memory import MemorySearcher

TABLES = sorted((Path(__file__).resolve().parent / "data" / "asked").glob("*.tsv"))


class Row(NamedTuple):
    """A line of a table."""

    table: Path
    typed: str
    options: str
    found: frozenset[str]
    not_found: frozenset[str]
    note: str

    @property
    def arguments(self) -> list[str]:
        """What is typed behind `search`."""
        return [*([self.typed] if self.typed else []), *shlex.split(self.options)]


def rows() -> list[Row]:
    cells = ((table, line.split("\t")) for table in TABLES for line in table.read_text("utf-8").splitlines()[1:])
    return [
        Row(table, typed, options, frozenset(found.split()), frozenset(lacking.split()), note)
        for table, (typed, options, found, lacking, note) in cells
    ]


ROWS = rows()


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    @cache
    def built(table: Path) -> Path:
        folder = tmp_path_factory.mktemp(table.stem) / "index"
        with closing(Build([table.with_suffix("")], Settings(folder), Options(processes=1))) as building:
            building.run(lambda _submissions, _bytes: None)
        return folder

    return built


@cache
def in_memory(table: Path) -> MemorySearcher:
    entries = []
    for file in walk([table.with_suffix("")]):
        assert not isinstance(file, Problem)
        submission = parse_submission(file.content)
        header = submission.header
        for document in submission.documents:
            extracted = extract_text(document, form=header.form, filed=header.filed)
            entries.append(IndexedDocument(header, document, extracted, file.source))
    return MemorySearcher.of(entries)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.table.stem}: {row.typed} {row.options}".strip())
def test_what_is_asked(
    row: Row, indexes: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    index = ["--index", str(indexes(row.table))]
    code = run(commands, "search", (SearchError, IndexerError), [*row.arguments, "--limit", "99", *index])
    said = "".join(capsys.readouterr())
    assert row.note in said
    if code == 2:
        assert row.note and not row.found
        return
    run(commands, "search", (SearchError, IndexerError), [*row.arguments, "--limit", "99", "--json", *index])
    answer = json.loads(capsys.readouterr().out)
    found = {hit["accession"] for hit in answer["hits"]}
    assert row.found <= found
    assert not row.not_found & found
    asked = Question(parse_query(answer["understood"]), limit=None)
    assert {hit.accession for hit in in_memory(row.table).search(asked).hits} == found
