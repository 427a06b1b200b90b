"""`indexer add`, `remove` and `watch`."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Indexer = Callable[..., Any]
Write = Callable[..., Path]


@pytest.fixture
def built(indexer: Indexer, write: Write, filings: Path, tmp_path: Path) -> Path:
    for number in (1, 2):
        write(number, f"The text of number {number}.")
    write(1, "A lesser copy", name="copy.txt")
    folder = tmp_path / "index"
    assert indexer("build", filings, "--index", folder).code == 0
    return folder


def shown(indexer: Indexer, folder: Path, number: int) -> str:
    said = indexer("show", f"0009000077-17-{number:06}", "--text", "--index", folder)
    return str(said.out).strip() if said.code == 0 else ""


def test_a_removed_submission_is_gone_with_its_copies_until_its_file_changes(
    indexer: Indexer, built: Path, filings: Path, write: Write
) -> None:
    said = indexer("remove", "0009000077-17-000001", "--index", built)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == ["Removed 1 submission.", f"{built} holds 1 submission, 1 document."]
    indexer("build", filings, "--index", built)
    assert shown(indexer, built, 1) == ""
    assert indexer("verify", "--index", built).code == 0
    write(1, "The text of number 1, changed.")
    indexer("build", filings, "--index", built)
    assert shown(indexer, built, 1) == "The text of number 1, changed."


def test_what_is_not_there_cannot_be_removed(indexer: Indexer, built: Path) -> None:
    said = indexer("remove", "0009000077-17-000009", "--index", built)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"indexer: no submission 0009000077-17-000009 in the index at {built}\n"
    assert indexer("remove", "0009000077-17-000009", "0009000077-17-000002", "--index", built).code == 1


def unchanged(folder: Path) -> dict[str, bytes]:
    """What an index's folder holds, file by file."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(("-shm", "-wal")))
    return {str(path): path.read_bytes() for path in files}


def test_what_would_be_removed_is_said_and_left(indexer: Indexer, built: Path, filings: Path) -> None:
    before = unchanged(built)
    said = indexer("remove", "0009000077-17-000001", "0009000077-17-000009", "--dry-run", "--index", built)
    assert said.code == 1
    assert said.out.splitlines() == [
        f"would take out 0009000077-17-000001  8-K  {filings / '0009000077-17-000001.txt'}",
        f"would take out 0009000077-17-000001  8-K  {filings / 'copy.txt'}",
        "Nothing was changed: 1 submission would be taken out.",
    ]
    assert said.err == f"indexer: no submission 0009000077-17-000009 in the index at {built}\n"
    assert indexer("remove", "0009000077-17-000009", "--dry-run", "--index", built).code == 2
    assert unchanged(built) == before


def test_what_pruning_would_take_out_is_said_and_left(
    indexer: Indexer, built: Path, filings: Path, write: Write
) -> None:
    (filings / "0009000077-17-000002.txt").unlink()
    write(3, "A third.")
    before = unchanged(built)
    said = indexer("build", filings, "--prune", "--dry-run", "--index", built)
    assert (said.code, said.err) == (0, "")
    first, *gone = said.out.splitlines()
    assert first.startswith("Nothing was changed: 1 file (") and first.endswith(" would be read, 2 not.")
    path = filings / "0009000077-17-000002.txt"
    assert gone == [f"  gone: {path}", f"  would take out 0009000077-17-000002  8-K  {path}"]
    assert "would take out" not in indexer("build", filings, "--dry-run", "--index", built).out
    assert unchanged(built) == before
    assert "3 files (" in indexer("build", filings, "--dry-run", "--index", built.parent / "new").out
    assert not (built.parent / "new").exists()
    assert indexer("build", filings, "--rebuild", "--dry-run", "--index", built).code == 2


def test_a_corpus_that_went_elsewhere_is_said_so(indexer: Indexer, built: Path, filings: Path, tmp_path: Path) -> None:
    filings.rename(tmp_path / "archive")
    said = indexer("relocate", filings, tmp_path / "archive", "--index", built)
    assert (said.code, said.out) == (0, f"3 files of {filings} are at {tmp_path / 'archive'} now: 3 are there.\n")
    assert "3 files unchanged, not read again" in indexer("build", tmp_path / "archive", "--index", built).out
    assert f"corpus       {tmp_path / 'archive'} (filings/)" in indexer("status", "--index", built).out
    (tmp_path / "archive" / "copy.txt").unlink()
    assert indexer("relocate", tmp_path / "archive", tmp_path / "archive", "--index", built).code == 1


def test_what_is_added_is_read_whether_or_not_it_has_changed(
    indexer: Indexer, built: Path, filings: Path, tmp_path: Path
) -> None:
    indexer("remove", "0009000077-17-000002", "--index", built)
    said = indexer("add", filings / "0009000077-17-000002.txt", "--index", built)
    assert said.code == 0 and f"{built} holds 2 submissions" in said.out
    assert shown(indexer, built, 2) == "The text of number 2."
    assert indexer("add", tmp_path / "absent.txt", "--index", built).code == 2


def test_what_happened_is_logged(indexer: Indexer, built: Path, filings: Path, write: Write) -> None:
    write(3, "A third.", "", name="3.txt")
    (filings / "notes.md").write_text("none")
    log = built.parent / "log"
    indexer("build", filings, "--index", built, "--log", log)
    indexer("remove", "0009000077-17-000003", "--index", built, "--log", log)
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert [event["event"] for event in events] == ["begin", "problem", "commit", "end", "remove"]
    assert (events[0]["wanted"], events[1]["kind"], events[2]["generation"]) == (2, "not-a-submission", 2)
    assert events[3]["status"]["submissions"] == 3


def test_bounds_are_set_by_name(indexer: Indexer, built: Path, filings: Path, write: Write) -> None:
    write(3, "Much text. " * 100)
    said = indexer("build", filings, "--index", built, "--limit", "submission_bytes=1k")
    assert "1 over-limit" in said.out
    assert "more than 1,000 bytes" in indexer("problems", "--index", built, "--kind", "over-limit").out
    assert "Read 1 submission" in indexer("build", filings, "--index", built, "--retry").out
    assert "Much text." in shown(indexer, built, 3)


@pytest.mark.parametrize("limit", ["nonsense=1", "documents", "documents=many", "documents=0", "pdf_seconds=nan"])
def test_a_bound_that_makes_no_sense_is_refused(indexer: Indexer, built: Path, filings: Path, limit: str) -> None:
    said = indexer("build", filings, "--index", built, "--limit", limit)
    assert (said.code, said.out) == (2, "") and limit.partition("=")[0] in said.err


def test_watching_takes_in_what_arrives_and_ends_with_an_interrupt(built: Path, filings: Path, write: Write) -> None:
    command = [sys.executable, "-u", "-c", "from indexer.cli import main; main()"]
    arguments = ["watch", filings, "--index", built, "--every", "0.1", "--settle", "0"]
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    time.sleep(0.5)
    write(3, "A third.")
    said = process.stdout.readline()
    assert said.startswith("Read 1 submission, 1 document")
    os.kill(process.pid, signal.SIGINT)
    assert process.wait() == 130
    process.stdout.close()
