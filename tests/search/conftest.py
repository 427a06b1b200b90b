"""The `search` command run in this process, as a person runs it; and indexes of submissions made up for a test."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.commands.terminal import run
from indexer.errors import IndexerError
from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings
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


SUBMISSION = """<SUBMISSION>
<ACCESSION-NUMBER>{accession}
<TYPE>{form}
<PUBLIC-DOCUMENT-COUNT>1
<FILING-DATE>{filed}
<FILER>
<COMPANY-DATA>
<CONFORMED-NAME>{company}
<CIK>{cik}
</COMPANY-DATA>
</FILER>
{documents}</SUBMISSION>
"""
DOCUMENT = """<DOCUMENT>
<TYPE>{type}
<SEQUENCE>{sequence}
<FILENAME>{name}
<DESCRIPTION>{description}
<TEXT>
{text}
</TEXT>
</DOCUMENT>
"""


def document(text: str, name: str = "main.txt", *, type: str = "8-K", sequence: int = 1, description: str = "") -> str:
    """A document of a submission."""
    return DOCUMENT.format(text=text, name=name, type=type, sequence=sequence, description=description)


def submission(
    number: int,
    *documents: str,
    form: str = "8-K",
    filed: str = "20240102",
    company: str = "MERRIWICK MILLS INC",
    cik: str = "0009070001",
) -> bytes:
    """A submission with an accession number that ends in `number`."""
    accession = f"0009070001-24-{number:06}"
    return SUBMISSION.format(
        accession=accession, form=form, filed=filed, company=company, cik=cik, documents="".join(documents)
    ).encode()


Builder = Callable[[dict[str, bytes]], Path]


@pytest.fixture
def build(tmp_path: Path) -> Builder:
    """Builds an index of files, by name, and builds it again with what they have become; its folder."""

    def built(files: dict[str, bytes]) -> Path:
        corpus = tmp_path / "files"
        corpus.mkdir(exist_ok=True)
        for gone in {path.name for path in corpus.iterdir()} - set(files):
            (corpus / gone).unlink()
        for name, content in files.items():
            (corpus / name).write_bytes(content)
        with closing(Build([corpus], Settings(tmp_path / "built"), Options(processes=1, prune=True))) as building:
            building.run(lambda _submissions, _bytes: None)
        return tmp_path / "built"

    return built
