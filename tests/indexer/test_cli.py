"""The command line: what it says, its exit codes, and one clear line for whatever is wrong."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.cli import commands
from indexer.storage import location
from indexer.storage.lock import Lock
from indexer.whoosh_compat import commits

Indexer = Callable[..., Any]
Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the index goes."""
    return tmp_path / "index"


@pytest.fixture
def built(indexer: Indexer, write: Write, filings: Path, folder: Path) -> Path:
    """An index of two submissions, beside a file that is none."""
    write(1, "An orphan drug license.", "A press release.")
    write(2, "A lease of a mill.")
    (filings / "notes.txt").write_text("not a submission\n")
    assert indexer("build", filings, "--index", folder).code == 0
    return folder


def as_json(text: str) -> Any:
    return json.loads(text)


# build


def test_a_build_says_what_was_read_and_what_the_index_holds(
    indexer: Indexer, write: Write, filings: Path, folder: Path
) -> None:
    write(1, "An orphan drug license.", "A press release.")
    (filings / "notes.txt").write_text("not a submission\n")
    said = indexer("build", filings, "--index", folder)
    assert said.code == 0
    lines = said.out.splitlines()
    assert re.fullmatch(r"Read 1 submission, 2 documents, [\d.]+ (bytes|kB), with 1 problem, in [\d.]+ s\.", lines[0])
    assert "  1 file without a submission, skipped" in lines
    assert "  1 not-a-submission: files without a submission, passed over" in lines
    assert lines[-1] == f"{folder} holds 1 submission, 2 documents."


def test_a_second_build_reads_nothing_that_is_unchanged(indexer: Indexer, built: Path, filings: Path) -> None:
    generation = commits.generation(built)
    said = indexer("build", filings, "--index", built)
    assert said.code == 0
    assert said.out.startswith("Read 0 submissions, 0 documents, 0 bytes, with 0 problems")
    assert "3 files unchanged, not read again" in said.out
    assert commits.generation(built) == generation


def test_a_file_that_cannot_be_read_is_exit_code_1(indexer: Indexer, write: Write, filings: Path, folder: Path) -> None:
    write(1, "An orphan drug license.")
    (filings / "cut.txt.gz").write_bytes(b"\x1f\x8b\x08\0\0\0\0\0\0\0cut")
    said = indexer("build", filings, "--index", folder)
    assert said.code == 1
    assert "1 unreadable-file" in said.out
    listed = indexer("problems", "--index", folder, "--kind", "unreadable-file").out
    assert "cut.txt.gz" in listed and len(listed.splitlines()) == 1


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda folder: folder / "absent", "no such file or folder"),
        (lambda folder: folder, "no files in"),
    ],
)
def test_a_corpus_that_is_not_there_is_one_line_and_leaves_nothing(
    indexer: Indexer, filings: Path, make: Callable[[Path], Path], expected: str
) -> None:
    folder = filings.parent / "index"
    said = indexer("build", make(filings), "--index", folder)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1 and said.err.startswith("indexer: ") and expected in said.err
    assert not folder.exists()


def test_a_folder_without_submissions_is_one_line(indexer: Indexer, filings: Path, folder: Path) -> None:
    (filings / "notes.txt").write_text("nothing of interest\n")
    said = indexer("build", filings, "--index", folder)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1 and "no submission in" in said.err


def test_no_processes_at_all_is_refused(indexer: Indexer, filings: Path, folder: Path) -> None:
    said = indexer("build", filings, "--index", folder, "--processes", "0")
    assert said.code == 2 and "0 is not in the range x>=1" in said.err


def test_an_index_folder_that_is_a_file_is_one_line(
    indexer: Indexer, write: Write, filings: Path, folder: Path
) -> None:
    write(1, "An orphan drug license.")
    folder.write_text("a file")
    said = indexer("build", filings, "--index", folder)
    assert said.code == 2 and said.err.count("\n") == 1 and str(folder) in said.err
    assert folder.read_text() == "a file"


