"""What an answer is not written over: the index, and the filings it was made of."""

import shutil
from pathlib import Path

import pytest

from tests.search.conftest import Ask, Builder, document, submission

SUBMISSION = submission(1, document("A waiver."))


@pytest.fixture
def index(build: Builder) -> Path:
    return build({"1.txt": SUBMISSION})


@pytest.mark.parametrize("option", ["--output", "--evidence", "--report"])
@pytest.mark.parametrize("name", ["answer.csv", "manifest.sqlite", "texts/answer.csv"])
def test_nothing_is_written_into_the_index(ask: Ask, index: Path, option: str, name: str) -> None:
    before = {path: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    said = ask("waiver", option, str(index / name), "--format", "csv", index=index)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"search: {index / name} is in the index at {index}, ") and said.err.count("\n") == 1
    assert {path: path.read_bytes() for path in index.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("option", ["--output", "--evidence", "--report"])
def test_no_filing_is_written_over(ask: Ask, index: Path, option: str) -> None:
    (filing,) = (path for path in index.parent.rglob("1.txt") if index not in path.parents)
    said = ask("waiver", option, str(filing), "--format", "csv", index=index)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"search: {option} {filing}: this is a file of the corpus; name another\n"
    assert filing.read_bytes() == SUBMISSION


def test_another_file_is_written_over(ask: Ask, index: Path) -> None:
    Path("answer.csv").write_text("of yesterday")
    assert ask("waiver", "-o", "answer.csv", index=index).code == 0
    assert "waiver" in Path("answer.csv").read_text()


def test_a_missing_index_is_said_by_the_question(ask: Ask, index: Path) -> None:
    shutil.rmtree(index)
    Path("answer.csv").write_text("of yesterday")
    assert "no index" in ask("waiver", "-o", "answer.csv", index=index).err
