"""What reading takes of memory does not grow with the corpus: a segment is finished when the budget says so."""

import subprocess
import sys
import tarfile
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from indexer.pipeline.build import Build, Options
from indexer.workers.worker import Settings

SUBMISSION = """<SEC-HEADER>
ACCESSION NUMBER:\t\t0009000077-17-{number:06}
CONFORMED SUBMISSION TYPE:\t8-K
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<TEXT>
{text}
</TEXT>
</DOCUMENT>
"""
BUILD = """
import sys
from indexer.cli import commands
from indexer.commands.terminal import run
code = run(commands, "indexer", (), sys.argv[1:])
print([int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")][0])
sys.exit(code)
"""
"""Says on its last line how many KiB it ever took."""


def archive(path: Path, submissions: int, *, words: int = 35_000) -> Path:
    """Submissions in one file, which is read in one go."""
    with tarfile.open(path, "w") as file:
        for number in range(submissions):
            text = "\n".join(f"word{(number + at) % 5000} of the lease" for at in range(words // 4))
            content = SUBMISSION.format(number=number, text=text).encode()
            member = tarfile.TarInfo(f"{number}.nc")
            member.size = len(content)
            file.addfile(member, BytesIO(content))
    return path


def built(corpus: Path, index: Path, *options: str) -> int:
    """The most memory that building took, in KiB."""
    arguments = ["build", corpus, "--index", index, "--processes", 1, *options]
    ran = subprocess.run(
        [sys.executable, "-c", BUILD, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return int(ran.stdout.splitlines()[-1])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_memory_is_bounded_by_the_budget_and_not_by_the_corpus(tmp_path: Path) -> None:
    small, large = archive(tmp_path / "small.tar", 20), archive(tmp_path / "large.tar", 100)
    least = ("--memory", "128M")
    few, many = built(small, tmp_path / "few", *least), built(large, tmp_path / "many", *least)
    unbounded = built(large, tmp_path / "unbounded", "--memory", "1G")
    assert len(list((tmp_path / "many").glob("*.cols"))) > 3
    assert len(list((tmp_path / "unbounded").glob("*.cols"))) == 1
    assert many - few < (unbounded - few) / 4


@pytest.mark.parametrize("size", ["64M", "much", "0", "-1G", ""])
def test_a_budget_that_makes_no_sense_is_refused(indexer: Any, tmp_path: Path, size: str) -> None:
    said = indexer("build", tmp_path, "--index", tmp_path / "index", "--memory", size)
    assert (said.code, said.out) == (2, "") and "--memory" in said.err
    assert not (tmp_path / "index").exists()


def test_documents_without_words_count_too(tmp_path: Path) -> None:
    corpus = archive(tmp_path / "a.tar", 20, words=0)
    with closing(Build([corpus], Settings(tmp_path / "index", words=160), Options())) as building:
        building.run()
    assert len(list((tmp_path / "index").glob("*.cols"))) > 1
