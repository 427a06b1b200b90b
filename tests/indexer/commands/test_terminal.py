"""What comes out of filings cannot drive a terminal, and what cannot be written is told by the exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

INDEXER = str(Path(sys.executable).with_name("indexer"))
SEARCH = str(Path(sys.executable).with_name("search"))
SUBMISSION = """<SUBMISSION>
<ACCESSION-NUMBER>0009070001-24-000001
<TYPE>8-K\x1b[2J
<FILING-DATE>2024
<FILER><COMPANY-DATA><CONFORMED-NAME>MERRIWICK\x1b]0;MILLS\x07<CIK>0009070001</COMPANY-DATA></FILER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<FILENAME>a\x9b2J.txt
<TEXT>
A waiver \u202ewas granted.
Twice.
</TEXT>
</DOCUMENT>
</SUBMISSION>
"""


def on_terminal(*arguments: str) -> str:
    """What a program writes to a terminal, both its streams, without a pager, which would wait for its reader."""
    ours, theirs = os.openpty()
    environment = {**os.environ, "PAGER": "cat"}
    with subprocess.Popen([INDEXER, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        written = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # how Linux says that the other side is closed
        return b""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(SUBMISSION, encoding="utf-8")
    return path


@pytest.mark.parametrize("options", [["--text"], ["--header"], ["--json"], []])
def test_a_submission_on_a_terminal(file: Path, options: list[str]) -> None:
    shown = on_terminal("show", str(file), *options)
    assert "waiver" in shown or "MERRIWICK" in shown
    assert [each for each in shown if not each.isprintable() and each not in "\n\t"] == []


def test_lines_stay(file: Path) -> None:
    assert on_terminal("show", str(file), "--text") == "A waiver  was granted.\nTwice.\n"


@pytest.mark.parametrize("options", [["--text"], ["--header"], ["--json"], []])
def test_a_pipe_gets_what_a_terminal_gets(file: Path, options: list[str]) -> None:
    """A terminal may stand behind it (`| less -R`, `| grep`); offsets stay as they are."""
    ran = subprocess.run([INDEXER, "show", str(file), *options], capture_output=True, text=True, check=True)
    assert ran.stdout == on_terminal("show", str(file), *options)


def test_a_character_that_a_terminal_has_not_is_written_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nWaiver \u2013 \u00e9\n</TEXT>\n</DOCUMENT>\n", "utf-8")
    told = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = subprocess.run([INDEXER, "show", str(path), "--text"], capture_output=True, text=True, check=True, env=told)
    assert "Waiver \\u2013 \\xe9" in ran.stdout


def test_json_is_exact(file: Path) -> None:
    ran = subprocess.run([INDEXER, "show", str(file), "--json"], capture_output=True, text=True, check=True)
    shown = json.loads(ran.stdout)
    assert shown["header"]["parties"][0]["name"] == "MERRIWICK\x1b]0;MILLS\x07"


def test_an_error_names_a_document_harmlessly(file: Path) -> None:
    assert "it has a 2J.txt" in " ".join(on_terminal("show", f"{file}:b.txt").split())


def test_problems_and_totals(file: Path, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    subprocess.run([INDEXER, "build", str(file), "--index", index], capture_output=True, check=True)
    said = on_terminal("problems", "--index", index) + on_terminal("status", "--index", index)
    for command in ("problems", "status", "show 0009070001-24-000001"):
        program = [INDEXER, *command.split(), "--index", index]
        said += subprocess.run(program, capture_output=True, text=True, check=True).stdout
    assert "8-K [2J" in said
    assert [each for each in said if not each.isprintable() and each not in "\n\t"] == []


def in_shell(written: str) -> tuple[int, str]:
    """A command line's exit code, and what it says on standard error."""
    done = subprocess.run(["bash", "-c", written], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("mode", ["--fields", "--version", "fire", "fire --all --jsonl"])
def test_an_answer_that_cannot_be_written_is_an_error(sample_index: Path, mode: str) -> None:
    asked = f"{SEARCH} {mode} --index {sample_index}"
    assert in_shell(f"{asked} > /dev/full") == (2, "search: [Errno 28] No space left on device\n")
    assert in_shell(f"{asked} >&-") == (2, "search: [Errno 9] Bad file descriptor\n")
    assert in_shell(f"{asked} 2>&-")[0] == 0
    assert in_shell(f"set -o pipefail; {asked} | true") == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_status_that_cannot_be_written_is_an_error(sample_index: Path) -> None:
    asked = f"{INDEXER} status --index {sample_index}"
    assert in_shell(f"{asked} > /dev/full") == (2, "indexer: [Errno 28] No space left on device\n")
    assert in_shell(f"{asked} >&-") == (2, "indexer: [Errno 9] Bad file descriptor\n")
    assert in_shell(f"set -o pipefail; {asked} | true") == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("program", [SEARCH, INDEXER])
def test_an_error_that_cannot_be_told_is_one_all_the_same(program: str) -> None:
    for where in ("2> /dev/full", "2>&-", "2>&- >&-"):
        assert in_shell(f"{program} --unknown {where}") == (2, "")


_WARNING = """
import pathlib, sys, warnings
from indexer.cli import main
from indexer.extract import submission_texts
read, reached = submission_texts.with_sections, pathlib.Path(sys.argv.pop())
def warned(*values, **named):
    warnings.warn("looks like the name of a file")
    reached.touch()
    return read(*values, **named)
submission_texts.with_sections = warned
main()
"""


def test_what_a_parser_warns_of_is_not_said(file: Path, tmp_path: Path) -> None:
    reached = tmp_path / "reached"
    command = [sys.executable, "-c", _WARNING, "show", str(file), "--text", str(reached)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (reached.exists(), ran.returncode, ran.stderr) == (True, 0, "")
    assert "A waiver" in ran.stdout


NUMPY = """
from indexer.commands.terminal import _spare_numpy
_spare_numpy()
import numpy
print(numpy.arange.__doc__, numpy.arange(4).sum())
"""


def test_numpy_comes_without_its_docstrings_and_computes() -> None:
    ran = subprocess.run([sys.executable, "-c", NUMPY], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("None 6\n", "")
