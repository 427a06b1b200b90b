"""A flipped bit or a cut end, in whichever file of an index, is found and mended, or makes no difference."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.columnar.file import SegmentFile


@pytest.mark.parametrize("builder", ["columnar", "stock"])
def test_no_damage_goes_unnoticed(tmp_path: Path, faults: Callable[..., Any], builder: str) -> None:
    found = faults("damage.py", tmp_path, "--builder", builder, "--each", 3)
    assert found["wrong"] == []
    kinds = {outcome.split()[0] for outcome in found["outcomes"] if outcome.endswith("mended")}
    assert kinds >= {"segment", "texts", "table", "mark", "manifest"}


COMMANDS = {
    "search": ["-c", "from search.cli import main; main()", "license", "--index"],
    "indexer": ["-c", "from indexer.cli import main; main()", "show", "0009000101-17-004512", "--index"],
}


DAMAGES = {
    "rows": "is not as it was written: rows; run `indexer verify --repair`, or restore the file\n",
    "row_starts": "is not as it was written: row_starts; run `indexer verify --repair`, or restore the file\n",
}


@pytest.mark.parametrize("section", DAMAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_what_trips_over_a_damaged_segment_says_which_and_what_to_do(
    tmp_path: Path, sample_index: Path, command: str, section: str
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sample_index, folder)
    [path] = folder.glob("*.cols")
    content, damaged = bytearray(path.read_bytes()), SegmentFile(path).sections[section]
    end = damaged.offset + damaged.items * int(damaged.dtype[-1])
    content[damaged.offset : end] = b"\0" * (end - damaged.offset)
    path.write_bytes(content)
    ran = subprocess.run([sys.executable, *COMMANDS[command], folder], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert f"{path.name} {DAMAGES[section]}" in ran.stderr
    assert "run `indexer verify --repair`" in ran.stderr


@pytest.mark.parametrize("builder", ["columnar", "stock"])
@pytest.mark.parametrize(
    "flips",
    [pytest.param(40, id="few"), pytest.param(1000, id="many", marks=[pytest.mark.promise, pytest.mark.timeout(1200)])],
)
def test_no_flipped_bit_gives_another_answer(
    tmp_path: Path, faults: Callable[..., Any], builder: str, flips: int
) -> None:
    found = faults("flips.py", tmp_path, "--builder", builder, "--flips", flips)
    assert found["wrong"] == []
    assert found["outcomes"]["segment refused"]
