"""The `search` command run in this process, as a person runs it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.errors import IndexerError
from indexer.terminal import run
from search.cli import commands
from search.errors import SearchError


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


Ask = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's configuration of their own, and a folder to be in."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ask(sample_index: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run `search` with arguments on the sample corpus, or on `index`."""

    def asked(*arguments: str, index: Path = sample_index) -> Said:
        capsys.readouterr()
        code = run(commands, "search", (SearchError, IndexerError), [*arguments, "--index", str(index)])
        return Said(code, *capsys.readouterr())

    return asked
