"""What somebody sees who types `indexer` for the first time, and while a build begins and ends."""

import shutil
import sys
from pathlib import Path

import pytest

from indexer.cli import commands
from indexer.commands.terminal import run
from indexer.errors import IndexerError
from tests.terminal import shown

INDEXER = str(Path(sys.executable).with_name("indexer"))


def typed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run(commands, "indexer", (IndexerError,), list(arguments))
    return (code, *capsys.readouterr())


def test_alone_it_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = typed(capsys)
    assert (code, err) == (0, "")
    assert out.startswith("Usage: indexer")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "going", "concern"), "to ask one: search going concern"),
        (("search", "a b"), "to ask one: search 'a b'"),
        (("biuld", "x"), "indexer has no command biuld; did you mean `indexer build`?"),
        (("zzz",), "indexer has no command zzz; there are build, "),
    ],
)
def test_another_command_is_pointed_to(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = typed(capsys, *arguments)
    assert (code, out) == (2, "")
    assert said in err


@pytest.fixture
def files(tmp_path: Path, corpus: Path) -> Path:
    (tmp_path / "files").mkdir()
    shutil.copy(corpus / "filings" / "tessalune-2017-8-K.txt", tmp_path / "files")
    return tmp_path / "files"


def test_a_build_says_what_it_does_at_once_and_at_the_end_what_to_type(files: Path) -> None:
    said = shown([INDEXER, "build", "files"], cwd=files.parent)
    looking, reading = said.index("looking for submissions in files ..."), said.index("reading:")
    assert said.lstrip("\r").startswith("looking")
    assert looking < reading < said.index("Read 1 submission")
    assert said.splitlines()[-1] == "Now ask it: search 'going concern' --form 10-K"


def test_another_index_is_named_in_what_to_type(files: Path) -> None:
    said = shown([INDEXER, "build", "files", "--index", "my index"], cwd=files.parent)
    assert said.splitlines()[-1] == "Now ask it: search --index 'my index' 'going concern' --form 10-K"


def test_it_looks_before_it_loads_what_reads(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said first does not wait for the libraries that reading takes."""
    before = f"import sys; sys.argv = ['indexer', 'build', '{files}']; import indexer.cli; print('lxml' in sys.modules)"
    assert shown([sys.executable, "-c", before], cwd=files.parent).strip() == "False"


def test_a_pipe_gets_neither(files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = typed(capsys, "build", str(files), "--index", str(tmp_path / "made"), "--processes", "1")
    assert "looking" not in err
    assert "Now ask it" not in out