def test_a_folder_with_other_things_in_it_is_not_built_into(
    indexer: Indexer, write: Write, filings: Path, folder: Path
) -> None:
    write(1, "An orphan drug license.")
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    said = indexer("build", filings, "--index", folder)
    assert said.code == 2 and said.err.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["photo.jpg"]


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="needs a place where nobody can write")
def test_a_place_that_cannot_be_written_is_one_line(indexer: Indexer, write: Write, filings: Path) -> None:
    write(1, "An orphan drug license.")
    said = indexer("build", filings, "--index", "/proc/nowhere/index")
    assert said.code == 2 and said.err.count("\n") == 1 and "/proc/nowhere" in said.err


def test_an_index_of_a_newer_version_is_refused_in_one_line(indexer: Indexer, built: Path, filings: Path) -> None:
    (built / location.FILE).write_text('{"schema": 999}')
    for arguments in (("build", filings), ("status",), ("problems",), ("show", "0009000077-17-000001")):
        said = indexer(*arguments, "--index", built)
        assert (said.code, said.out) == (4, "")
        assert said.err.count("\n") == 1 and "newer version" in said.err


def test_an_index_that_another_process_writes_to_is_told_by_the_exit_code(
    indexer: Indexer, built: Path, filings: Path
) -> None:
    with Lock(built):
        for arguments in (("build", filings), ("remove", "0009000077-17-000001"), ("relocate", filings, filings)):
            said = indexer(*arguments, "--index", built)
            assert (said.code, said.out) == (3, "")
            assert said.err.count("\n") == 1 and "is locked by pid" in said.err


@pytest.mark.parametrize("command", [("status",), ("problems",), ("show", "0009000077-17-000001")])
def test_no_index_is_one_line_that_says_how_to_make_one(
    indexer: Indexer, folder: Path, command: tuple[str, ...]
) -> None:
    said = indexer(*command, "--index", folder)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1 and "indexer build" in said.err


def test_the_command_itself_exits_with_the_code(tmp_path: Path) -> None:
    program = [sys.executable, "-c", "from indexer.cli import main; main()"]
    said = subprocess.run(
        [*program, "status", "--index", tmp_path / "none"], capture_output=True, text=True, check=False
    )
    assert said.returncode == 2 and said.stderr.startswith("indexer: ")


# status, problems, show


def test_status_counts_what_is_in_the_index(indexer: Indexer, built: Path) -> None:
    said = indexer("status", "--index", built)
    assert said.code == 0
    assert "submissions  2" in said.out and "2017-03-08 to 2017-03-08" in said.out
    report = as_json(indexer("status", "--index", built, "--json").out)
    assert (report["submissions"], report["documents"], report["text"], report["files"]) == (2, 3, 3, 3)
    assert report["forms"] == {"8-K": 2}
    assert report["problem_kinds"] == {"not-a-submission": 1}
    assert report["generation"] == commits.generation(built)
    assert report["size"] == sum(path.stat().st_size for path in built.rglob("*") if path.is_file())


def test_problems_name_the_file_and_what_was_done(indexer: Indexer, built: Path, filings: Path) -> None:
    said = indexer("problems", "--index", built)
    assert said.out.splitlines() == [f"not-a-submission  {filings}/notes.txt: no EDGAR submission in it (skipped)"]
    [row] = map(as_json, indexer("problems", "--index", built, "--json").out.splitlines())
    assert (row["kind"], row["source"], row["outcome"]) == ("not-a-submission", f"{filings}/notes.txt", "skipped")
    assert indexer("problems", "--index", built, "--kind", "truncated").out == ""


def test_show_prints_the_text_from_the_index(indexer: Indexer, built: Path) -> None:
    said = indexer("show", "0009000077-17-000001:d2.txt", "--text", "--index", built)
    assert (said.code, said.out.strip()) == (0, "A press release.")


