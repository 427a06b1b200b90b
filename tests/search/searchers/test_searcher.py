"""The door to the engines; and that nobody else knows how an engine's index lies on disk."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines.engine import identity, last_commit
from indexer.errors import NoIndexError, UnusableIndexError
from indexer.storage import location
from indexer.whoosh_compat import commits
from search.ask import Index
from search.errors import SearchError
from search.searchers.searcher import open_searcher

ROOT = Path(__file__).parents[3] / "search"


def test_a_folder_is_opened_by_the_local_engine(sample_index: Path) -> None:
    for address in (sample_index, str(sample_index)):
        opened = open_searcher(address)
        assert opened.generation == commits.generation(sample_index) == last_commit(address)[0]
        opened.close()


@pytest.mark.parametrize("address", ["ftp://search.example/index", "FTP://x", Path("ftps://x/index")])
def test_an_address_that_no_engine_opens_is_refused(address: str | Path) -> None:
    with pytest.raises(SearchError, match="there is no engine for ftp"):
        open_searcher(address)
    with pytest.raises(SearchError, match="there is no engine for ftp"):
        Index(address)
    for door in (last_commit, identity):
        with pytest.raises(UnusableIndexError, match="there is no engine for ftp"):
            door(address)


@pytest.mark.parametrize("address", ["no-index-here", "C:/index", "c:\\index", "a:b/c"])
def test_a_path_is_a_path_even_with_a_colon(address: str) -> None:
    with pytest.raises(NoIndexError, match="indexer build"):
        open_searcher(address)
    assert last_commit(address) == (-1, 0)


def test_an_index_of_another_version_is_refused(sample_index: Path, tmp_path: Path) -> None:
    location.make(tmp_path)
    location.mark(tmp_path, 1)
    with pytest.raises(UnusableIndexError, match="older version"):
        open_searcher(tmp_path)


def _imported() -> Iterator[tuple[str, str]]:
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield from ((path.relative_to(ROOT).parts[0], f"{node.module}.{each.name}") for each in node.names)


def test_only_the_engines_rooms_know_how_an_index_lies_on_disk() -> None:
    storage = ("indexer.storage.location", "indexer.columnar", "indexer.whoosh_compat", "indexer.writers")
    inside = (*storage, "search.searchers.local")
    rooms = {"searchers", "ranking", "segments", "evaluation"}
    known = {(room, name) for room, name in _imported() if name.startswith(inside) and room not in rooms}
    assert not known
