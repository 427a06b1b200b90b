"""There is one door to write an index, which finds the engine by the address; nobody else knows an engine's files."""

import ast
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.engines.engine import open_builder, open_replacement, open_writer
from indexer.errors import LockedIndexError, NoIndexError, UnusableIndexError
from indexer.writers.local import LocalBuilder, LocalReplacement, LocalWriter
from tests.conftest import CHECKOUT
from tests.indexer.conftest import Indexer

ROOMS = (
    *(
        f"indexer/{room}/"
        for room in ("engines", "storage", "writers", "whoosh_compat", "columnar", "manifest", "texts")
    ),
    "search/segments/",
)
"""Those of the engine that keeps an index in a folder."""

FILES = re.compile(
    r"_?MAIN_|\.(toc|cols|seg|zst)\b|edgar-index\.json|becomes\.json|manifest\.sqlite|WRITELOCK|^texts$|^rebuild$"
)


def test_a_folder_is_written_by_the_local_engine(tmp_path: Path) -> None:
    with closing(open_writer(tmp_path / "index")) as writer:
        assert isinstance(writer, LocalWriter)
        with closing(open_builder(writer.address)) as builder:
            assert isinstance(builder, LocalBuilder)
    with closing(open_replacement(tmp_path / "index")) as replacement:
        assert isinstance(replacement, LocalReplacement)


@pytest.mark.parametrize("address", ["ftp://localhost:9200/edgar", "s3://localhost/edgar"])
def test_an_address_without_an_engine_is_refused(address: str) -> None:
    for door in (open_writer, open_replacement, open_builder):
        with pytest.raises(UnusableIndexError, match=f"no engine for {address.partition(':')[0]};"):
            door(Path(address))


@pytest.mark.parametrize("command", [["build", "."], ["remove", "0009000077-17-000001"], ["status"], ["verify"]])
def test_commands_say_so(indexer: Indexer, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").touch()
    said = indexer(*command, "--index", "ftp://localhost:9200/edgar")
    assert said.code == 2
    assert said.err.startswith("indexer: ftp:/") and "there is no engine for ftp" in said.err
    assert not (tmp_path / "ftp:").exists()


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with closing(open_writer(tmp_path)), pytest.raises(LockedIndexError):
        open_writer(tmp_path)
    open_writer(tmp_path).close()


def test_a_writer_need_not_make_an_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        open_writer(tmp_path / "index", create=False)
    assert not (tmp_path / "index").exists()


def test_only_the_engine_s_rooms_name_its_files() -> None:
    naming = [
        f"{path.relative_to(CHECKOUT)}:{constant.lineno} {constant.value!r}"
        for package in ("indexer", "search")
        for path in sorted((CHECKOUT / package).rglob("*.py"))
        if not str(path.relative_to(CHECKOUT)).startswith(ROOMS)
        for constant in constants(ast.parse(path.read_text()))
        if FILES.search(str(constant.value))
    ]
    assert naming == []


def constants(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the strings of a module that are no docstrings."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node
