"""Small fictional submissions, and the command line as a function."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.cli import commands
from indexer.commands.terminal import run
from indexer.errors import IndexerError
from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings
from tests.faults.scenario import documents

_SUBMISSION = """<SEC-DOCUMENT>{accession}.txt : 20170308
<SEC-HEADER>{accession}.hdr.sgml : 20170308
<ACCEPTANCE-DATETIME>20170308093000
ACCESSION NUMBER:\t\t{accession}
CONFORMED SUBMISSION TYPE:\t{form}
PUBLIC DOCUMENT COUNT:\t\t{count}
FILED AS OF DATE:\t\t20170308

FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tFennimore Tidewater Co
\t\tCENTRAL INDEX KEY:\t\t\t0009000077
</SEC-HEADER>
{documents}</SEC-DOCUMENT>
"""


def accession(number: int) -> str:
    return f"0009000077-17-{number:06}"


def submission(number: int, *texts: str, form: str = "8-K") -> str:
    """A submission with one document for each text."""
    return _SUBMISSION.format(
        accession=accession(number), form=form, count=len(texts), documents=documents(texts, form)
    )


Write = Callable[..., Path]


@pytest.fixture
def filings(tmp_path: Path) -> Path:
    """An empty folder for a corpus."""
    folder = tmp_path / "filings"
    folder.mkdir()
    return folder


@pytest.fixture
def write(filings: Path) -> Write:
    """Writes a submission into the corpus: `write(7, "text of the main document", "of an exhibit", name="a.txt")`."""

    def write(number: int, *texts: str, name: str = "", form: str = "8-K") -> Path:
        path = filings / (name or f"{accession(number)}.txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(submission(number, *texts, form=form), encoding="utf-8")
        return path

    return write


@pytest.fixture
def folder(write: Write, filings: Path, tmp_path: Path) -> Path:
    """The folder of an index of one submission: a main document and an exhibit."""
    write(1, "An orphan drug license.", "A press release.")
    with closing(Build([filings], Settings(tmp_path / "index"), Options())) as building:
        building.run(lambda submissions, size: None)
    return tmp_path / "index"


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


Indexer = Callable[..., Said]


@pytest.fixture
def indexer(capsys: pytest.CaptureFixture[str]) -> Indexer:
    """Runs a command line in this process: `indexer("build", path, "--index", folder)`."""

    def indexer(*arguments: object) -> Said:
        words: Sequence[str] = [str(argument) for argument in arguments]
        capsys.readouterr()
        code = run(commands, "indexer", (IndexerError,), words)
        return Said(code, *capsys.readouterr())

    return indexer