def test_show_of_a_submission_the_index_has_not_is_one_line(indexer: Indexer, built: Path) -> None:
    said = indexer("show", "0009000077-17-000009", "--index", built)
    assert (said.code, said.out) == (2, "") and said.err.count("\n") == 1


# Nothing lost


def test_a_changed_file_replaces_what_it_held(indexer: Indexer, built: Path, filings: Path, write: Write) -> None:
    path = write(2, "A lease of two mills.", "An exhibit.")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 10**10))
    said = indexer("build", filings, "--index", built)
    assert said.out.startswith("Read 1 submission, 2 documents")
    assert f"{built} holds 2 submissions, 4 documents." in said.out
    shown = indexer("show", "0009000077-17-000002", "--text", "--index", built).out
    assert "two mills" in shown and "a mill" not in shown


def test_a_file_that_is_gone_is_reported_and_taken_out_with_prune(indexer: Indexer, built: Path, filings: Path) -> None:
    (filings / "0009000077-17-000002.txt").unlink()
    said = indexer("build", filings, "--index", built)
    assert said.code == 0 and "1 file gone since the last build" in said.out
    assert f"{built} holds 2 submissions" in said.out
    assert f"{built} holds 1 submission, 2 documents." in indexer("build", filings, "--index", built, "--prune").out
    assert indexer("show", "0009000077-17-000002", "--index", built).code == 2


def test_the_fuller_copy_wins_and_both_are_recorded(
    indexer: Indexer, write: Write, filings: Path, folder: Path
) -> None:
    write(1, "Short.", name="a.txt")
    write(1, "Longer and fuller.", "With an exhibit.", name="b.txt")
    write(1, "Longest of the three, with no exhibit at all.", name="c.txt")
    said = indexer("build", filings, "--index", folder)
    assert f"{folder} holds 1 submission, 2 documents." in said.out
    assert "Longer and fuller." in indexer("show", "0009000077-17-000001", "--text", "--index", folder).out
    passed = indexer("problems", "--index", folder, "--kind", "duplicate").out.splitlines()
    assert [line.split(": ")[0].rsplit("/", 1)[1] for line in passed] == ["a.txt", "c.txt"]
    assert as_json(indexer("status", "--index", folder, "--json").out)["copies"] == 2


# export


def test_export_writes_a_plain_whoosh_index(indexer: Indexer, built: Path, tmp_path: Path) -> None:
    said = indexer("export", tmp_path / "plain", "--index", built)
    assert (said.code, said.err) == (0, "")
    assert said.out == f"{tmp_path / 'plain'} holds 3 documents.\n"
    assert "not empty" in indexer("export", tmp_path / "plain", "--index", built).err
    assert "no index" in indexer("export", tmp_path / "other", "--index", tmp_path / "nowhere").err


@pytest.mark.parametrize("command", ["export", "backup"])
@pytest.mark.parametrize("place", ["", "copy", "texts/../copy"])
def test_nothing_is_copied_into_the_index(indexer: Indexer, built: Path, command: str, place: str) -> None:
    before = sorted(built.rglob("*"))
    said = indexer(command, built / place, "--index", built)
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith(f" is in the index at {built}, which is for its own files: name a place beside it\n")
    assert said.err.count("\n") == 1
    assert sorted(built.rglob("*")) == before


def test_nothing_is_fetched_into_the_index(indexer: Indexer, built: Path) -> None:
    said = indexer("fetch", "0009000077-17-000001", "--to", built / "corpus", "--index", built)
    assert said.code == 2 and "is for its own files" in said.err
    assert not (built / "corpus").exists()


def test_the_list_of_commands_says_each_whole(indexer: Indexer) -> None:
    said = indexer("--help")
    assert said.code == 0
    assert all(name in said.out for name in commands.commands)
    assert "..." not in said.out.partition("Commands:")[2]
